"""Lists of notices made from what is known here: what Crossref says of a review's DOIs, and what harvested records carry.

Crossref holds what publishers registered and what Retraction Watch found. A DOI that it does not know, or knows without a notice,
is not thereby sound.
"""

from dataclasses import dataclass
from pathlib import Path

from evidermis.appraisal.integrity import NoticeList, bare_doi, joined
from evidermis.evidence.natures import worst_state
from evidermis.evidence.record import NoticeState
from evidermis.formats.crossref import state_on
from evidermis.library import kept_files
from evidermis.review.folder import load
from evidermis.review.keeping import opened_library
from evidermis.sources import Fetching, works_named

__all__ = ["Asked", "crossref_notices", "library_notices"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What Crossref said: the list, how many DOIs it was asked for, and those it does not have."""

    listed: NoticeList
    dois: int
    unknown: tuple[str, ...]


def crossref_notices(folder: Path, fetch: Fetching) -> Asked:
    """Ask Crossref about every DOI of a review's hand-written records. `SourceFailed` where it does not answer."""
    dois = sorted({bare_doi(one.doi) for one in load(folder).references if one.doi})
    states: dict[str, NoticeState] = {}
    for work in works_named(fetch, dois):
        states[bare_doi(str(work.get("DOI", "")))] = state_on(work)
    return Asked(NoticeList(states), len(dois), tuple(doi for doi in dois if doi not in states))


def library_notices(folder: Path) -> NoticeList:
    """The notices that imported and harvested records carry, by DOI. Where nothing was imported, no library is made."""
    if not (folder / "library.db").exists() and not kept_files(folder / "records"):
        return NoticeList({})
    with opened_library(folder) as library:
        lists = [
            NoticeList({record.identifier("doi"): worst_state(notice.state for notice in record.notices)})
            for record in library.noticed()
            if record.identifier("doi")
        ]
    return joined(lists)

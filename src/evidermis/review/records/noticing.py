"""Lists of notices made from what is known here: what Crossref says of a review's DOIs, and what harvested records carry.

Crossref holds what publishers registered and what Retraction Watch found. A DOI that it does not know, or knows without a notice,
is not thereby sound.
"""

import io
from dataclasses import dataclass
from pathlib import Path

from evidermis.appraisal.integrity import NoticeList, bare_doi, joined
from evidermis.evidence.errors import BadInput
from evidermis.evidence.natures import state_of, worst_state
from evidermis.evidence.record import NoticeState
from evidermis.formats.crossref import state_on
from evidermis.formats.json_entries import Json, entries_of, listed, object_of, text_in
from evidermis.formats.lines import opened
from evidermis.formats.unreadable import Unreadable
from evidermis.library import kept_files
from evidermis.review.folder.loading import load
from evidermis.review.records.keeping import opened_library
from evidermis.sources import Fetching, works_named

__all__ = ["Asked", "crossref_notices", "library_notices", "saved_notices"]


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


def saved_notices(raw: bytes, file: str) -> NoticeList:
    """The notices in saved answers of Crossref: those on a work, and in a notice those on what it is about.

    `BadInput` where an entry cannot be read or is no work: a retraction must not be lost with it.
    """
    lists: list[NoticeList] = []
    for number, line, entry in entries_of(opened(io.BytesIO(raw), file), file, ("message.items",)):
        if isinstance(entry, Unreadable):
            raise BadInput(entry.reason, file=file, place=f"line {line}", mend="save the answer again")
        work = object_of(entry.get("message")) or entry
        if not text_in(work, "DOI"):
            mend = "save what api.crossref.org answers, or give a CSV of doi and nature"
            raise BadInput("this is no work of Crossref", file=file, place=f"entry {number}", mend=mend)
        lists.append(NoticeList({bare_doi(text_in(work, "DOI")): state_on(work)}))
        lists += [_on_its_subject(object_of(one)) for one in listed(work.get("update-to"))]
    return joined(lists)


def _on_its_subject(update: Json) -> NoticeList:
    return NoticeList({bare_doi(text_in(update, "DOI")): state_of((text_in(update, "type", "label"),))})


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

"""Lists of retractions and other notices, as people download them, held against a review's records by DOI.

A list is a copy of one day: that a record is not on it says nothing, so a list only ever makes a record's state worse. The
natures are those of Crossref's updates and of Retraction Watch; several of one DOI are parted by semicolons. A reinstatement
leaves a *concern* for a person to look at, since the list does not say which notice came last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import NoticeState
from evidermis.evidence.reference import Reference
from evidermis.evidence.review import Review

__all__ = ["NOTICE_COLUMNS", "ListedNotice", "NoticeList", "notice_list", "with_notices"]

# The column of DOIs is `doi`; the nature stands in the first of these that the table has.
NOTICE_COLUMNS = ("nature", "type", "update-type", "retractionwatch", "retractionnature")
_STATES: tuple[NoticeState, ...] = get_args(NoticeState)
_NATURES: dict[str, NoticeState] = {
    "none": "none",
    "addendum": "corrected",
    "clarification": "corrected",
    "corrected": "corrected",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
    "concern": "concern",
    "expression of concern": "concern",
    "partial retraction": "concern",
    "reinstatement": "concern",
    "removal": "retracted",
    "retracted": "retracted",
    "retraction": "retracted",
    "withdrawal": "retracted",
}
# A new edition or version says nothing against the old one.
_NEUTRAL = ("new edition", "new version")


@dataclass(frozen=True, slots=True)
class NoticeList:
    """The worst state of each DOI (lower case) on a list."""

    states: Mapping[str, NoticeState]

    def state(self, doi: str) -> NoticeState:
        """The state of a DOI; `none` where the list does not name it, which says nothing."""
        return self.states.get(bare_doi(doi), "none") if doi else "none"


@dataclass(frozen=True, slots=True)
class ListedNotice:
    """A record whose state a list made worse."""

    reference: str
    doi: str
    was: NoticeState
    now: NoticeState


def bare_doi(written: str) -> str:
    """A DOI in lower case without the address or scheme before it."""
    doi = written.strip().casefold()
    for before in ("https://", "http://", "dx.", "doi.org/", "doi:"):
        doi = doi.removeprefix(before)
    return doi.strip()


def notice_list(rows: Iterable[Mapping[str, str]]) -> NoticeList:
    """A list from the rows of a table (column names in lower case). `BadInput` where it has no DOIs or no natures.

    A nature that is not known is refused with its line: a retraction under another word must not pass as none.
    """
    states: dict[str, NoticeState] = {}
    for line, row in enumerate(rows, 2):
        column = next((name for name in NOTICE_COLUMNS if name in row), "")
        if "doi" not in row or not column:
            mend = f"name the columns doi and one of {', '.join(NOTICE_COLUMNS)}"
            raise BadInput("this is no list of notices", place=f"line {line}", mend=mend)
        doi = bare_doi(row["doi"])
        if doi.startswith("10."):
            states[doi] = _worst((states.get(doi, "none"), _state(row[column], line)))
    return NoticeList(states)


def _state(natures: str, line: int) -> NoticeState:
    named = [nature.strip().casefold().replace("_", " ").replace("-", " ") for nature in natures.split(";")]
    known = [nature for nature in named if nature and nature not in _NEUTRAL]
    if unknown := [nature for nature in known if nature not in _NATURES]:
        raise BadInput(
            f"{unknown[0][:60]!r} is no kind of notice", place=f"line {line}", mend=f"use one of: {', '.join(_NATURES)}"
        )
    if "reinstatement" in known:
        return "concern"
    return _worst(_NATURES[nature] for nature in known)


def _worst(states: Iterable[NoticeState]) -> NoticeState:
    return _STATES[max((_STATES.index(state) for state in states), default=0)]


def with_notices(review: Review, listed: NoticeList) -> tuple[Review, tuple[ListedNotice, ...]]:
    """The review with each record's state made worse where the list says so, and what that changed, by record."""
    changed: list[ListedNotice] = []
    references: list[Reference] = []
    for one in review.references:
        now = _worst((one.notice, listed.state(one.doi)))
        if now != one.notice:
            changed.append(ListedNotice(one.id, one.doi, one.notice, now))
        references.append(one if now == one.notice else replace(one, notice=now))
    return replace(review, references=tuple(references)), tuple(sorted(changed, key=lambda c: c.reference))

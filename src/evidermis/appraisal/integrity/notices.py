"""Lists of retractions and other notices, as people download them, held against a review's records by DOI.

A list is a copy of one day: that a record is not on it says nothing, so a list only ever makes a record's state worse. Several
natures of one DOI are parted by semicolons.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from evidermis.evidence.errors import BadInput
from evidermis.evidence.natures import NATURES, plain_nature, state_of, worst_state
from evidermis.evidence.record import NoticeState
from evidermis.evidence.reference import Reference
from evidermis.evidence.review import Review

__all__ = ["NOTICE_COLUMNS", "ListedNotice", "NoticeList", "bare_doi", "joined", "notice_list", "with_notices"]

# The column of DOIs is `doi`; the nature stands in the first of these that the table has.
NOTICE_COLUMNS = ("nature", "type", "update-type", "retractionwatch", "retractionnature")


@dataclass(frozen=True, slots=True)
class NoticeList:
    """The worst state of each DOI (lower case) on a list."""

    states: Mapping[str, NoticeState]

    def state(self, doi: str) -> NoticeState:
        """The state of a DOI; `none` where the list does not name it, which says nothing."""
        return self.states.get(bare_doi(doi), "none") if doi else "none"


def joined(lists: Iterable[NoticeList]) -> NoticeList:
    """Several lists as one: of each DOI the worst state on any."""
    states: dict[str, NoticeState] = {}
    for one in lists:
        for doi, state in one.states.items():
            states[doi] = worst_state((states.get(doi, "none"), state))
    return NoticeList(states)


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
            states[doi] = worst_state((states.get(doi, "none"), _state(row[column], line)))
    return NoticeList(states)


def _state(natures: str, line: int) -> NoticeState:
    named = [plain for nature in natures.split(";") if (plain := plain_nature(nature))]
    if unknown := [nature for nature in named if nature not in NATURES]:
        raise BadInput(
            f"{unknown[0][:60]!r} is no kind of notice", place=f"line {line}", mend=f"use one of: {', '.join(NATURES)}"
        )
    return state_of(named)


def with_notices(review: Review, listed: NoticeList) -> tuple[Review, tuple[ListedNotice, ...]]:
    """The review with each record's state made worse where the list says so, and what that changed, by record."""
    changed: list[ListedNotice] = []
    references: list[Reference] = []
    for one in review.references:
        now = worst_state((one.notice, listed.state(one.doi)))
        if now != one.notice:
            changed.append(ListedNotice(one.id, one.doi, one.notice, now))
        references.append(one if now == one.notice else replace(one, notice=now))
    return replace(review, references=tuple(references)), tuple(sorted(changed, key=lambda c: c.reference))

"""Screening a review: its records as candidates, and what was decided on them.

`screening/visits.jsonl` says who began to read when, and with which imported files; it is only ever added to.

A candidate is one publication: records that are duplicates of one another are read once, whichever of them was decided on. A
hand-written record whose study is in the review makes its publication one that is included already; it is not screened, and the
order of reading starts from it. Other hand-written records are background and no candidates.
"""

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from evidermis.disk import append_line
from evidermis.evidence.errors import BadInput
from evidermis.evidence.observer import Observer, silent
from evidermis.evidence.protocol import Protocol
from evidermis.evidence.record import Record
from evidermis.evidence.review import Review
from evidermis.review.folder.loading import load
from evidermis.review.folder.screening_lists import FOLDER, lists_of
from evidermis.review.records.keeping import opened_library
from evidermis.review.records.linking import grouped_review
from evidermis.screening.decisions import Candidate, Decisions, Stage
from evidermis.screening.pool import Pool
from evidermis.screening.project import Project

__all__ = ["Desk", "Visit", "desk_of", "note_visit"]

_VISITS = "visits.jsonl"


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody began to read at a stage, with these imported files (by their digests) in the library."""

    person: str
    stage: str
    time: datetime
    payloads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """A review laid out for screening: the project, the record that stands for each candidate, and who was here before.

    `arrived` are the keys of records that came with imported files no visit names. `studies` maps a record to its study's name.
    """

    folder: Path
    protocol: Protocol
    project: Project
    shown: dict[Candidate, Record]
    visits: tuple[Visit, ...]
    payloads: tuple[str, ...]
    members: dict[str, frozenset[str]]
    studies: dict[str, int]

    def new_to(self, person: str, stage: Stage) -> frozenset[str]:
        """The keys of records that came since somebody's last visit; none at the first."""
        own = [one for one in self.visits if (one.person, one.stage) == (person, stage)]
        if not own:
            return frozenset()
        seen = set(own[-1].payloads)
        before = frozenset[str]().union(*(self.members[one] for one in self.payloads if one in seen))
        return frozenset[str]().union(*(self.members[one] for one in self.payloads if one not in seen)) - before

    def joined(self) -> datetime | None:
        """When the records that came last were first there to read; None where none came after a first visit."""
        times = [
            now.time
            for before, now in itertools.pairwise(self.visits)
            if not set(now.payloads).issubset(before.payloads)
        ]
        return times[-1] if times else None

    def pool(self) -> Pool:
        """The text of every candidate, in the project's order."""
        records = [self.shown[one] for one in self.project.candidates]
        return Pool(
            tuple(one.title for one in records),
            tuple(one.abstract_text for one in records),
            tuple(" ".join((*one.keywords, *(h.descriptor for h in one.headings))) for one in records),
        )

    def question(self) -> str:
        """What the review asks, in all the words it has for it."""
        asked = self.protocol.question
        parts = (asked.text, asked.population, asked.intervention, asked.comparator, asked.outcomes)
        return " ".join((*parts, *self.protocol.eligibility))

    def included_studies(self) -> int:
        """How many studies the included reports belong to."""
        at = [one for one in self.project.at("full-text") if self.project.outcome(one, "full-text").state == "include"]
        return len({self.studies[one.keys[0]] for one in at})


def desk_of(folder: Path, observer: Observer = silent) -> Desk:
    """Lay out a review for screening. `BadInput` where there is no review, or its log of decisions is broken."""
    review = load(folder)
    grouping = grouped_review(folder, observer)
    records: dict[str, Record] = {one.id: one.record for one in review.references}
    with opened_library(folder, observer) as library:
        records |= {digest: record for _, digest, record in library.records()}
        payloads = tuple(sorted(one.digest for one in library.payloads()))
        members = {one: library.digests_of([one]) for one in payloads}
    written = {one.id for one in review.references}
    candidates = _candidates(review, written, grouping.reports.clusters)
    decisions = Decisions(review.judgements, lists_of(folder))
    return Desk(
        folder=folder,
        protocol=review.protocol,
        project=Project(candidates, decisions, review.protocol.screening.people),
        shown={one: _fullest(one, records) for one in candidates},
        visits=_visits(folder),
        payloads=payloads,
        members=members,
        studies={key: number for number, keys in enumerate(grouping.studies) for key in keys},
    )


def _candidates(review: Review, written: set[str], clusters: Sequence[Sequence[str]]) -> list[Candidate]:
    held = {report.record for study in review.studies for report in study.reports}
    return [
        Candidate(tuple(sorted(keys)), earlier=not held.isdisjoint(keys))
        for keys in sorted(clusters, key=min)
        if not (held.isdisjoint(keys) and written.issuperset(keys))
    ]


def _fullest(candidate: Candidate, records: dict[str, Record]) -> Record:
    """The record that says most: the one with the longest abstract, then the longest title."""
    return max((records[key] for key in candidate.keys), key=lambda one: (len(one.abstract_text), len(one.title)))


def note_visit(desk: Desk, person: str, stage: Stage, now: datetime) -> None:
    """Write down that somebody begins to read."""
    row = {"person": person, "stage": stage, "time": now.isoformat(), "payloads": desk.payloads}
    path = desk.folder / FOLDER / _VISITS
    path.parent.mkdir(exist_ok=True)
    append_line(path, json.dumps(row))


def _visits(folder: Path) -> tuple[Visit, ...]:
    path = folder / FOLDER / _VISITS
    if not path.is_file():
        return ()
    found: list[Visit] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            found.append(
                Visit(row["person"], row["stage"], datetime.fromisoformat(row["time"]), tuple(row["payloads"]))
            )
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput("is no visit", file=str(path), place=f"line {number}", mend="remove the line") from error
    return tuple(found)

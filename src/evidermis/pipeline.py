"""What comes after what: the ordered stages of a review, and the lineage of everything they make.

A stage is a value: a pure function of a room with its name and version. Its result is named by the hash of the stage, its
version and its inputs, so that equal work has an equal name wherever it runs.
"""

import datetime
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from evidermis.appraisal import Appraisal, appraise, studies_in_people
from evidermis.evidence.family import Family
from evidermis.evidence.lineage import Made
from evidermis.evidence.observer import Notice, Observer, silent
from evidermis.evidence.record_link import RecordLink
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.linkage import evidence_families, record_links, study_facts
from evidermis.publishing import publish
from evidermis.statistics import Synthesis, checked_studies, synthesise

__all__ = [
    "APPRAISE",
    "CHECK_NUMBERS",
    "LINK",
    "LINK_RECORDS",
    "PUBLISH",
    "SYNTHESISE",
    "Made",
    "Outcome",
    "Stage",
    "concluded",
    "digest",
    "held_to_arithmetic",
    "links_of",
    "run",
    "synthesised",
]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the way. `grain` says what it works on at a time: each value, a group of them, or the whole."""

    name: str
    version: int
    grain: Literal["each", "group", "whole"]
    function: Callable[..., object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gives: the conclusions, the files of the page, and the lineage of both."""

    appraisal: Appraisal
    synthesis: Synthesis
    files: Mapping[str, bytes]
    made: tuple[Made, ...]


def families_of(review: Review, vocabulary: Vocabulary) -> tuple[Family, ...]:
    """The evidence families among the studies in people."""
    return evidence_families([study_facts(review, study) for study in studies_in_people(review, vocabulary)])


def links_of(review: Review) -> tuple[RecordLink, ...]:
    """Which of the review's records are one publication or one study, judged from the records alone."""
    return record_links([(reference.id, reference.record) for reference in review.references])


def held_to_arithmetic(review: Review, vocabulary: Vocabulary) -> Review:
    """The review, each number that arithmetic rules out made a conflict, unless a person let it stand."""
    return replace(review, studies=checked_studies(review.studies, vocabulary, review.judgements))


def concluded(review: Review, vocabulary: Vocabulary) -> Appraisal:
    """The conclusions of a review: its numbers checked, its families linked, then every rule run."""
    checked = held_to_arithmetic(review, vocabulary)
    return appraise(checked, vocabulary, families_of(checked, vocabulary))


def synthesised(review: Review, vocabulary: Vocabulary, families: tuple[Family, ...] | None = None) -> Synthesis:
    """The numbers of a review's studies in people, combined where that is honest. Retracted studies give none."""
    review = held_to_arithmetic(review, vocabulary)
    found = families_of(review, vocabulary) if families is None else families
    published = {reference.id: reference.year for reference in review.references if reference.year}
    studies = studies_in_people(review, vocabulary)
    years = {
        s.id: min(known)
        for s in studies
        if (known := [published[r.record] for r in s.reports if r.record in published])
    }
    return synthesise(studies, vocabulary, found, years)


CHECK_NUMBERS = Stage("numbers", 1, "each", checked_studies)
LINK = Stage("families", 1, "whole", families_of)
LINK_RECORDS = Stage("records", 1, "whole", record_links)
APPRAISE = Stage("appraise", 1, "whole", appraise)
SYNTHESISE = Stage("synthesise", 1, "whole", synthesise)
PUBLISH = Stage("publish", 2, "whole", publish)


def run(
    review: Review,
    vocabulary: Vocabulary,
    *,
    made_by: str,
    today: datetime.date,
    observer: Observer = silent,
) -> Outcome:
    """Run every stage over a review. The same review, vocabulary, version and day give the same bytes."""
    as_given = (digest(review), digest(vocabulary))
    review = held_to_arithmetic(review, vocabulary)
    held = Made(digest(review), CHECK_NUMBERS.name, CHECK_NUMBERS.version, made_by, as_given)
    given = (held.value, as_given[1])
    observer(
        Notice(stage="appraise", what=f"{len(review.protocol.claims)} claims, {len(review.studies)} studies", total=2)
    )
    families = families_of(review, vocabulary)
    linked = Made(digest(families), LINK.name, LINK.version, made_by, given)
    appraisal = appraise(review, vocabulary, families)
    appraised = Made(digest(appraisal), APPRAISE.name, APPRAISE.version, made_by, (*given, linked.value))
    observer(Notice(stage="publish", what="the page, its figures and its data", done=1, total=2))
    synthesis = synthesised(review, vocabulary, families)
    combined = Made(digest(synthesis), SYNTHESISE.name, SYNTHESISE.version, made_by, (*given, linked.value))
    links = links_of(review)
    joined = Made(digest(links), LINK_RECORDS.name, LINK_RECORDS.version, made_by, given[:1])
    files = publish(review, appraisal, synthesis, links, vocabulary, made_by=made_by, today=today)
    inputs = (appraised.value, combined.value, joined.value)
    shown = Made(digest(tuple(sorted(files.items()))), PUBLISH.name, PUBLISH.version, f"{made_by}; {today}", inputs)
    observer(Notice(stage="publish", what=f"{len(files)} files", done=2, total=2))
    return Outcome(appraisal, synthesis, files, (held, linked, appraised, combined, joined, shown))


def digest(value: object) -> str:
    """SHA-256 of a value's written form. Values of the house are frozen dataclasses of plain parts, whose form is stable."""
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()

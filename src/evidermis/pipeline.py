"""What comes after what: the ordered stages of a review, and the lineage of everything they make.

A stage is a value: a pure function of a room with its name and version. Its result is named by the hash of the stage, its
version and its inputs, so that equal work has an equal name wherever it runs.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from evidermis.appraisal import Appraisal, appraise, studies_in_people
from evidermis.evidence.change import Published
from evidermis.evidence.family import Family
from evidermis.evidence.lineage import Made, digest
from evidermis.evidence.observer import Notice, Observer, silent
from evidermis.evidence.protocol import Protocol
from evidermis.evidence.record_link import RecordLink
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.linkage import evidence_families, record_links, study_facts
from evidermis.living import Position, Snapshot, assembled, position_of, snapshot_of, watched
from evidermis.publishing import publish
from evidermis.statistics import Synthesis, checked_studies, synthesise

__all__ = [
    "APPRAISE",
    "CHECK_NUMBERS",
    "LINK",
    "LINK_RECORDS",
    "PUBLISH",
    "SNAPSHOT",
    "SYNTHESISE",
    "Conclusions",
    "Made",
    "Outcome",
    "Stage",
    "concluded",
    "conclusions",
    "digest",
    "held_to_arithmetic",
    "links_of",
    "position_on",
    "run",
    "snapshot",
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


@dataclass(frozen=True, slots=True)
class Conclusions:
    """All that is concluded from a review: its families, its answers and its numbers."""

    families: tuple[Family, ...]
    appraisal: Appraisal
    synthesis: Synthesis


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


def conclusions(review: Review, vocabulary: Vocabulary) -> Conclusions:
    """Everything that a page or a snapshot of a review tells, worked out once."""
    checked = held_to_arithmetic(review, vocabulary)
    families = families_of(checked, vocabulary)
    return Conclusions(families, appraise(checked, vocabulary, families), synthesised(checked, vocabulary, families))


def synthesised(
    review: Review, vocabulary: Vocabulary, families: tuple[Family, ...] | None = None, *, robustness: bool = True
) -> Synthesis:
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
    return synthesise(studies, vocabulary, found, years, robustness=robustness)


CHECK_NUMBERS = Stage("numbers", 1, "each", checked_studies)
LINK = Stage("families", 1, "whole", families_of)
LINK_RECORDS = Stage("records", 1, "whole", record_links)
APPRAISE = Stage("appraise", 1, "whole", appraise)
SYNTHESISE = Stage("synthesise", 1, "whole", synthesise)
SNAPSHOT = Stage("snapshot", 1, "whole", snapshot_of)
PUBLISH = Stage("publish", 2, "whole", publish)
_CONCLUDING = (CHECK_NUMBERS, LINK, APPRAISE, SYNTHESISE, SNAPSHOT)


def snapshot(review: Review, vocabulary: Vocabulary, library: str = "", drawn: Conclusions | None = None) -> Snapshot:
    """All conclusions of a review and what they were drawn from. `library` names the set of its imported records."""
    drawn = drawn or conclusions(review, vocabulary)
    stages = {stage.name: stage.version for stage in _CONCLUDING}
    return snapshot_of(review, drawn.appraisal, drawn.synthesis, vocabulary, stages=stages, library=library)


def position_on(parts: Mapping[str, object], claim: str, like: Protocol, vocabulary: Vocabulary) -> Position | None:
    """What a review of these parts says of one claim; None where it does not ask it, or says it in words unknown today."""
    review = assembled(parts, like)
    asked = review.claim(claim)
    if asked is None:
        return None
    alone = replace(review, protocol=replace(review.protocol, claims=(asked,)), products=())
    try:
        alone = held_to_arithmetic(alone, vocabulary)
        families = families_of(alone, vocabulary)
        answer = appraise(alone, vocabulary, families).claim(claim)
        return position_of(asked, answer, synthesised(alone, vocabulary, families, robustness=False))
    except KeyError:
        # A code that the vocabulary of today does not hold: the folder's checks name it to a person.
        return None


def run(
    review: Review,
    vocabulary: Vocabulary,
    *,
    made_by: str,
    today: datetime.date,
    versions: tuple[Published, ...] = (),
    drawn: Conclusions | None = None,
    observer: Observer = silent,
) -> Outcome:
    """Run every stage over a review. The same review, vocabulary, program, day and earlier versions give the same bytes.

    `versions` are those that readers saw, the last of them this one; without any, the page has the version of the folder.
    `drawn` are the review's conclusions where they have been drawn already.
    """
    as_given = (digest(review), digest(vocabulary))
    drawn = drawn or conclusions(review, vocabulary)
    families, appraisal, synthesis = drawn.families, drawn.appraisal, drawn.synthesis
    review = held_to_arithmetic(review, vocabulary)
    held = Made(digest(review), CHECK_NUMBERS.name, CHECK_NUMBERS.version, made_by, as_given)
    given = (held.value, as_given[1])
    observer(
        Notice(stage="appraise", what=f"{len(review.protocol.claims)} claims, {len(review.studies)} studies", total=2)
    )
    linked = Made(digest(families), LINK.name, LINK.version, made_by, given)
    appraised = Made(digest(appraisal), APPRAISE.name, APPRAISE.version, made_by, (*given, linked.value))
    observer(Notice(stage="publish", what="the page, its figures and its data", done=1, total=2))
    combined = Made(digest(synthesis), SYNTHESISE.name, SYNTHESISE.version, made_by, (*given, linked.value))
    links = links_of(review)
    joined = Made(digest(links), LINK_RECORDS.name, LINK_RECORDS.version, made_by, given[:1])
    files = publish(
        review,
        appraisal,
        synthesis,
        links,
        vocabulary,
        made_by=made_by,
        today=today,
        versions=versions,
        trials=watched(review, today),
    )
    inputs = (appraised.value, combined.value, joined.value, digest(versions))
    # The day decides how late the page calls its searches; its name is that of the files, so it is not told twice.
    shown = Made(digest(tuple(sorted(files.items()))), PUBLISH.name, PUBLISH.version, made_by, inputs)
    observer(Notice(stage="publish", what=f"{len(files)} files", done=2, total=2))
    return Outcome(appraisal, synthesis, files, (held, linked, appraised, combined, joined, shown))

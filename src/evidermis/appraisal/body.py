"""The *body of evidence* for one claim: which findings count, which are held out and why.

Nothing disappears: a retracted study, a finding whose numbers are in conflict and a study out of reach are each listed with the
reason. The highest human rung within reach decides, and on it the nearest studies; evidence further away is shown beside it
and never raises what the nearest supports.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from evidermis.appraisal.answer import HeldOut, Step, StudyDistance
from evidermis.appraisal.distance import distance
from evidermis.appraisal.rungs import rung_of
from evidermis.evidence.ladders import RUNGS, Direction, highest_rung, is_human, nearness
from evidermis.evidence.protocol import Claim
from evidermis.evidence.quantity import Conflict
from evidermis.evidence.review import Review
from evidermis.evidence.study import Finding, Study
from evidermis.evidence.vocabulary import Vocabulary

__all__ = [
    "Body",
    "Counted",
    "body_of",
    "common_direction",
    "conflicted",
    "highest_findings",
    "inputs_of",
    "people_in",
    "readable_findings",
    "retracted_studies",
]


@dataclass(frozen=True, slots=True)
class Counted:
    """A study with the findings that bear on the claim, and how far it is."""

    study: Study
    findings: tuple[Finding, ...]
    distance: StudyDistance

    @property
    def direction(self) -> Direction:
        """One direction for the study, from its point estimates; findings that disagree make it `mixed`."""
        whole = [f for f in self.findings if not f.subgroup] or self.findings
        return common_direction(f.direction for f in whole)


@dataclass(frozen=True, slots=True)
class Body:
    """`human` is everything in people within reach; `decisive` the controlled studies that decide, nearest first.

    `all` also holds what is out of reach and the bench; it is shown, and it moves nothing about people.
    """

    claim: Claim
    all: tuple[Counted, ...]
    human: tuple[Counted, ...]
    controlled: tuple[Counted, ...]
    decisive: tuple[Counted, ...]
    held_out: tuple[HeldOut, ...]


def common_direction(directions: Iterable[Direction]) -> Direction:
    """The one direction they share, `mixed` where known ones differ, `unclear` where none is known."""
    known: set[Direction] = set(directions) - {"unclear"}
    if not known:
        return "unclear"
    return known.pop() if len(known) == 1 else "mixed"


def retracted_studies(review: Review) -> frozenset[str]:
    """The ids of studies of which a report is retracted: only that state takes a study out; an erratum does not."""
    gone = {reference.id for reference in review.references if reference.notice == "retracted"}
    return frozenset(s.id for s in review.studies if any(report.record in gone for report in s.reports))


def conflicted(finding: Finding) -> bool:
    """True where a number of the finding is in conflict, between sources or with arithmetic: it waits for a person."""
    return any(isinstance(number.quantity, Conflict) for _, number in finding.numbers)


def readable_findings(study: Study, claim: Claim) -> tuple[Finding, ...]:
    """The findings of a study that bear on a claim and can be used; none where no direction of any could be read."""
    usable = tuple(f for f in study.findings if f.outcome in claim.outcomes and not conflicted(f))
    return () if all(f.direction == "unclear" for f in usable) else usable


def highest_findings(study: Study, findings: tuple[Finding, ...], vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """Those of the findings that stand on the highest rung among them."""
    if not findings:
        return ()
    best = highest_rung(rung_of(study, f, vocabulary) for f in findings)
    return tuple(f for f in findings if rung_of(study, f, vocabulary) == best)


def body_of(claim: Claim, review: Review, vocabulary: Vocabulary, retracted: frozenset[str]) -> Body:
    """Gather the body of evidence for a claim; `retracted` are the ids of :func:`retracted_studies`."""
    counted: list[Counted] = []
    held: list[HeldOut] = []
    for study in review.studies:
        bearing = [f for f in study.findings if f.outcome in claim.outcomes]
        if not bearing or vocabulary.design(study.design).synthesis:
            continue
        if study.id in retracted:
            held.append(HeldOut(f"study:{study.id}", "retracted: it no longer counts"))
            continue
        because = "its numbers are in conflict; held out until a person settles it"
        held += [HeldOut(f"finding:{study.id}/{f.id}", because) for f in bearing if conflicted(f)]
        if all(conflicted(f) for f in bearing):
            continue
        top = highest_findings(study, readable_findings(study, claim), vocabulary)
        if not top:
            held.append(HeldOut(f"study:{study.id}", "where its result points could not be read"))
            continue
        counted.append(Counted(study, top, distance(claim, study, top, vocabulary)))
    for one in counted:
        if is_human(one.distance.rung) and not one.distance.within_reach:
            far = [a.axis for a in one.distance.axes if a.level == "very far"]
            held.append(HeldOut(f"study:{one.study.id}", f"out of reach of the claim: very far on {', '.join(far)}"))
    ordered = _nearest_first(counted)
    human = tuple(c for c in ordered if c.distance.within_reach)
    controlled = tuple(c for c in human if RUNGS.index(c.distance.rung) >= RUNGS.index("human-controlled"))
    return Body(claim, ordered, human, controlled, _decisive(controlled), tuple(sorted(held, key=_by_id)))


def _decisive(controlled: tuple[Counted, ...]) -> tuple[Counted, ...]:
    if not controlled:
        return ()
    best = highest_rung(c.distance.rung for c in controlled)
    on_top = [c for c in controlled if c.distance.rung == best]
    nearest = min(nearness(c.distance.overall) for c in on_top)
    return _nearest_first([c for c in on_top if nearness(c.distance.overall) == nearest])


def _nearest_first(counted: list[Counted]) -> tuple[Counted, ...]:
    def key(one: Counted) -> tuple[int, int, int, str]:
        axes = sum(nearness(a.level) for a in one.distance.axes)
        return -RUNGS.index(one.distance.rung), nearness(one.distance.overall), axes, one.study.id

    return tuple(sorted(counted, key=key))


def _by_id(held: HeldOut) -> tuple[str, str]:
    return held.id, held.reason


def inputs_of(counted: tuple[Counted, ...]) -> tuple[str, ...]:
    """The studies behind a step, as its inputs name them, in order."""
    return tuple(sorted(f"study:{one.study.id}" for one in counted))


def people_in(counted: tuple[Counted, ...]) -> tuple[int, Step]:
    """People (never sides) in these studies, each cohort once; studies whose n is unknown are named, not guessed."""
    cohorts: dict[str, int] = {}
    unknown: list[str] = []
    for one in counted:
        n = one.study.people.counted
        if n is None:
            unknown.append(one.study.label)
        else:
            cohort = one.study.cohort or one.study.id
            cohorts[cohort] = max(n, cohorts.get(cohort, 0))
    total = sum(cohorts.values())
    because = f"{total} people in {len(cohorts)} cohort{'' if len(cohorts) == 1 else 's'}, sides and shared cohorts counted once"
    if unknown:
        because += f"; n is unknown for {', '.join(sorted(unknown))}"
    return total, Step("people", 1, str(total), because, inputs_of(counted))

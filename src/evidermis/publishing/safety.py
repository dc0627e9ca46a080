"""What studies counted as harms, and how high a rate can still be where nobody was harmed."""

from dataclasses import dataclass

from evidermis.evidence.quantity import known
from evidermis.evidence.review import Review
from evidermis.evidence.study import Finding, Study
from evidermis.evidence.vocabulary import Vocabulary

__all__ = ["HarmCount", "harm_counts", "upper_bound_of_zero"]


@dataclass(frozen=True, slots=True)
class HarmCount:
    """Events in one arm of a study in people. `events` or `people` is None where it is unknown.

    `upper` is the upper limit of the true rate where nobody was harmed among a known number of people, else None.
    """

    study: str
    finding: str
    label: str
    arm: str
    time: str
    events: int | None
    people: int | None
    upper: float | None


def upper_bound_of_zero(n: int) -> float:
    """The one-sided 95 % upper limit of a rate after 0 events in `n` people: 1 - 0.05^(1/n) (Hanley 1983, JAMA 249:1743)."""
    return 1 - 0.05 ** (1 / n)


def harm_counts(review: Review, vocabulary: Vocabulary) -> tuple[HarmCount, ...]:
    """Every count of harms in people, sorted by study, finding and arm. Counts per side are left out: sides are not people."""
    found = [
        one
        for study in review.studies
        if vocabulary.population(study.population.code).species == "human"
        for finding in study.findings
        if vocabulary.outcome(finding.outcome).link == "safety" and finding.unit == "people"
        for one in _counts(study, finding, vocabulary)
    ]
    return tuple(sorted(found, key=lambda h: (h.study, h.finding, h.arm)))


def _counts(study: Study, finding: Finding, vocabulary: Vocabulary) -> list[HarmCount]:
    found: list[HarmCount] = []
    for arm in study.arms:
        cells = {v.what: v.number for v in finding.values if v.arm == arm.id}
        if "events" not in cells:
            continue
        events = known(cells["events"])
        total = known(cells.get("total")) or known(arm.people)
        if total is None and vocabulary.design(study.design).pairing != "parallel":
            # Each person got every arm (or there is only one), so the arm's people are the study's.
            total = known(finding.analysed) or study.people.counted
        n = None if total is None else int(total)
        upper = upper_bound_of_zero(n) if events == 0 and n else None
        count = None if events is None else int(events)
        found.append(HarmCount(study.id, finding.id, study.label, arm.label, finding.time, count, n, upper))
    return found

"""How many people were exposed, how many were harmed, and how high the rate can still be.

The treated count, each cohort once; sides of a face are no people. Where several findings count harms in one group, between
the most of any and all of them together were harmed, and the limit takes the higher number.
"""

import math
from dataclasses import dataclass

from evidermis.appraisal.body import Counted
from evidermis.evidence.quantity import known
from evidermis.evidence.study import Study
from evidermis.evidence.vocabulary import Vocabulary

__all__ = ["Exposure", "exposure", "upper_limit"]

_EVENTS = ("events", "serious events")
# Each halves what is left; after so many the limit is as exact as a float.
_HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Exposure:
    """People treated in studies that counted harms, and the harmed among them: at least `least`, at most `most`.

    `kind` is what was counted; `upper` the exact one-sided 95 % limit of the rate (Clopper-Pearson; Hanley 1983 for none).
    """

    kind: str
    studies: tuple[str, ...]
    people: int
    least: int
    most: int

    @property
    def upper(self) -> float:
        """The limit of the rate."""
        return upper_limit(self.most, self.people)


def upper_limit(events: int, people: int) -> float:
    """The exact one-sided 95 % upper limit of a rate after `events` among `people` (at least 1): 1 - 0.05^(1/n) after none."""
    if events >= people:
        return 1.0
    if events == 0:
        return 1 - 0.05 ** (1 / people)
    low, high = events / people, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if _at_most(events, people, middle) < 0.05 else (middle, high)
    return high


def _at_most(events: int, people: int, rate: float) -> float:
    """The chance of so few events or fewer at this rate: the binomial distribution."""
    ways = math.lgamma(people + 1)
    terms = (
        ways - math.lgamma(k + 1) - math.lgamma(people - k + 1) + k * math.log(rate) + (people - k) * math.log1p(-rate)
        for k in range(events + 1)
    )
    return sum(map(math.exp, terms))


def exposure(human: tuple[Counted, ...], vocabulary: Vocabulary) -> Exposure | None:
    """The exposure in these studies together, of all harms where any study counted them, else of serious ones."""
    for kind in _EVENTS:
        cohorts: dict[str, tuple[int, int, int, str]] = {}
        for one in human:
            if (counted := _counted(one.study, kind, vocabulary)) is not None:
                cohort = one.study.cohort or one.study.id
                cohorts[cohort] = max(cohorts.get(cohort, (0, 0, 0, "")), (*counted, one.study.id))
        if cohorts:
            told = list(cohorts.values())
            people, least, most = sum(t[0] for t in told), sum(t[1] for t in told), sum(t[2] for t in told)
            return Exposure(kind, tuple(sorted(t[3] for t in told)), people, least, most)
    return None


def _counted(study: Study, kind: str, vocabulary: Vocabulary) -> tuple[int, int, int] | None:
    """People treated, and the fewest and most of them harmed; None where nothing was counted or the people are unknown."""
    groups: dict[str, tuple[int, list[int]]] = {}
    for finding in study.findings:
        if vocabulary.outcome(finding.outcome).link != "safety" or finding.unit != "people":
            continue
        name = finding.contrast.of
        told = {value.what: value.number for value in finding.values if value.arm == name}
        events, arm = known(told.get(kind)), study.arm(name)
        n = known(told.get("total")) or known(arm.people if arm else None) or study.people.counted
        if events is None or not n:
            continue
        people, all_events = groups.get(name, (int(n), []))
        groups[name] = (min(people, int(n)), [*all_events, int(events)])
    if not groups:
        return None
    people = sum(n for n, _ in groups.values())
    least = sum(min(max(events), n) for n, events in groups.values())
    return people, least, sum(min(sum(events), n) for n, events in groups.values())

"""What a controlled finding allows to be drawn: an interval, or only a direction, or nothing while its sources disagree."""

import math
from dataclasses import dataclass
from statistics import NormalDist

from evidermis.appraisal import Appraisal
from evidermis.evidence.ladders import Direction
from evidermis.evidence.quantity import Conflict, known
from evidermis.evidence.review import Review
from evidermis.evidence.study import Finding, Study
from evidermis.evidence.vocabulary import Vocabulary

__all__ = ["Drawable", "drawables"]


@dataclass(frozen=True, slots=True)
class Drawable:
    """One controlled finding. `effect`, `low` and `high` are in standard deviations, above 0 where the treated do better."""

    study: str
    finding: str
    label: str
    outcome: str
    direction: Direction
    people: int | None
    randomised: bool
    blocked: bool
    effect: float | None
    low: float | None
    high: float | None
    how: str


def drawables(review: Review, appraisal: Appraisal, vocabulary: Vocabulary) -> tuple[Drawable, ...]:
    """Every between-group or between-side finding in people, sorted by outcome and study."""
    retracted = {h.id.removeprefix("study:") for h in appraisal.held_out}
    found = [
        _drawable(study, finding, vocabulary)
        for study in review.studies
        for finding in study.findings
        if finding.contrast.against
        and not finding.subgroup
        and study.id not in retracted
        and _in_people(study, finding, vocabulary)
    ]
    return tuple(sorted(found, key=lambda d: (d.outcome, d.study, d.finding)))


def _in_people(study: Study, finding: Finding, vocabulary: Vocabulary) -> bool:
    design = vocabulary.design(study.design)
    human = vocabulary.population(study.population.code).species == "human"
    return human and design.controlled and not design.synthesis and finding.unit in ("people", "sides")


def _drawable(study: Study, finding: Finding, vocabulary: Vocabulary) -> Drawable:
    effect = _standardised(study, finding)
    n = known(finding.analysed)
    numbers = (finding.estimate, finding.p, finding.ci_low, finding.ci_high, *(v.number for v in finding.values))
    blocked = any(x is not None and isinstance(x.quantity, Conflict) for x in numbers)
    sign = {"benefit": 1.0, "harm": -1.0}.get(finding.direction, 0.0)
    low, high = (effect[1], effect[2]) if effect else (None, None)
    return Drawable(
        study=study.id,
        finding=finding.id,
        label=study.label,
        outcome=vocabulary.outcome(finding.outcome).label,
        direction=finding.direction,
        people=study.people.counted if n is None or finding.unit != "people" else int(n),
        randomised=vocabulary.design(study.design).rung == "randomised-trial",
        blocked=blocked,
        effect=sign * abs(effect[0]) if effect and sign else None,
        low=None if low is None or not sign or effect is None else _facing(effect, sign)[0],
        high=None if high is None or not sign or effect is None else _facing(effect, sign)[1],
        how=_how(blocked, effect is not None and sign != 0),
    )


def _facing(effect: tuple[float, float, float], sign: float) -> tuple[float, float]:
    """The interval turned so that above 0 the treated do better."""
    estimate, low, high = effect
    if (estimate > 0) == (sign > 0):
        return low, high
    return -high, -low


def _how(blocked: bool, drawn: bool) -> str:
    if blocked:
        return "sources disagree: held out"
    return "difference in standard deviations, 95 % interval" if drawn else "no interval can be computed"


def _standardised(study: Study, finding: Finding) -> tuple[float, float, float] | None:
    """Hedges' g of two groups of different people with its large-sample interval (Borenstein 2009, ch. 4); else None.

    Sides of one face need the correlation of pairs, which is never guessed here.
    """
    sides = (finding.contrast.of, finding.contrast.against)
    cells = [{v.what: known(v.number) for v in finding.values if v.arm == arm} for arm in sides]
    people = [known(arm.people) if (arm := study.arm(one)) else None for one in sides]
    got = [(c.get("mean"), c.get("sd"), c.get("n") or n) for c, n in zip(cells, people, strict=True)]
    if "within-person" in study.design:
        return None
    (m1, s1, n1), (m2, s2, n2) = got
    if (
        m1 is None
        or s1 is None
        or n1 is None
        or m2 is None
        or s2 is None
        or n2 is None
        or min(n1, n2) < 2
        or s1 + s2 == 0
    ):
        return None
    df = n1 + n2 - 2
    spread = math.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / df)
    exact = math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2)
    g = exact * (m1 - m2) / spread
    reach = NormalDist().inv_cdf(0.975) * math.sqrt(1 / n1 + 1 / n2 + g**2 / (2 * (n1 + n2)))
    return g, g - reach, g + reach

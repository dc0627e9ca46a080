"""What a controlled finding allows to be drawn: an interval, or only a direction, or nothing while its sources disagree."""

import math
from dataclasses import dataclass

from scipy.special import stdtrit  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType] - untyped library

from evidermis.appraisal import Appraisal
from evidermis.evidence.ladders import Direction
from evidermis.evidence.quantity import Conflict, Figure, Unknown, known
from evidermis.evidence.review import Review
from evidermis.evidence.study import Finding, Study
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.publishing.cleaning import clean
from evidermis.publishing.wording import short_words

__all__ = ["Drawable", "Welch", "drawables", "welch"]


@dataclass(frozen=True, slots=True)
class Welch:
    """A difference of two means with its 95 % interval, and the pooled standard deviation that scales it."""

    difference: float
    low: float
    high: float
    spread: float


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
    reported: str
    note: str


def welch(m1: float, s1: float, n1: float, m2: float, s2: float, n2: float) -> Welch | None:
    """The difference of two independent means with unequal spreads (Welch 1947, Biometrika 34:28).

    None for groups of fewer than two or without spread.
    """
    if min(n1, n2) < 2 or min(s1, s2) < 0 or s1 + s2 == 0:
        return None
    a, b = s1**2 / n1, s2**2 / n2
    df = (a + b) ** 2 / (a**2 / (n1 - 1) + b**2 / (n2 - 1))
    reach = float(stdtrit(df, 0.975)) * math.sqrt(a + b)  # pyright: ignore[reportUnknownArgumentType]
    spread = math.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n1 + n2 - 2))
    return Welch(m1 - m2, m1 - m2 - reach, m1 - m2 + reach, spread)


def drawables(review: Review, appraisal: Appraisal, vocabulary: Vocabulary) -> tuple[Drawable, ...]:
    """Every between-group or between-side finding in people, sorted by outcome and study."""
    retracted = {h.id.removeprefix("study:") for h in appraisal.held_out}
    found = [
        _drawable(study, finding, vocabulary)
        for study in review.studies
        for finding in study.findings
        if finding.contrast.against and study.id not in retracted and _in_people(study, finding, vocabulary)
    ]
    return tuple(sorted(found, key=lambda d: (d.outcome, d.effect is None, d.study, d.finding)))


def _in_people(study: Study, finding: Finding, vocabulary: Vocabulary) -> bool:
    design = vocabulary.design(study.design)
    human = vocabulary.population(study.population.code).species == "human"
    return human and design.controlled and not design.synthesis and finding.unit in ("people", "sides")


def _drawable(study: Study, finding: Finding, vocabulary: Vocabulary) -> Drawable:
    numbers = (finding.estimate, finding.p, finding.ci_low, finding.ci_high, *(v.number for v in finding.values))
    blocked = any(x is not None and isinstance(x.quantity, Conflict) for x in numbers)
    found = None if blocked else _difference(study, finding, vocabulary)
    sign = {"benefit": 1.0, "harm": -1.0}.get(finding.direction, 0.0)
    turned = _turned(found, sign) if found and sign else (None, None, None)
    n = known(finding.analysed)
    measured = next((i.label for i in vocabulary.instruments if i.code == finding.instrument), finding.instrument)
    return Drawable(
        study=study.id,
        finding=finding.id,
        label=clean(", ".join(part for part in (study.label, finding.subgroup, measured) if part)),
        outcome=vocabulary.outcome(finding.outcome).label,
        direction=finding.direction,
        people=study.people.counted if n is None or finding.unit != "people" else int(n),
        randomised=vocabulary.design(study.design).rung == "randomised-trial",
        blocked=blocked,
        effect=turned[0],
        low=turned[1],
        high=turned[2],
        reported=_reported(finding),
        note=_note(finding, found, blocked),
    )


def _turned(found: Welch, sign: float) -> tuple[float, float, float]:
    """In standard deviations, and so that above 0 the treated do better (a smaller value may be the better one)."""
    effect, low, high = (x / found.spread for x in (found.difference, found.low, found.high))
    return (effect, low, high) if (effect > 0) == (sign > 0) else (-effect, -high, -low)


def _difference(study: Study, finding: Finding, vocabulary: Vocabulary) -> Welch | None:
    """Two groups of different people with means, spreads and sizes; sides of one face need a correlation nobody gave."""
    if vocabulary.design(study.design).pairing != "parallel":
        return None
    got: list[float] = []
    for name in (finding.contrast.of, finding.contrast.against):
        cells = {v.what: known(v.number) for v in finding.values if v.arm == name}
        arm = study.arm(name)
        n = cells.get("n") or (known(arm.people) if arm else None)
        mean, sd = cells.get("mean"), cells.get("sd")
        if mean is None or sd is None or n is None:
            return None
        got += [mean, sd, n]
    return welch(got[0], got[1], got[2], got[3], got[4], got[5])


def _note(finding: Finding, found: Welch | None, blocked: bool) -> str:
    words = short_words("effect_notes")
    if blocked:
        return words["blocked"]
    if found is None:
        return words["none"]
    unit = next((f" {clean(v.number.unit)}" for v in finding.values if v.number.unit), "")
    low, high = (f"{x:.2f}" for x in (found.low, found.high))
    return words["drawn"].format(difference=f"{found.difference:+.2f}{unit}", low=low, high=high).replace("-", "−")


def _reported(finding: Finding) -> str:
    """The numbers of both arms side by side, then p, as the source gives them."""
    pairs: dict[str, dict[str, str]] = {}
    for value in finding.values:
        pairs.setdefault(value.what, {})[value.arm] = _short(value.number)
    sides = (finding.contrast.of, finding.contrast.against)
    events, totals = pairs.get("events", {}), pairs.get("total", {})
    if all(side in events and side in totals for side in sides):
        del pairs["total"]
        pairs["events"] = {side: f"{events[side]}/{totals[side]}" for side in sides}
    parts: list[str] = []
    for what, told in sorted(pairs.items()):
        both = [told.get(side, "unknown") for side in sides]
        parts.append(f"{clean(what)} {both[0]} vs {both[1]}")
    if finding.p is not None and not isinstance(finding.p.quantity, Unknown):
        text = _short(finding.p)
        parts.append(f"p {text}" if text[:1] in "<>" or "conflict" in text else f"p = {text}")
    return "; ".join(parts)


def _short(number: Figure) -> str:
    if isinstance(number.quantity, Conflict):
        return "in conflict"
    unit = clean(number.unit)
    text = clean(f"{number.quantity}{' ' + unit if unit else ''}")
    return f"−{text[1:]}" if text.startswith("-") else text

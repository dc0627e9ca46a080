"""What a controlled finding allows to be drawn: an interval, or only a direction, or nothing while its sources disagree."""

import math
from dataclasses import dataclass

from evidermis.evidence.inert import clean
from evidermis.evidence.ladders import Direction
from evidermis.evidence.quantity import Conflict, Figure, Unknown, known
from evidermis.evidence.review import Review
from evidermis.evidence.study import Finding, Study
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.publishing.wording import short_words
from evidermis.statistics import Comparison, NotComparable, Synthesis, Welch, welch

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
    reported: str
    note: str


def drawables(review: Review, synthesis: Synthesis, vocabulary: Vocabulary) -> tuple[Drawable, ...]:
    """Every between-group or between-side finding in people, sorted by outcome and study."""
    without = {(one.study, one.finding): one for one in synthesis.without}
    found: list[Drawable] = []
    for study in review.studies:
        for finding in study.findings:
            effect = synthesis.effect(study.id, finding.id)
            missing = without.get((study.id, finding.id))
            if effect is not None or missing is not None:
                found.append(_drawable(study, finding, vocabulary, effect or missing))
    return tuple(sorted(found, key=lambda d: (d.outcome, d.effect is None, d.study, d.finding)))


def _drawable(
    study: Study, finding: Finding, vocabulary: Vocabulary, effect: Comparison | NotComparable | None
) -> Drawable:
    drawn = effect if isinstance(effect, Comparison) and effect.metric == "SD units" else None
    low, high = drawn.interval if drawn else (None, None)
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
        blocked=isinstance(effect, NotComparable) and effect.blocked,
        effect=drawn.yi if drawn else None,
        low=low,
        high=high,
        reported=_reported(finding),
        note=_note(study, finding, effect),
    )


def _note(study: Study, finding: Finding, effect: Comparison | NotComparable | None) -> str:
    words = short_words("effect_notes")
    if not isinstance(effect, Comparison):
        blocked, contradicts = effect is not None and effect.blocked, effect is not None and effect.contradicts
        return words["blocked" if blocked else "contradicts" if contradicts else "none"]
    low, high = effect.interval
    if effect.scale == "log":
        shown = {"middle": math.exp(effect.yi), "low": math.exp(low), "high": math.exp(high)}
        return words["ratio"].format(metric=effect.metric.split(",")[0], **{k: f"{x:.2f}" for k, x in shown.items()})
    if effect.assumes:
        return words["assumed"].format(r=f"{effect.correlation:g}")
    found = _welch(study, finding) if effect.measure == "SMD" else None
    if found is None:
        shown = {"middle": effect.yi, "low": low, "high": high}
        told = words["ratio"].format(metric=effect.metric, **{k: f"{x:.2f}" for k, x in shown.items()})
        return told.replace("-", "−")
    unit = next((f" {clean(v.number.unit)}" for v in finding.values if v.number.unit), "")
    low_unit, high_unit = f"{found.low:.2f}", f"{found.high:.2f}"
    told = words["drawn"].format(difference=f"{found.difference:+.2f}{unit}", low=low_unit, high=high_unit)
    return told.replace("-", "−")


def _welch(study: Study, finding: Finding) -> Welch | None:
    """The difference of the arms' means in the outcome's own unit."""
    got: list[tuple[float, float, float]] = []
    for name in (finding.contrast.of, finding.contrast.against):
        cells = {v.what: known(v.number) for v in finding.values if v.arm == name}
        arm = study.arm(name)
        n = cells.get("n") or (known(arm.people) if arm else None)
        mean, sd = cells.get("mean"), cells.get("sd")
        if mean is None or sd is None or n is None:
            return None
        got.append((mean, sd, n))
    (m1, s1, n1), (m2, s2, n2) = got
    return welch((m1, m2), (s1, s2), (n1, n2))


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

"""Certainty by GRADE: a start that follows the design, five reasons to lower it and three to raise it, each a step with its
figures.

After Guyatt 2008 (BMJ 336:924) and GRADE guidance 34 for imprecision (Zeng 2022). Thresholds marked as house rules in the
methods page are ours. Nothing here reads significance: only designs, distances, people, intervals and appraised bias.
"""

from evidermis.appraisal.answer import Step
from evidermis.appraisal.bias import judged_bias
from evidermis.appraisal.body import Body, Counted, inputs_of, people_in
from evidermis.appraisal.raising import raising
from evidermis.evidence.judgement import Judgement, latest_signed
from evidermis.evidence.ladders import CERTAINTIES, Axis, Certainty, Distance
from evidermis.evidence.protocol import Thresholds
from evidermis.evidence.quantity import Known
from evidermis.evidence.study import BiasLevel, Finding
from evidermis.evidence.vocabulary import Vocabulary

__all__ = ["certainty"]

# The axes whose distance lowers certainty for indirectness; the rest are shown beside it.
INDIRECT: tuple[Axis, ...] = ("source", "route", "population", "co-intervention", "outcome", "comparator")
# Measures on which "no effect" is 1; every other measure has it at 0.
_RATIOS = {"RR", "OR", "HR", "ROM"}


def certainty(
    body: Body,
    families: int,
    thresholds: Thresholds,
    vocabulary: Vocabulary,
    judgements: tuple[Judgement, ...],
    about: str,
) -> tuple[Certainty, tuple[Step, ...]]:
    """The certainty of a body of evidence, and the steps to it; an override that a person signed of `about` is the last."""
    start = _start(body)
    steps = [start]
    if body.decisive:
        steps += [
            _risk_of_bias(body.decisive),
            _inconsistency(body.decisive, families),
            _indirectness(body.decisive),
            _imprecision(body.decisive, thresholds, vocabulary),
            _publication_bias(body.decisive, thresholds),
        ]
        steps += raising(body, steps[1:], judgements)
    moved = CERTAINTIES.index(_level(start)) + sum(int(s.effect) for s in steps[1:])
    level = CERTAINTIES[min(max(0, moved), len(CERTAINTIES) - 1)]
    if override := _override(about, judgements):
        steps.append(override)
        level = _level(override)
    return level, tuple(steps)


def _level(step: Step) -> Certainty:
    word = step.effect.split(": ")[-1]
    return next(level for level in CERTAINTIES if level == word)


def _start(body: Body) -> Step:
    if not body.decisive:
        because = (
            "only changes from baseline, without a comparison"
            if body.human
            else "no study in people within reach of the claim"
        )
        return Step("start", 1, "start: very low", because, inputs_of(body.human))
    rung = body.decisive[0].distance.rung
    if rung == "randomised-trial":
        return Step("start", 1, "start: high", "randomised trials", inputs_of(body.decisive))
    return Step("start", 1, "start: low", "controlled studies without randomisation", inputs_of(body.decisive))


def _share(counted: tuple[Counted, ...], chosen: list[Counted]) -> float:
    """The share of people in the chosen studies; a study of unknown size weighs as the smallest of the others."""
    known = [one.study.people.counted for one in counted]
    least = min((n for n in known if n), default=1)
    weights = {one.study.id: one.study.people.counted or least for one in counted}
    return sum(weights[one.study.id] for one in chosen) / sum(weights.values())


def _bias(counted: Counted) -> BiasLevel:
    return judged_bias(counted.study.bias).level


def _risk_of_bias(counted: tuple[Counted, ...]) -> Step:
    high = [c for c in counted if _bias(c) == "high"]
    some = [c for c in counted if _bias(c) != "low"]
    if _share(counted, high) >= 0.5:
        effect, because = "-2", f"half or more of the people are in studies at high risk of bias ({_labels(high)})"
    elif _share(counted, some) >= 0.5:
        unassessed = [c for c in some if _bias(c) == "not assessed"]
        because = f"half or more of the people are in studies with some concerns or worse ({_labels(some)})"
        because += f"; not assessed, so not trusted: {_labels(unassessed)}" if unassessed else ""
        effect = "-1"
    else:
        effect, because = "0", "most people are in studies at low risk of bias"
    return Step("risk of bias", 1, effect, because, inputs_of(counted))


def _inconsistency(counted: tuple[Counted, ...], families: int) -> Step:
    directions = {c.direction for c in counted if c.direction != "unclear"}
    if families < 2:
        return Step(
            "inconsistency", 1, "0", "one family of studies: consistency cannot be assessed", inputs_of(counted)
        )
    if "mixed" in directions or len(directions) > 1:
        return Step("inconsistency", 1, "-1", "independent families point different ways", inputs_of(counted))
    return Step("inconsistency", 1, "0", "independent families point the same way", inputs_of(counted))


def _indirectness(counted: tuple[Counted, ...]) -> Step:
    nearest = counted[0].distance
    held: dict[Distance, list[Axis]] = {}
    for axis in INDIRECT:
        held.setdefault(nearest.level(axis), []).append(axis)
    far = held.get("far", []) + held.get("very far", [])
    near = held.get("near", []) + held.get("unknown", [])
    if len(far) >= 2:
        effect, because = "-2", f"far on {_and(far)}"
    elif far or len(near) >= 2:
        effect, because = "-1", f"far on {_and(far)}" if far else f"only near, or unknown, on {_and(near)}"
    else:
        effect, because = "0", "tested as claimed"
    return Step("indirectness", 1, effect, because, (f"distance:{nearest.claim}:{nearest.study}",))


def _imprecision(counted: tuple[Counted, ...], thresholds: Thresholds, vocabulary: Vocabulary) -> Step:
    people, _ = people_in(counted)
    paired = all(vocabulary.design(c.study.design).pairing == "within-person" for c in counted)
    needed = thresholds.information_size if paired else thresholds.parallel_information_size
    reasons: list[str] = []
    lowered = 0
    if people < needed:
        lowered = 2 if people < needed / 2 else 1
        kind = "within-person" if paired else "parallel-group"
        reasons.append(f"{people} people where {needed} are needed ({kind} information size)")
    intervals = [bounds for c in counted for f in c.findings if (bounds := _interval(f))]
    if not intervals:
        lowered += 1
        reasons.append("no interval is reported")
    elif all(low <= null <= high for low, high, null in intervals):
        lowered += 1
        reasons.append("the interval includes no effect")
    because = "; ".join(reasons) or f"{people} people, and an interval that excludes no effect"
    return Step("imprecision", 1, f"-{lowered}" if lowered else "0", because, inputs_of(counted))


def _interval(finding: Finding) -> tuple[float, float, float] | None:
    low, high = finding.ci_low, finding.ci_high
    if low is None or high is None or not isinstance(low.quantity, Known) or not isinstance(high.quantity, Known):
        return None
    return low.quantity.value, high.quantity.value, 1.0 if finding.measure in _RATIOS else 0.0


def _publication_bias(counted: tuple[Counted, ...], thresholds: Thresholds) -> Step:
    people, _ = people_in(counted)
    all_tied = all(c.study.affiliated.value not in ("", "no", "none") for c in counted)
    all_positive = all(c.direction == "benefit" for c in counted)
    if all_tied:
        return Step(
            "publication bias", 1, "-1", "every study comes from the maker of what it tested", inputs_of(counted)
        )
    if all_positive and people < thresholds.information_size:
        because = "every study is small and favourable, and nothing tells what was not published"
        return Step("publication bias", 1, "-1", because, inputs_of(counted))
    return Step("publication bias", 1, "0", "not suspected from what is known", inputs_of(counted))


def _override(about: str, judgements: tuple[Judgement, ...]) -> Step | None:
    """The latest certainty a person signed for it."""
    last = latest_signed(judgements, about, CERTAINTIES)
    if last is None:
        return None
    return Step(
        "signed override", 1, f"set: {last.decision}", f"{last.author}: {last.reason}", (f"judgement:{last.id}",)
    )


def _labels(counted: list[Counted]) -> str:
    return ", ".join(sorted(c.study.label for c in counted))


def _and(axes: list[Axis]) -> str:
    return " and ".join([", ".join(axes[:-1]), axes[-1]] if len(axes) > 1 else [*axes])

"""Three reasons to raise certainty: a large effect, a dose-response, opposing confounding.

After Guyatt 2011 (J Clin Epidemiol 64:1311).

They are for controlled studies without randomisation in which nothing lowered certainty. A large effect is read from the
ratios that sources print with an interval; the other two ask for knowledge that no finding holds, so a person signs them.
"""

from collections.abc import Iterable

from evidermis.appraisal.answer import Step
from evidermis.appraisal.body import Body, Counted, inputs_of
from evidermis.evidence.judgement import Judgement, latest_signed
from evidermis.evidence.quantity import known

__all__ = ["SIGNED_REASONS", "raising"]

# What a person signs in `judgements.jsonl`: about `raise:CLAIM/REASON`, decision `+1` or `0`.
SIGNED_REASONS = ("dose-response", "opposing confounding")
# Guyatt 2011: a ratio beyond 2 (or below 0.5) is large, beyond 5 (or below 0.2) very large. An odds ratio overstates a risk
# ratio where events are common, so it is not read.
_RATIOS = ("RR", "HR")
_LARGE, _VERY_LARGE = 2.0, 5.0


def raising(body: Body, lowered: Iterable[Step], judgements: tuple[Judgement, ...]) -> tuple[Step, ...]:
    """The steps up, of which each tells why where it adds nothing; none for randomised trials and uncontrolled studies."""
    if not body.decisive or body.decisive[0].distance.rung == "randomised-trial":
        return ()
    if down := [step.rule for step in lowered if step.effect.startswith("-")]:
        because = f"not raised, since it was lowered for {', '.join(down)}"
        return (Step("raising", 1, "0", because, inputs_of(body.decisive)),)
    return (_large_effect(body), *(_signed(body, reason, judgements) for reason in SIGNED_REASONS))


def _large_effect(body: Body) -> Step:
    sizes = [(one.study.label, size) for one in body.decisive if (size := _least_size(one)) is not None]
    if len(sizes) < len(body.decisive):
        return Step(
            "large effect", 1, "0", "not every study prints a ratio with its interval", inputs_of(body.decisive)
        )
    least = min(size for _, size in sizes)
    told = ", ".join(f"{label} {size:.3g}-fold" for label, size in sorted(sizes))
    effect = "+2" if least > _VERY_LARGE else "+1" if least > _LARGE else "0"
    return Step("large effect", 1, effect, f"ratios, taken above 1: {told}", inputs_of(body.decisive))


def _least_size(one: Counted) -> float | None:
    """The smallest ratio of a study's findings, taken above 1; 1 where its interval holds no effect; None without a ratio."""
    found: list[float] = []
    for finding in one.findings:
        estimate, low, high = known(finding.estimate), known(finding.ci_low), known(finding.ci_high)
        if finding.measure not in _RATIOS or estimate is None or low is None or high is None or not 0 < low <= high:
            continue
        found.append(1.0 if low <= 1 <= high or estimate <= 0 else max(estimate, 1 / estimate))
    return min(found, default=None)


def _signed(body: Body, reason: str, judgements: tuple[Judgement, ...]) -> Step:
    about = f"raise:{body.claim.id}/{reason}"
    last = latest_signed(judgements, about, ("0", "+1"))
    if last is None:
        return Step(reason, 1, "0", "nobody has signed that there is one", inputs_of(body.decisive))
    return Step(reason, 1, last.decision, f"{last.author}: {last.reason}", (f"judgement:{last.id}",))

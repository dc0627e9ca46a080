"""GRADE's judgements as the certainty of an Evidence: the level, and under it each reason that moved it or did not."""

from collections.abc import Iterable

from evidermis.appraisal import OutcomeAnswer, Step
from evidermis.appraisal.bias import Judged
from evidermis.evidence.study import BiasLevel
from evidermis.publishing.fhir.terms import Json, coded, compact, said

__all__ = ["bias_rating", "graded", "rated_bias"]

_REASONS = {
    "risk of bias": "RiskOfBias",
    "inconsistency": "Inconsistency",
    "indirectness": "Indirectness",
    "imprecision": "Imprecision",
    "publication bias": "PublicationBias",
    "large effect": "LargeEffect",
    "dose-response": "DoseResponseGradient",
    "opposing confounding": "PlausibleConfounding",
}
_MOVES = {
    "0": "no-change",
    "-1": "downcode1",
    "-2": "downcode2",
    "-3": "downcode3",
    "+1": "upcode1",
    "+2": "upcode2",
}
_BIAS: dict[BiasLevel, str] = {
    "low": "no-concern",
    "some concerns": "serious-concern",
    "high": "very-serious-concern",
}


def graded(one: OutcomeAnswer) -> Json:
    """The certainty of one outcome of a claim, with the start and every reason; a signed override is a note."""
    reasons = [part for step in one.steps if (part := _reason(step))]
    notes = [{"text": said(f"{step.rule}: {step.effect}; {step.because}")} for step in one.steps if not _reason(step)]
    return compact(
        {
            "type": coded("certainty-type", "Overall"),
            "rating": coded("certainty-rating", one.certainty.replace(" ", "-"), one.certainty),
            "note": notes,
            "subcomponent": reasons,
        }
    )


def _reason(step: Step) -> Json | None:
    kind, move = _REASONS.get(step.rule), _MOVES.get(step.effect)
    if kind is None or move is None:
        return None
    return compact(
        {
            "description": said(step.because),
            "type": coded("certainty-type", kind),
            "rating": coded("certainty-rating", move, step.effect),
        }
    )


def bias_rating(level: BiasLevel) -> Json | None:
    """The rating of a risk of bias, or None where nobody assessed it. The tool's own word stands beside the code."""
    return coded("certainty-rating", _BIAS[level], level) if level in _BIAS else None


def rated_bias(judged: Iterable[Judged]) -> list[Json]:
    """A study's risk of bias as a part of the certainty of its own effect."""
    ratings = [(one, bias_rating(one.level)) for one in judged]
    return [
        compact({"description": said(one.because), "type": coded("certainty-type", "RiskOfBias"), "rating": rating})
        for one, rating in ratings
        if rating
    ]

"""Effects as the statistics of an Evidence: the estimate, its interval, and how a pooled one was made."""

import math
from collections.abc import Iterable

from evidermis.publishing.bodies import metric_words
from evidermis.publishing.fhir.terms import Json, coded, compact, quantity, span, worded
from evidermis.statistics import Body, Comparison, Pooled

__all__ = ["pooled_statistic", "single_statistic"]

# How a metric begins, and its code in `statistic-type`; a ratio of means has none.
_TYPES = (
    ("SD units", "0000100"),
    ("change SD units", "0000100"),
    ("MD", "0000457"),
    ("risk ratio", "C93152"),
    ("odds ratio", "C16932"),
    ("RR", "C93152"),
    ("OR", "C16932"),
    ("HR", "C93150"),
    ("IRR", "rate-ratio"),
)
_MODEL = {"REML": "tauRestrictedMaximumLikelihood", "DL": "tauDersimonianLaird", "PM": "tauPauleMandel"}
_TEST = {"knha": "hartungKnapp", "adhoc": "modifiedHartungKnapp"}
_SINGLE_LEVEL = 0.95


def single_statistic(effect: Comparison, p: float | None) -> Json:
    """The effect of one finding with its 95 % interval by the normal; `p` as the source reports it, where it does."""
    low, high = effect.interval
    estimates = [_interval("C53324", effect, low, high, _SINGLE_LEVEL), _attribute("C44185", p)]
    return _statistic(effect, effect.yi, {"numberOfStudies": 1, **_people([effect])}, estimates, [])


def pooled_statistic(body: Body, fit: Pooled) -> Json:
    """The pooled effect with its interval, its p, what differs between studies, and where a next study may fall."""
    chosen = [body.effects[at] for at in body.chosen]
    first = chosen[0]
    estimates = [
        _interval("C53324", first, fit.ci_lower, fit.ci_upper, fit.level),
        _attribute("C44185", fit.p),
        _attribute("0000420", fit.i2, "%"),
        _attribute("0000421", fit.tau2),
        _attribute("0000419", fit.q),
        _interval("", first, fit.pi_lower, fit.pi_upper, fit.level),
    ]
    model = [
        coded("statistic-model-code", code)
        for code in ("effectsRandom", "poolInverseVariance", _MODEL.get(fit.method, ""), _TEST.get(fit.test, ""))
        if code
    ]
    return _statistic(first, fit.estimate, {"numberOfStudies": fit.k, **_people(chosen)}, estimates, model)


def _statistic(
    like: Comparison, value: float, size: Json, estimates: Iterable[Json | None], model: Iterable[Json]
) -> Json:
    code = next((code for start, code in _TYPES if like.metric.startswith(start)), "")
    unit = like.metric.removeprefix("MD ").partition(",")[0] if like.metric.startswith("MD ") else ""
    return compact(
        {
            "description": metric_words(like.metric),
            "statisticType": coded("statistic-type", code, like.metric) if code else worded(like.metric),
            "quantity": quantity(_printed(like, value), unit or ("SD" if like.metric.endswith("SD units") else "")),
            "sampleSize": size,
            "attributeEstimate": [one for one in estimates if one],
            "modelCharacteristic": [{"code": one} for one in model],
        }
    )


def _printed(like: Comparison, value: float) -> float:
    """A ratio itself, where the effect is its logarithm."""
    return math.exp(value) if like.scale == "log" else value


def _people(effects: Iterable[Comparison]) -> Json:
    """How many people, where that is a whole number for each."""
    counts = [one.people for one in effects]
    return {"numberOfParticipants": int(sum(counts))} if all(n > 0 and n == int(n) for n in counts) else {}


def _interval(code: str, like: Comparison, low: float, high: float, level: float) -> Json | None:
    """An interval; without a code it is the prediction interval, for which R5 has none."""
    ends = span(_printed(like, low), _printed(like, high)) if math.isfinite(low) and math.isfinite(high) else None
    kind = coded("attribute-estimate-type", code) if code else worded("Prediction interval")
    return {"type": kind, "level": level, "range": ends} if ends else None


def _attribute(code: str, value: float | None, unit: str = "") -> Json | None:
    told = quantity(value, unit) if value is not None else None
    return {"type": coded("attribute-estimate-type", code), "quantity": told} if told else None

"""Reported tests recomputed: does the printed p follow from the printed statistic, and do baseline p values look
random?

The recomputation allows for the rounding of both numbers, as statcheck does (Nuijten et al. 2016); a *decision error*
changes which side of 0.05 the result stands on. Baseline comparisons of randomised groups should give uniform p values
(Carlisle 2017).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evidermis.evidence.errors import BadInput
from evidermis.statistics.distributions import chi2_upper, f_upper, normal_cdf, normal_quantile, student_two_sided
from evidermis.statistics.number_checks import Check

__all__ = ["Recomputed", "baseline_p_values", "recompute_p"]


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The p values that the printed statistic allows, whether the printed p is among them, and whether significance
    flips.

    `one_sided_would_hold` marks a p that is half of what it should be.
    """

    lowest: float
    highest: float
    holds: bool
    is_decision_error: bool
    one_sided_would_hold: bool


def recompute_p(
    test: Literal["t", "F", "chi2", "z", "r"],
    statistic: str,
    p: str,
    *,
    df1: float = np.inf,
    df2: float = np.inf,
    relation: Literal["=", "<", ">"] = "=",
    alpha: float = 0.05,
) -> Recomputed:
    """Recompute a two-sided p. `statistic` and `p` as printed; `df1` is that of t, chi2 and r, or F's first."""
    decimals = len(statistic.partition(".")[2])
    half = 0.5 * 10.0**-decimals
    try:
        value, printed = abs(float(statistic)), float(p)
    except ValueError as error:
        raise BadInput(f"{statistic!r} and {p!r} must be printed numbers") from error
    low, high = _p(test, value + half, df1, df2), _p(test, max(0.0, value - half), df1, df2)
    p_half = 0.5 * 10.0 ** -len(p.partition(".")[2]) + 1e-12

    def fits(factor: float) -> bool:
        if relation == "<":
            return factor * low < printed
        if relation == ">":
            return factor * high > printed
        return factor * low <= printed + p_half and factor * high >= printed - p_half

    holds = fits(1.0)
    middle = _p(test, value, df1, df2)
    claims = printed <= alpha if relation != ">" else printed < alpha
    flips = not holds and (middle <= alpha) != claims
    return Recomputed(low, high, holds, flips, not holds and test in ("t", "z", "r") and fits(0.5))


def _p(test: str, value: float, df1: float, df2: float) -> float:
    if test == "z":
        return float(2 * normal_cdf(-value))
    if not df1 > 0 or (np.isinf(df1) and test != "t"):
        raise BadInput(f"{test} needs its degrees of freedom")
    if test == "t":
        return float(student_two_sided(value, df1))
    if test == "r":
        r = min(value, 1 - 1e-12)
        return float(student_two_sided(r * np.sqrt(df1 / (1 - r * r)), df1))
    if test == "chi2":
        return float(chi2_upper(value, df1))
    if np.isinf(df2):
        raise BadInput("F needs both degrees of freedom")
    return float(f_upper(value, df1, df2))


def baseline_p_values(p: Sequence[float], *, alpha: float = 0.01) -> Check:
    """Whether independent baseline p values of randomised groups are too alike or too different together (Stouffer,
    two-sided).

    Correlated variables and non-normal ones raise the false alarms above `alpha`; a p computed from rounded means does
    too.
    """
    values = np.asarray(p, float)
    if values.size == 0 or not ((values >= 0) & (values <= 1)).all():
        raise BadInput("p values lie between 0 and 1")
    inside = np.clip(values, 1e-6, 1 - 1e-6)
    z = float(np.sum(normal_quantile(inside)) / np.sqrt(values.size))
    both = float(2 * normal_cdf(-abs(z)))
    way = "too alike" if z > 0 else "too different"
    because = f"together {'' if both < alpha else 'not '}{way} (p = {both:.3g})"
    return Check("baseline p values", both >= alpha, because, alpha)

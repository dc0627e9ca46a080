"""Pooling of 2 x 2 tables as strata: Mantel-Haenszel and Peto, for rare events and small trials.

Cells as in `binary`. Equal-effect by nature. Variances: Robins, Breslow & Greenland (1986) for the odds ratio,
Greenland & Robins (1985) for the risk ratio, Sato, Greenland & Robins (1989) for the risk difference; Yusuf et al.
(1985) for Peto.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.binary import table
from evidermis.statistics.columns import Columns
from evidermis.statistics.distributions import Array, chi2_upper, normal_quantile, student_two_sided
from evidermis.statistics.effect_size import effect_size

__all__ = ["Stratified", "mantel_haenszel", "peto"]


@dataclass(frozen=True, slots=True)
class Stratified:
    """The pooled effect (log for ratios), its interval and p, and Cochran's `q` over `studies` that can tell."""

    estimate: float
    se: float
    ci_lower: float
    ci_upper: float
    p: float
    q: float
    q_p: float
    studies: int


def _finished(estimate: float, se: float, y: Array, v: Array, level: float) -> Stratified:
    known = np.isfinite(y) & np.isfinite(v)
    q = float(np.sum((y[known] - estimate) ** 2 / v[known]))
    reach = float(normal_quantile((1 + level) / 2)) * se
    k = int(known.sum())
    return Stratified(
        estimate,
        se,
        estimate - reach,
        estimate + reach,
        float(student_two_sided(estimate / se, np.inf)),
        q,
        float(chi2_upper(q, k - 1)) if k > 1 else 1.0,
        k,
    )


def mantel_haenszel(
    ai: npt.ArrayLike,
    bi: npt.ArrayLike,
    ci: npt.ArrayLike,
    di: npt.ArrayLike,
    *,
    measure: Literal["RR", "OR", "RD"] = "RR",
    level: float = 0.95,
) -> Stratified:
    """Mantel-Haenszel pooled risk ratio, odds ratio (both log) or risk difference; no correction of zero cells in the
    estimate.
    """
    cells = {"ai": ai, "bi": bi, "ci": ci, "di": di}
    a, b, c, d = table(Columns(measure, cells))
    n1, n2 = a + b, c + d
    n = n1 + n2
    if measure == "RR":
        estimate, variance = _risk_ratio(a, c, n1, n2, n)
    elif measure == "OR":
        estimate, variance = _odds_ratio(a, b, c, d, n)
    else:
        estimate, variance = _risk_difference(a, c, n1, n2, n)
    if not (np.isfinite(estimate) and variance > 0):
        raise BadInput("one group has no events in any study", mend="use the risk difference, or do not pool")
    y, v = effect_size(measure, cells, drop00=measure != "RD")
    return _finished(estimate, float(np.sqrt(variance)), y, v, level)


def _risk_ratio(a: Array, c: Array, n1: Array, n2: Array, n: Array) -> tuple[float, float]:
    r, s = float(np.sum(a * n2 / n)), float(np.sum(c * n1 / n))
    if r <= 0 or s <= 0:
        return np.nan, 0.0
    return float(np.log(r / s)), float(np.sum((n1 * n2 * (a + c) - a * c * n) / n**2)) / (r * s)


def _odds_ratio(a: Array, b: Array, c: Array, d: Array, n: Array) -> tuple[float, float]:
    same, cross = a * d / n, b * c / n
    r, s = float(same.sum()), float(cross.sum())
    if r <= 0 or s <= 0:
        return np.nan, 0.0
    p, q = (a + d) / n, (b + c) / n
    first, last = float(np.sum(p * same)) / (2 * r * r), float(np.sum(q * cross)) / (2 * s * s)
    return float(np.log(r / s)), first + float(np.sum(p * cross + q * same)) / (2 * r * s) + last


def _risk_difference(a: Array, c: Array, n1: Array, n2: Array, n: Array) -> tuple[float, float]:
    weight = float(np.sum(n1 * n2 / n))
    rd = float(np.sum((a * n2 - c * n1) / n)) / weight
    p = c * (n1 / n) ** 2 - a * (n2 / n) ** 2 + (n1 / n) * (n2 / n) * (n2 - n1) / 2
    q = (a * (n2 - c) / n + c * (n1 - a) / n) / 2
    return rd, (rd * float(p.sum()) + float(q.sum())) / weight**2


def peto(
    ai: npt.ArrayLike, bi: npt.ArrayLike, ci: npt.ArrayLike, di: npt.ArrayLike, *, level: float = 0.95
) -> Stratified:
    """Peto's pooled log odds ratio; biased where groups are unequal or the effect is large."""
    a, b, c, d = table(Columns("PETO", {"ai": ai, "bi": bi, "ci": ci, "di": di}))
    n1, n2, events, others = a + b, c + d, a + c, b + d
    n = n1 + n2
    v = events * others * n1 * n2 / (n**2 * (n - 1))
    if not v.sum() > 0:
        raise BadInput("there are no events, or only events", mend="do not pool")
    gain = a - events * n1 / n
    estimate = float(gain.sum() / v.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        y, each = gain / v, 1 / v
    return _finished(estimate, float(1 / np.sqrt(v.sum())), y, each, level)

"""From what papers print to what can be pooled: SD and SE from intervals, t, F and p; means and SDs from medians.

The scale is part of the type: a `RatioInterval` is a ratio on its natural scale and becomes a `LogEffect`; nothing
guesses. A p given as an inequality is a `Bound` and gives a bound, which cannot be pooled. Sources: Cochrane Handbook
6.5.2; Wan et al. (2014); Luo et al. (2018).
"""

import math
from dataclasses import dataclass

import numpy as np

from evidermis.evidence.errors import BadInput
from evidermis.evidence.quantity import Bound, Known
from evidermis.statistics.distributions import normal_quantile, student_quantile

__all__ = [
    "FiveNumbers",
    "FromMedian",
    "LogEffect",
    "RatioInterval",
    "Welch",
    "change_sd",
    "cliffs_delta",
    "difference_from_p",
    "mean_and_sd_from_median",
    "sd_from_difference",
    "sd_from_interval",
    "sd_from_se",
    "t_from_f",
    "welch",
]


@dataclass(frozen=True, slots=True)
class LogEffect:
    """The logarithm of a ratio with its standard error."""

    estimate: float
    se: float


@dataclass(frozen=True, slots=True)
class RatioInterval:
    """A ratio (risk, odds, hazard, means) on its natural scale with its confidence interval."""

    ratio: float
    lower: float
    upper: float
    level: float = 0.95

    def __post_init__(self) -> None:
        if not 0 < self.lower <= self.ratio <= self.upper < np.inf:
            raise BadInput(
                f"{self.ratio:g} ({self.lower:g} to {self.upper:g}) is no ratio with its interval",
                mend="values at or below 0 are logarithms or differences",
            )

    def log(self, *, tolerance: float = 0.15) -> LogEffect:
        """The log ratio; refused where the ratio is so far from the middle of its interval that one must be a
        misprint.
        """
        low, high, centre = (float(np.log(x)) for x in (self.lower, self.upper, self.ratio))
        if high > low and abs((low + high) / 2 - centre) > tolerance * (high - low):
            raise BadInput(
                f"{self.ratio:g} is not near the geometric middle of {self.lower:g} to {self.upper:g}",
                mend="check the interval; exact intervals need their counts instead",
            )
        return LogEffect(centre, (high - low) / (2 * float(normal_quantile((1 + self.level) / 2))))


def _people(n: float) -> float:
    if not n >= 2:
        raise BadInput(f"{n:g} people have no standard deviation")
    return n


def sd_from_se(se: float, n: int) -> float:
    """SD of values whose mean has standard error `se`, printed or read off a graph's bars."""
    return se * float(np.sqrt(_people(n)))


def sd_from_interval(lower: float, upper: float, n: int, *, level: float = 0.95) -> float:
    """SD from the confidence interval of a mean (or of a mean within-person difference), by Student's t on n - 1."""
    if upper < lower:
        raise BadInput(f"the interval {lower:g} to {upper:g} is the wrong way round")
    return (upper - lower) / (2 * float(student_quantile((1 + level) / 2, _people(n) - 1.0))) * float(np.sqrt(n))


def sd_from_difference(mean_difference: float, t: float, n: int) -> float:
    """SD of within-person differences from their mean and its paired t."""
    if t == 0 or mean_difference == 0:
        raise BadInput("a difference of 0 or a t of 0 leaves the SD open")
    return abs(mean_difference / t) * float(np.sqrt(_people(n)))


def t_from_f(f: float, df1: int) -> float:
    """|t| from an F with one numerator degree of freedom; other F have no direction and are refused."""
    if df1 != 1 or f < 0:
        raise BadInput(f"F on {df1} numerator degrees of freedom is no comparison of two", mend="extract the contrast")
    return float(np.sqrt(f))


def difference_from_p(mean_difference: float, p: Known | Bound, df: float) -> Known | Bound:
    """Standard error of a difference from its two-sided p: exact p gives a value, `p < x` an upper bound of it, `p >
    x` a lower one.

    Student's t on `df` (infinity: normal). Raises `BadInput` for p at 0 or 1 and for a difference of 0.
    """
    limit = p.limit if isinstance(p, Bound) else p.value
    if not 0 < limit < 1 or mean_difference == 0:
        raise BadInput(
            "a p of 0 or 1, or a difference of 0, leaves the standard error open", mend="p = 0.000 is p < 0.001"
        )
    se = abs(mean_difference) / float(student_quantile(1 - limit / 2, df))
    return Bound(relation=p.relation, limit=se) if isinstance(p, Bound) else Known(value=se)


def change_sd(sd_before: float, sd_after: float, r: float) -> float:
    """SD of changes from baseline, with the correlation of before and after."""
    if abs(r) > 1 or sd_before < 0 or sd_after < 0:
        raise BadInput("a correlation lies in [-1, 1] and SDs are not negative")
    return float(np.sqrt(max(0.0, sd_before**2 + sd_after**2 - 2 * r * sd_before * sd_after)))


def cliffs_delta(u: float, n1: int, n2: int) -> float:
    """Cliff's delta from the Mann-Whitney U of group 1: 2 U / (n1 n2) - 1."""
    if not 0 <= u <= n1 * n2 or n1 * n2 == 0:
        raise BadInput(f"U cannot be {u:g} with {n1} and {n2} people")
    return 2 * u / (n1 * n2) - 1


@dataclass(frozen=True, slots=True)
class Welch:
    """A difference of two means with its interval."""

    difference: float
    low: float
    high: float


def welch(
    means: tuple[float, float], sds: tuple[float, float], sizes: tuple[float, float], *, level: float = 0.95
) -> Welch | None:
    """The difference of two independent means with unequal spreads (Welch 1947, Biometrika 34:28).

    None for groups of fewer than two or without spread.
    """
    if min(sizes) < 2 or min(sds) < 0 or sum(sds) == 0:
        return None
    a, b = (sd**2 / n for sd, n in zip(sds, sizes, strict=True))
    df = (a + b) ** 2 / (a**2 / (sizes[0] - 1) + b**2 / (sizes[1] - 1))
    reach = float(student_quantile((1 + level) / 2, df)) * math.sqrt(a + b)
    difference = means[0] - means[1]
    return Welch(difference, difference - reach, difference + reach)


@dataclass(frozen=True, slots=True)
class FiveNumbers:
    """A median with quartiles, with range, or both; None where not printed. An IQR's width alone is not a pair of
    quartiles.
    """

    median: float
    n: int
    q1: float | None = None
    q3: float | None = None
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        rising = [x for x in (self.low, self.q1, self.median, self.q3, self.high) if x is not None]
        if rising != sorted(rising) or self.n < 3:
            raise BadInput("minimum, quartiles, median and maximum must rise, of three people or more")


@dataclass(frozen=True, slots=True)
class FromMedian:
    """An estimated mean and SD; `bowley` is the quartile skewness and `is_skewed` says the estimate should not be
    pooled.
    """

    mean: float
    sd: float
    bowley: float
    is_skewed: bool


# Quartile skewness beyond this marks data for which normal-theory conversion misleads.
_SKEWED = 0.3


def mean_and_sd_from_median(found: FiveNumbers) -> FromMedian:
    """Luo's mean and Wan's SD from a median with quartiles, with range, or with both; `BadInput` where neither is
    complete.
    """
    n, m = found.n, found.median
    z_range = float(normal_quantile((n - 0.375) / (n + 0.25)))
    z_quartile = float(normal_quantile((0.75 * n - 0.125) / (n + 0.25)))
    has_range, has_quartiles = None not in (found.low, found.high), None not in (found.q1, found.q3)
    low, high, q1, q3 = (x if x is not None else np.nan for x in (found.low, found.high, found.q1, found.q3))
    if has_range and has_quartiles:
        w1, w2 = 2.2 / (2.2 + n**0.75), 0.7 - 0.72 / n**0.55
        mean = w1 * (low + high) / 2 + w2 * (q1 + q3) / 2 + (1 - w1 - w2) * m
        sd = (high - low) / (4 * z_range) + (q3 - q1) / (4 * z_quartile)
    elif has_quartiles:
        w = 0.7 + 0.39 / n
        mean, sd = w * (q1 + q3) / 2 + (1 - w) * m, (q3 - q1) / (2 * z_quartile)
    elif has_range:
        w = 4 / (4 + n**0.75)
        mean, sd = w * (low + high) / 2 + (1 - w) * m, (high - low) / (2 * z_range)
    else:
        raise BadInput(
            "a median alone has no mean or SD", mend="quartiles or the range are needed; a width is not enough"
        )
    width, ends = (q3 - q1, q1 + q3) if has_quartiles else (high - low, low + high)
    bowley = float((ends - 2 * m) / width) if width > 0 else 0.0
    return FromMedian(float(mean), float(sd), bowley, abs(bowley) > _SKEWED)

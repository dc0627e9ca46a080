"""Planning: how much information settles a question, and which trial would move a verdict.

*dz* is the mean within-person difference over the SD of the differences. Information is counted in inverse variances,
so that parallel and within-person trials add up. Diversity D2 (Wetterslev et al. 2009) says how much heterogeneity
inflates what is required.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.distributions import noncentral_t_beyond, normal_quantile, student_quantile
from evidermis.statistics.pooling import checked, pool, pool_many

__all__ = [
    "Information",
    "SettlingTrial",
    "detectable_difference",
    "diversity",
    "paired_power",
    "paired_size",
    "parallel_power",
    "parallel_size",
    "required_information",
    "required_pairs",
    "required_people",
    "settling_trial",
]


def _quantiles(alpha: float, power: float) -> float:
    if not (0 < alpha < 1 and 0 < power < 1):
        raise BadInput("alpha and power must lie between 0 and 1")
    return float(normal_quantile(1 - alpha / 2) + normal_quantile(power))


def required_people(delta: float, sd: float, *, alpha: float = 0.05, power: float = 0.9, d2: float = 0.0) -> float:
    """People in both groups together of the optimal information size, inflated by diversity `d2`: 4 (za + zb)^2 sd^2 /
    delta^2.
    """
    return 4 * (_quantiles(alpha, power) * sd / _effect(delta)) ** 2 / (1 - _share(d2))


def required_pairs(dz: float, *, alpha: float = 0.05, power: float = 0.9, d2: float = 0.0) -> float:
    """People of within-person trials together, inflated by diversity `d2`: (za + zb)^2 / dz^2."""
    return (_quantiles(alpha, power) / _effect(dz)) ** 2 / (1 - _share(d2))


def _effect(delta: float) -> float:
    if not (np.isfinite(delta) and delta != 0):
        raise BadInput("the effect to be seen must not be 0", mend="give the smallest effect that matters")
    return delta


def _share(d2: float) -> float:
    if not 0 <= d2 < 1:
        raise BadInput(f"diversity {d2:g} does not lie in [0, 1)")
    return d2


def diversity(yi: npt.ArrayLike, vi: npt.ArrayLike, *, method: str = "REML") -> float:
    """D2 = 1 - v_EE / v_RE, the share by which random effects widen the variance of the mean; never below I2."""
    equal, random = pool(yi, vi, method="EE"), pool(yi, vi, method=method)
    return 1 - equal.se**2 / random.se**2


@dataclass(frozen=True, slots=True)
class Information:
    """Information so far and required (inverse variances), their `fraction` (at most 1), diversity, and the pooled
    z.
    """

    accrued: float
    required: float
    fraction: float
    d2: float
    z: float


def required_information(
    yi: npt.ArrayLike,
    vi: npt.ArrayLike,
    delta: float,
    *,
    alpha: float = 0.05,
    power: float = 0.9,
    method: str = "REML",
) -> Information:
    """What has been learned against what is needed to see `delta`, in the unit of the effects, through the diversity
    found.
    """
    equal, random = pool(yi, vi, method="EE"), pool(yi, vi, method=method)
    d2 = 1 - equal.se**2 / random.se**2
    required = (_quantiles(alpha, power) / _effect(delta)) ** 2 / (1 - d2)
    accrued = 1 / equal.se**2
    return Information(accrued, required, min(1.0, accrued / required), d2, random.estimate / random.se)


def paired_power(dz: float, n: int, *, alpha: float = 0.05) -> float:
    """Power of the paired t test with n people."""
    if n < 2:
        raise BadInput("a paired test needs two people or more")
    critical = float(student_quantile(1 - alpha / 2, float(n - 1)))
    return noncentral_t_beyond(critical, n - 1.0, dz * float(np.sqrt(n)))


def parallel_power(d: float, n1: int, n2: int, *, alpha: float = 0.05) -> float:
    """Power of the two-sample t test for a standardised difference d."""
    if n1 < 2 or n2 < 2:
        raise BadInput("a comparison of groups needs two people or more in each")
    critical = float(student_quantile(1 - alpha / 2, float(n1 + n2 - 2)))
    return noncentral_t_beyond(critical, n1 + n2 - 2.0, d / float(np.sqrt(1 / n1 + 1 / n2)))


def paired_size(dz: float, *, power: float = 0.8, alpha: float = 0.05) -> int:
    """Fewest people with which the paired t test has the power."""
    _effect(dz)
    n = max(2, int(required_pairs(dz, alpha=alpha, power=power)) - 2)
    while paired_power(dz, n, alpha=alpha) < power:
        n += 1
    while n > 2 and paired_power(dz, n - 1, alpha=alpha) >= power:
        n -= 1
    return n


def parallel_size(d: float, *, power: float = 0.8, alpha: float = 0.05) -> int:
    """Fewest people in each of two equal groups with which the t test has the power."""
    _effect(d)
    n = max(2, int(required_people(d, 1.0, alpha=alpha, power=power) / 2) - 2)
    while parallel_power(d, n, n, alpha=alpha) < power:
        n += 1
    while n > 2 and parallel_power(d, n - 1, n - 1, alpha=alpha) >= power:
        n -= 1
    return n


def detectable_difference(n: int, *, power: float = 0.8, alpha: float = 0.05) -> float:
    """The smallest dz that n people show with the power."""
    low, high = 0.0, 1.0
    while paired_power(high, n, alpha=alpha) < power:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if paired_power(middle, n, alpha=alpha) < power else (low, middle)
    return high


@dataclass(frozen=True, slots=True)
class SettlingTrial:
    """The smallest new trial that would move the interval off the threshold: its people, and the pooled interval then.

    `people` is None where no single trial of any size could (heterogeneity keeps the interval wide).
    """

    people: int | None
    ci_lower: float
    ci_upper: float


def settling_trial(
    yi: npt.ArrayLike,
    vi: npt.ArrayLike,
    *,
    effect: float,
    variance_of_one: float,
    threshold: float = 0.0,
    method: str = "REML",
    test: str = "adhoc",
    level: float = 0.95,
    most: int = 100_000,
) -> SettlingTrial:
    """What would settle it: a new trial that finds `effect` with sampling variance `variance_of_one` / people.

    The variance of one person is s_d^2 for a mean within-person difference, 2 (1 - r) for a standardised one, 4 sd^2
    for two equal groups. Searches sizes from 2 to `most`; where a larger trial could unsettle again, the smallest that
    settles counts.
    """
    y, v = checked(yi, vi)
    if not variance_of_one > 0:
        raise BadInput("the variance of one person must be above 0")
    sizes = np.unique(np.geomspace(2, most, 400).astype(int))
    settled, ends = _settles(y, v, sizes, effect, variance_of_one, threshold, method, test, level)
    if not settled.any():
        return SettlingTrial(None, float(ends[-1, 0]), float(ends[-1, 1]))
    first = int(np.argmax(settled))
    first_size = int(sizes[first - 1]) + 1 if first else int(sizes[0])
    between = np.arange(first_size, int(sizes[first]) + 1)
    settled, ends = _settles(y, v, between, effect, variance_of_one, threshold, method, test, level)
    at = int(np.argmax(settled))
    return SettlingTrial(int(between[at]), float(ends[at, 0]), float(ends[at, 1]))


def _settles(
    y: npt.NDArray[np.float64],
    v: npt.NDArray[np.float64],
    sizes: npt.NDArray[np.int_],
    effect: float,
    variance_of_one: float,
    threshold: float,
    method: str,
    test: str,
    level: float,
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64]]:
    ys = [np.append(y, effect) for _ in sizes]
    vs = [np.append(v, variance_of_one / n) for n in sizes.tolist()]
    fits = pool_many(ys, vs, method=method, test=test, level=level)
    ends = np.column_stack([fits.ci_lower, fits.ci_upper])
    return (ends[:, 0] > threshold) | (ends[:, 1] < threshold), ends

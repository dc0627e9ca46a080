"""Between-study variance tau2: nine ways to estimate it, its standard error and its confidence interval.

Everything here works on *columns of studies*: arrays of shape (studies, analyses), one analysis a column, padded with
weight 0 where an analysis has fewer studies. A single meta-analysis is one column.

*Stopping*: with `EXACT`, iterations go on to the optimum, so that results do not depend on units or on the path.
Published fits stop at a change of tau2 below 1e-5 (about 1e-4 for Paule and Mandel), which leaves the fourth or fifth
digit of tau2 to the path taken. `CONVENTIONAL` takes the path of metafor with half steps, which converges where whole
steps may not, and is the library's default, so that its numbers can be held against published ones digit by digit;
`METAFOR` takes whole steps. Sources: DerSimonian & Laird (1986), Hedges & Olkin (1985), Schmidt & Hunter (2015), Sidik & Jonkman
(2005), Harville (1977) and Raudenbush (2009) for ML and REML, Paule & Mandel (1982), Morris (1983) for empirical
Bayes, Viechtbauer (2005, 2007) for standard errors and the Q-profile interval.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.distributions import Array, chi2_quantile
from evidermis.statistics.one_analysis import climbed
from evidermis.statistics.root import R_TOLERANCE, roots_between

__all__ = [
    "CONVENTIONAL",
    "EQUAL_EFFECT",
    "EXACT",
    "METAFOR",
    "METHODS",
    "Stopping",
    "Studies",
    "between_study_variance",
    "q_profile",
    "variance_error",
]

EQUAL_EFFECT = frozenset({"EE", "FE", "CE"})
METHODS = ("EE", "DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "PM", "EB")


@dataclass(frozen=True, slots=True)
class Stopping:
    """When iterations end: at a change of tau2 of `threshold` or less (0: at the optimum), taking the share `step` of
    each step.
    """

    threshold: float = 0.0
    step: float = 1.0

    @property
    def is_exact(self) -> bool:
        """Whether iterations go on to the optimum."""
        return self.threshold == 0.0


EXACT = Stopping()
METAFOR = Stopping(threshold=1e-5)
CONVENTIONAL = Stopping(threshold=1e-5, step=0.5)
_MOST_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Studies:
    """Effects `y`, variances `v` and the mark `used` (1 or 0 for padding), each (studies, analyses); `k` studies
    used.
    """

    y: Array
    v: Array
    used: Array
    k: Array

    def weights(self, tau2: Array | float) -> Array:
        """Inverse-variance weights 1 / (v + tau2), 0 for padding."""
        return self.used / (self.v + tau2)

    def of(self, chosen: npt.NDArray[np.intp]) -> "Studies":
        """Only the analyses of those positions."""
        return Studies(self.y[:, chosen], self.v[:, chosen], self.used[:, chosen], self.k[chosen])


def weighted_residuals(studies: Studies, w: Array) -> tuple[Array, Array, Array]:
    """Sum of weights, and for each study the residual from the weighted mean, and that mean."""
    total = w.sum(0)
    mean = (w * studies.y).sum(0) / total
    return total, studies.y - mean, mean


def between_study_variance(studies: Studies, method: str, stopping: Stopping = CONVENTIONAL) -> Array:
    """tau2 of each analysis, never below 0; 0 where there is one study or the method is equal-effect."""
    if method in EQUAL_EFFECT:
        return np.zeros(studies.k.shape)
    moments: dict[str, Callable[[Studies], Array]] = {
        "DL": _dersimonian_laird,
        "HE": _hedges,
        "HS": _hunter_schmidt,
        "HSk": _hunter_schmidt_k,
        "SJ": _sidik_jonkman,
    }
    iterated: dict[str, Callable[[Studies, Stopping], Array]] = {
        "PM": _paule_mandel,
        "EB": _empirical_bayes,
        "ML": _maximum_likelihood,
        "REML": _restricted_likelihood,
    }
    with np.errstate(divide="ignore", invalid="ignore"):
        if method in iterated:
            tau2 = iterated[method](studies, stopping)
        elif method in moments:
            tau2 = moments[method](studies)
        else:
            raise BadInput(f"unknown method {method}", mend=f"use one of {', '.join(METHODS)}")
    return np.where(studies.k > 1, np.maximum(tau2, 0.0), 0.0)


def _dersimonian_laird(studies: Studies) -> Array:
    w = studies.weights(0.0)
    total, r, _ = weighted_residuals(studies, w)
    return ((w * r * r).sum(0) - (studies.k - 1)) / (total - (w * w).sum(0) / total)


def _hedges(studies: Studies) -> Array:
    _, r, _ = weighted_residuals(studies, studies.used)
    return (studies.used * r * r).sum(0) / (studies.k - 1) - (studies.used * studies.v).sum(0) / studies.k


def _hunter_schmidt(studies: Studies) -> Array:
    w = studies.weights(0.0)
    total, r, _ = weighted_residuals(studies, w)
    return ((w * r * r).sum(0) - studies.k) / total


def _hunter_schmidt_k(studies: Studies) -> Array:
    w = studies.weights(0.0)
    total, r, _ = weighted_residuals(studies, w)
    return (studies.k / (studies.k - 1) * (w * r * r).sum(0) - studies.k) / total


def _crude_variance(studies: Studies) -> Array:
    _, r, _ = weighted_residuals(studies, studies.used)
    return (studies.used * r * r).sum(0) / studies.k


def _sidik_jonkman(studies: Studies) -> Array:
    crude = _crude_variance(studies)
    w = studies.weights(crude)
    _, r, _ = weighted_residuals(studies, w)
    return crude * (w * r * r).sum(0) / (studies.k - 1)


def _paule_mandel(studies: Studies, stopping: Stopping) -> Array:
    target = studies.k - 1.0
    if stopping.is_exact:
        return _q_equals(studies, target)
    high = np.empty(studies.k.shape)
    for at in range(high.size):
        y = studies.y[studies.used[:, at] > 0, at]
        high[at] = max(100.0, 10 * (1.4826 * float(np.median(np.abs(y - np.median(y))))) ** 2)
    return _q_meets(studies, target, high)


def generalised_q(studies: Studies, tau2: Array) -> Array:
    """Cochran's Q with weights 1 / (v + tau2)."""
    w = studies.weights(tau2)
    _, r, _ = weighted_residuals(studies, w)
    return (w * r * r).sum(0)


def _q_meets(studies: Studies, target: Array, high: Array) -> Array:
    """As `_q_equals`, by R's root finder between 0 and `high`, to its tolerance."""
    beyond = generalised_q(studies, high) > target
    none = generalised_q(studies, np.zeros_like(high)) < target
    found = roots_between(lambda tau2: generalised_q(studies, tau2) - target, np.zeros_like(high), high, R_TOLERANCE)
    if beyond.any():
        found = np.where(beyond, _q_equals(studies, target), found)
    return np.where(none, 0.0, found)


def mean_variance(studies: Studies) -> Array:
    """The mean sampling variance of each analysis: the yardstick for what a small tau2 is."""
    return (studies.used * studies.v).sum(0) / studies.k


def _q_equals(studies: Studies, target: Array) -> Array:
    """The tau2 at which the generalised Q equals `target`; 0 where it is below the target already.

    Q falls and is convex in tau2, so Newton's steps from 0 never pass the root.
    """
    tau2 = np.zeros(studies.k.shape)
    open_: npt.NDArray[np.intp] = np.flatnonzero(studies.k > 1)
    part = studies if open_.size == studies.k.size else studies.of(open_)
    for _ in range(_MOST_STEPS):
        here = tau2[open_]
        w = part.weights(here)
        _, r, _ = weighted_residuals(part, w)
        squares = w * r * r
        excess = squares.sum(0) - target[open_]
        step = np.maximum(excess / (w * squares).sum(0), 0.0)
        step = np.where(np.isfinite(step), step, 0.0)
        tau2[open_] = here + step
        going = step > 1e-14 * (here + step)
        if not going.any():
            break
        if np.count_nonzero(going) < 0.7 * going.size:
            open_, part = open_[going], part.of(np.flatnonzero(going))
    return tau2


def q_profile(studies: Studies, level: float = 0.95, stopping: Stopping = CONVENTIONAL) -> tuple[Array, Array]:
    """Q-profile interval of tau2: where Q meets the chi-squared quantiles (Viechtbauer 2007). NaN with one study."""
    df = np.maximum(studies.k - 1.0, 1.0)
    ends = [chi2_quantile((1 + side * level) / 2, df) for side in (1, -1)]
    if stopping.is_exact:
        lower, upper = (_q_equals(studies, end) for end in ends)
    else:
        high = np.maximum(100.0, 10 * between_study_variance(studies, "REML", stopping))
        lower, upper = (_q_meets(studies, end, high) for end in ends)
    return np.where(studies.k > 1, lower, np.nan), np.where(studies.k > 1, upper, np.nan)


def _likelihood_slope(part: Studies, tau2: Array, restricted: bool) -> tuple[Array, Array, Array]:
    """Twice the slope of the log-likelihood in tau2, its expected and its observed fall."""
    w = part.weights(tau2)
    w2 = w * w
    total, r, _ = weighted_residuals(part, w)
    squares, sum2 = w2 * r * r, w2.sum(0)
    fall = (w * squares).sum(0) * 2 - 2 * (w2 * r).sum(0) ** 2 / total - sum2
    if not restricted:
        return squares.sum(0) - total, sum2, fall
    sum3, share = (w * w2).sum(0), sum2 / total
    slope = squares.sum(0) - total + share
    return slope, sum2 - 2 * sum3 / total + share * share, fall + 2 * sum3 / total - share * share


def _maximum_likelihood(studies: Studies, stopping: Stopping) -> Array:
    return _likeliest(studies, stopping, restricted=False)


def _restricted_likelihood(studies: Studies, stopping: Stopping) -> Array:
    return _likeliest(studies, stopping, restricted=True)


def _likeliest(studies: Studies, stopping: Stopping, *, restricted: bool) -> Array:
    """Fisher's steps from Hedges' estimate (`exact`: then Newton's, once they are short); 0 where 0 is likelier."""
    exact = stopping.is_exact

    def step_at(part: Studies, here: Array, scale: Array) -> Array:
        slope, expected, observed = _likelihood_slope(part, here, restricted)
        step = slope / expected
        if exact:
            short = (np.abs(step) < 0.5 * (here + scale)) & (observed > 0.3 * expected)
            step = np.where(short, slope / np.where(short, observed, 1.0), step)
        return step

    tau2 = (
        _climb_one(studies, stopping, restricted) if _is_one(studies, stopping) else _climb(studies, step_at, stopping)
    )
    gain = log_likelihood(studies, np.zeros_like(tau2), restricted=restricted) - log_likelihood(
        studies, tau2, restricted=restricted
    )
    likelier = gain > 1e-10 if exact else (gain > R_TOLERANCE) & (tau2 > stopping.threshold)
    return np.where(likelier, 0.0, tau2)


def _is_one(studies: Studies, stopping: Stopping) -> bool:
    return studies.k.size == 1 and studies.k[0] > 1 and not stopping.is_exact


def _climb_one(studies: Studies, stopping: Stopping, restricted: bool) -> Array:
    y, v = (np.ascontiguousarray(column[: int(studies.k[0]), 0]) for column in (studies.y, studies.v))
    start = max(float(_hedges(studies)[0]), 0.0)
    rule = {"threshold": stopping.threshold, "share": stopping.step}
    return np.array([climbed(y, v, start, restricted=restricted, most=_MOST_STEPS, **rule)])


def _empirical_bayes(studies: Studies, stopping: Stopping) -> Array:
    if stopping.is_exact:
        return _q_equals(studies, studies.k - 1.0)

    def step_at(part: Studies, here: Array, scale: Array) -> Array:
        return (generalised_q(part, here) * part.k / (part.k - 1) - part.k) / part.weights(here).sum(0)

    return _climb(studies, step_at, stopping)


def _climb(studies: Studies, step_at: Callable[[Studies, Array, Array], Array], stopping: Stopping) -> Array:
    """Follow the steps from Hedges' estimate, never below 0, each analysis until its own steps are short enough.

    On the way to the exact optimum a step that leaves the bracket of earlier ones is replaced by half the bracket, so
    that no analysis can go round in circles.
    """
    tau2 = np.nan_to_num(np.maximum(_hedges(studies), 0.0))
    scale = mean_variance(studies)
    low, high = np.zeros_like(tau2), np.full_like(tau2, np.inf)
    open_: npt.NDArray[np.intp] = np.flatnonzero(studies.k > 1)
    part = studies if open_.size == studies.k.size else studies.of(open_)
    for _ in range(_MOST_STEPS):
        here, near = tau2[open_], scale[open_]
        step = step_at(part, here, near)
        step = np.where(np.isfinite(step), step * stopping.step, 0.0)
        if stopping.is_exact:
            low[open_] = np.where(step > 0, here, low[open_])
            high[open_] = np.where(step < 0, here, high[open_])
            step = _inside(step, here, low[open_], high[open_])
        else:
            step = _halved(step, here)
        tau2[open_] = here + step
        going = np.abs(step) > (1e-11 * (here + near) if stopping.is_exact else stopping.threshold)
        if not going.any():
            break
        if np.count_nonzero(going) < (0.7 if stopping.is_exact else 1.0) * going.size:
            open_, part = open_[going], part.of(np.flatnonzero(going))
    return tau2


def _inside(step: Array, here: Array, low: Array, high: Array) -> Array:
    """The step, or half the way to the end of the bracket that it would leave; the end 0 may be reached."""
    there = here + step
    there = np.where(there >= high, (here + high) / 2, there)
    return np.where(there < low, np.where(low > 0, (here + low) / 2, 0.0), there) - here


def _halved(step: Array, here: Array) -> Array:
    """A step that would end below 0 is halved until it does not."""
    below = here + step < 0
    if not below.any():
        return step
    with np.errstate(divide="ignore"):
        halvings = np.where(below & (here > 0), np.ceil(np.log2(-step / here)), 0.0)
    return np.where(below, np.where(here > 0, step * 0.5**halvings, 0.0), step)


def log_likelihood(studies: Studies, tau2: Array, *, restricted: bool) -> Array:
    """Log-likelihood of tau2 at its best mean, without the constant of 2 pi; `restricted` for REML."""
    w = studies.weights(tau2)
    total, r, _ = weighted_residuals(studies, w)
    logs = np.log(np.where(studies.used > 0, studies.v + tau2, 1.0)).sum(0)
    found = -0.5 * (logs + (w * r * r).sum(0))
    return found - 0.5 * np.log(total) if restricted else found


def variance_error(studies: Studies, method: str, tau2: Array) -> Array:
    """Standard error of tau2 at its estimate; NaN for equal-effect models and single studies (Viechtbauer 2005)."""
    k = studies.k
    if method in EQUAL_EFFECT:
        return np.full(k.shape, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        if method in ("ML", "REML", "PM", "EB"):
            variance = _error_at_estimate(studies, method, tau2)
        else:
            variance = _error_of_moments(studies, method, tau2)
        return np.where(k > 1, np.sqrt(variance), np.nan)


def _error_at_estimate(studies: Studies, method: str, tau2: Array) -> Array:
    w = studies.weights(tau2)
    total, sum2 = w.sum(0), (w * w).sum(0)
    if method == "ML":
        return 2 / sum2
    if method == "REML":
        return 2 / (sum2 - 2 * (w**3).sum(0) / total + (sum2 / total) ** 2)
    return 2 * studies.k**2 / (studies.k - 1) / total**2


def _error_of_moments(studies: Studies, method: str, tau2: Array) -> Array:
    """Variance of the estimators that are a quadratic form y'Py: 2 tr(PVPV) + 4 tau2 tr(PVP) + 2 tau2^2 tr(PP),
    scaled.
    """
    k, v = studies.k, studies.v
    crude = _crude_variance(studies)
    w = studies.used if method == "HE" else studies.weights(crude if method == "SJ" else 0.0)
    total, sum2, sum3 = w.sum(0), (w * w).sum(0), (w**3).sum(0)
    pp = sum2 - 2 * sum3 / total + (sum2 / total) ** 2
    w2v = (w * w * v).sum(0)
    pvp = w2v - 2 * (w**3 * v).sum(0) / total + sum2 * w2v / total**2
    pvpv = (w * w * v * v).sum(0) - 2 * (w**3 * v * v).sum(0) / total + (w2v / total) ** 2
    form = 2 * pvpv + 4 * tau2 * pvp + 2 * tau2**2 * pp
    trace = total - sum2 / total
    return {
        "DL": form / trace**2,
        "HS": form / total**2,
        "HSk": (k / (k - 1)) ** 2 * form / total**2,
        "HE": form / (k - 1) ** 2,
        "SJ": crude**2 * form / (k - 1) ** 2,
    }[method]

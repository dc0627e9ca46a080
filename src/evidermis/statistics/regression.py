"""Meta-regression: effects explained by what differs between studies, and tests of subgroups.

The design matrix `X` has one row a study and one column a coefficient; give the column of ones yourself. Residual
heterogeneity by the estimators of `heterogeneity`, written for many coefficients; intervals by Wald, Student or Knapp
& Hartung (2003).
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.distributions import Array, chi2_upper, f_upper, student_quantile, student_two_sided
from evidermis.statistics.heterogeneity import EQUAL_EFFECT, METAFOR, Stopping
from evidermis.statistics.pooling import checked
from evidermis.statistics.root import R_TOLERANCE

__all__ = ["Regression", "Subgroups", "meta_regression", "subgroup_test"]

_STEPS = 1000


@dataclass(frozen=True, slots=True)
class Regression:
    """Coefficients with `se`, `p`, intervals and covariance; residual `tau2`; `qm` tests all coefficients but the
    intercept (chi-squared, or F on `qm_df`), `qe` what remains; `r2` is the share of tau2 explained, per cent, NaN
    where there is none."""

    beta: Array
    se: Array
    ci_lower: Array
    ci_upper: Array
    p: Array
    covariance: Array
    tau2: float
    i2: float
    qm: float
    qm_df: tuple[float, float]
    qm_p: float
    qe: float
    qe_p: float
    r2: float
    df: float


def _projection(X: Array, w: Array) -> tuple[Array, Array]:
    """P = W - W X (X'WX)^-1 X'W and (X'WX)^-1."""
    WX = w[:, None] * X
    inverse = np.asarray(np.linalg.inv(X.T @ WX), np.float64)
    return np.diag(w) - WX @ inverse @ WX.T, inverse


def meta_regression(
    yi: npt.ArrayLike,
    vi: npt.ArrayLike,
    X: npt.ArrayLike,
    *,
    method: str = "REML",
    test: str = "z",
    level: float = 0.95,
    stopping: Stopping = METAFOR,
) -> Regression:
    """Fit effects on the columns of `X`. Raises `BadInput` where `X` is singular or has as many columns as studies.

    `stopping` says how far the iterations of ML and REML go, see `heterogeneity`.
    """
    y, v = checked(yi, vi)
    design = _design(X, y.size)
    k, p = design.shape
    tau2 = residual_variance(y, v, design, method, stopping)
    w = 1 / (v + tau2)
    _, inverse = _projection(design, w)
    beta = inverse @ (design.T @ (w * y))
    rest = y - design @ beta
    scale = float(np.sum(w * rest * rest)) / (k - p)
    scale = {"knha": scale, "adhoc": max(scale, 1.0)}.get(test, 1.0)
    covariance = scale * inverse
    se = np.sqrt(np.diag(covariance))
    df = np.inf if test == "z" else float(k - p)
    reach = student_quantile((1 + level) / 2, df) * se
    fixed, _ = _projection(design, 1 / v)
    qe = max(0.0, float(y @ fixed @ y))
    ones = np.all(design == 1, axis=0)
    qm, qm_df, qm_p = _omnibus(beta, covariance, ones, df)
    typical = (k - p) / float(np.trace(fixed))
    return Regression(
        beta,
        se,
        beta - reach,
        beta + reach,
        student_two_sided(beta / se, df),
        covariance,
        tau2,
        _inconsistency(method, tau2, typical, qe, k - p),
        qm,
        qm_df,
        qm_p,
        qe,
        float(chi2_upper(qe, k - p)),
        _explained(y, v, method, tau2, stopping) if ones.any() else np.nan,
        df,
    )


def _design(X: npt.ArrayLike, k: int) -> Array:
    design = np.atleast_2d(np.asarray(X, float))
    if design.shape[0] != k:
        raise BadInput(f"the design has {design.shape[0]} rows for {k} studies")
    if not np.isfinite(design).all():
        raise BadInput("a moderator is missing", mend="leave that study out and say so")
    if design.shape[1] >= k:
        raise BadInput(f"{design.shape[1]} coefficients cannot be told from {k} studies")
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise BadInput("the moderators are not independent of one another", mend="leave one out")
    return design


def _inconsistency(method: str, tau2: float, typical: float, qe: float, df: int) -> float:
    if method in EQUAL_EFFECT:
        return max(0.0, 100 * (qe - df) / qe) if qe > 0 else 0.0
    return 100 * tau2 / (tau2 + typical)


def _omnibus(beta: Array, covariance: Array, ones: Array, df: float) -> tuple[float, tuple[float, float], float]:
    tested = np.flatnonzero(~ones.astype(bool)) if ones.any() and ones.size > 1 else np.arange(ones.size)
    b, c = beta[tested], covariance[np.ix_(tested, tested)]
    m = float(tested.size)
    qm = float(b @ np.linalg.solve(c, b))
    if np.isinf(df):
        return qm, (m, np.inf), float(chi2_upper(qm, m))
    return qm / m, (m, df), float(f_upper(qm / m, m, df))


def _explained(y: Array, v: Array, method: str, tau2: float, stopping: Stopping) -> float:
    if method in EQUAL_EFFECT:
        return np.nan
    alone = residual_variance(y, v, np.ones((y.size, 1)), method, stopping)
    return max(0.0, 100 * (alone - tau2) / alone) if alone > 0 else np.nan


def residual_variance(y: Array, v: Array, X: Array, method: str, stopping: Stopping = METAFOR) -> float:
    """The between-study variance left after the columns of `X`."""
    k, p = y.size, int(X.shape[1])
    if method in EQUAL_EFFECT:
        return 0.0
    if method in ("ML", "REML"):
        return _likeliest(y, v, X, stopping, restricted=method == "REML")
    if method in ("PM", "EB"):
        return _q_equal(y, v, X, float(k - p))
    crude = float(np.sum((y - y.mean()) ** 2)) / k
    w: Array = np.ones_like(y) if method == "HE" else 1 / (v + (crude if method == "SJ" else 0.0))
    projected, _ = _projection(X, w)
    rss = float(y @ projected @ y)
    found = {
        "DL": (rss - (k - p)) / float(np.trace(projected)),
        "HE": (rss - float(np.trace(projected * v))) / (k - p),
        "HS": (rss - k) / float(np.sum(w)),
        "HSk": (k / (k - p) * rss - k) / float(np.sum(w)),
        "SJ": crude * rss / (k - p),
    }
    if method not in found:
        raise BadInput(f"unknown method {method}")
    return max(0.0, found[method])


def _q_equal(y: Array, v: Array, X: Array, target: float) -> float:
    tau2 = 0.0
    for _ in range(_STEPS):
        projected, _ = _projection(X, 1 / (v + tau2))
        residual = projected @ y
        step = max(0.0, (float(y @ residual) - target) / float(residual @ residual))
        tau2 += step
        if step <= 1e-13 * tau2:
            break
    return tau2


def _likeliest(y: Array, v: Array, X: Array, stopping: Stopping, *, restricted: bool) -> float:
    """Fisher's steps from Hedges' estimate, never below 0; 0 where 0 is likelier."""
    k, p = y.size, int(X.shape[1])
    projected, _ = _projection(X, np.ones_like(y))
    tau2 = max(0.0, (float(y @ projected @ y) - float(np.sum(np.diag(projected) * v))) / (k - p))
    for _ in range(_STEPS):
        step = _not_below_zero(stopping.step * _fisher_step(y, v, X, tau2, restricted), tau2, stopping)
        tau2 += step
        if abs(step) <= (1e-13 * (tau2 + float(v.mean())) if stopping.is_exact else stopping.threshold):
            break
    gain = _log_likelihood(y, v, X, 0.0, restricted) - _log_likelihood(y, v, X, tau2, restricted)
    likelier = gain > 1e-10 if stopping.is_exact else gain > R_TOLERANCE and tau2 > stopping.threshold
    return 0.0 if likelier else tau2


def _fisher_step(y: Array, v: Array, X: Array, tau2: float, restricted: bool) -> float:
    """Slope of the log-likelihood in tau2 over its expected information."""
    w = 1 / (v + tau2)
    projected, _ = _projection(X, w)
    residual = projected @ y
    squares = float(residual @ residual)
    if restricted:
        return (squares - float(np.trace(projected))) / float(np.sum(projected * projected))
    return (squares - float(w.sum())) / float(np.sum(w * w))


def _not_below_zero(step: float, tau2: float, stopping: Stopping) -> float:
    """The step, cut at 0 on the way to the exact optimum, else halved until it ends above 0, as published fits do."""
    if tau2 + step >= 0:
        return step
    if stopping.is_exact or tau2 == 0:
        return -tau2
    while tau2 + step < 0:
        step /= 2
    return step


def _log_likelihood(y: Array, v: Array, X: Array, tau2: float, restricted: bool) -> float:
    w = 1 / (v + tau2)
    projected, inverse = _projection(X, w)
    found = -0.5 * (float(np.log(v + tau2).sum()) + float(y @ projected @ y))
    return found + 0.5 * float(np.linalg.slogdet(inverse)[1]) if restricted else found


@dataclass(frozen=True, slots=True)
class Subgroups:
    """The mean of each subgroup with its interval, and the test that they are equal. Names in the order first met."""

    names: tuple[str, ...]
    estimate: Array
    ci_lower: Array
    ci_upper: Array
    studies: tuple[int, ...]
    tau2: float
    q_between: float
    p: float


def subgroup_test(
    yi: npt.ArrayLike, vi: npt.ArrayLike, groups: Sequence[Hashable], *, method: str = "REML", test: str = "z"
) -> Subgroups:
    """Compare subgroups with one residual variance for all (the choice that fewer than five studies a group leave)."""
    y, v = checked(yi, vi)
    names = list(dict.fromkeys(groups))
    if len(groups) != y.size or len(names) < 2:
        raise BadInput("a subgroup test needs a group for every study, and two groups or more")
    member = np.array([[float(group == name) for name in names] for group in groups])
    means = meta_regression(y, v, member, method=method, test=test)
    against_first = np.column_stack([np.ones(y.size), member[:, 1:]])
    contrast = meta_regression(y, v, against_first, method=method, test=test)
    return Subgroups(
        tuple(str(name) for name in names),
        means.beta,
        means.ci_lower,
        means.ci_upper,
        tuple(int(n) for n in member.sum(0)),
        means.tau2,
        contrast.qm,
        contrast.qm_p,
    )

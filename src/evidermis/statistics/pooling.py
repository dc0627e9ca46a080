"""Pooling: one number from several studies, with how sure it is, how far studies differ and what a next study may show.

`pool` fits one meta-analysis, `pool_many` thousands of mixed size in one pass of array operations; both are the same
code. The *test* says how the interval is made: `z` (Wald), `t` (Student without scaling), `knha` (Knapp & Hartung
2003), or `adhoc` (the same with its scale never below 1, Rover et al. 2015). I2 and H2 follow Higgins & Thompson
(2002), for random effects through tau2 and the typical variance.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.distributions import Array, chi2_upper, student_quantile, student_two_sided
from evidermis.statistics.heterogeneity import (
    CONVENTIONAL,
    EQUAL_EFFECT,
    METHODS,
    Stopping,
    Studies,
    between_study_variance,
    q_profile,
    variance_error,
    weighted_residuals,
)

__all__ = [
    "Method",
    "PiDf",
    "Pooled",
    "PooledMany",
    "Tau2Interval",
    "Test",
    "columns_of",
    "pool",
    "pool_many",
    "tau2_interval",
]

Method = Literal["EE", "FE", "CE", "DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "PM", "EB"]
Test = Literal["z", "t", "knha", "adhoc"]
# Degrees of freedom of the prediction interval: those of the test, or the number of studies less 1 or 2, or the normal.
PiDf = Literal["test", "k-1", "k-2", "normal"]
_TESTS = ("z", "t", "knha", "adhoc")


@dataclass(frozen=True, slots=True)
class Pooled:
    """A fitted meta-analysis, on the scale of the effects.

    `estimate` with `se`, `statistic` (z, or t on `df`), `p` and the interval; `tau2` with `se_tau2`; `i2` in per cent,
    `h2`; Cochran's `q` on k - 1 degrees with `q_p`; the prediction interval on `pi_df` degrees. What cannot be
    computed is NaN. `notes` are warnings for the reader.
    """

    estimate: float
    se: float
    ci_lower: float
    ci_upper: float
    statistic: float
    df: float
    p: float
    tau2: float
    se_tau2: float
    i2: float
    h2: float
    q: float
    q_p: float
    pi_lower: float
    pi_upper: float
    pi_df: float
    k: int
    method: str
    test: str
    level: float
    weights: tuple[float, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PooledMany:
    """The same figures as `Pooled`, an array each, one value an analysis."""

    estimate: Array
    se: Array
    ci_lower: Array
    ci_upper: Array
    statistic: Array
    df: Array
    p: Array
    tau2: Array
    se_tau2: Array
    i2: Array
    h2: Array
    q: Array
    q_p: Array
    pi_lower: Array
    pi_upper: Array
    pi_df: Array
    k: Array


def pool(
    yi: npt.ArrayLike,
    vi: npt.ArrayLike,
    *,
    method: str = "REML",
    test: str = "z",
    level: float = 0.95,
    pi_df: PiDf = "test",
    stopping: Stopping = CONVENTIONAL,
) -> Pooled:
    """Pool effects `yi` with sampling variances `vi` (not standard errors).

    Raises `BadInput` for no studies, unequal lengths, values that are not finite and variances that are not above 0.

    `stopping` says how far iterations go, see `heterogeneity`; `pi_df` sets the degrees of freedom of the prediction
    interval.

    >>> fit = pool([0.1, 0.3, 0.5], [0.02, 0.03, 0.01], method="DL")
    >>> round(fit.estimate, 4), round(fit.tau2, 4)
    (0.3167, 0.0213)
    """
    y, v = checked(yi, vi)
    studies = Studies(y[:, None], v[:, None], np.ones((y.size, 1)), np.array([float(y.size)]))
    fit = _fit(studies, *_choices(method, test, level), pi_df, stopping)
    w = studies.weights(fit.tau2)[:, 0]
    figures = {f.name: float(getattr(fit, f.name)[0]) for f in fields(fit) if f.name != "k"}
    return Pooled(
        **figures,
        k=y.size,
        method=method,
        test=test,
        level=level,
        weights=tuple((w / w.sum()).tolist()),
        notes=_notes(y.size, method, test),
    )


def pool_many(
    yi: Sequence[npt.ArrayLike] | Array,
    vi: Sequence[npt.ArrayLike] | Array,
    *,
    method: str = "REML",
    test: str = "z",
    level: float = 0.95,
    pi_df: PiDf = "test",
    stopping: Stopping = CONVENTIONAL,
) -> PooledMany:
    """Pool many meta-analyses at once: `yi` and `vi` hold one array of effects and of variances for each.

    The numbers of studies may differ. Gives what `pool` gives for each, in the order given.
    """
    choices = _choices(method, test, level)
    y, v, k = columns_of(yi, vi)
    order = np.argsort(k, kind="stable")
    out = np.empty((len(fields(PooledMany)), k.size))
    for start in range(0, k.size, _CHUNK):
        at = order[start : start + _CHUNK]
        most = int(k[at[-1]])
        used = (np.arange(most)[:, None] < k[at]).astype(float)
        fit = _fit(Studies(y[:most, at], v[:most, at], used, k[at].astype(float)), *choices, pi_df, stopping)
        for row, field in zip(out, fields(fit), strict=True):
            row[at] = getattr(fit, field.name)
    return PooledMany(*out)


# Analyses worked on at once: small enough for their arrays to stay in the processor's cache.
_CHUNK = 512


def columns_of(
    yi: Sequence[npt.ArrayLike] | Array, vi: Sequence[npt.ArrayLike] | Array
) -> tuple[Array, Array, npt.NDArray[np.intp]]:
    """Effects and variances as padded (studies, analyses) arrays, and the number of studies in each analysis."""
    if len(yi) != len(vi):
        raise BadInput(f"{len(yi)} lists of effects but {len(vi)} of variances")
    effects, variances = [np.asarray(one, float) for one in yi], [np.asarray(one, float) for one in vi]
    k = np.array([one.size for one in effects], dtype=np.intp)
    if [one.size for one in variances] != k.tolist():
        raise BadInput("an analysis has more effects than variances, or fewer")
    if k.size == 0 or k.min() == 0:
        raise BadInput("there is nothing to pool", mend="give at least one study an analysis")
    y, v = checked(np.concatenate(effects), np.concatenate(variances))
    analysis = np.repeat(np.arange(k.size), k)
    study = np.arange(y.size) - np.repeat(np.cumsum(k) - k, k)
    padded_y, padded_v = np.zeros((int(k.max()), k.size)), np.ones((int(k.max()), k.size))
    padded_y[study, analysis], padded_v[study, analysis] = y, v
    return padded_y, padded_v, k


def checked(yi: npt.ArrayLike, vi: npt.ArrayLike) -> tuple[Array, Array]:
    """Effects and variances as arrays that can be pooled, or a `BadInput` that says why not."""
    try:
        y, v = np.atleast_1d(np.asarray(yi, float)), np.atleast_1d(np.asarray(vi, float))
    except (TypeError, ValueError) as error:
        raise BadInput("effects and variances must be numbers") from error
    if y.shape != v.shape or y.ndim != 1:
        raise BadInput(f"{y.size} effects but {v.size} variances", mend="give one variance for each effect")
    if y.size == 0:
        raise BadInput("there is nothing to pool", mend="give at least one study")
    usable = np.isfinite(y) & np.isfinite(v) & (v > 0)
    if not usable.all():
        at = int(np.flatnonzero(~usable)[0])
        raise BadInput(
            f"effect {y[at]:g} with variance {v[at]:g} cannot be pooled",
            place=f"study {at + 1}",
            mend="a variance is finite and above 0; leave studies without one out and say so",
        )
    return y, v


def _choices(method: str, test: str, level: float) -> tuple[str, str, float]:
    if method not in METHODS and method not in EQUAL_EFFECT:
        raise BadInput(f"unknown method {method}", mend=f"use one of {', '.join(METHODS)}")
    if test not in _TESTS:
        raise BadInput(f"unknown test {test}", mend=f"use one of {', '.join(_TESTS)}")
    if not 0 < level < 1:
        raise BadInput(f"level {level:g} is not between 0 and 1", mend="0.95 gives 95 % intervals")
    return method, test, level


def _fit(studies: Studies, method: str, test: str, level: float, pi_df: PiDf, stopping: Stopping) -> PooledMany:
    k = studies.k
    tau2 = between_study_variance(studies, method, stopping)
    w = studies.weights(tau2)
    total, r, mean = weighted_residuals(studies, w)
    with np.errstate(divide="ignore", invalid="ignore"):
        se = 1 / np.sqrt(total)
        if test in ("knha", "adhoc"):
            scale = (w * r * r).sum(0) / (k - 1)
            scale = np.maximum(scale, 1.0) if test == "adhoc" else scale
            se = se * np.sqrt(np.where(k > 1, scale, 1.0))
        # A single study has no degrees of freedom left: it keeps its own Wald interval.
        df = np.where((k > 1) & (test != "z"), k - 1, np.inf)
        # Identical effects leave the Knapp-Hartung scale at 0: an effect of exactly 0 is then no evidence at all.
        statistic = np.where((se == 0) & (mean == 0), 0.0, mean / se)
        reach = student_quantile((1 + level) / 2, df) * se
        q, i2, h2 = _inconsistency(studies, method, tau2)
        degrees = _prediction_df(pi_df, df, k)
        spread = student_quantile((1 + level) / 2, degrees) * np.sqrt(tau2 + se * se)
        q_p = np.where(k > 1, chi2_upper(q, np.maximum(k - 1, 1)), 1.0)
        p = student_two_sided(statistic, df)
    error = variance_error(studies, method, tau2)
    interval = (mean - reach, mean + reach, statistic, df, p)
    return PooledMany(mean, se, *interval, tau2, error, i2, h2, q, q_p, mean - spread, mean + spread, degrees, k)


def _inconsistency(studies: Studies, method: str, tau2: Array) -> tuple[Array, Array, Array]:
    """Q, I2 (per cent) and H2; 0, 0 and 1 for a single study."""
    w = studies.weights(0.0)
    _, r, _ = weighted_residuals(studies, w)
    q, df = (w * r * r).sum(0), studies.k - 1
    if method in EQUAL_EFFECT:
        h2 = q / df
        i2 = np.maximum(0.0, 100 * (q - df) / q)
    else:
        ratio = tau2 / typical_variance(studies)
        h2 = ratio + 1
        i2 = 100 * ratio / (ratio + 1)
    single = studies.k < 2
    none = single | ((q == 0) if method in EQUAL_EFFECT else False)
    return np.where(single, 0.0, q), np.where(none, 0.0, i2), np.where(single, 1.0, h2)


def typical_variance(studies: Studies) -> Array:
    """The typical sampling variance of Higgins & Thompson (2002), eq. 9."""
    w = studies.weights(0.0)
    total = w.sum(0)
    return (studies.k - 1) / (total - (w * w).sum(0) / total)


def _prediction_df(rule: PiDf, df: Array, k: Array) -> Array:
    rules = {"test": df, "k-1": k - 1, "k-2": k - 2, "normal": np.full(k.shape, np.inf)}
    if rule not in rules:
        raise BadInput(f"unknown degrees of freedom {rule}", mend=f"use one of {', '.join(rules)}")
    return rules[rule]


@dataclass(frozen=True, slots=True)
class Tau2Interval:
    """Q-profile interval of tau2 and what it means for I2 (per cent)."""

    lower: float
    upper: float
    i2_lower: float
    i2_upper: float


def tau2_interval(
    yi: npt.ArrayLike, vi: npt.ArrayLike, *, level: float = 0.95, stopping: Stopping = CONVENTIONAL
) -> Tau2Interval:
    """Confidence interval of the between-study variance by the Q-profile method; NaN with one study."""
    y, v = checked(yi, vi)
    studies = Studies(y[:, None], v[:, None], np.ones((y.size, 1)), np.array([float(y.size)]))
    with np.errstate(divide="ignore", invalid="ignore"):
        lower, upper = (float(end[0]) for end in q_profile(studies, level, stopping))
        typical = float(typical_variance(studies)[0])
    return Tau2Interval(lower, upper, 100 * lower / (lower + typical), 100 * upper / (upper + typical))


def _notes(k: int, method: str, test: str) -> tuple[str, ...]:
    notes: list[str] = []
    if k == 1:
        notes.append("one study: this is its own result, not a pooled one")
    elif k == 2:
        notes.append(
            "two studies: t on 1 degree of freedom has a critical value of 12.7; show the equal-effect result too"
        )
    if 1 < k < 5 and method not in EQUAL_EFFECT:
        notes.append("fewer than 5 studies: the between-study variance and the prediction interval are guesses")
    if method in EQUAL_EFFECT and test in ("knha", "adhoc"):
        notes.append("the Knapp-Hartung scale is not meant for equal-effect models")
    return tuple(notes)

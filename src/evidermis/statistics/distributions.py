"""The few probability functions this room needs, with types.

`scipy.special` holds the compiled functions that `scipy.stats` wraps; calling them directly is some hundred times
faster for single values, which is what a fit under half a millisecond needs. The library has no type stubs: its
untyped edge is here only.
"""

from typing import Any, cast

import numpy as np
import numpy.typing as npt
import scipy.special as _special  # pyright: ignore[reportMissingTypeStubs]

__all__ = [
    "Array",
    "binomial_cdf",
    "chi2_quantile",
    "chi2_upper",
    "f_upper",
    "hypergeometric_2f1",
    "log_gamma",
    "noncentral_t_beyond",
    "normal_cdf",
    "normal_quantile",
    "student_quantile",
    "student_two_sided",
]

Array = npt.NDArray[np.float64]
_Number = float | Array
_functions = cast(Any, _special)


def normal_cdf(x: _Number) -> Array:
    """P(Z <= x) for a standard normal Z."""
    return cast(Array, _functions.ndtr(x))


def normal_quantile(p: _Number) -> Array:
    """The standard normal value below which a share `p` lies."""
    return cast(Array, _functions.ndtri(p))


def student_two_sided(t: _Number, df: _Number) -> Array:
    """P(|T| >= |t|) for Student's t; `df` of infinity is the normal distribution, of 0 or less NaN."""
    size = -np.abs(t)
    finite = np.where(np.isfinite(df), df, 1.0)
    student = 2.0 * _functions.stdtr(np.where(finite > 0, finite, np.nan), size)
    return cast(Array, np.where(np.isfinite(df), student, 2.0 * _functions.ndtr(size)))


def student_quantile(p: _Number, df: _Number) -> Array:
    """Student's t value below which a share `p` lies; `df` of infinity is the normal distribution, of 0 or less NaN."""
    finite = np.where(np.isfinite(df), df, 1.0)
    student = _functions.stdtrit(np.where(finite > 0, finite, np.nan), p)
    return cast(Array, np.where(np.isfinite(df), student, _functions.ndtri(p)))


def chi2_upper(x: _Number, df: _Number) -> Array:
    """P(X >= x) for a chi-squared X."""
    return cast(Array, _functions.chdtrc(df, x))


def chi2_quantile(p: _Number, df: _Number) -> Array:
    """The chi-squared value below which a share `p` lies."""
    return cast(Array, _functions.chdtri(df, 1.0 - np.asarray(p, float)))


def f_upper(x: _Number, df1: _Number, df2: _Number) -> Array:
    """P(F >= x) for Fisher's F."""
    return cast(Array, _functions.fdtrc(df1, df2, x))


def binomial_cdf(successes: int, trials: int, share: float) -> float:
    """P(X <= successes) of `trials` with chance `share` each."""
    return float(_functions.bdtr(float(successes), trials, share))


def log_gamma(x: _Number) -> Array:
    """The logarithm of the gamma function."""
    return cast(Array, _functions.gammaln(x))


def hypergeometric_2f1(a: _Number, b: _Number, c: _Number, x: _Number) -> Array:
    """Gauss' hypergeometric function, as Olkin and Pratt's unbiased correlation needs it."""
    return cast(Array, _functions.hyp2f1(a, b, c, x))


_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(200)


def noncentral_t_beyond(critical: float, df: float, shift: float) -> float:
    """P(|T| > critical) for a noncentral t with `df` degrees of freedom and noncentrality `shift`.

    Integrates the normal tail over the chi distribution of the standard deviation: the library's own noncentral t
    returns NaN for some ordinary arguments. The standard deviation ratio S has df S^2 ~ chi-squared(df).
    """
    spread = 12.0 / np.sqrt(2.0 * df)
    low, high = max(0.0, 1.0 - spread), 1.0 + spread + 6.0 / df
    s = low + (high - low) * (_NODES + 1.0) / 2.0
    weights = _WEIGHTS * (high - low) / 2.0
    log_density = (
        np.log(2.0) + 0.5 * df * np.log(df / 2.0) - log_gamma(df / 2.0) + (df - 1.0) * np.log(s) - 0.5 * df * s * s
    )
    tails = normal_cdf(-(critical * s - shift)) + normal_cdf(-critical * s - shift)
    return float(min(1.0, np.sum(weights * np.exp(log_density) * tails)))

"""Small-study effects: do small studies say something else than large ones?

None of these tests says why. Below ten studies they have next to no power, and every result carries that note.
Sources: Egger et al. (1997); Pustejovsky & Rodgers (2019) for standardised differences, whose own standard error
contains the effect; Begg & Mazumdar (1994); Peters et al. (2006); Duval & Tweedie (2000) for trim-and-fill.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.distributions import Array, normal_cdf, student_two_sided
from evidermis.statistics.pooling import Pooled, checked, pool
from evidermis.statistics.regression import meta_regression

__all__ = ["Asymmetry", "Filled", "begg", "egger", "egger_mixed", "peters", "trim_and_fill"]

_FEW = "fewer than 10 studies: the test has next to no power"


@dataclass(frozen=True, slots=True)
class Asymmetry:
    """A test for small-study effects: `statistic` on `df` with `p`; `slope` of the effect on the predictor and
    `limit`, the effect foreseen for an infinitely large study (NaN where the test has none)."""

    statistic: float
    df: float
    p: float
    slope: float = np.nan
    limit: float = np.nan
    notes: tuple[str, ...] = ()


def _line(y: Array, x: Array, weights: Array) -> Asymmetry:
    """Weighted least squares of y on x with a free dispersion."""
    if y.size < 3:
        raise BadInput("a regression test needs three studies or more")
    X = np.column_stack([np.ones(y.size), x])
    XtW = X.T * weights
    if np.linalg.matrix_rank(X) < 2:
        raise BadInput("all studies have the same precision: asymmetry cannot be seen")
    inverse = np.linalg.inv(XtW @ X)
    beta = inverse @ (XtW @ y)
    df = y.size - 2
    dispersion = float(np.sum(weights * (y - X @ beta) ** 2)) / df
    with np.errstate(divide="ignore", invalid="ignore"):
        t = float(np.divide(beta[1], np.sqrt(dispersion * inverse[1, 1])))
    return Asymmetry(t, df, float(student_two_sided(t, df)), float(beta[1]), float(beta[0]), _notes(y.size))


def _notes(k: int) -> tuple[str, ...]:
    return (_FEW,) if k < 10 else ()


def egger(yi: npt.ArrayLike, vi: npt.ArrayLike, *, effective_n: npt.ArrayLike | None = None) -> Asymmetry:
    """Egger's test: the effect on its standard error, weighted by 1/vi.

    For standardised mean differences give `effective_n` (n1 n2 / (n1 + n2), or n / (2 (1 - r)) for pairs): the
    predictor is then sqrt(1 / effective_n) and the weight `effective_n`, since g and its own standard error are linked.
    """
    y, v = checked(yi, vi)
    if effective_n is None:
        return _line(y, np.sqrt(v), 1 / v)
    size = np.asarray(effective_n, float)
    if size.shape != y.shape or not (size > 0).all():
        raise BadInput("effective_n must be one number above 0 for each study")
    return _line(y, np.sqrt(1 / size), size)


def egger_mixed(yi: npt.ArrayLike, vi: npt.ArrayLike, *, method: str = "REML", test: str = "z") -> Asymmetry:
    """Egger's test as a mixed-effects meta-regression on the standard error (Sterne & Egger 2005)."""
    y, v = checked(yi, vi)
    fit = meta_regression(y, v, np.column_stack([np.ones(y.size), np.sqrt(v)]), method=method, test=test)
    statistic = float(fit.beta[1] / fit.se[1])
    return Asymmetry(statistic, fit.df, float(fit.p[1]), float(fit.beta[1]), float(fit.beta[0]), _notes(y.size))


def peters(yi: npt.ArrayLike, events: npt.ArrayLike, n: npt.ArrayLike) -> Asymmetry:
    """Peters' test for log odds ratios: the effect on 1/n, weighted by events x non-events / n."""
    y, total, hit = (np.asarray(one, float) for one in (yi, n, events))
    if not (y.shape == total.shape == hit.shape) or not ((hit > 0) & (hit < total)).all():
        raise BadInput(
            "Peters' test needs studies with at least one event and one without", mend="leave the others out"
        )
    return _line(y, 1 / total, hit * (total - hit) / total)


def begg(yi: npt.ArrayLike, vi: npt.ArrayLike) -> Asymmetry:
    """Begg & Mazumdar's rank correlation of standardised effect and variance; exact without ties."""
    y, v = checked(yi, vi)
    if y.size < 3:
        raise BadInput("a rank correlation needs three studies or more")
    w = 1 / v
    centred = y - np.sum(w * y) / w.sum()
    standard = centred / np.sqrt(v - 1 / w.sum())
    tau, p = kendall(standard, v)
    return Asymmetry(tau, np.nan, p, notes=_notes(y.size))


_EXACT_UP_TO = 500


def kendall(x: Array, y: Array) -> tuple[float, float]:
    """Kendall's tau-b and its p: exact without ties (up to 500 pairs), else normal with the variance for ties."""
    n = x.size
    upper = np.triu_indices(n, 1)
    sx = np.sign(x[:, None] - x[None, :])[upper]
    sy = np.sign(y[:, None] - y[None, :])[upper]
    score = float(np.sum(sx * sy))
    pairs = n * (n - 1) / 2
    tied_x, tied_y = float(np.sum(sx == 0)), float(np.sum(sy == 0))
    if tied_x == pairs or tied_y == pairs:
        raise BadInput("all values are equal: there is no rank correlation")
    tau = score / np.sqrt((pairs - tied_x) * (pairs - tied_y))
    if tied_x == 0 and tied_y == 0 and n <= _EXACT_UP_TO:
        return float(tau), _kendall_exact(n, round((score + pairs) / 2))
    counts_x, counts_y = (np.unique(one, return_counts=True)[1].astype(float) for one in (x, y))
    v0 = n * (n - 1) * (2 * n + 5)
    vx, vy = (float(np.sum(c * (c - 1) * (2 * c + 5))) for c in (counts_x, counts_y))
    v1 = float(np.sum(counts_x * (counts_x - 1)) * np.sum(counts_y * (counts_y - 1))) / (2 * n * (n - 1))
    triples = float(
        np.sum(counts_x * (counts_x - 1) * (counts_x - 2)) * np.sum(counts_y * (counts_y - 1) * (counts_y - 2))
    )
    v2 = triples / (9 * n * (n - 1) * (n - 2))
    z = score / np.sqrt((v0 - vx - vy) / 18 + v1 + v2)
    return float(tau), float(min(1.0, 2 * normal_cdf(-abs(z))))


def _kendall_exact(n: int, concordant: int) -> float:
    """Two-sided p from the shares of permutations by their concordant pairs (Mahonian numbers over n!)."""
    shares = np.ones(1)
    for m in range(2, n + 1):
        shares = np.convolve(shares, np.full(m, 1 / m))
    tail = min(concordant, shares.size - 1 - concordant)
    return float(min(1.0, 2 * shares[: tail + 1].sum()))


@dataclass(frozen=True, slots=True)
class Filled:
    """Trim-and-fill: `k0` studies imagined on the `side`, their effects, and the fit with them. A sensitivity analysis
    only.
    """

    k0: int
    side: Literal["left", "right"]
    fit: Pooled
    filled_yi: tuple[float, ...]
    filled_vi: tuple[float, ...]
    notes: tuple[str, ...] = ()


def trim_and_fill(
    yi: npt.ArrayLike,
    vi: npt.ArrayLike,
    *,
    method: str = "DL",
    test: str = "z",
    side: Literal["left", "right"] | None = None,
    estimator: Literal["L0", "R0", "Q0"] = "L0",
) -> Filled:
    """Duval & Tweedie's trim-and-fill. Without `side` the slope of Egger's mixed regression chooses it."""
    y, v = checked(yi, vi)
    if y.size < 3:
        raise BadInput("trim-and-fill needs three studies or more")
    if side is None:
        design = np.column_stack([np.ones(y.size), np.sqrt(v)])
        flat = np.linalg.matrix_rank(design) < 2
        slope = 0.0 if flat else float(meta_regression(y, v, design, method=method).beta[1])
        side = "right" if slope < 0 else "left"
    flip = -1.0 if side == "right" else 1.0
    order = np.argsort(flip * y, kind="stable")
    ys, vs = flip * y[order], v[order]
    k0, centre = _missing_studies(ys, vs, method, estimator)
    imagined = ys.size - k0 + np.arange(k0)
    new_y, new_v = flip * (2 * centre - ys[imagined]), vs[imagined]
    fit = pool(np.concatenate([y, new_y]), np.concatenate([v, new_v]), method=method, test=test)
    return Filled(k0, side, fit, tuple(new_y.tolist()), tuple(new_v.tolist()), _notes(y.size))


def _missing_studies(ys: Array, vs: Array, method: str, estimator: str) -> tuple[int, float]:
    """How many studies seem to be missing on the left of sorted effects, and the trimmed mean."""
    k, k0, before = ys.size, 0, -1
    centre = 0.0
    for _ in range(100):
        if k0 == before:
            return k0, centre
        before = k0
        centre = pool(ys[: k - k0], vs[: k - k0], method=method).estimate
        distance = ys - centre
        ranks = np.empty(k)
        ranks[np.argsort(np.abs(distance), kind="stable")] = np.arange(1, k + 1)
        signed = np.sign(distance) * ranks
        above = float(signed[signed > 0].sum())
        if estimator == "R0":
            found = k - float(np.max(-signed[signed < 0], initial=0.0)) - 1
        elif estimator == "L0":
            found = (4 * above - k * (k + 1)) / (2 * k - 1)
        else:
            found = k - 0.5 - float(np.sqrt(max(0.0, 2 * k * k - 4 * above + 0.25)))
        k0 = min(max(0, round(found)), k - 1)
    raise BadInput("trim-and-fill did not settle", mend="report the fit without it")

"""How much one study carries: leave-one-out by study and by family, cumulative fits, influence, Baujat's coordinates.

A *family* is a set of studies that are not independent (one maker's material, shared authors or people): leaving out a
study of a family leaves its siblings in, so robustness is judged family by family. All refits run as one batch. Source
of the diagnostics: Viechtbauer & Cheung (2010).
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.distributions import Array
from evidermis.statistics.heterogeneity import CONVENTIONAL, EQUAL_EFFECT, Stopping
from evidermis.statistics.pooling import PooledMany, checked, pool, pool_many

__all__ = ["Influence", "LeftOut", "baujat", "cumulative", "influence", "leave_one_family_out", "leave_one_out"]


def leave_one_out(
    yi: npt.ArrayLike,
    vi: npt.ArrayLike,
    *,
    method: str = "REML",
    test: str = "z",
    level: float = 0.95,
    stopping: Stopping = CONVENTIONAL,
) -> PooledMany:
    """The fit without each study in turn, in the order of the studies."""
    y, v = checked(yi, vi)
    if y.size < 2:
        raise BadInput("leaving one study out needs two or more")
    kept = ~np.eye(y.size, dtype=bool)
    ys, vs = [y[keep] for keep in kept], [v[keep] for keep in kept]
    return pool_many(ys, vs, method=method, test=test, level=level, stopping=stopping)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The fit without one family: `families` names them in the order of `fits`."""

    families: tuple[str, ...]
    fits: PooledMany


def leave_one_family_out(
    yi: npt.ArrayLike,
    vi: npt.ArrayLike,
    families: Sequence[Hashable],
    *,
    method: str = "REML",
    test: str = "z",
    level: float = 0.95,
) -> LeftOut:
    """The fit without each family of studies in turn; `BadInput` with fewer than two independent families."""
    y, v = checked(yi, vi)
    if len(families) != y.size:
        raise BadInput(f"{len(families)} families named for {y.size} studies")
    names = list(dict.fromkeys(families))
    if len(names) < 2:
        raise BadInput("fewer than two independent families", mend="make no pooled claim of them")
    keeps = [np.array([one != name for one in families]) for name in names]
    fits = pool_many([y[k] for k in keeps], [v[k] for k in keeps], method=method, test=test, level=level)
    return LeftOut(tuple(str(name) for name in names), fits)


def cumulative(
    yi: npt.ArrayLike,
    vi: npt.ArrayLike,
    *,
    order: Sequence[float] | None = None,
    method: str = "REML",
    test: str = "z",
    level: float = 0.95,
    stopping: Stopping = CONVENTIONAL,
) -> PooledMany:
    """The fits of the first, the first two, the first three studies … in the order given, or sorted by `order` (a
    year).
    """
    y, v = checked(yi, vi)
    if order is not None:
        if len(order) != y.size:
            raise BadInput(f"{len(order)} positions given for {y.size} studies")
        at = np.argsort(np.asarray(order, float), kind="stable")
        y, v = y[at], v[at]
    ks = range(1, y.size + 1)
    return pool_many([y[:k] for k in ks], [v[:k] for k in ks], method=method, test=test, level=level, stopping=stopping)


@dataclass(frozen=True, slots=True)
class Influence:
    """One value a study: how far it is from what the others say, and how much it moves them.

    `rstudent` (externally studentised residual), `dffits`, `cooks` (distance), `covariance_ratio`, `tau2_without`,
    `q_without`, `hat` (leverage), `weight` (per cent), `dfbetas`; `is_influential` by the cut-offs of Viechtbauer &
    Cheung (2010).
    """

    rstudent: Array
    dffits: Array
    cooks: Array
    covariance_ratio: Array
    tau2_without: Array
    q_without: Array
    hat: Array
    weight: Array
    dfbetas: Array
    is_influential: npt.NDArray[np.bool_]


def influence(
    yi: npt.ArrayLike, vi: npt.ArrayLike, *, method: str = "REML", test: str = "z", stopping: Stopping = CONVENTIONAL
) -> Influence:
    """Case diagnostics of a random-effects fit; needs three studies or more."""
    y, v = checked(yi, vi)
    if y.size < 3:
        raise BadInput("influence needs three studies or more")
    full = pool(y, v, method=method, test=test, stopping=stopping)
    without = leave_one_out(y, v, method=method, test=test, stopping=stopping)
    hat = np.array(full.weights)
    scale = _knapp_hartung_scale(without, y, v, test)
    moved = full.estimate - without.estimate
    total = np.array([np.sum(1 / (v + t)) for t in without.tau2])
    residual = y - without.estimate
    spread = np.sqrt(v * scale + without.se**2 + without.tau2 * scale)
    with np.errstate(divide="ignore", invalid="ignore"):
        dffits = moved / np.sqrt(scale * hat * (without.tau2 + v))
        dfbetas = moved / np.sqrt(scale / total)
    cooks = (moved / full.se) ** 2
    k = y.size
    marked = (np.abs(dffits) > 3 * np.sqrt(1 / (k - 1))) | (cooks > _HALF_CHI2) | (hat > 3 / k) | (np.abs(dfbetas) > 1)
    return Influence(
        residual / spread,
        dffits,
        cooks,
        (without.se / full.se) ** 2,
        without.tau2,
        without.q,
        hat,
        100 * hat,
        dfbetas,
        marked,
    )


# Median of chi-squared on 1 degree of freedom: Cook's distance beyond it marks a study.
_HALF_CHI2 = 0.454936423119572


def _knapp_hartung_scale(without: PooledMany, y: Array, v: Array, test: str) -> Array:
    """The factor s2 by which Knapp and Hartung's test scales the variance of each refit; 1 for the other tests."""
    if test not in ("knha", "adhoc"):
        return np.ones_like(y)
    keep = ~np.eye(y.size, dtype=bool)
    w = keep / (v + without.tau2[:, None])
    s2 = (w * (y - without.estimate[:, None]) ** 2).sum(1) / (y.size - 2)
    return np.maximum(s2, 1.0) if test == "adhoc" else s2


def baujat(
    yi: npt.ArrayLike, vi: npt.ArrayLike, *, method: str = "REML", stopping: Stopping = CONVENTIONAL
) -> tuple[Array, Array]:
    """Baujat's coordinates: each study's squared Pearson residual, and how far the mean moves without it in its
    variance.
    """
    y, v = checked(yi, vi)
    full = pool(y, v, method=method, stopping=stopping)
    without = leave_one_out(y, v, method=method, stopping=stopping)
    tau2 = 0.0 if method in EQUAL_EFFECT else full.tau2
    return (y - full.estimate) ** 2 / (tau2 + v), (without.estimate - full.estimate) ** 2 / without.se**2

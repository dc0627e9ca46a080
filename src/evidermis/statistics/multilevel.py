"""More than one effect a study: three-level and correlated-and-hierarchical models with cluster-robust inference.

Effects of one *study* (cluster) share its people, so their errors are correlated: `rho` is the working correlation of
the sampling errors within a study (0: the three-level model of Konstantopoulos 2011; above 0: the CHE model of
Pustejovsky & Tipton 2022). Because `rho` is a guess, what counts is the cluster-robust test: CR2 with Satterthwaite
degrees of freedom (Tipton 2015; Pustejovsky & Tipton 2018). Below 4 degrees of freedom it cannot be trusted, and the
result says so.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.distributions import Array, student_quantile, student_two_sided
from evidermis.statistics.pooling import checked

__all__ = ["Multilevel", "Robust", "correlated_variances", "three_level"]

_STEPS = 500
# Tipton (2015): below 4 degrees of freedom the t approximation of CR2 no longer holds its level.
LEAST_DF = 4.0


@dataclass(frozen=True, slots=True)
class Robust:
    """Cluster-robust `se`, `df`, `p` and interval of each coefficient; `is_reliable` where df reach 4."""

    se: Array
    df: Array
    p: Array
    ci_lower: Array
    ci_upper: Array
    is_reliable: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Multilevel:
    """Coefficients `beta` with model-based `se`; variance between studies and between effects of a study; the
    restricted (or full) log-likelihood; and the cluster-robust tests, which are the ones to report."""

    beta: Array
    se: Array
    between_studies: float
    within_studies: float
    log_likelihood: float
    q: float
    robust: Robust
    studies: int
    effects: int
    notes: tuple[str, ...]


def correlated_variances(vi: npt.ArrayLike, study: Sequence[Hashable], rho: float) -> Array:
    """Sampling variances and covariances: `rho` sqrt(v_i v_j) between effects of one study."""
    v = np.asarray(vi, float)
    if not -1 < rho < 1:
        raise BadInput(f"a working correlation of {rho:g} is not between -1 and 1")
    codes = _codes(study)
    same = codes[:, None] == codes[None, :]
    matrix = np.where(same, rho * np.sqrt(np.outer(v, v)), 0.0)
    np.fill_diagonal(matrix, v)
    return matrix


def three_level(
    yi: npt.ArrayLike,
    vi: npt.ArrayLike,
    study: Sequence[Hashable],
    X: npt.ArrayLike | None = None,
    *,
    rho: float = 0.0,
    method: Literal["REML", "ML"] = "REML",
    correction: Literal["CR2", "CR1"] = "CR2",
    level: float = 0.95,
) -> Multilevel:
    """Fit effects within studies. `X` holds one row an effect (a column of ones where it is not given).

    Raises `BadInput` where there are fewer than two studies, or the design cannot be told apart.
    """
    y, v = checked(yi, vi)
    if len(study) != y.size:
        raise BadInput(f"{len(study)} studies named for {y.size} effects")
    design = np.ones((y.size, 1)) if X is None else np.asarray(X, float)
    codes = _codes(study)
    clusters = int(codes.max()) + 1
    if clusters < 2:
        raise BadInput("fewer than two independent studies", mend="make no pooled claim of them")
    if design.ndim != 2 or design.shape[0] != y.size or np.linalg.matrix_rank(design) < design.shape[1]:
        raise BadInput("the design must have a row for each effect and independent columns")
    sampling = correlated_variances(v, study, rho)
    shared = (codes[:, None] == codes[None, :]).astype(float)
    parts = (shared, np.eye(y.size))
    sigma2 = _most_likely(y, design, sampling, parts, restricted=method == "REML")
    state = _State(y, design, sampling + sigma2[0] * parts[0] + sigma2[1] * parts[1])
    robust = _robust(state, codes, correction, level)
    fixed = _State(y, design, sampling)
    few = () if robust.is_reliable.all() else ("degrees of freedom below 4: the robust test cannot be trusted",)
    return Multilevel(
        state.beta,
        np.sqrt(np.diag(state.bread)),
        float(sigma2[0]),
        float(sigma2[1]),
        state.log_likelihood(restricted=method == "REML"),
        fixed.residual_quadratic,
        robust,
        clusters,
        y.size,
        few,
    )


def _codes(study: Sequence[Hashable]) -> npt.NDArray[np.intp]:
    names = {name: at for at, name in enumerate(dict.fromkeys(study))}
    return np.array([names[name] for name in study], dtype=np.intp)


class _State:
    """Generalised least squares at one value of the variances."""

    def __init__(self, y: Array, X: Array, total: Array) -> None:
        self.y, self.X, self.total = y, X, total
        self.weight: Array = np.asarray(np.linalg.inv(total), np.float64)
        weighted = self.weight @ X
        self.bread: Array = np.asarray(np.linalg.inv(X.T @ weighted), np.float64)
        self.projection: Array = self.weight - weighted @ self.bread @ weighted.T
        self.beta: Array = self.bread @ (weighted.T @ y)

    @property
    def residual_quadratic(self) -> float:
        """y'Py: the weighted sum of squared residuals."""
        return float(self.y @ self.projection @ self.y)

    def log_likelihood(self, *, restricted: bool) -> float:
        """With all constants, restricted or full."""
        n, p = self.y.size, self.X.shape[1]
        found = -0.5 * (float(np.linalg.slogdet(self.total)[1]) + self.residual_quadratic)
        if not restricted:
            return found - 0.5 * n * float(np.log(2 * np.pi))
        design = float(np.linalg.slogdet(self.X.T @ self.X)[1])
        spread = float(np.linalg.slogdet(self.bread)[1])
        return found + 0.5 * (design + spread) - 0.5 * (n - p) * float(np.log(2 * np.pi))


def _most_likely(y: Array, X: Array, sampling: Array, parts: tuple[Array, Array], *, restricted: bool) -> Array:
    """Fisher scoring on the two variances, held at 0 where the likelihood falls from there, halved where it would
    fall.
    """
    spread = max(float(np.var(y)) - float(np.mean(np.diag(sampling))), 0.1 * float(np.mean(np.diag(sampling))))
    sigma2 = np.array([spread / 2, spread / 2])
    state = _State(y, X, sampling + sigma2[0] * parts[0] + sigma2[1] * parts[1])
    here = state.log_likelihood(restricted=restricted)
    for _ in range(_STEPS):
        step = _step(state, parts, sigma2, restricted)
        share = 1.0
        while True:
            tried = np.maximum(sigma2 + share * step, 0.0)
            state = _State(y, X, sampling + tried[0] * parts[0] + tried[1] * parts[1])
            there = state.log_likelihood(restricted=restricted)
            if there >= here - 1e-12 * abs(here) or share < 1e-10:
                break
            share /= 2
        moved = float(np.max(np.abs(tried - sigma2)))
        sigma2, here = tried, there
        if moved <= 1e-12 * (float(sigma2.sum()) + float(np.mean(np.diag(sampling)))):
            break
    return sigma2


def _step(state: _State, parts: tuple[Array, Array], sigma2: Array, restricted: bool) -> Array:
    projected = state.projection @ state.y
    inner = state.projection if restricted else state.weight
    slope = np.array([float(projected @ part @ projected) - float(np.sum(inner * part)) for part in parts])
    fisher = np.array([[float(np.sum((inner @ a) * (inner @ b).T)) for a in parts] for b in parts])
    free = (sigma2 > 0) | (slope > 0)
    step = np.zeros(2)
    if free.any():
        step[free] = np.asarray(np.linalg.lstsq(fisher[np.ix_(free, free)], slope[free], rcond=None)[0], np.float64)
    return step


def _robust(state: _State, codes: npt.NDArray[np.intp], correction: str, level: float) -> Robust:
    X, bread = state.X, state.bread
    n, p = X.shape
    residual = state.y - X @ state.beta
    clusters = int(codes.max()) + 1
    left = np.eye(n) - X @ bread @ X.T @ state.weight
    meat = np.zeros((p, p))
    leverage = np.zeros((clusters, n, p))
    for cluster in range(clusters):
        rows = codes == cluster
        adjust = _cr2(state, rows) if correction == "CR2" else np.eye(int(rows.sum()))
        outward = adjust @ state.weight[np.ix_(rows, rows)] @ X[rows] @ bread
        score = outward.T @ residual[rows]
        meat += np.outer(score, score)
        leverage[cluster] = left[rows].T @ outward
    if correction == "CR2":
        df = np.array([_satterthwaite(leverage[:, :, at], state.total) for at in range(p)])
    else:
        meat *= clusters / (clusters - p)
        df = np.full(p, float(clusters - p))
    se = np.sqrt(np.diag(meat))
    reach = student_quantile((1 + level) / 2, df) * se
    found = student_two_sided(state.beta / se, df)
    return Robust(se, df, found, state.beta - reach, state.beta + reach, df >= LEAST_DF)


def _cr2(state: _State, rows: npt.NDArray[np.bool_]) -> Array:
    """The adjustment that makes a cluster's residuals unbiased under the working model."""
    total = state.total[np.ix_(rows, rows)]
    root = np.asarray(np.linalg.cholesky(total), np.float64).T
    gap = root @ (total - state.X[rows] @ state.bread @ state.X[rows].T) @ root.T
    values, vectors = np.linalg.eigh(gap)
    usable = values > 1e-12 * max(float(values.max()), 1e-300)
    inverse_root = np.where(usable, 1 / np.sqrt(np.where(usable, values, 1.0)), 0.0)
    return np.asarray(root.T @ (vectors * inverse_root) @ vectors.T @ root, np.float64)


def _satterthwaite(vectors: Array, total: Array) -> float:
    products = vectors @ total @ vectors.T
    return float(np.trace(products)) ** 2 / float(np.sum(products**2))

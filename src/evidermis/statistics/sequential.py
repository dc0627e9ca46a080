"""Sequential boundaries for evidence that is looked at again whenever a study appears.

Each look spends part of the error allowed. O'Brien-Fleming-type spending (Lan & DeMets 1983) spends next to nothing
early. Boundaries are solved by recursive numerical integration of the joint density of the looks (Armitage, McPherson
& Rowe 1969; Jennison & Turnbull 2000, ch. 19). *Information fraction* t: information so far over that required.
Futility is non-binding. Cochrane does not recommend such adjustment as the main result; it is shown as the safety of
updating.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evidermis.evidence.errors import BadInput
from evidermis.statistics.distributions import Array, normal_cdf, normal_quantile
from evidermis.statistics.root import root_between

__all__ = ["Boundaries", "LivingState", "living_state", "sequential_boundaries", "spent_alpha"]

LivingState = Literal["below all", "early, unsafe", "crosses boundary", "futile", "information reached"]
# A boundary beyond this many standard errors is never met; its error is below 1e-22.
_FURTHEST = 10.0
# Gauss-Legendre, in panels.
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(20)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """At each information fraction the two-sided z `efficacy` boundary, the `futility` boundary (0 where none yet),
    and the error `spent` so far. `drift` is the expected z at full information under which futility spends `beta`."""

    fractions: tuple[float, ...]
    efficacy: tuple[float, ...]
    futility: tuple[float, ...]
    spent: tuple[float, ...]
    alpha: float
    beta: float
    drift: float


def spent_alpha(t: float, alpha: float = 0.05) -> float:
    """Two-sided error spent at information fraction t: 4 (1 - Phi(z_{1 - alpha/4} / sqrt t)), O'Brien-Fleming type."""
    return float(4 * normal_cdf(-float(normal_quantile(1 - alpha / 4)) / np.sqrt(min(t, 1.0))))


def _spent_beta(t: float, beta: float) -> float:
    return float(2 * normal_cdf(-float(normal_quantile(1 - beta / 2)) / np.sqrt(min(t, 1.0))))


def sequential_boundaries(
    fractions: Sequence[float], *, alpha: float = 0.05, beta: float = 0.1, with_futility: bool = True
) -> Boundaries:
    """Boundaries at rising information fractions in (0, 1].

    Raises `BadInput` for fractions that do not rise or leave (0, 1].
    """
    t = np.asarray(fractions, float)
    if t.size == 0 or not np.isfinite(t).all() or t[0] <= 0 or t[-1] > 1 or (np.diff(t) <= 0).any():
        raise BadInput(
            "information fractions must rise and lie above 0 and up to 1", mend="order the looks by information"
        )
    if not (0 < alpha < 1 and 0 < beta < 1):
        raise BadInput("alpha and beta must lie between 0 and 1")
    spent = [spent_alpha(float(x), alpha) for x in t]
    efficacy = _efficacy(t, np.diff([0.0, *spent]))
    drift = float(normal_quantile(1 - alpha / 2) + normal_quantile(1 - beta))
    futility = np.zeros(t.size)
    if with_futility:
        if t[-1] == 1.0:
            drift = root_between(lambda d: _futility(t, efficacy, beta, d)[-1] - efficacy[-1], 0.8 * drift, 1.4 * drift)
        futility = np.minimum(_futility(t, efficacy, beta, drift), efficacy)
    as_tuple = tuple(float(x) for x in efficacy)
    return Boundaries(tuple(t.tolist()), as_tuple, tuple(futility.tolist()), tuple(spent), alpha, beta, drift)


class _Paths:
    """The density of z at the last look, of paths that have not stopped, as weighted points; `drift` is the z expected
    at t = 1.
    """

    def __init__(self, drift: float) -> None:
        self.drift = drift
        self.t = 0.0
        self.points = np.zeros(1)
        self.mass = np.ones(1)

    def beyond(self, t: float, z: float) -> float:
        """P(not stopped before, and Z_t > z)."""
        centre, spread = self._next(t)
        return float(np.sum(self.mass * normal_cdf((centre - z * np.sqrt(t)) / spread)))

    def _next(self, t: float) -> tuple[Array, float]:
        step = t - self.t
        return self.points * np.sqrt(self.t) + self.drift * step, float(np.sqrt(step))

    def go_on(self, t: float, regions: Sequence[tuple[float, float]], ahead: float) -> None:
        """Keep the paths whose z at t lies in one of the regions; `ahead` is the information until the look after this one."""
        centre, spread = self._next(t)
        finest = min(spread, float(np.sqrt(ahead)))
        points: list[Array] = []
        masses: list[Array] = []
        for low, high in regions:
            if high <= low:
                continue
            # The density of this step and of the next has SD spread / sqrt(t) in z: eight nodes an SD integrate it to 1e-12.
            # One rule of so many nodes would cost their number cubed.
            panels = int(np.clip(np.ceil(8 * (high - low) * np.sqrt(t) / (finest * _NODES.size)), 3, 100))
            half = (high - low) / (2 * panels)
            z = (low + half * (2 * np.arange(panels)[:, None] + 1 + _NODES)).ravel()
            away = (z[:, None] * np.sqrt(t) - centre) / spread
            density = (np.exp(-0.5 * away**2) @ self.mass) * np.sqrt(t) / (spread * np.sqrt(2 * np.pi))
            points.append(z)
            masses.append(density * np.tile(_WEIGHTS * half, panels))
        self.points = np.concatenate(points) if points else np.zeros(1)
        self.mass = np.concatenate(masses) if masses else np.zeros(1)
        self.t = t


def _ahead(t: Array) -> list[float]:
    return [*np.diff(t).tolist(), np.inf]


def _efficacy(t: Array, increments: Array) -> Array:
    """Two-sided boundaries that spend the increments when there is no effect."""
    found = np.empty(t.size)
    paths = _Paths(0.0)
    ahead = _ahead(t)
    for at, (fraction, error) in enumerate(zip(t.tolist(), increments.tolist(), strict=True)):
        if 2 * paths.beyond(fraction, _FURTHEST) >= error:
            found[at] = _FURTHEST
        else:
            found[at] = root_between(lambda z, f=fraction, e=error: 2 * paths.beyond(f, z) - e, 0.0, _FURTHEST)
        paths.go_on(fraction, [(-float(found[at]), float(found[at]))], ahead[at])
    return found


def _between(paths: _Paths, fraction: float, error: float) -> Callable[[float], float]:
    """How much P(|Z| <= z) exceeds the error, as a function of z."""
    return lambda z: paths.beyond(fraction, -z) - paths.beyond(fraction, z) - error


def _futility(t: Array, efficacy: Array, beta: float, drift: float) -> Array:
    """Boundaries of |z| below which the effect looked for is unlikely; they spend beta under `drift`, and may be 0."""
    found = np.zeros(t.size)
    paths = _Paths(drift)
    before = 0.0
    ahead = _ahead(t)
    for at, fraction in enumerate(t.tolist()):
        spent = _spent_beta(fraction, beta)
        error, before = spent - before, spent
        excess = _between(paths, fraction, error)
        top = _FURTHEST
        if excess(top) > 0:
            found[at] = root_between(excess, 0.0, top)
        else:
            found[at] = top
        inner, outer = float(found[at]), float(efficacy[at])
        paths.go_on(fraction, [(-outer, -inner), (inner, outer)] if inner < outer else [], ahead[at])
    return found


def living_state(z: float, boundaries: Boundaries) -> LivingState:
    """Where the latest look stands: `z` at the last of the boundaries' fractions.

    `early, unsafe`: beyond the naive 1.96 alone. `information reached`: full information without crossing.
    """
    if not np.isfinite(z):
        raise BadInput("z is not a number")
    size = abs(z)
    if size >= boundaries.efficacy[-1]:
        return "crosses boundary"
    if boundaries.fractions[-1] >= 1.0:
        return "information reached"
    if size < boundaries.futility[-1]:
        return "futile"
    if size >= float(normal_quantile(1 - boundaries.alpha / 2)):
        return "early, unsafe"
    return "below all"

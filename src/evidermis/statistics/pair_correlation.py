"""The correlation of pairs: reported, derived, or swept over a grid, with the value where the conclusion tips.

Most within-person trials do not report how strongly the two sides of a face correlate, and the standard error hangs on
it. A correlation is *derived* where the SD of the differences can be had; otherwise it is *swept*: no single guess
decides.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.effect_size import effect_size
from evidermis.statistics.pooling import Pooled, pool

__all__ = ["GRID", "Sweep", "correlation_of_pairs", "sweep_correlation"]

# Primary value 0.5, which is conservative for halves of one face, and the grid around it.
GRID = (0.0, 0.3, 0.5, 0.7, 0.9)


def correlation_of_pairs(sd1: float, sd2: float, sd_difference: float) -> float:
    """The correlation that makes two SDs and the SD of their differences agree; `BadInput` where none does."""
    if not (sd1 > 0 and sd2 > 0 and sd_difference >= 0):
        raise BadInput("standard deviations must be above 0")
    r = (sd1**2 + sd2**2 - sd_difference**2) / (2 * sd1 * sd2)
    if abs(r) > 1 + 1e-9:
        raise BadInput(
            f"SDs of {sd1:g} and {sd2:g} cannot have differences with SD {sd_difference:g} (r would be {r:.2f})",
            mend="one of them may be a standard error",
        )
    return float(np.clip(r, -1.0, 1.0))


@dataclass(frozen=True, slots=True)
class Sweep:
    """The fit at each correlation of the grid, and the `tipping` correlations at which the interval touches the
    threshold.

    `is_robust`: the conclusion is the same over the whole grid.
    """

    grid: tuple[float, ...]
    fits: tuple[Pooled, ...]
    tipping: tuple[float, ...]
    is_robust: bool


def sweep_correlation(
    measure: str,
    columns: Mapping[str, npt.ArrayLike],
    *,
    grid: Sequence[float] = GRID,
    threshold: float = 0.0,
    method: str = "REML",
    test: str = "adhoc",
    level: float = 0.95,
) -> Sweep:
    """Pool a within-person `measure` for each correlation of the `grid`.

    Column `ri` may hold the correlations that are known; NaN, or no column, marks those to sweep. `threshold` is the
    effect that matters (0: any). The tipping values are searched between the ends of the grid.
    """
    if len(grid) < 2 or not all(-1 < r < 1 for r in grid):
        raise BadInput("a sweep needs two correlations or more, each between -1 and 1")
    known = np.asarray(columns["ri"], float) if "ri" in columns else np.full(len(np.atleast_1d(columns["m1i"])), np.nan)

    def fit(r: float) -> Pooled:
        y, v = effect_size(measure, {**columns, "ri": np.where(np.isnan(known), r, known)})
        return pool(y, v, method=method, test=test, level=level)

    def side(r: float) -> int:
        found = fit(r)
        return int(found.ci_lower > threshold) - int(found.ci_upper < threshold)

    steps = np.linspace(min(grid), max(grid), 41)
    sides = [side(float(r)) for r in steps]
    tipping = [
        _switch(float(steps[at]), float(steps[at + 1]), sides[at], side)
        for at in range(len(steps) - 1)
        if sides[at] != sides[at + 1]
    ]
    return Sweep(tuple(grid), tuple(fit(r) for r in grid), tuple(tipping), len(set(sides)) == 1)


def _switch(low: float, high: float, at_low: int, side: Callable[[float], int]) -> float:
    for _ in range(40):
        middle = (low + high) / 2
        if side(middle) == at_low:
            low = middle
        else:
            high = middle
    return (low + high) / 2

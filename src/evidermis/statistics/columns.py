"""The columns an effect size is computed from, checked before anything is computed.

A *column* is one array of what papers report, a value a study, under the names that metafor made customary: `m1i`,
`sd1i`, `n1i` (mean, standard deviation and people of group 1, the treated one), `m2i` … (group 2), `ai`/`bi`/`ci`/`di`
(the four cells of a table), `ni` and `ri` (pairs and the correlation within pairs). NaN is a missing value and gives a
missing effect.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.distributions import Array, log_gamma

__all__ = ["Columns", "Settings", "bias_correction", "with_added"]

_NONNEGATIVE = frozenset({"x1i", "x2i", "xi", "sd1i", "sd2i", "sdi"})
_POSITIVE = frozenset({"n1i", "n2i", "ni", "t1i", "t2i"})


@dataclass(frozen=True, slots=True)
class Settings:
    """How zero cells and sampling variances are dealt with.

    `add` (None: one half, or 0 for measures that need none) is added to every cell of the tables chosen by `to`: those
    with a zero cell (`only0`), all when any has one (`if0all`), `all`, or `none`. `drop00` leaves tables out that have
    no events, or only events, in both groups. `vtype` names the variance: `LS` the large-sample form, others as the
    measure's page says.
    """

    add: float | None = None
    to: Literal["only0", "if0all", "all", "none"] = "only0"
    drop00: bool = False
    vtype: str = "LS"


class Columns:
    """Named arrays of equal length; asking for one that is missing or impossible is a `BadInput`."""

    def __init__(self, measure: str, arrays: Mapping[str, npt.ArrayLike | None]) -> None:
        self.measure = measure
        self._arrays = {name: _numbers(name, value) for name, value in arrays.items() if value is not None}

    def __call__(self, *names: str) -> tuple[Array, ...]:
        """The columns of those names, broadcast to one length."""
        missing = [name for name in names if name not in self._arrays]
        if missing:
            raise BadInput(
                f"{self.measure} needs {', '.join(names)}; missing: {', '.join(missing)}", mend="give these columns too"
            )
        found = [self._arrays[name] for name in names]
        lengths = {len(column) for column in found if column.ndim and len(column) != 1}
        if len(lengths) > 1:
            raise BadInput(f"{self.measure}: columns differ in length ({', '.join(map(str, sorted(lengths)))})")
        for name, column in zip(names, found, strict=True):
            _refuse_impossible(name, column)
        return tuple(np.broadcast_arrays(*found))

    def has(self, *names: str) -> bool:
        """Whether all of these columns were given."""
        return all(name in self._arrays for name in names)


def _numbers(name: str, value: npt.ArrayLike) -> Array:
    try:
        column = np.atleast_1d(np.asarray(value, dtype=float))
    except (TypeError, ValueError) as error:
        raise BadInput(f"column {name} holds something that is not a number", place=name) from error
    if column.ndim != 1:
        raise BadInput(f"column {name} must be one value a study", place=name)
    return column


def _refuse_impossible(name: str, column: Array) -> None:
    wrong: npt.NDArray[np.bool_] = np.isinf(column)
    if name in _NONNEGATIVE:
        wrong = wrong | (column < 0)
    if name in _POSITIVE:
        wrong = wrong | (column <= 0)
    if name == "ri":
        wrong = wrong | (np.abs(column) > 1)
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise BadInput(f"{name} cannot be {column[at]:g}", place=f"study {at + 1}", mend="correct the value")


def bias_correction(df: Array) -> Array:
    """Hedges' exact small-sample factor J = Gamma(m/2) / (sqrt(m/2) Gamma((m-1)/2)); NaN where m <= 1 (Hedges 1981)."""
    usable = np.where(df > 1, df, np.nan)
    return np.exp(log_gamma(usable / 2) - 0.5 * np.log(usable / 2) - log_gamma((usable - 1) / 2))


def with_added(settings: Settings, add_by_default: bool, *cells: Array) -> tuple[Array, ...]:
    """The cells after the continuity correction that `settings` ask for."""
    add = (0.5 if add_by_default else 0.0) if settings.add is None else settings.add
    has_zero: npt.NDArray[np.bool_] = np.any(np.stack(cells) == 0, axis=0)
    chosen: dict[str, npt.NDArray[np.bool_]] = {
        "only0": has_zero,
        "if0all": np.full(has_zero.shape, bool(has_zero.any())),
        "all": np.ones(has_zero.shape, bool),
        "none": np.zeros(has_zero.shape, bool),
    }
    if settings.to not in chosen:
        raise BadInput(f"unknown rule for zero cells: {settings.to}", mend=f"use one of {', '.join(chosen)}")
    return tuple(np.where(chosen[settings.to], cell + add, cell) for cell in cells)

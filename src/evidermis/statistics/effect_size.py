"""Effect sizes by name: the measures of this room, the scale each is on, and one function that computes any of them."""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.binary import BINARY
from evidermis.statistics.columns import Columns, Settings
from evidermis.statistics.continuous import PARALLEL, SINGLE
from evidermis.statistics.distributions import Array
from evidermis.statistics.paired import PAIRED
from evidermis.statistics.rates import RATES

__all__ = ["LOG_MEASURES", "MEASURES", "WITHIN_PERSON", "Effects", "effect_size", "scale_of"]

MEASURES: dict[str, Callable[[Columns, Settings], tuple[Array, Array]]] = {
    **PARALLEL,
    **SINGLE,
    **PAIRED,
    **BINARY,
    **RATES,
}
# Measures whose values are logarithms of ratios: exp() of them is what a reader expects to see.
LOG_MEASURES = frozenset(
    {"RR", "OR", "PETO", "ROM", "ROMC", "VR", "CVR", "VRC", "CVRC", "IRR", "IRLN", "MPRR", "MPOR", "MPORC", "MPPETO"}
    | {"MPORM", "MPORE", "PLN", "MNLN", "CVLN", "SDLN", "D2OR", "D2ORL", "D2ORN"}
)
WITHIN_PERSON = frozenset(set(PAIRED) | {"MPRR", "MPOR", "MPRD", "MPORC", "MPPETO", "MPORM", "MPORE"})


class Effects(NamedTuple):
    """One effect a study: `yi` on the measure's scale (log for ratios) and `vi`, its sampling variance; NaN where
    missing.
    """

    yi: Array
    vi: Array


def scale_of(measure: str) -> Literal["log", "natural"]:
    """Whether the measure's values are logarithms of a ratio."""
    return "log" if measure in LOG_MEASURES else "natural"


def effect_size(
    measure: str,
    columns: Mapping[str, npt.ArrayLike] | None = None,
    *,
    add: float | None = None,
    to: Literal["only0", "if0all", "all", "none"] = "only0",
    drop00: bool = False,
    vtype: str = "LS",
    **arrays: npt.ArrayLike | None,
) -> Effects:
    """Effects and sampling variances of `measure` from the columns it needs, given by name or as a mapping; others are
    ignored.

    The measures and their columns are those of `MEASURES`; names of measures and columns follow metafor's `escalc`.
    `add`, `to`, `drop00` and `vtype` are explained at `Settings`. Raises `BadInput` for an unknown measure, a missing
    column or an impossible value.

    >>> y, v = effect_size("SMD", m1i=[5], sd1i=[2], n1i=[20], m2i=[4], sd2i=[2], n2i=[20])
    >>> round(float(y[0]), 4), round(float(v[0]), 4)
    (0.4901, 0.103)
    """
    if measure not in MEASURES:
        raise BadInput(f"unknown measure {measure}", mend=f"use one of {', '.join(sorted(MEASURES))}")
    given = Columns(measure, {**(columns or {}), **arrays})
    with np.errstate(divide="ignore", invalid="ignore"):
        y, v = MEASURES[measure](given, Settings(add=add, to=to, drop00=drop00, vtype=vtype))
    usable = np.isfinite(y) & np.isfinite(v)
    return Effects(np.where(usable, y, np.nan), np.where(usable, v, np.nan))

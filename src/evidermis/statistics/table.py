"""A table of effects as people write it, read into effects that can be pooled, or refused where it can be read two
ways.

Ways to give an effect, one for the whole table:

* `yi` with `vi` (variance) or `sei` (standard error), already on the scale they are pooled on (log for ratios);
* `yi` with `ci_lower` and `ci_upper` on that scale;
* a ratio on its natural scale, `rr`, `or`, `hr`, `irr` or `rom`, with `ci_lower` and `ci_upper`; a bare standard error
  beside a ratio is refused, because it may be of the ratio or of its logarithm;
* the columns of a measure, named by `measure`: means, SDs and people, or counts.

`study` (or `slab`, `author`) names a row, `family` the independent family that it belongs to, `year` its place in time.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.distributions import Array, normal_quantile
from evidermis.statistics.effect_size import effect_size, scale_of

__all__ = ["EffectTable", "LeftOutRow", "effects_from_table"]

_RATIOS = ("rr", "or", "hr", "irr", "rom")
_NAMES = ("study", "slab", "author")
# Names of columns that measures are computed from: m1i, sd2i, ni, ri, x1i …
_NUMERIC = re.compile(r"(?:m|sd|n|x|t)[12]?i|[abcdr]i|sddi")
_MISSING = {"", "na", "nan", "nr", "."}


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A row that was not pooled, and why. `line` counts from 1 for the header."""

    line: int
    study: str
    because: str


@dataclass(frozen=True, slots=True)
class EffectTable:
    """Effects ready to be pooled: their names, families (one each where the table names none), and the scale they are
    on.
    """

    studies: tuple[str, ...]
    families: tuple[str, ...]
    yi: Array
    vi: Array
    years: Array | None
    scale: Literal["log", "natural"]
    measure: str
    left_out: tuple[LeftOutRow, ...]


def effects_from_table(
    rows: Sequence[Mapping[str, str]],
    *,
    measure: str = "",
    scale: Literal["log", "natural"] = "natural",
    level: float = 0.95,
) -> EffectTable:
    """Read rows (column name to cell) as effects. `scale` says what `yi` is on where no measure says it; `level` that
    of the intervals. Raises `BadInput` with the line where a table is ambiguous or impossible."""
    if not rows:
        raise BadInput("the table has no rows", mend="give a header line and one line a study")
    lowered = [{str(key).strip().lower(): cell for key, cell in row.items()} for row in rows]
    header = set(lowered[0])
    names = [_name(row, line) for line, row in enumerate(lowered, 2)]
    if measure:
        y, v, scale = *_computed(lowered, measure), scale_of(measure)
    elif ratio := [name for name in _RATIOS if name in header]:
        y, v = _from_ratio(lowered, header, ratio)
        scale, measure = "log", ratio[0].upper()
    else:
        y, v = _from_estimates(lowered, header, level)
    usable = np.isfinite(y) & np.isfinite(v) & (v > 0)
    left_out = tuple(LeftOutRow(at + 2, names[at], _reason(float(y[at]), float(v[at]))) for at in _positions(~usable))
    kept = _positions(usable)
    families = tuple((lowered[at].get("family") or "").strip() or names[at] for at in kept)
    years = _column(lowered, "year")[kept] if "year" in header else None
    return EffectTable(tuple(names[at] for at in kept), families, y[kept], v[kept], years, scale, measure, left_out)


def _positions(mark: npt.NDArray[np.bool_]) -> list[int]:
    return [int(at) for at in np.flatnonzero(mark)]


def _name(row: Mapping[str, str], line: int) -> str:
    named = next((row[name].strip() for name in _NAMES if row.get(name, "").strip()), "")
    return named or f"line {line}"


def _reason(y: float, v: float) -> str:
    if not np.isfinite(y):
        return "no effect"
    return "no variance" if not np.isfinite(v) else f"variance {v:g} is not above 0"


def _column(rows: Sequence[Mapping[str, str]], name: str) -> Array:
    """A column of numbers; empty cells and NA are missing, an inequality or anything else is refused with its line."""
    values: list[float] = []
    for line, row in enumerate(rows, 2):
        cell = (row.get(name) or "").strip()
        if cell.lower() in _MISSING:
            values.append(np.nan)
            continue
        try:
            value = float(cell)
        except ValueError:
            raise BadInput(
                f"{name} is {cell[:40]!r}, not a number",
                place=f"line {line}",
                mend="an inequality bounds a value and is none: leave the cell empty",
            ) from None
        if np.isinf(value):
            raise BadInput(f"{name} is infinite", place=f"line {line}")
        values.append(value)
    return np.array(values)


def _computed(rows: Sequence[Mapping[str, str]], measure: str) -> tuple[Array, Array]:
    columns = {name: _column(rows, name) for name in rows[0] if _NUMERIC.fullmatch(name)}
    effects = effect_size(measure, columns)
    return effects.yi, effects.vi


def _from_ratio(rows: Sequence[Mapping[str, str]], header: set[str], ratio: list[str]) -> tuple[Array, Array]:
    if len(ratio) > 1:
        raise BadInput(f"the table has {' and '.join(ratio)}", place="header", mend="pool one measure at a time")
    if not {"ci_lower", "ci_upper"} <= header:
        raise BadInput(
            f"{ratio[0]} is a ratio on its natural scale and has no confidence interval",
            place="header",
            mend="give ci_lower and ci_upper, or the log ratio as yi with sei",
        )
    if header & {"vi", "sei", "yi"}:
        raise BadInput(
            f"{ratio[0]} stands beside {', '.join(sorted(header & {'vi', 'sei', 'yi'}))}: which is meant?",
            place="header",
            mend="keep either the ratio with its interval or the log ratio with its error",
        )
    y, low, high = (_column(rows, name) for name in (ratio[0], "ci_lower", "ci_upper"))
    for at in np.flatnonzero((y <= 0) | (low <= 0) | (high <= 0)):
        raise BadInput("a ratio and its interval are above 0", place=f"line {at + 2}", mend="is it a log ratio?")
    return _with_interval(np.log(y), np.log(low), np.log(high), 0.95)


def _from_estimates(rows: Sequence[Mapping[str, str]], header: set[str], level: float) -> tuple[Array, Array]:
    given = [name for name in ("vi", "sei") if name in header]
    has_interval = {"ci_lower", "ci_upper"} <= header
    if "yi" not in header:
        raise BadInput(
            "there is no column of effects", place="header", mend="name it yi, or rr, or, hr …, or give --measure"
        )
    if len(given) + has_interval > 1:
        raise BadInput(
            "the table gives the error more than once", place="header", mend="keep one of vi, sei, or the interval"
        )
    y = _column(rows, "yi")
    if given == ["vi"]:
        return y, _column(rows, "vi")
    if given == ["sei"]:
        return y, _column(rows, "sei") ** 2
    if has_interval:
        return _with_interval(y, _column(rows, "ci_lower"), _column(rows, "ci_upper"), level)
    raise BadInput(
        "effects without error cannot be weighed",
        place="header",
        mend="give vi (variance), sei (SE), or ci_lower and ci_upper",
    )


def _with_interval(y: Array, low: Array, high: Array, level: float) -> tuple[Array, Array]:
    for at in np.flatnonzero((low > y) | (high < y)):
        raise BadInput("the effect lies outside its own interval", place=f"line {at + 2}", mend="check the numbers")
    return y, ((high - low) / (2 * float(normal_quantile((1 + level) / 2)))) ** 2

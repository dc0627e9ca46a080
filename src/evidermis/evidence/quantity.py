"""Quantities that tell the truth about themselves.

A number from a paper is `Known`, a `Bound` (p < 0.01 is an inequality, not the number 0.01), `Unknown`, or a `Conflict`
between sources. Only `Known` has a `value`, so arithmetic on anything else is a type error, not a silent guess.
"""

import math
import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from evidermis.evidence.written import written

__all__ = ["Bound", "Conflict", "Figure", "Known", "Number", "Quantity", "Stated", "Unknown", "known", "number_from"]

_RELATION = re.compile(r"\s*(<=|>=|<|>|≤|≥)\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*")
_SIGNS: dict[str, Literal["<", "<=", ">", ">="]] = {"≤": "<=", "≥": ">=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}


@written
class Known:
    """One value, as reported."""

    value: float

    def __str__(self) -> str:
        return f"{self.value:g}"


@written
class Bound:
    """An inequality, as reported. It limits a value and never stands in for one."""

    relation: Literal["<", "<=", ">", ">="]
    limit: float

    def __str__(self) -> str:
        return f"{self.relation} {self.limit:g}"


@written
class Unknown:
    """Not reported, or not read yet."""

    because: str = "not reported"

    def __str__(self) -> str:
        return "unknown"


@written
class Stated:
    """What one source says in a conflict: a quantity, or words where it gives no number. `at` is a locator id."""

    at: str
    quantity: Known | Bound | None = None
    words: str = ""

    def __str__(self) -> str:
        return str(self.quantity) if self.quantity else self.words


@written
class Conflict:
    """Sources that disagree, with one another or with arithmetic.

    It has no value until a person settles it, so it cannot be pooled by accident.
    """

    stated: tuple[Stated, ...]
    because: str = ""

    def __str__(self) -> str:
        return "conflict: " + " against ".join(str(s) for s in self.stated)


Quantity = Known | Bound | Unknown | Conflict


@written
class Figure:
    """A quantity and the locator it was read at (`""`: the locators of the finding that holds it)."""

    quantity: Quantity
    at: str = ""
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.quantity}{' ' + self.unit if self.unit else ''}"


def known(figure: Figure | None) -> float | None:
    """The value of a figure that is known; None for a bound, an unknown, a conflict and no figure at all."""
    return figure.quantity.value if figure is not None and isinstance(figure.quantity, Known) else None


def number_from(written_as: Any) -> Any:
    """Turn the ways people write a number into the parts of a `Figure`.

    `0.005`, `"<0.01"`, `"unknown"`, `{ value = 12.5, unit = "%", at = "abstract" }`, `{ unknown = "why" }`,
    `{ conflict = [{ value = 0.37, at = "a" }, { words = "greater improvement", at = "b" }], because = "…" }`.
    Anything else is passed on for the validator to refuse.
    """
    if isinstance(written_as, bool):
        return written_as
    if isinstance(written_as, int | float | str):
        return {"quantity": _quantity(written_as)}
    if not isinstance(written_as, dict):
        return written_as
    parts: dict[str, Any] = dict(written_as)  # pyright: ignore[reportUnknownArgumentType]
    if "conflict" in parts:
        stated = [_stated(s) for s in parts.pop("conflict")]
        parts["quantity"] = {"stated": stated, "because": parts.pop("because", "")}
    elif "unknown" in parts:
        parts["quantity"] = {"because": parts.pop("unknown")}
    elif "value" in parts:
        parts["quantity"] = _quantity(parts.pop("value"))
    return parts


def _stated(written_as: Any) -> Any:
    if not isinstance(written_as, dict):
        return written_as
    parts: dict[str, Any] = dict(written_as)  # pyright: ignore[reportUnknownArgumentType]
    if "value" in parts:
        parts["quantity"] = _quantity(parts.pop("value"))
    return parts


def _quantity(written_as: Any) -> Any:
    if isinstance(written_as, str):
        if written_as.strip().lower() in ("unknown", "not reported"):
            return {"because": "not reported"}
        if found := _RELATION.fullmatch(written_as):
            return {"relation": _SIGNS[found[1]], "limit": found[2]}
    if isinstance(written_as, float) and not math.isfinite(written_as):
        return {"value": "a number that is not finite"}
    return {"value": written_as}


# What a field of a finding is declared as: a `Figure`, in any of the ways people write one.
Number = Annotated[Figure, BeforeValidator(number_from)]

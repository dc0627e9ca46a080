"""A *result*: figures that belong together, with what they are figures of. Every member carries its own words.

What no words tie to the figures is left out: a result without an arm does not say whose figures these are, and nobody guesses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from evidermis.reading.text import Quote

__all__ = ["Figure", "Result", "TellsWhat", "Told"]

# `arm` and `against` are groups in the report's words; `part` is a part of the outcome (a subscale, a category); `contrast` is
# `between-groups` or `within-group`; `rank` is primary or secondary.
TellsWhat = Literal[
    "outcome", "part", "instrument", "time", "arm", "against", "analysed", "contrast", "direction", "unit", "rank", "test",
    "subgroup",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One thing a report says of a figure or a trial: `what`, its `value` in plain words or a code, and its words."""

    what: str
    value: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a result: `mean`, `sd`, `se`, `median`, `iqr-low`, `events`, `total`, `percent`, `p`, `ci-low` …

    `value` is the number as text, with its relation where it is a bound (`<0.001`).
    """

    what: str
    value: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Result:
    """Figures with their context. `rule` names what tied them together; `place` is where they stand as a whole."""

    rule: str
    figures: tuple[Figure, ...]
    told: tuple[Told, ...]

    def of(self, what: TellsWhat) -> Told | None:
        """The first that was told of one kind."""
        return next((one for one in self.told if one.what == what), None)

    def quotes(self) -> Iterator[Quote]:
        """The words of every member."""
        yield from (one.quote for one in self.figures)
        yield from (one.quote for one in self.told)

"""The number of people in a group, and whether the group is the comparison."""

from dataclasses import dataclass
from typing import Literal

from evidermis.reading.text import Quote

__all__ = ["ArmCount", "Role"]

Role = Literal["intervention", "control"]


@dataclass(frozen=True, slots=True)
class ArmCount:
    """The number of people in one group. `comparator` is the comparator ladder's rung where the name tells it."""

    role: Role
    value: int
    label: str
    comparator: str
    quote: Quote

"""Two records that belong together, or may, and why."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["RecordLink"]


@dataclass(frozen=True, slots=True)
class RecordLink:
    """`one` and `other` are record ids. *publication*: two entries of one publication; *study*: two reports of one study.

    `made` is False for a pair that a person should look at.
    """

    one: str
    other: str
    level: Literal["publication", "study"]
    made: bool
    reasons: tuple[str, ...]

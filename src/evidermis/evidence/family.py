"""An *evidence family*: studies that are not independent of one another, and why."""

from dataclasses import dataclass

__all__ = ["Family"]


@dataclass(frozen=True, slots=True)
class Family:
    """Named after its first study. A study alone is a family of one, without reasons."""

    id: str
    studies: tuple[str, ...]
    reasons: tuple[str, ...]

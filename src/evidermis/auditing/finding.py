"""What the auditor finds: a rule, where it applies, why, and what to write instead."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["SEVERITIES", "Finding", "Found", "Severity"]

Severity = Literal["low", "medium", "high"]
SEVERITIES: tuple[Severity, ...] = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Found:
    """Where a rule applies and why. `line` counts from 1; `start` and `end` are characters of the block that begins there."""

    statement: str
    line: int
    start: int
    end: int
    excerpt: str
    reason: str
    suggestion: str
    references: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's finding in an article."""

    rule: str
    version: int
    kind: str
    severity: Severity
    statement: str
    line: int
    start: int
    end: int
    excerpt: str
    reason: str
    suggestion: str
    references: tuple[int, ...]

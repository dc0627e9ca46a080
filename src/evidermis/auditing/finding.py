"""What the auditor finds: a rule, where it applies, why, and what to write instead."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from evidermis.auditing.case import Case

__all__ = ["SEVERITIES", "Finding", "Found", "Rule", "Severity"]

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
class Rule:
    """One named, versioned rule. `kind` is the kind of defect, `about` says it in one sentence, `find` applies it."""

    id: str
    version: int
    kind: str
    severity: Severity
    about: str
    find: "Callable[[Case], Iterable[Found]]"


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

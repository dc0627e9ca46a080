"""What a rule is: a name, a version, a kind of defect, and a function from a case to where it applies."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evidermis.auditing.case import Case
from evidermis.auditing.finding import Found, Severity

__all__ = ["Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One named, versioned rule. `kind` is the kind of defect, `about` says it in one sentence, `find` applies it."""

    id: str
    version: int
    kind: str
    severity: Severity
    about: str
    find: Callable[[Case], Iterable[Found]]

"""A *fault*: something in a review folder that its author can mend, with the place to mend it."""

from dataclasses import dataclass

from evidermis.evidence.errors import BadInput

__all__ = ["Fault", "refuse"]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """`file` is relative to the review folder, `line` counts from 1, `key` is the path of keys, `rule` names the check."""

    file: str
    line: int
    key: str
    rule: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key + ': ' if self.key else ''}{self.what}; {self.mend}"


def refuse(faults: list[Fault]) -> BadInput:
    """The error for work that cannot start: the first fault, and how many more there are."""
    first = min(faults)
    more = f" ({len(faults) - 1} more; `evidermis check` lists them all)" if len(faults) > 1 else ""
    return BadInput(first.what, file=f"{first.file}:{first.line}", place=first.key, mend=first.mend + more)

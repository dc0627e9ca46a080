"""How long work tells of itself. The command line draws it, a server sends it on, a test keeps a list."""

from typing import Protocol

from evidermis.evidence.written import written

__all__ = ["Notice", "Observer", "silent"]


@written
class Notice:
    """Where the work is: `done` of `total` steps (0: not known) of a stage, and what is being done."""

    stage: str
    what: str = ""
    done: int = 0
    total: int = 0


class Observer(Protocol):
    """Anything that can be told."""

    def __call__(self, notice: Notice, /) -> None:
        """Take notice."""
        ...


def silent(notice: Notice, /) -> None:
    """Tells nobody."""

"""The door that readers come in by: ours and others', found by the entry points `evidermis.readers`.

An entry point is called without arguments and gives a reader. What a stranger's reader proposes is held to its quotes.
"""

from importlib.metadata import entry_points

from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import Record
from evidermis.reading import READERS, Facts, Reader, verified

__all__ = ["HeldToItsQuotes", "reader_called", "reader_names"]


class HeldToItsQuotes:
    """A reader whose values count only where their quotes stand in the record."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @property
    def name(self) -> str:
        """The reader's own name and version."""
        return self._reader.name

    def read(self, record: Record) -> Facts:
        """The facts whose quotes stand in the record; the others are in `apart`."""
        return verified(self._reader.read(record), record)


def reader_names() -> list[str]:
    """The readers that are installed, in alphabetical order."""
    return sorted(one.name for one in entry_points(group=READERS))


def reader_called(name: str) -> Reader:
    """The installed reader of that name, held to its quotes. `BadInput` where there is none."""
    found = [one for one in entry_points(group=READERS) if one.name == name]
    if not found:
        known = ", ".join(reader_names())
        raise BadInput(
            f"no reader is called {name!r}", mend=f"use one of {known}, or install the package that brings it"
        )
    made: Reader = found[0].load()()
    return HeldToItsQuotes(made)

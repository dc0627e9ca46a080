"""Entries of the annexes of Regulation (EC) 1223/2009 that name an ingredient, from the user's own copy of the annexes.

An entry is information with the date of the copy. That a name is not found means nothing: annexes name substances in many
ways, and groups of substances by none.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from evidermis.evidence.errors import BadInput

__all__ = ["ABSENCE", "AnnexEntry", "Annexes", "annexes"]

ABSENCE = "absence means nothing"
_ANNEX = re.compile(r"ANNEX\s+([IVX]+)", re.IGNORECASE)
_UPDATED = re.compile(r"Last update:\s*([\d/.-]+)", re.IGNORECASE)
# The columns that hold names, by how they begin; several names stand in one cell.
_NAMES = ("chemical name / inn", "name of common ingredients glossary", "identified ingredients", "colour index number")
_MOST = 200  # of one cell; longer ones are sentences about groups


@dataclass(frozen=True, slots=True)
class AnnexEntry:
    """One entry: the annex (`II`), its reference number, the name that was found, and the date of the copy as printed."""

    annex: str
    number: str
    name: str
    updated: str


class Annexes:
    """Entries by name."""

    def __init__(self, entries: Iterable[AnnexEntry]) -> None:
        self._entries: dict[str, list[AnnexEntry]] = {}
        for one in entries:
            self._entries.setdefault(_plain(one.name), []).append(one)

    def __len__(self) -> int:
        return len(self._entries)

    def entries(self, name: str) -> tuple[AnnexEntry, ...]:
        """The entries that name it; none is no clearance."""
        return tuple(dict.fromkeys(self._entries.get(_plain(name), ())))


def annexes(texts: Iterable[str]) -> Annexes:
    """Annexes from the texts of the Commission's CSV exports. `BadInput` for a text without its heading or its columns."""
    return Annexes(entry for text in texts for entry in _entries(text))


def _entries(text: str) -> list[AnnexEntry]:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    head = next((at for at, row in enumerate(rows) if row and row[0].strip().casefold() == "reference number"), None)
    before = " ".join(cell for row in rows[: head or 0] for cell in row)
    annex, updated = _ANNEX.search(before), _UPDATED.search(before)
    if head is None or annex is None or updated is None:
        raise BadInput("this is no export of an annex", mend="give the CSV file of an annex as CosIng exports it")
    columns = [at for at, cell in enumerate(rows[head]) if cell.strip().casefold().startswith(_NAMES)]
    found: list[AnnexEntry] = []
    for row in rows[head + 1 :]:
        for cell in (row[at] for at in columns if at < len(row)):
            names = re.split(r"\s*[;\n]\s*", cell) if len(cell) <= _MOST else cell.split("\n")
            found += [AnnexEntry(annex[1], row[0].strip(), name.strip(), updated[1]) for name in names if name.strip()]
    return found


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\s*\(INN\)", "", name.casefold())).strip(" .")

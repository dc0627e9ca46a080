"""The *content* of a record: what its source gave beyond the bibliographic parts, each text at its place.

A registration is a list of named values, an article of paragraphs and tables. A *place* names one text for good: the JSON path
of a registry's value, the path of a paragraph, the row and column of a cell. So a quote needs no more than a place and a span.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from evidermis.evidence.record import Record

__all__ = ["Cell", "Content", "Part", "Table"]


@dataclass(frozen=True, slots=True)
class Part:
    """One text and its place; `section` holds the headings above it, outermost first, parted by ` > `."""

    place: str
    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its first row and column (from 1), how many it spans, and whether it heads others."""

    place: str
    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid of cells, with its caption and the notes under it. `head_rows` of its rows stand in its head."""

    place: str
    caption: Part
    cells: tuple[Cell, ...]
    head_rows: int = 0
    notes: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A record with all the texts that its source gave of it. Most sources give the record alone."""

    record: Record
    parts: tuple[Part, ...] = ()
    tables: tuple[Table, ...] = ()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text beyond the record's own, with its place."""
        for part in self.parts:
            yield part.place, part.text
        for table in self.tables:
            yield table.caption.place, table.caption.text
            yield from ((cell.place, cell.text) for cell in table.cells)
            yield from ((note.place, note.text) for note in table.notes)

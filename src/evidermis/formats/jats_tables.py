"""A table of JATS as a grid: each cell at its row and column, spans minded, footnotes and caption beside it."""

from collections.abc import Iterator

from evidermis.evidence.content import Cell, Part, Table
from evidermis.formats.jats_text import children, local_name, text_of
from evidermis.formats.xml_entries import Element

__all__ = ["TooLarge", "table_of"]

# No printed table spans or holds more; what does is an attack or a broken file.
_MOST_COLUMNS = 200
_MOST_PLACES = 100_000


class TooLarge(ValueError):
    """A table of more places than any printed one has."""


def table_of(wrap: Element, place: str) -> Table | None:
    """The table of a `table-wrap`; None where it holds only a picture. `TooLarge` where it spans beyond all measure."""
    grid = next((one for one in wrap.iter() if local_name(one) == "table"), None)
    if grid is None:
        return None
    cells: list[Cell] = []
    taken: dict[int, set[int]] = {}
    head_rows = places = 0
    lines = list(_rows(grid))
    for number, (row, is_head) in enumerate(lines, 1):
        head_rows = number if is_head else head_rows
        column = 1
        for cell in children(row, "td", "th"):
            busy = taken.setdefault(number, set())
            while column in busy:
                column += 1
            # A cell ends with its table, as HTML has it, however far it says it goes.
            rows = min(_span(cell, "rowspan"), len(lines) - number + 1)
            columns = min(_span(cell, "colspan"), _MOST_COLUMNS)
            places += rows * columns
            if places > _MOST_PLACES:
                raise TooLarge("a table has more places than any table")
            for below in range(number, number + rows):
                taken.setdefault(below, set()).update(range(column, column + columns))
            text = text_of(cell)
            is_heading = is_head or local_name(cell) == "th"
            cells.append(Cell(f"{place}/r{number}c{column}", number, column, text, rows, columns, is_heading))
            column += columns
        taken.pop(number - 1, None)
    label = next((text_of(one) for one in children(wrap, "label")), "")
    caption = " ".join(filter(None, (text_of(one) for one in children(wrap, "caption"))))
    notes = tuple(
        Part(f"{place}/note[{number}]", text)
        for number, text in enumerate((t for foot in children(wrap, "table-wrap-foot") for t in _notes(foot)), 1)
    )
    return Table(place, Part(f"{place}/caption", caption, label), tuple(cells), head_rows, notes)


def _rows(grid: Element) -> Iterator[tuple[Element, bool]]:
    """Each row, and whether it stands in the head."""
    for part in grid:
        name = local_name(part)
        if name == "tr":
            yield part, False
        elif name in ("thead", "tbody", "tfoot"):
            for row in children(part, "tr"):
                yield row, name == "thead"


def _span(cell: Element, name: str) -> int:
    told = (cell.get(name) or "1").strip()
    return max(1, int(told)) if told.isascii() and told.isdecimal() and len(told) < 9 else 1


def _notes(foot: Element) -> Iterator[str]:
    """The notes under a table, one a footnote or paragraph."""
    for one in foot:
        if local_name(one) == "fn":
            label = " ".join(text_of(part) for part in children(one, "label"))
            rest = " ".join(text_of(part) for part in one if local_name(part) != "label")
            text = f"{label} {rest}".strip()
        else:
            text = text_of(one)
        if text:
            yield text

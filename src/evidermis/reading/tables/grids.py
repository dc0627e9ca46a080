"""Which headings belong to a cell: those above it, outermost first, the names of its row, and the heading of its block of rows.

A block's heading is a row that says only one thing. A row without a name bears the one above it. The columns that name rows are
those from the left that hold no numbers.
"""

from dataclasses import dataclass

from evidermis.evidence.content import Cell, Table

__all__ = ["Headed", "headed_cells"]

# No printed table heads a column so often; with a head of thousands of rows each cell would repeat them all.
_MOST_ABOVE = 12


@dataclass(frozen=True, slots=True)
class Headed:
    """A cell of figures with its headings: `above` from the top down, `beside` from the block's heading to the nearest name.

    `corner` heads the column of names.
    """

    cell: Cell
    above: tuple[Cell, ...]
    beside: tuple[Cell, ...]
    corner: Cell | None = None


def headed_cells(table: Table) -> tuple[Headed, ...]:
    """Every cell that holds a digit and heads nothing, with its headings, row by row."""
    rows = _rows(table)
    if not rows:
        return ()
    head = _head_rows(table, rows)
    stubs = _stub_columns(rows, head)
    columns = _columns_above(table, head)
    found: list[Headed] = []
    corner = next(reversed(columns.get(stubs, ())), None)
    block: Cell | None = None
    names: tuple[Cell, ...] = ()
    for number in sorted(rows):
        if number <= head:
            continue
        cells = rows[number]
        filled = [cell for cell in cells if cell.text]
        if (
            len(filled) == 1
            and filled[0].row == number
            and not _is_figure(filled[0])
            and len(cells) + filled[0].columns > 2
        ):
            block, names = filled[0], ()
            continue
        named = tuple(cell for cell in filled if cell.column <= stubs)
        names = named or names
        beside = (block, *names) if block else names
        found += [
            Headed(cell, columns.get(cell.column, ()), _along(cell, beside, block), corner)
            for cell in filled
            if cell.column > stubs
            and cell.row == number
            and _has_digit(cell)
            and not (cell.is_head and not _is_figure(cell))
        ]
    return tuple(found)


def _along(cell: Cell, beside: tuple[Cell, ...], block: Cell | None) -> tuple[Cell, ...]:
    """The names that stand beside all the rows that a cell covers."""
    if cell.rows == 1:
        return beside
    end = cell.row + cell.rows
    return tuple(one for one in beside if one is block or (one.row <= cell.row and one.row + one.rows >= end))


def _rows(table: Table) -> dict[int, list[Cell]]:
    """The cells that cover each row, from the left; a cell that spans rows stands in each."""
    last = max((cell.row for cell in table.cells), default=0)
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        for number in range(cell.row, min(cell.row + cell.rows, last + 1)):
            rows.setdefault(number, []).append(cell)
    return {number: sorted(cells, key=lambda cell: cell.column) for number, cells in rows.items()}


def _head_rows(table: Table, rows: dict[int, list[Cell]]) -> int:
    """How many rows stand in the head: those marked so, else the first rows of headings or without figures."""
    if table.head_rows:
        return table.head_rows
    head = 0
    for number in sorted(rows):
        cells = [cell for cell in rows[number] if cell.text]
        if number > 3 or not cells or not (all(c.is_head for c in cells) or not any(map(_is_figure, cells[1:]))):
            break
        if len(cells) == 1 and head:
            break
        head = number
    return head


def _stub_columns(rows: dict[int, list[Cell]], head: int) -> int:
    """The last of the columns that name rows; at least the first."""
    with_figures = {
        cell.column
        for number, cells in rows.items()
        if number > head
        for cell in cells
        if cell.column > 1 and _is_figure(cell)
    }
    return min(with_figures, default=2) - 1


def _columns_above(table: Table, head: int) -> dict[int, tuple[Cell, ...]]:
    """The headings over each column, from the top down, each once."""
    above: dict[int, list[Cell]] = {}
    for cell in sorted((c for c in table.cells if c.row <= head and c.text), key=lambda c: (c.row, c.column)):
        for column in range(cell.column, cell.column + cell.columns):
            above.setdefault(column, []).append(cell)
    return {column: tuple(cells[-_MOST_ABOVE:]) for column, cells in above.items()}


def _has_digit(cell: Cell) -> bool:
    return any(letter.isdigit() for letter in cell.text)


def _is_figure(cell: Cell) -> bool:
    """Whether a cell is numbers more than words."""
    text = cell.text
    begins = text[:1].isalpha() and text[:1] not in "pP"
    return _has_digit(cell) and not begins and sum(letter.isalpha() for letter in text) <= 3

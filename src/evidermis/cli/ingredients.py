"""`evidermis ingredients`: what printed ingredient lists name, against your own copy of an inventory of names."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from evidermis.appraisal.ingredients import (
    ABSENCE,
    AnnexEntry,
    Annexes,
    Carrying,
    Inventory,
    Match,
    annexes,
    carrying,
    matched,
)
from evidermis.cli.printing import print_json, say
from evidermis.cli.tables import bytes_of, rows_in
from evidermis.evidence.errors import BadInput

verb = typer.Typer()
_NONE: Carrying = "none"
_NAMES = ("inci_name", "inci name", "inci", "name")
_LISTS = ("ingredients", "inci", "list")


@verb.command()
def ingredients(
    lists: Annotated[Path, typer.Argument(help="A table (CSV) with a column `ingredients`, one product a line.")],
    inventory: Annotated[
        Path, typer.Option(help="Names of ingredients: a table with a column inci_name, as CosIng has.")
    ],
    annex: Annotated[
        list[Path] | None, typer.Option(help="A CSV export of an annex of EU 1223/2009; may be repeated.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON array.")] = False,
) -> None:
    """Match every mention of every list, and say which are vesicles. A list that is prose or several lists is left unread.

    Example: evidermis ingredients products.csv --inventory cosing.csv --annex annex_II.csv
    """
    names = Inventory(_column(inventory, _NAMES))
    held = annexes(bytes_of(path).decode("utf-8", "replace") for path in annex) if annex else Annexes(())
    lists_told = [_told(text, names, held) for text in _column(lists, _LISTS)]
    if as_json:
        print_json([asdict(one) for one in lists_told])
        return
    for number, one in enumerate(lists_told, 1):
        say(f"{number}: {_line(one)}")
    if annex:
        say(f"annexes as of the copies given; {ABSENCE}")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A mention, what it stands for, what it says of vesicles, and the annex entries that name it."""

    mention: str
    names: tuple[str, ...]
    how: str
    carrying: Carrying
    annexes: tuple[AnnexEntry, ...]


@dataclass(frozen=True, slots=True)
class _List:
    unread: str
    mentions: tuple[_Mention, ...]


def _line(one: _List) -> str:
    found = {
        "vesicles": [m.mention for m in one.mentions if m.carrying == "vesicles"],
        "nobody can tell": [m.mention for m in one.mentions if m.how == "unresolved"],
        "in an annex": [f"{m.mention} (annex {e.annex}, {e.number})" for m in one.mentions for e in m.annexes],
    }
    parts = [f"unread: {one.unread}" if one.unread else f"{len(one.mentions)} ingredients"]
    return "; ".join(parts + [f"{title}: {', '.join(some)}" for title, some in found.items() if some])


def _told(text: str, names: Inventory, held: Annexes) -> _List:
    found, matches = matched(text, names)
    return _List(found.unread, tuple(_mention(one, held) for one in matches))


def _mention(one: Match, held: Annexes) -> _Mention:
    kinds: list[Carrying] = [kind for name in (*one.names, one.mention) if (kind := carrying(name)) != "none"]
    entries = [entry for name in one.names or (one.mention,) for entry in held.entries(name)]
    return _Mention(one.mention, one.names, one.how, (*kinds, _NONE)[0], tuple(entries))


def _column(file: Path, names: tuple[str, ...]) -> list[str]:
    rows = list(rows_in(file))
    column = next((name for name in names if rows and name in rows[0]), "")
    if not column:
        raise BadInput("has no column to read", file=str(file), mend=f"name it one of: {', '.join(names)}")
    return [row.get(column, "") for row in rows]

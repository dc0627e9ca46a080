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
from evidermis.evidence.record import Record
from evidermis.formats import read
from evidermis.formats.beautyfacts import INGREDIENTS

verb = typer.Typer()
_NONE: Carrying = "none"
_NAMES = ("inci_name", "inci name", "inci", "name")
_LISTS = ("ingredients", "inci", "list")


@verb.command()
def ingredients(
    lists: Annotated[
        Path,
        typer.Argument(help="A table (CSV) with a column `ingredients`, or a harvested page of Open Beauty Facts."),
    ],
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
    lists_told = [_told(product, text, names, held) for product, text in _printed(lists)]
    if as_json:
        print_json([asdict(one) for one in lists_told])
        return
    for number, one in enumerate(lists_told, 1):
        say(f"{number}{f' ({one.product})' if one.product else ''}: {_line(one)}")
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
    product: str = ""


def _line(one: _List) -> str:
    found = {
        "vesicles": [m.mention for m in one.mentions if m.carrying == "vesicles"],
        "nobody can tell": [m.mention for m in one.mentions if m.how == "unresolved"],
        "in an annex": [f"{m.mention} (annex {e.annex}, {e.number})" for m in one.mentions for e in m.annexes],
    }
    parts = [f"unread: {one.unread}" if one.unread else f"{len(one.mentions)} ingredients"]
    return "; ".join(parts + [f"{title}: {', '.join(some)}" for title, some in found.items() if some])


def _printed(file: Path) -> list[tuple[str, str]]:
    """The lists of a file, each with its product's name where the file tells it. A product without a list is left out."""
    content = bytes_of(file)
    if content[:2] != b"\x1f\x8b" and content.lstrip()[:1] != b"{":
        return [("", text) for text in _column(file, _LISTS)]
    found = [one for one in read(content, str(file)) if isinstance(one, Record) and one.kind == "product"]
    if not found:
        raise BadInput("holds no products", file=str(file), mend="give a table, or a page of Open Beauty Facts")
    return [(one.title or one.source_id, s.text) for one in found for s in one.abstract if s.label == INGREDIENTS]


def _told(product: str, text: str, names: Inventory, held: Annexes) -> _List:
    found, matches = matched(text, names)
    return _List(found.unread, tuple(_mention(one, held) for one in matches), product)


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

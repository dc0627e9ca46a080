"""Open Beauty Facts: products as its search gives them (https://openfoodfacts.github.io/openfoodfacts-server/api/).

A product is a record of kind `product`: its printed ingredients stand as the section *Ingredients*, its barcode as its name.
People typed them in from packages; that a product is not there, or has no ingredients there, says nothing.
"""

import datetime
from collections.abc import Iterator

from evidermis.evidence.record import Identifier, Record, Section
from evidermis.formats.identifiers import split_list
from evidermis.formats.json_entries import Json, entries_of, text_in
from evidermis.formats.lines import Chunks
from evidermis.formats.markup import plain_text
from evidermis.formats.unreadable import Unreadable

__all__ = ["INGREDIENTS", "read_beautyfacts"]

INGREDIENTS = "Ingredients"


def read_beautyfacts(chunks: Chunks, name: str) -> Iterator[Record | Unreadable]:
    """Every product in its order."""
    for number, line, entry in entries_of(chunks, name, ("products",)):
        if isinstance(entry, Unreadable):
            yield entry
            continue
        record = _record(entry)
        is_empty = not (record.title or record.abstract)
        yield Unreadable(name, number, line, "the product has neither a name nor ingredients") if is_empty else record


def _record(product: Json) -> Record:
    code = text_in(product, "code")
    printed = plain_text(text_in(product, "ingredients_text", "ingredients_text_en"))
    changed = _day(text_in(product, "last_modified_t"))
    told = (
        ("Quantity", text_in(product, "quantity")),
        ("Countries", text_in(product, "countries")),
        ("Labels", text_in(product, "labels")),
        ("Last changed", changed),
    )
    return Record(
        title=plain_text(text_in(product, "product_name", "product_name_en")),
        source="openbeautyfacts",
        source_id=code,
        kind="product",
        abstract=(Section(printed, INGREDIENTS),) if printed else (),
        identifiers=(Identifier("gtin", code),) if code else (),
        keywords=split_list(text_in(product, "categories")),
        language=text_in(product, "lang"),
        publisher=plain_text(text_in(product, "brands")),
        url=f"https://world.openbeautyfacts.org/product/{code}" if code.isdigit() else "",
        notes=tuple(f"{name}: {plain_text(text)}" for name, text in told if text),
    )


def _day(seconds: str) -> str:
    """The day of a time in seconds since 1970; `""` where it is none."""
    try:
        return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""

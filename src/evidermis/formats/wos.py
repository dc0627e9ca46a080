"""Web of Science tagged text (`FN … VR … PT … ER … EF`): two-letter tags, continuation lines indented by three.

No kept library reads it. Tags: Clarivate, "Web of Science Core Collection field tags".
"""

from collections.abc import Iterable, Iterator, Mapping

from evidermis.evidence.record import Author, Record, Section
from evidermis.formats.dates import iso_date, year_of
from evidermis.formats.identifiers import author_of, identifiers_of, registrations_in
from evidermis.formats.lines import REFUSED
from evidermis.formats.unreadable import RECORD_LIMIT, Unreadable

__all__ = ["read_wos"]

# What becomes part of the record, and the bookkeeping of the index itself (cited references, counts, codes). All else is a note.
_PLACED = frozenset((
    "PT", "AU", "AF", "TI", "SO", "JI", "J9", "PY", "PD", "VL", "IS", "BP", "EP", "AB", "DI", "PM", "SN", "EI", "UT", "DT",
    "DE", "ID", "FU", "LA", "PU", "C1", "CR", "NR", "TC", "Z9", "U1", "U2", "GA", "DA", "PG",
))  # fmt: skip
_KINDS = {"J": "article", "S": "chapter", "B": "other", "C": "conference-abstract", "P": "other"}


def read_wos(lines: Iterable[str], name: str) -> Iterator[Record | Unreadable]:
    """Every entry in its order."""
    fields: dict[str, list[str]] = {}
    values: list[str] | None = None
    number, start, size, refused = 0, 0, 0, ""
    for line_number, line in enumerate(lines, 1):
        if line.startswith(REFUSED):
            refused = refused or line[1:]
            continue
        text = line.lstrip("\ufeff")
        tag, value = text[:2], text[3:].strip()
        if tag in {"FN", "VR", "EF"} and not fields:
            continue
        if tag == "ER" or (tag == "PT" and fields):
            if fields or refused:
                number += 1
                yield _made(fields, refused, name, number, start)
            fields, values, start, size, refused = {}, None, 0, 0, ""
            if tag == "ER":
                continue
        if tag == "  " and values is not None:
            values.append(value)
        elif len(tag) == 2 and tag.isalnum() and tag.isupper() and text[2:3] in {" ", ""}:
            start = start or line_number
            values = fields.setdefault(tag, [])
            values.append(value)
        elif text.strip():
            start = start or line_number
            refused = refused or f"line {line_number} has no tag: {text.strip()[:60]!r}"
        size += len(text)
        if size > RECORD_LIMIT:
            fields, values, size, refused = {"PT": [""]}, None, 0, "the entry is longer than any record"
    if fields or refused:
        yield _made(fields, refused, name, number + 1, start)


def _made(fields: dict[str, list[str]], refused: str, name: str, number: int, line: int) -> Record | Unreadable:
    if refused:
        return Unreadable(name, number, line, refused)
    record = _record(fields)
    if not any((record.title, record.abstract, record.identifiers)):
        return Unreadable(name, number, line, "the entry has no title, abstract or identifier")
    return record


def _record(fields: dict[str, list[str]]) -> Record:
    def joined(*tags: str) -> str:
        return next((" ".join(fields[tag]) for tag in tags if fields.get(tag)), "")

    def listed(tag: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in joined(tag).split(";") if part.strip())

    abstract = joined("AB")
    year = year_of(joined("PY"))
    places = _places(fields.get("C1", []))
    first, last = joined("BP"), joined("EP")
    return Record(
        title=joined("TI"),
        source="wos",
        source_id=joined("UT"),
        kind="conference-abstract" if "Meeting Abstract" in joined("DT") else _KINDS.get(joined("PT"), "article"),
        authors=tuple(_author(name, places) for name in fields.get("AF") or fields.get("AU") or []),
        journal=joined("SO"),
        journal_abbreviation=joined("JI", "J9"),
        year=year,
        date=iso_date(f"{year} {joined('PD')}") if year else "",
        volume=joined("VL"),
        issue=joined("IS"),
        pages=f"{first}-{last}" if first and last and first != last else first or joined("AR"),
        abstract=(Section(abstract),) if abstract else (),
        identifiers=identifiers_of(
            doi=joined("DI"), pmid=joined("PM"), issn=[joined("SN"), joined("EI")], others=[("wos", joined("UT"))]
        ),
        publication_types=listed("DT"),
        keywords=(*listed("DE"), *listed("ID")),
        registrations=registrations_in(abstract),
        funding=listed("FU"),
        language=joined("LA"),
        publisher=joined("PU"),
        notes=_notes(fields),
    )


def _notes(fields: dict[str, list[str]]) -> tuple[str, ...]:
    rest = {tag: " ".join(texts) for tag, texts in fields.items() if tag not in _PLACED}
    if "BP" not in fields:
        rest.pop("AR", "")
    return tuple(f"{tag}: {text}" for tag, text in rest.items() if text)


def _places(lines: Iterable[str]) -> dict[str, list[str]]:
    """The addresses by the names of those who work there: `[Ng, Ann; Ma, Bo] Univ …`."""
    found: dict[str, list[str]] = {}
    for line in lines:
        names, bracket, place = line.partition("] ")
        if bracket and names.startswith("["):
            for name in dict.fromkeys(names[1:].split("; ")):
                found.setdefault(name, []).append(place)
    return found


def _author(name: str, places: Mapping[str, Iterable[str]]) -> Author:
    author = author_of(name)
    return Author(author.family, author.given, "", tuple(places.get(name, ())))

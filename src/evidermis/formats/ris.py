"""RIS, the tagged format that reference managers exchange (Research Information Systems, specification of 2011)."""

import re
from collections.abc import Iterable, Iterator

from evidermis.evidence.record import Record
from evidermis.formats.labels import label_notes

__all__ = ["write_ris"]

_TYPES = {
    "article": "JOUR",
    "preprint": "UNPB",
    "registration": "DATA",
    "conference-abstract": "CPAPER",
    "news": "NEWS",
    "web page": "ELEC",
    "notice": "GEN",
    "chapter": "CHAP",
}


def write_ris(records: Iterable[Record], remainders: Iterable[str] = ()) -> str:
    """All records as RIS, each closed by `ER`. A field never breaks its line, so no title can start a tag of its own.

    `remainders` are lines of `evidermis.formats.remainder`, one a record, put into the field U5.
    """
    rests = iter(remainders)
    return "".join(
        "".join(f"{tag}  - {_line(text)}\n" for tag, text in (*_fields(record), *_rest(next(rests, "")))) + "ER  - \n\n"
        for record in records
    )


def _rest(text: str) -> tuple[tuple[str, str], ...]:
    return (("U5", text),) if text else ()


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(record.kind, "GEN")
    if record.source_id:
        yield "ID", record.source_id
    yield "TI", record.title
    for author in record.authors:
        yield "AU", f"{author.family}, {author.given}" if author.given else author.family
    first, _, last = record.pages.partition("-")
    plain = (
        ("T2", record.journal),
        ("JA", record.journal_abbreviation),
        ("PY", str(record.year) if record.year else ""),
        ("DA", record.date.replace("-", "/")),
        ("VL", record.volume),
        ("IS", record.issue),
        ("SP", first),
        ("EP", last),
        ("DO", record.identifier("doi")),
        ("AN", record.identifier("pmid")),
        ("AB", record.abstract_text),
        ("LA", record.language),
        ("PB", record.publisher),
        ("UR", record.url),
    )
    yield from ((tag, text) for tag, text in plain if text)
    yield from (("KW", word) for word in (*record.keywords, *label_notes(record.labels)))
    yield from (("N1", note) for note in dict.fromkeys((*record.notes, *label_notes(record.labels))))
    yield from (("N1", f"{notice.state} {notice.date}".strip()) for notice in record.notices)


def _line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip()

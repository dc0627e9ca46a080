"""CSV, for spreadsheets: one row a record. A cell never begins a formula."""

import csv
import io
from collections.abc import Iterable

from evidermis.evidence.record import Record
from evidermis.formats.labels import label_notes

__all__ = ["HEADER", "write_csv"]

HEADER = (
    *(
        "record_id",
        "title",
        "abstract",
        "authors",
        "journal",
        "year",
        "date",
        "volume",
        "issue",
        "pages",
        "doi",
        "pmid",
    ),
    *(
        "keywords",
        "publication_types",
        "language",
        "publisher",
        "url",
        "notes",
        "included",
        "source_database",
        "evidermis",
    ),
)


def write_csv(records: Iterable[Record], remainders: Iterable[str] = ()) -> str:
    """All records as one table, the columns named as ASReview and others look for them."""
    rests = iter(remainders)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(HEADER)
    for record in records:
        table.writerow([*map(_cell, _cells(record)), next(rests, "")])
    return out.getvalue()


def _cells(record: Record) -> tuple[str, ...]:
    people = "; ".join(f"{a.family}, {a.given}" if a.given else a.family for a in record.authors)
    return (
        record.source_id,
        record.title,
        record.abstract_text,
        people,
        record.journal,
        str(record.year or ""),
        record.date,
        record.volume,
        record.issue,
        record.pages,
        record.identifier("doi"),
        record.identifier("pmid"),
        "; ".join(record.keywords),
        "; ".join(record.publication_types),
        record.language,
        record.publisher,
        record.url,
        " | ".join((*record.notes, *label_notes(label for label in record.labels if label[0] != "included"))),
        next((value for name, value in record.labels if name == "included"), ""),
        record.source,
    )


def _cell(text: str) -> str:
    flat = " ".join(text.replace("\0", " ").replace("\ue000", " ").split())
    # Spreadsheets run a cell that begins so (OWASP, "CSV Injection").
    return f"'{flat}" if flat[:1] in {"=", "+", "-", "@"} else flat

"""Tables and JSON lines of records, read tolerantly: any delimiter, any case of headers, any of the usual encodings."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import Identifier, Record, Section

__all__ = ["bytes_of", "record_of", "records_in", "rows_in"]

# The column that each part of a record is read from: the first of these names that the file has.
_COLUMNS = {
    "id": ("pmid", "id", "record_id", "accession", "accession number", "doi"),
    "title": ("title", "primary_title", "article title", "ti"),
    "abstract": ("abstract", "abstract_text", "notes_abstract", "ab", "text"),
    "journal": ("journal_name", "journal", "source title", "secondary_title", "publication title"),
    "types": ("publication_types", "publication type", "publication_type", "document type"),
}
_FIELD_LIMIT = 50_000_000


def records_in(file: Path) -> list[Record]:
    """The records of a CSV, TSV or JSON lines file. `BadInput` names what is missing and where."""
    rows = list(rows_in(file))
    if not rows:
        raise BadInput("holds no records", file=str(file))
    return [record_of(row, str(file), f"row {number}") for number, row in enumerate(rows, 1)]


def rows_in(file: Path) -> Iterator[dict[str, str]]:
    """Each row with its column names in lower case."""
    text = _text(file)
    if file.suffix.lower() in (".jsonl", ".ndjson", ".json") or text.lstrip()[:1] == "{":
        yield from _json_lines(text, file)
        return
    csv.field_size_limit(_FIELD_LIMIT)
    header = text[: text.find("\n") if "\n" in text else len(text)]
    delimiter = max(",;\t|", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        nothing: list[str] = []
        names = [name.strip().lower() for name in next(reader, nothing)]
        for row in reader:
            if any(cell.strip() for cell in row):
                yield dict(zip(names, row, strict=False))
    except csv.Error as error:
        raise BadInput(str(error), file=str(file), place=f"line {reader.line_num}") from error


def record_of(row: Mapping[str, str], file: str, place: str) -> Record:
    """One row as a record; `source_id` is the row's own id."""
    found = {part: next((row[name] for name in names if name in row), None) for part, names in _COLUMNS.items()}
    if found["title"] is None and found["abstract"] is None:
        wanted = "a column `title` and a column `abstract`"
        raise BadInput("has no title and no abstract", file=file, place=place, mend=f"add {wanted}")
    if not (found["id"] or "").strip():
        raise BadInput("has no id", file=file, place=place, mend="add a column `id` or `pmid` and fill it in each row")
    name = (found["id"] or "").strip()
    types = tuple(kind.strip() for kind in (found["types"] or "").split(";") if kind.strip())
    return Record(
        title=found["title"] or "",
        source="table",
        source_id=name,
        journal=found["journal"] or "",
        abstract=(Section(found["abstract"]),) if found["abstract"] else (),
        identifiers=(Identifier("pmid", name),) if name.isdigit() and "pmid" in row else (),
        publication_types=types,
    )


def bytes_of(file: Path) -> bytes:
    """What a file holds. `BadInput` where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(error.strerror or "cannot be read", file=str(file), mend="check the path") from error


def _text(file: Path) -> str:
    raw = bytes_of(file)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _json_lines(text: str, file: Path) -> Iterator[dict[str, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found: Any = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadInput(
                error.msg, file=str(file), place=f"line {number}", mend="write one JSON object a line"
            ) from error
        if not isinstance(found, dict):
            raise BadInput(
                "is not an object", file=str(file), place=f"line {number}", mend="write one JSON object a line"
            )
        row: dict[Any, Any] = dict(found)  # pyright: ignore[reportUnknownArgumentType] - JSON has no types
        yield _as_text(row)


def _as_text(found: dict[Any, Any]) -> dict[str, str]:
    return {str(key).lower(): value if isinstance(value, str) else str(value) for key, value in found.items()}

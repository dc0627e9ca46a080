"""The records that a verb reads from one file: a table with ids of its own, or whatever `import` reads."""

from itertools import islice
from pathlib import Path

import typer

from evidermis.cli.tables import bytes_of, records_in, rows_in
from evidermis.evidence.content import Content
from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import Record
from evidermis.formats import Unreadable, detected_format, read_contents

__all__ = ["contents_in", "reports_in"]

_IDS = frozenset(("pmid", "id", "record_id", "accession", "accession number", "doi"))
_HEAD_BYTES = 262_144


def reports_in(file: Path) -> list[Record]:
    """Every record of a file. Each entry that cannot be read is told on standard error; `BadInput` where none can."""
    return [content.record for content in contents_in(file)]


def contents_in(file: Path) -> list[Content]:
    """Every record of a file with the fields, body and tables that its source gave; faults as for `reports_in`."""
    content = bytes_of(file)
    # Rows that name themselves keep that name, and one that names nothing is an error with its place.
    if not content.strip() or _names_its_rows(file, content):
        return [Content(record) for record in records_in(file)]
    entries = list(read_contents(content, str(file)))
    records = [entry for entry in entries if isinstance(entry, Content)]
    unread = [entry for entry in entries if isinstance(entry, Unreadable)]
    if not records:
        why = f"; the first of {len(unread)} that cannot: {unread[0]}" if unread else ""
        mend = "export the records again, a table with the columns title and abstract"
        raise BadInput(f"holds no record that can be read{why}", file=str(file), mend=mend)
    for entry in unread:
        typer.echo(f"left out: {entry}", err=True)
    return records


def _names_its_rows(file: Path, content: bytes) -> bool:
    """Whether this is JSON lines, or a table with a column of ids."""
    form = detected_format(content[:_HEAD_BYTES], str(file))
    is_object = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    if form == "csv":
        return any(not _IDS.isdisjoint(row) for row in islice(rows_in(file), 1))
    return form == "csl" and is_object

"""One door for writing: records in, text out, such that reading the text gives the same records."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from evidermis.evidence.errors import BadInput, Defect
from evidermis.evidence.record import Record
from evidermis.formats.bibtex import write_bibtex
from evidermis.formats.csl import write_csl
from evidermis.formats.medline_writing import write_medline
from evidermis.formats.reading import read
from evidermis.formats.remainder import NOTHING, remainder
from evidermis.formats.ris import write_ris
from evidermis.formats.table_writing import write_csv

__all__ = ["WRITERS", "write"]


class _Writer(Protocol):
    def __call__(self, records: Iterable[Record], remainders: Iterable[str] = ()) -> str: ...


WRITERS: dict[str, _Writer] = {
    "bibtex": write_bibtex,
    "csl": write_csl,
    "csv": write_csv,
    "nbib": write_medline,
    "ris": write_ris,
}


def write(records: Iterable[Record], form: str) -> str:
    """The records in a format of `WRITERS`. What the format has no place for goes along in a field of its own."""
    writer = WRITERS.get(form)
    if writer is None:
        raise BadInput(f"{form!r} is no format that is written here", mend=f"take one of {', '.join(WRITERS)}")
    held = list(records)
    seen: set[str] = set()
    rests: list[str] = []
    for record in held:
        key = re.sub(r"[^A-Za-z0-9]", "", record.source_id)
        rests.append(_rest(record, form, writer, key in seen))
        seen.add(key)
    return writer(held, rests)


def _rest(record: Record, form: str, writer: _Writer, is_seen: bool) -> str:
    """What must go along, found by writing the record without help and reading it back."""
    # With an empty remainder the readers also take an entry that has no title.
    entries = list(read(writer([record], [NOTHING]).encode("utf-8", "replace"), form=form))
    plain = entries[0] if len(entries) == 1 else None
    if not isinstance(plain, Record):
        raise Defect(f"a record written as {form} cannot be read back: {record.digest}")
    is_bare = not record.source_id or not any((record.title, record.abstract, record.identifiers))
    if is_seen:
        plain = replace(plain, source_id=f"{plain.source_id} again")
    return remainder(record, plain) or (NOTHING if is_bare else "")

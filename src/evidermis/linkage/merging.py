"""A report as one record: the fullest of its records, with what that lacks taken from the others, each source named.

Records themselves are never changed; this is for who goes on with one record a report (screening, other tools).
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from evidermis.evidence.record import Record

__all__ = ["report_record"]

# What one source often has and another lacks. Volume, issue, pages and date are taken together with the journal they belong to.
_FILLED = (
    "abstract",
    "authors",
    "keywords",
    "headings",
    "substances",
    "publication_types",
    "conflict_statement",
    "language",
    "url",
)
_PLACE = ("journal", "journal_abbreviation", "year", "date", "volume", "issue", "pages", "publisher")
# What every source adds to: identity, registrations, and notices, which no report may lose.
_JOINED = ("identifiers", "registrations", "notices", "funding", "labels")


def report_record(records: Sequence[Record]) -> Record:
    """One record of a report's records, in any order. Its notes say where a part was taken from, and name each record."""
    first, *others = sorted(records, key=lambda one: (-_fullness(one), one.canonical))
    if not others:
        return first
    changes: dict[str, Any] = {}
    told: list[str] = []
    for parts in (*((part,) for part in _FILLED), _PLACE):
        giver = next((one for one in others if getattr(one, parts[0])), None)
        if giver is not None and not getattr(first, parts[0]):
            changes |= {part: getattr(giver, part) for part in parts}
            told.append(f"{parts[0].replace('_', ' ')} from {_name(giver)}")
    for part in _JOINED:
        changes[part] = tuple(dict.fromkeys(value for one in (first, *others) for value in getattr(one, part)))
    told.append(f"one report of {', '.join(sorted({_name(one) for one in records}))}")
    return replace(first, **changes, notes=tuple(dict.fromkeys((*first.notes, *told))))


def _fullness(record: Record) -> int:
    return sum(bool(getattr(record, field.name)) for field in fields(record))


def _name(record: Record) -> str:
    return f"{record.source or 'an unnamed source'} {record.source_id or record.digest[:12]}"

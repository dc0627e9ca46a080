"""What a RIS entry says that has no place of its own in a record, as notes `TAG: value`: nothing is dropped in silence.

A value is *placed* where the record holds it whole. Of two titles, journals or addresses one is placed and the other is a
note; so is a date of which a part was not understood, an ISBN among the ISSNs, or a type that is read as a wider kind.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from evidermis.evidence.record import Record
from evidermis.formats.dates import is_whole_date, iso_date
from evidermis.formats.identifiers import hyphened_issn, without_issn
from evidermis.formats.remainder import MARK

__all__ = ["unplaced_notes"]

# Every value of these becomes a value of the record: authors, keywords, notes, funding, publication types.
_WHOLE = frozenset(("AU", "A1", "KW", "N1", "FU", "M3"))
# The record takes the first value of these as it stands.
_FIRST = frozenset(("TI", "JF", "AB", "VL", "IS", "SP", "LA", "PB", "UR"))
# The types that name a record's kind no wider than the file did; the others ("THES") say more than their kind.
_TYPES = frozenset(("JOUR", "UNPB", "DATA", "CPAPER", "NEWS", "ELEC", "CHAP", "GEN"))
_DOI_ADDRESS = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:? *)", re.IGNORECASE)

_Place = Callable[[str, Record], bool]


def unplaced_notes(fields: Mapping[str, Sequence[str]], record: Record) -> list[str]:
    """The values that `record`, made of the tagged `fields`, does not hold, in the order of their tags."""
    notes: list[str] = []
    for tag, texts in fields.items():
        if tag in _WHOLE or (tag in _FIRST and len(texts) == 1):
            continue
        is_placed = _PLACES.get(tag, _nowhere)
        notes.extend([f"{tag}: {text}" for text in texts if not is_placed(text, record)])
    return notes


def _nowhere(_text: str, _record: Record) -> bool:
    return False


def _is_title(text: str, record: Record) -> bool:
    return text == record.title


def _is_journal(text: str, record: Record) -> bool:
    return text in (record.journal, record.journal_abbreviation)


def _is_abstract(text: str, record: Record) -> bool:
    return text == record.abstract_text


def _is_page(text: str, record: Record) -> bool:
    first, _, last = record.pages.partition("-")
    return text in (record.pages, first, last)


def _is_date(text: str, record: Record) -> bool:
    if len(text) == 4 and record.date[:4] == text:
        return True
    return is_whole_date(text) and f"{record.date}-".startswith(f"{iso_date(text)}-")


def _is_doi(text: str, record: Record) -> bool:
    known = record.identifier("doi")
    return bool(known) and (text == known or _DOI_ADDRESS.sub("", text).rstrip(".,;)").lower() == known)


def _is_issn(text: str, _record: Record) -> bool:
    return not without_issn(hyphened_issn(text)).strip(" ,;\n")


def _is_name(text: str, record: Record) -> bool:
    """The entry's name at its source, or a PMID, PMCID or accession number."""
    if text == record.source_id:
        return True
    names = {record.source_id, *(identifier.value for identifier in record.identifiers)}
    return text in names or text.upper() in names or text.removesuffix(".0") in names


_PLACES: dict[str, _Place] = {
    **dict.fromkeys(("TI", "T1", "CT"), _is_title),
    **dict.fromkeys(("JF", "T2", "JO", "BT", "JA", "J2"), _is_journal),
    **dict.fromkeys(("AB", "N2"), _is_abstract),
    **dict.fromkeys(("SP", "EP"), _is_page),
    **dict.fromkeys(("PY", "Y1", "DA"), _is_date),
    **dict.fromkeys(("DO", "DI"), _is_doi),
    **dict.fromkeys(("ID", "AN", "U2", "PM", "C2", "C5", "C7"), _is_name),
    **dict.fromkeys(("UR", "LK", "L2"), lambda text, record: text == record.url),
    **dict.fromkeys(("IS", "CP"), lambda text, record: text == record.issue),
    **dict.fromkeys(("DB", "DP"), lambda text, record: text.lower() == record.source),
    **dict.fromkeys(("CN", "C6"), lambda text, record: text in record.registrations),
    "SN": _is_issn,
    "VL": lambda text, record: text == record.volume,
    "LA": lambda text, record: text == record.language,
    "PB": lambda text, record: text == record.publisher,
    "TY": lambda text, _record: text.upper() in _TYPES,
    # What this package carried along for itself; `remainder` reads it.
    "U5": lambda text, _record: text.startswith(MARK),
}

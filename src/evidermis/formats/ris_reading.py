"""RIS in the dialects of PubMed, Ovid, Embase, Scopus, Web of Science, ProQuest, Zotero, EndNote, CINAHL, Rayyan, ASReview.

Tried: `rispy` 0.10 is about three times as fast, but drops an entry without `ER` in silence and knows no line numbers.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from evidermis.evidence.record import Identifier, Notice, NoticeState, Record, Section
from evidermis.formats.dates import iso_date, year_of
from evidermis.formats.identifiers import author_of, doi_in, hyphened_issn, identifiers_of, registrations_in
from evidermis.formats.labels import labels_in
from evidermis.formats.lines import REFUSED
from evidermis.formats.remainder import MARK, restored
from evidermis.formats.ris_notes import unplaced_notes
from evidermis.formats.unreadable import RECORD_LIMIT, Unreadable

__all__ = ["read_ris"]

Fields = dict[str, list[str]]
_TAG = re.compile(r"^([A-Z][A-Z0-9]) {1,2}- ?(.*)$")
_KINDS = {
    "CONF": "conference-abstract", "CPAPER": "conference-abstract", "ABST": "conference-abstract", "CHAP": "chapter",
    "BOOK": "other", "DATA": "registration", "UNPB": "preprint", "NEWS": "news", "ELEC": "web page", "GEN": "other",
    "THES": "other", "RPRT": "other", "WEB": "web page", "ICOMM": "web page", "ECHAP": "chapter",
}  # fmt: skip
_STATES: dict[str, NoticeState] = {"corrected": "corrected", "concern": "concern", "retracted": "retracted"}
_NOTICE = re.compile(r"^(corrected|concern|retracted)(?: (\d{4}(?:-\d\d){0,2}))?$")


def read_ris(lines: Iterable[str], name: str) -> Iterator[Record | Unreadable]:
    """Every entry in its order; what cannot be read is yielded as `Unreadable`."""
    fields: Fields = {}
    number, start, size, refused = 0, 0, 0, ""
    values: list[str] | None = None
    for line_number, line in enumerate(lines, 1):
        if line[2:6] == "  - " and line[:2].isupper():
            tag, text = line[:2], line[6:]
        elif found := (_TAG.match(line) if line[2:3] == " " else None):
            tag, text = found[1], found[2]
        else:
            reason, size = _continued(values, line, size)
            if values is None and reason and not start:
                number += 1
                yield Unreadable(name, number, line_number, reason)
            else:
                refused = refused or reason
            continue
        if tag == "ER" or (tag == "TY" and fields):
            if tag == "ER" and (after := text.strip()):
                fields["ER"] = [after]
            if fields or refused:
                number += 1
                yield _made(fields, refused, name, number, start)
            fields, values, size, refused, start = {}, None, 0, "", 0
            if tag == "ER":
                continue
        start = start or line_number
        values = fields.setdefault(tag, [])
        values.append(text.strip())
        size += len(text)
        if size > RECORD_LIMIT:
            fields, values, size, refused = {"TY": [""]}, [], 0, "the entry is longer than any record"
    if fields or refused:
        yield _made(fields, refused, name, number + 1, start)


def _continued(values: list[str] | None, line: str, size: int) -> tuple[str, int]:
    """Adds an untagged line to the field above it; returns why it cannot stand, and the record's size so far."""
    if line.startswith(REFUSED):
        return line[1:], size
    text = line.strip().lstrip("\ufeff")
    if not text:
        return "", size
    if values is None:
        # Ovid numbers its entries on lines of their own.
        return ("" if re.fullmatch(r"\d+\.|<\d+>", text) else f"text outside an entry: {text[:60]!r}"), size
    size += len(text)
    if size > RECORD_LIMIT:
        values.clear()
        return "the entry is longer than any record", 0
    # A list, not a growing string: a field of a million short lines must not cost their square.
    values.append("\n" + text)
    return "", size


def _made(fields: Fields, refused: str, name: str, number: int, line: int) -> Record | Unreadable:
    if refused:
        return Unreadable(name, number, line, refused)
    for tag, values in fields.items():
        if any(value[:1] == "\n" for value in values):
            fields[tag] = _joined(values)
    record = _record(fields)
    if unplaced := unplaced_notes(fields, record):
        record = replace(record, notes=(*record.notes, *unplaced))
    if rest := next((text for text in fields.get("U5", ()) if text.startswith(MARK)), ""):
        return restored(record, rest)
    if not any((record.title, record.abstract, record.identifiers)):
        return Unreadable(name, number, line, "the entry has no title, abstract or identifier")
    return record


def _joined(values: list[str]) -> list[str]:
    """The values, each with the untagged lines that followed it."""
    whole: list[list[str]] = []
    for value in values:
        if value[:1] == "\n" and whole:
            whole[-1].append(value)
        else:
            whole.append([value])
    return ["".join(parts) for parts in whole]


def _first(fields: Fields, *tags: str) -> str:
    for tag in tags:
        for value in fields.get(tag, ()):
            if value:
                return value
    return ""


def _record(fields: Fields) -> Record:
    notes = [note for note in fields.get("N1", ()) if note]
    keywords = tuple(word for text in fields.get("KW", ()) for word in _words(text) if word)
    dates = [iso_date(text) for text in (*fields.get("DA", ()), *fields.get("Y1", ()), *fields.get("PY", ()))]
    date = max((found for found in dates if found), key=len, default="")
    abstract = _first(fields, "AB", "N2")
    year = year_of(_first(fields, "PY", "Y1", "DA"))
    journal = _first(fields, "JF", "T2", "JO", "BT", "JA", "J2")
    short = _first(fields, "JA", "J2", "JO")
    source, source_id = _origin(fields)
    return Record(
        title=_first(fields, "TI", "T1", "CT"),
        source=source,
        source_id=source_id,
        kind=_KINDS.get(_first(fields, "TY").upper(), "article"),
        authors=tuple(author_of(text) for text in (*fields.get("AU", ()), *fields.get("A1", ())) if text),
        journal=journal,
        journal_abbreviation=short if short != journal else "",
        year=year,
        date=date if year is None or date.startswith(str(year)) else str(year),
        volume=_first(fields, "VL"),
        issue=_first(fields, "IS", "CP"),
        pages=_pages(_first(fields, "SP"), _first(fields, "EP")),
        abstract=(Section(abstract),) if abstract else (),
        identifiers=_identifiers(fields),
        publication_types=tuple(kind for kind in fields.get("M3", ()) if kind),
        keywords=keywords,
        registrations=registrations_in(abstract, *fields.get("CN", ()), *fields.get("C6", ())),
        notices=_notices(notes),
        funding=tuple(text for text in fields.get("FU", ()) if text),
        language=_first(fields, "LA"),
        publisher=_first(fields, "PB"),
        url=_first(fields, "UR", "LK", "L2"),
        notes=tuple(note for note in notes if not _NOTICE.match(note)),
        labels=labels_in((*notes, *keywords)),
    )


def _words(text: str) -> list[str]:
    # ProQuest and CINAHL put all keywords into one field, a line or a semicolon each.
    return [word.strip() for word in re.split(r"[\n;]", text)]


def _pages(first: str, last: str) -> str:
    return f"{first}-{last}" if last and "-" not in first and last != first else first


def _origin(fields: Fields) -> tuple[str, str]:
    """The source and the entry's name there."""
    accession = _first(fields, "AN")
    database = _first(fields, "DB", "DP").lower()
    if accession.upper().startswith("WOS:"):
        return "wos", accession
    if number := _first(fields, "ID"):
        return database or ("" if not accession else "ris"), number
    return database, accession or _first(fields, "U2")


def _identifiers(fields: Fields) -> tuple[Identifier, ...]:
    others = [_first(fields, tag) for tag in ("M3", "UR", "L3", "N1")]
    doi = _first(fields, "DO", "DI") or next((text for text in others if doi_in(text) and "doi" in text.lower()), "")
    extra = " ".join(fields.get("C2", []) + fields.get("C7", []))
    pmcid = re.search(r"PMC\d+", extra)
    accession = _first(fields, "AN")
    is_pubmed = re.search(r"pubmed|medline", _first(fields, "DB", "DP"), re.IGNORECASE)
    named = next((m[1] for text in fields.get("N1", ()) if (m := re.search(r"PMID:? ?(\d{1,8})", text))), "")
    pmid = _first(fields, "PM") or named or _first(fields, "C5")
    if not pmid and accession.isdigit() and len(accession) <= 8 and (is_pubmed or not _first(fields, "DB")):
        pmid = accession
    known = [("embase", _first(fields, "U2"))] if _is_from(fields, "embase") else []
    if accession.upper().startswith("WOS:"):
        known.append(("wos", accession))
    issn = [hyphened_issn(text) for text in fields.get("SN", ())]
    return identifiers_of(doi=doi, pmid=pmid, pmcid=pmcid[0] if pmcid else "", issn=issn, others=known)


def _is_from(fields: Fields, name: str) -> bool:
    """Whether the entry names a database."""
    return name in _first(fields, "DB").lower()


def _notices(notes: list[str]) -> tuple[Notice, ...]:
    found: list[Notice] = []
    for note in notes:
        if match := _NOTICE.match(note):
            state = _STATES[match[1]]
            found.append(Notice(state, date=match[2] or ""))
    return tuple(found)

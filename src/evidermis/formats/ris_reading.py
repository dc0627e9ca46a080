"""RIS in the dialects of PubMed, Ovid, Embase, Scopus, Web of Science, ProQuest, Zotero, EndNote, CINAHL, Rayyan, ASReview.

Tried: `rispy` 0.10, which gives the fields of each entry as text. It drops an entry without `ER` in silence and knows no line
numbers, and its fields would still have to be made into records.
"""

import re
from collections.abc import Iterable, Iterator

from evidermis.evidence.record import Author, Identifier, Notice, NoticeState, Record
from evidermis.formats.dates import iso_date, year_of
from evidermis.formats.identifiers import (
    author_of,
    doi_in,
    hyphened_issn,
    identifiers_of,
    noted_pmcid,
    noted_pmid,
    registrations_in,
)
from evidermis.formats.labels import labels_in, unlabelled
from evidermis.formats.making import made_record, made_section
from evidermis.formats.remainder import MARK, restored
from evidermis.formats.ris_entries import Fields, ris_entries
from evidermis.formats.ris_notes import unplaced_notes
from evidermis.formats.unreadable import Unreadable

__all__ = ["read_ris"]

_KINDS = {
    "CONF": "conference-abstract", "CPAPER": "conference-abstract", "ABST": "conference-abstract", "CHAP": "chapter",
    "BOOK": "other", "DATA": "registration", "UNPB": "preprint", "NEWS": "news", "ELEC": "web page", "GEN": "other",
    "THES": "other", "RPRT": "other", "WEB": "web page", "ICOMM": "web page", "ECHAP": "chapter",
}  # fmt: skip
_STATES: dict[str, NoticeState] = {"corrected": "corrected", "concern": "concern", "retracted": "retracted"}
_NOTICE = re.compile(r"^(corrected|concern|retracted)(?: (\d{4}(?:-\d\d){0,2}))?$")
_PMCID = re.compile(r"PMC\d+")
_EID = re.compile(r"[?&]eid=(2-s2\.0-\d+)")
_BETWEEN_WORDS = re.compile(r"[\n;]")
_NONE = ("",)


def read_ris(blocks: Iterable[str], name: str) -> Iterator[Record | Unreadable]:
    """Every entry in its order; what cannot be read is yielded as `Unreadable`."""
    for entry in ris_entries(blocks):
        fields = entry.fields
        if entry.refused:
            yield Unreadable(name, entry.number, entry.line, entry.refused)
            continue
        record = _record(fields)
        if unplaced := unplaced_notes(fields, record):
            # Nobody has seen the record yet; making another of its 26 values would cost as much as reading them.
            object.__setattr__(record, "notes", (*record.notes, *unplaced))
        if "U5" in fields and (rest := next((text for text in fields["U5"] if text.startswith(MARK)), "")):
            yield restored(record, rest)
        elif record.title or record.abstract or record.identifiers:
            yield record
        else:
            why = "the entry has no title, abstract or identifier"
            yield Unreadable(name, entry.number, entry.line, why)


def _record(fields: Fields) -> Record:
    get = fields.get
    notes, keywords = get("N1", []), _keywords(get("KW", ()))
    abstract = (get("AB") or get("N2") or _NONE)[0]
    journal = (get("JF") or get("T2") or get("JO") or get("BT") or get("JA") or get("J2") or _NONE)[0]
    short = (get("JA") or get("J2") or get("JO") or _NONE)[0]
    year, date = _dated(fields)
    source, source_id = _origin(fields)
    notices = _notices(notes)
    labels = labels_in((*notes, *keywords))
    return made_record(
        title=(get("TI") or get("T1") or get("CT") or _NONE)[0],
        source=source,
        source_id=source_id,
        kind=_KINDS.get(get("TY", _NONE)[0].upper(), "article"),
        authors=_authors(fields),
        journal=journal,
        journal_abbreviation=short if short != journal else "",
        year=year,
        date=date,
        volume=get("VL", _NONE)[0],
        issue=(get("IS") or get("CP") or _NONE)[0],
        pages=_pages(get("SP", _NONE)[0], get("EP", _NONE)[0]),
        abstract=(made_section(abstract),) if abstract else (),
        identifiers=_identifiers(fields),
        publication_types=tuple(get("M3", ())),
        keywords=unlabelled(keywords) if labels else keywords,
        registrations=registrations_in(abstract, *get("CN", ()), *get("C6", ())),
        notices=notices,
        funding=tuple(get("FU", ())),
        language=get("LA", _NONE)[0],
        publisher=get("PB", _NONE)[0],
        url=(get("UR") or get("LK") or get("L2") or _NONE)[0],
        notes=tuple([note for note in notes if not _NOTICE.match(note)]) if notices else tuple(notes),
        labels=labels,
    )


def _authors(fields: Fields) -> tuple[Author, ...]:
    names = fields.get("AU", ())
    if "A1" in fields:
        names = [*names, *fields["A1"]]
    return tuple([author_of(name) for name in names])


def _keywords(texts: Iterable[str]) -> tuple[str, ...]:
    words: list[str] = []
    for text in texts:
        # ProQuest and CINAHL put all keywords into one field, a line or a semicolon each.
        if ";" in text or "\n" in text:
            words.extend(clean for word in _BETWEEN_WORDS.split(text) if (clean := word.strip()))
        else:
            words.append(text)
    return tuple(words)


def _dated(fields: Fields) -> tuple[int | None, str]:
    """The year, and the longest date that agrees with it."""
    date = ""
    for tag in ("DA", "Y1", "PY"):
        for text in fields.get(tag, ()):
            if len(found := iso_date(text)) > len(date):
                date = found
    year = year_of((fields.get("PY") or fields.get("Y1") or fields.get("DA") or _NONE)[0])
    return year, date if year is None or date.startswith(str(year)) else str(year)


def _pages(first: str, last: str) -> str:
    return f"{first}-{last}" if last and "-" not in first and last != first else first


def _origin(fields: Fields) -> tuple[str, str]:
    """The source and the entry's name there."""
    accession = fields.get("AN", _NONE)[0]
    database = (fields.get("DB") or fields.get("DP") or _NONE)[0].lower()
    if accession.upper().startswith("WOS:"):
        return "wos", accession
    if "ID" in fields:
        return database or ("" if not accession else "ris"), fields["ID"][0]
    return database, accession or fields.get("U2", _NONE)[0] or _eid(fields)


def _eid(fields: Fields) -> str:
    """Scopus's own name of the entry, which its exports have in the address alone."""
    text = fields.get("UR", _NONE)[0]
    found = _EID.search(text) if "eid=" in text else None
    return found[1] if found else ""


def _identifiers(fields: Fields) -> tuple[Identifier, ...]:
    get = fields.get
    accession, number = get("AN", _NONE)[0], get("U2", _NONE)[0]
    database = get("DB", _NONE)[0].lower()
    # embase.com writes its number into U2, Ovid into AN.
    embase = number or (accession if accession.isdigit() else "")
    known = [("embase", embase)] if embase and "embase" in database else []
    if eid := _eid(fields):
        known.append(("scopus", eid))
    if accession.upper().startswith("WOS:"):
        known.append(("wos", accession))
    return identifiers_of(
        doi=(get("DO") or get("DI") or _NONE)[0] or _doi_elsewhere(fields),
        pmid=_pmid(fields, accession, database),
        pmcid=_pmcid(fields),
        issn=[hyphened_issn(text) for text in get("SN", ())],
        others=known,
    )


def _doi_elsewhere(fields: Fields) -> str:
    for tag in ("M3", "UR", "L3", "N1"):
        text = fields.get(tag, _NONE)[0]
        if "10." in text and doi_in(text) and "doi" in text.lower():
            return text
    return ""


def _pmid(fields: Fields, accession: str, database: str) -> str:
    if "PM" in fields:
        return fields["PM"][0]
    if found := noted_pmid(fields.get("N1", ())):
        return found
    if "C5" in fields:
        return fields["C5"][0]
    if "scopus" in database and "C2" in fields:
        return fields["C2"][0]
    database = database or fields.get("DP", _NONE)[0].lower()
    is_pubmed = "pubmed" in database or "medline" in database
    return accession if accession.isdigit() and len(accession) <= 8 and (is_pubmed or "DB" not in fields) else ""


def _pmcid(fields: Fields) -> str:
    for tag in ("C2", "C7"):
        for text in fields.get(tag, ()):
            if found := _PMCID.search(text):
                return found[0]
    return noted_pmcid(fields.get("N1", ()))


def _notices(notes: Iterable[str]) -> tuple[Notice, ...]:
    found = [match for note in notes if (match := _NOTICE.match(note))]
    return tuple(Notice(_STATES[match[1]], date=match[2] or "") for match in found)

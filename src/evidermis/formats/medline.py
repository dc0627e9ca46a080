"""MEDLINE (`.nbib`), as PubMed exports it: tags of up to four letters, a dash in column five, lines wrapped at column seven.

A file of one record has no terminator, so the end of the file ends a record like an empty line does. Tried: `nbib` 0.3
raises at the first line it does not understand, so that the whole file is lost, and has about 0.6 of the speed.
Tags: NLM, "MEDLINE/PubMed Data Element (Field) Descriptions".
"""

import re
from collections.abc import Iterable, Iterator

from evidermis.evidence.record import Author, Heading, Identifier, Notice, NoticeState, Record, Section
from evidermis.formats.dates import iso_date, year_of
from evidermis.formats.identifiers import registrations_in
from evidermis.formats.labels import labels_in
from evidermis.formats.lines import REFUSED
from evidermis.formats.remainder import restored
from evidermis.formats.unreadable import RECORD_LIMIT, Unreadable

__all__ = ["NOTICE_TAGS", "read_medline"]

Pairs = list[tuple[str, str]]
NOTICE_TAGS: dict[str, NoticeState] = {
    "EIN": "corrected", "CRI": "corrected", "UIN": "corrected", "ECI": "concern", "RIN": "retracted", "RRI": "retracted",
}  # fmt: skip
_RELATIONS = {"CIN": "CommentIn", "CON": "CommentOn", "EFR": "ErratumFor", "ROF": "RetractionOf", "UOF": "UpdateOf",
              "CRF": "CorrectedandRepublishedFrom", "ECF": "ExpressionOfConcernFor", "RPI": "RepublishedIn",
              "RPF": "RepublishedFrom", "ORI": "OriginalReportIn", "SPIN": "SummaryForPatientsIn"}  # fmt: skip
_LABEL = re.compile(r"(?:^|(?<=[.!?)] ))([A-Z][A-Z0-9 &/,'()-]{2,80}): ")
_PMID = re.compile(r"PMID: ?(\d+)")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


def read_medline(lines: Iterable[str], name: str) -> Iterator[Record | Unreadable]:
    """Every entry in its order; what cannot be read is yielded as `Unreadable`."""
    tags: list[str] = []
    texts: list[str] = []
    number, start, size, refused = 0, 0, 0, ""
    for line_number, line in enumerate(lines, 1):
        if line[4:6] == "- " or (line[4:5] == "-" and len(line) == 5):
            tag = line[:4].rstrip()
            if tag == "PMID" and "PMID" in tags:
                number += 1
                yield _made(tags, texts, refused, name, number, start)
                tags, texts, size, refused, start = [], [], 0, "", 0
            start = start or line_number
            tags.append(tag)
            texts.append(line[6:])
            size += len(line)
        elif not line.strip():
            if tags:
                number += 1
                yield _made(tags, texts, refused, name, number, start)
                tags, texts, size, refused, start = [], [], 0, "", 0
        elif line.startswith("      ") and tags:
            tags.append("")
            texts.append(line[6:])
            size += len(line)
        elif not tags and not line.startswith(REFUSED):
            number += 1
            yield Unreadable(name, number, line_number, f"text outside an entry: {line.strip()[:60]!r}")
        else:
            start = start or line_number
            refused = refused or (
                line[1:] if line[0] == REFUSED else f"line {line_number} has no tag: {line.strip()[:60]!r}"
            )
            tags = tags or ["    "]
            texts = texts or [""]
        if size > RECORD_LIMIT:
            tags, texts, size, refused = ["    "], [""], 0, "the entry is longer than any record"
    if tags:
        yield _made(tags, texts, refused, name, number + 1, start)


def _made(tags: list[str], texts: list[str], refused: str, name: str, number: int, line: int) -> Record | Unreadable:
    if refused:
        return Unreadable(name, number, line, refused)
    fields = _fields(tags, texts)
    record = _record(fields)
    if "EVID" in fields:
        return restored(record, fields["EVID"][0])
    if not record.title and not record.source_id:
        return Unreadable(name, number, line, "the entry has neither a title nor a PMID")
    return record


def _fields(tags: list[str], texts: list[str]) -> dict[str, list[str]]:
    """Values by tag, with wrapped lines joined; an author's ORCID and places follow the author in `FAU`."""
    fields: dict[str, list[str]] = {}
    values: list[str] = []
    people: list[str] = fields.setdefault("people", [])
    for tag, text in zip(tags, texts, strict=True):
        if tag:
            values = people if tag in _PERSON else fields.setdefault(tag, [])
            values.append(f"{tag}\t{text.strip()}" if tag in _PERSON else text.strip())
        elif values:
            values[-1] = f"{values[-1]} {text.strip()}"
    return fields


_PERSON = frozenset({"FAU", "AU", "AD", "AUID", "CN"})


def _authors(people: list[str]) -> tuple[Author, ...]:
    """Authors in their order: the full name where one is given, else the short one; places and ORCID belong to the last."""
    found: list[Author] = []
    is_full = any(entry.startswith("FAU\t") for entry in people)
    for entry in people:
        tag, _, text = entry.partition("\t")
        if tag == "CN":
            found.append(Author(text))
        elif tag == ("FAU" if is_full else "AU"):
            family, comma, given = text.partition(",")
            if not comma and not is_full:
                family, _, given = text.rpartition(" ")
                family, given = (family, given) if family else (given, "")
            found.append(Author(family.strip(), given.strip()))
        elif tag == "AD" and found:
            last = found[-1]
            found[-1] = Author(last.family, last.given, last.orcid, (*last.affiliations, text))
        elif tag == "AUID" and found and (match := _ORCID.search(text)):
            last = found[-1]
            found[-1] = Author(last.family, last.given, match[0], last.affiliations)
    return tuple(found)


def _record(fields: dict[str, list[str]]) -> Record:
    nothing: list[str] = []
    get = fields.get

    def first(tag: str) -> str:
        return (get(tag) or [""])[0]

    types = tuple(get("PT", nothing))
    abstract = _sections(first("AB"))
    date = iso_date(first("DP"))
    keywords = tuple(get("OT", nothing))
    notes = get("GN", nothing)
    return Record(
        title=first("TI") or first("BTI") or first("TT"),
        source="pubmed",
        source_id=first("PMID"),
        kind=_kind(types),
        authors=_authors(fields["people"]),
        journal=first("JT") or first("BTI"),
        journal_abbreviation=first("TA"),
        year=year_of(date),
        date=date,
        volume=first("VI"),
        issue=first("IP"),
        pages=first("PG"),
        abstract=abstract,
        identifiers=_identifiers(fields),
        publication_types=types,
        headings=tuple([_heading(text) for text in get("MH", nothing)]),
        substances=tuple([_substance(text) for text in get("RN", nothing)]),
        keywords=tuple(word.removeprefix("*") for word in keywords),
        registrations=_registrations(get("SI", nothing), abstract),
        notices=_notices(fields),
        funding=tuple(get("GR", nothing)),
        conflict_statement=first("COIS"),
        language=first("LA"),
        publisher=first("PB"),
        notes=(*notes, *_relations(fields), *([f"Original title: {first('TT')}"] if first("TT") else [])),
        labels=labels_in((*notes, *keywords)) if notes or keywords else (),
    )


def _kind(types: tuple[str, ...]) -> str:
    if "Preprint" in types:
        return "preprint"
    if {"Retraction of Publication", "Published Erratum", "Expression of Concern"} & set(types):
        return "notice"
    return "conference-abstract" if "Meeting Abstract" in types else "article"


def _sections(text: str) -> tuple[Section, ...]:
    """The abstract by its labels (`METHODS: …`), which MEDLINE writes into the text."""
    if not text:
        return ()
    if ": " not in text:
        return (Section(text),)
    marks = list(_LABEL.finditer(text))
    if not marks or marks[0].start() != 0:
        return (Section(text),)
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return tuple(Section(text[mark.end() : end].strip(), mark[1]) for mark, end in zip(marks, ends, strict=True))


def _heading(text: str) -> Heading:
    if "/" not in text and "*" not in text:
        return Heading(text)
    descriptor, *qualifiers = text.split("/")
    return Heading(descriptor.lstrip("*"), tuple(part.lstrip("*") for part in qualifiers), "*" in text)


def _substance(text: str) -> str:
    found = re.match(r"(\S+) \((.*)\)$", text)
    if not found:
        return text
    return found[2] if found[1] == "0" else f"{found[2]} ({found[1]})"


def _identifiers(fields: dict[str, list[str]]) -> tuple[Identifier, ...]:
    found = [Identifier("pmid", number) for number in fields.get("PMID", ())]
    for text in (*fields.get("LID", ()), *fields.get("AID", ())):
        value, _, kind = text.rpartition(" ")
        if kind == "[doi]":
            found.append(Identifier("doi", value.lower()))
        elif kind == "[bookaccession]":
            found.append(Identifier("bookshelf", value))
    found.extend(Identifier("issn", text[:9]) for text in fields.get("IS", ()))
    found.extend(Identifier("pmcid", text.split()[0]) for text in fields.get("PMC", ()) if text)
    return tuple(dict.fromkeys(found))


def _registrations(sources: list[str], abstract: tuple[Section, ...]) -> tuple[str, ...]:
    named = [number for text in sources for number in (registrations_in(text) or (text.rpartition("/")[2],))]
    return tuple(dict.fromkeys([*named, *registrations_in(*[section.text for section in abstract])]))


def _notices(fields: dict[str, list[str]]) -> tuple[Notice, ...]:
    found: list[Notice] = []
    for tag, state in NOTICE_TAGS.items():
        for text in fields.get(tag, ()):
            pmid = _PMID.search(text)
            names = (Identifier("pmid", pmid[1]),) if pmid else ()
            source = _PMID.sub("", text).strip()
            found.append(Notice(state, names, iso_date(source.partition(". ")[2]), source))
    return tuple(found)


def _relations(fields: dict[str, list[str]]) -> list[str]:
    return [f"{kind}: {text}" for tag, kind in _RELATIONS.items() for text in fields.get(tag, ())]

"""MEDLINE (`.nbib`), as PubMed exports it: tags of up to four letters, a dash in column five, lines wrapped at column seven.

A file of one record has no terminator, so the end of the file ends a record like an empty line does. Tried: `nbib` 0.3
raises at the first line it does not understand, so that the whole file is lost, and is several times slower.
Tags: NLM, "MEDLINE/PubMed Data Element (Field) Descriptions".
"""

import re
from collections.abc import Iterable, Iterator

from evidermis.evidence.record import Author, Heading, Identifier, Notice, NoticeState, Record, Section
from evidermis.formats.dates import iso_date, year_of
from evidermis.formats.identifiers import each_once, registrations_in
from evidermis.formats.labels import labels_in
from evidermis.formats.medline_entries import medline_entries
from evidermis.formats.remainder import restored
from evidermis.formats.remembering import remembered
from evidermis.formats.unreadable import Unreadable

__all__ = ["NOTICE_TAGS", "read_medline"]

NOTICE_TAGS: dict[str, NoticeState] = {
    "EIN": "corrected", "CRI": "corrected", "ECI": "concern", "RIN": "retracted", "RRI": "retracted",
}  # fmt: skip
_RELATIONS = {"CIN": "CommentIn", "CON": "CommentOn", "EFR": "ErratumFor", "ROF": "RetractionOf", "UOF": "UpdateOf",
              "CRF": "CorrectedandRepublishedFrom", "ECF": "ExpressionOfConcernFor", "RPI": "RepublishedIn",
              "RPF": "RepublishedFrom", "ORI": "OriginalReportIn", "SPIN": "SummaryForPatientsIn", "UIN": "UpdateIn"}  # fmt: skip
# Whichever of these is there, the entry is related to another.
_RELATED = frozenset(f"{tag:4}" for tag in (*NOTICE_TAGS, *_RELATIONS))
# A label of an abstract before its colon, at its begin or behind a sentence.
_LABEL = re.compile(r"[A-Z][A-Z0-9 &/,'()-]{2,80}")
_LABEL_WITHIN = re.compile(rf"(?:^|(?<=[.!?)] )){_LABEL.pattern}\Z")
_LABEL_LENGTH = 81
_BEFORE_COLON = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 &/,'()-")
_PMID = re.compile(r"PMID: ?(\d+)")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_SUBSTANCE = re.compile(r"(\S+) \((.*)\)$")
_NOTICE_TYPES = frozenset(("Retraction of Publication", "Published Erratum", "Expression of Concern"))
_PERSON = frozenset(("FAU ", "AU  ", "AD  ", "AUID", "CN  "))
_NONE = ("",)

Fields = dict[str, list[str]]
Lines = list[tuple[str, str]]


def read_medline(blocks: Iterable[str], name: str) -> Iterator[Record | Unreadable]:
    """Every entry in its order; what cannot be read is yielded as `Unreadable`."""
    for entry in medline_entries(blocks):
        if entry.refused:
            yield Unreadable(name, entry.number, entry.line, entry.refused)
            continue
        people: Lines = []
        fields: Fields = {}
        for tag, value in zip(entry.tags, entry.values, strict=True):
            text = value.strip()
            if tag in fields:
                fields[tag].append(text)
            elif tag in _PERSON:
                people.append((tag, text))
            else:
                fields[tag] = [text]
        record = _record(fields, _authors(people))
        if "EVID" in fields:
            yield restored(record, fields["EVID"][0])
        elif record.title or record.source_id:
            yield record
        else:
            yield Unreadable(name, entry.number, entry.line, "the entry has neither a title nor a PMID")


def _authors(people: Lines) -> tuple[Author, ...]:
    """Authors in their order: the full name where one is given, else the short one; places and ORCID belong to the last."""
    found: list[tuple[str, str, list[str], list[str]]] = []
    is_full = any(tag == "FAU " for tag, _ in people)
    for tag, text in people:
        if tag == "FAU ":
            family, _, given = text.partition(",")
            found.append((family.strip(), given.strip(), [], []))
        elif tag == "AU  ":
            if not is_full:
                found.append((*_short_name(text), [], []))
        elif tag == "CN  ":
            found.append((text, "", [], []))
        elif found:
            if tag == "AD  ":
                found[-1][3].append(text)
            elif match := _ORCID.search(text):
                found[-1][2].append(match[0])
    return tuple([Author(a, b, orcid[-1] if orcid else "", tuple(places)) for a, b, orcid, places in found])


def _short_name(text: str) -> tuple[str, str]:
    """`Doe J` or `Doe, Jane`."""
    family, comma, given = text.partition(",")
    if not comma:
        family, _, given = text.rpartition(" ")
    return (family.strip(), given.strip()) if family else (given, "")


def _record(fields: Fields, authors: tuple[Author, ...]) -> Record:
    get = fields.get
    types = tuple(get("PT  ", ()))
    abstract = get("AB  ", _NONE)[0]
    date = iso_date(get("DP  ", _NONE)[0])
    book, original = get("BTI ", _NONE)[0], get("TT  ", _NONE)[0]
    keywords, notes = get("OT  ", ()), get("GN  ", ())
    is_related = not _RELATED.isdisjoint(fields)
    return Record(
        title=get("TI  ", _NONE)[0] or book or original,
        source="pubmed",
        source_id=get("PMID", _NONE)[0],
        kind=_kind(types),
        authors=authors,
        journal=get("JT  ", _NONE)[0] or book,
        journal_abbreviation=get("TA  ", _NONE)[0],
        year=year_of(date),
        date=date,
        volume=get("VI  ", _NONE)[0],
        issue=get("IP  ", _NONE)[0],
        pages=get("PG  ", _NONE)[0],
        abstract=_sections(abstract),
        identifiers=_identifiers(fields),
        publication_types=types,
        headings=tuple([_heading(text) for text in get("MH  ", ())]),
        substances=tuple([_substance(text) for text in get("RN  ", ())]),
        keywords=tuple([word.removeprefix("*") for word in keywords]),
        registrations=_registrations(get("SI  ", ()), abstract),
        notices=_notices(fields) if is_related else (),
        funding=tuple(get("GR  ", ())),
        conflict_statement=get("COIS", _NONE)[0],
        language=get("LA  ", _NONE)[0],
        publisher=get("PB  ", _NONE)[0],
        notes=(
            *notes,
            *(_relations(fields) if is_related else ()),
            *([f"Original title: {original}"] if original else ()),
        ),
        labels=labels_in((*notes, *keywords)) if notes or keywords else (),
    )


def _kind(types: tuple[str, ...]) -> str:
    if "Preprint" in types:
        return "preprint"
    if not _NOTICE_TYPES.isdisjoint(types):
        return "notice"
    return "conference-abstract" if "Meeting Abstract" in types else "article"


def _sections(text: str) -> tuple[Section, ...]:
    """The abstract by its labels (`METHODS: …`), which MEDLINE writes into the text."""
    marks = _label_places(text)
    if not marks or marks[0][0] != 0:
        return (Section(text),) if text else ()
    ends = [*[start for start, _ in marks[1:]], len(text)]
    return tuple(
        [
            Section(text[colon + 2 : end].strip(), text[start:colon])
            for (start, colon), end in zip(marks, ends, strict=True)
        ]
    )


def _label_places(text: str) -> list[tuple[int, int]]:
    """Where each label begins, and its colon. Colons are few: looking back from each is faster than looking for capitals."""
    found: list[tuple[int, int]] = []
    colon = text.find(": ")
    while colon > 0:
        if text[colon - 1] in _BEFORE_COLON:
            least = max(colon - _LABEL_LENGTH, 0)
            stop = text.rfind(". ", least, colon)
            start = stop + 2 if stop >= 0 else least
            # No stop is within a label, so that nothing can begin before this.
            if (stop >= 0 or not least) and _LABEL.fullmatch(text, start, colon):
                found.append((start, colon))
            elif label := _LABEL_WITHIN.search(text, least, colon):
                found.append((label.start(), colon))
        colon = text.find(": ", colon + 2)
    return found


@remembered
def _heading(text: str) -> Heading:
    if "/" not in text and "*" not in text:
        return Heading(text)
    descriptor, *qualifiers = text.split("/")
    return Heading(descriptor.lstrip("*"), tuple(part.lstrip("*") for part in qualifiers), "*" in text)


@remembered
def _substance(text: str) -> str:
    found = _SUBSTANCE.match(text)
    if not found:
        return text
    return found[2] if found[1] == "0" else f"{found[2]} ({found[1]})"


def _identifiers(fields: Fields) -> tuple[Identifier, ...]:
    get = fields.get
    found = [Identifier("pmid", number) for number in get("PMID", ())]
    for text in (*get("LID ", ()), *get("AID ", ())):
        value, _, kind = text.rpartition(" ")
        if kind == "[doi]":
            found.append(Identifier("doi", value.lower()))
        elif kind == "[bookaccession]":
            found.append(Identifier("bookshelf", value))
    found.extend([_issn(text) for text in get("IS  ", ())])
    found.extend([Identifier("pmcid", text.split()[0]) for text in get("PMC ", ()) if text])
    return each_once(found)


@remembered
def _issn(text: str) -> Identifier:
    return Identifier("issn", text[:9])


def _registrations(sources: Iterable[str], abstract: str) -> tuple[str, ...]:
    named = [number for text in sources for number in (registrations_in(text) or (text.rpartition("/")[2],))]
    found = registrations_in(abstract)
    return tuple(dict.fromkeys([*named, *found])) if named else found


def _notices(fields: Fields) -> tuple[Notice, ...]:
    found: list[Notice] = []
    for tag, state in NOTICE_TAGS.items():
        for text in fields.get(f"{tag:4}", ()):
            pmid = _PMID.search(text)
            names = (Identifier("pmid", pmid[1]),) if pmid else ()
            source = _PMID.sub("", text).strip()
            found.append(Notice(state, names, iso_date(source.partition(". ")[2]), source))
    return tuple(found)


def _relations(fields: Fields) -> list[str]:
    return [f"{kind}: {text}" for tag, kind in _RELATIONS.items() for text in fields.get(f"{tag:4}", ())]

"""MEDLINE (`.nbib`), as PubMed exports it: tags of up to four letters, a dash in column five, lines wrapped at column seven.

A file of one record has no terminator, so the end of the file ends a record like an empty line does. Tried: `nbib` 0.3
raises at the first line it does not understand, so that the whole file is lost, and is several times slower.
Tags: NLM, "MEDLINE/PubMed Data Element (Field) Descriptions".
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from evidermis.evidence.record import Author, Heading, Identifier, Notice, NoticeState, Record, Section
from evidermis.formats.dates import iso_date, year_of
from evidermis.formats.identifiers import REGISTERS, each_once, registrations_in
from evidermis.formats.labels import labels_in, unlabelled
from evidermis.formats.making import made_author, made_heading, made_identifier, made_record, made_section
from evidermis.formats.medline_entries import Fields, People, medline_entries
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
_NOTED = frozenset(("TT  ", "DEP "))
# A label of an abstract before its colon, at its begin or behind a sentence.
_LABEL = re.compile(r"[A-Z][A-Z0-9 &/,'()-]{2,80}")
_LABEL_WITHIN = re.compile(rf"(?:^|(?<=[.!?)] )){_LABEL.pattern}\Z")
_LABEL_LENGTH = 81
_BEFORE_COLON = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 &/,'()-")
_PMID = re.compile(r"PMID: ?(\d+)")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_SUBSTANCE = re.compile(r"(\S+) \((.*)\)$")
_NOTICE_TYPES = frozenset(("Retraction of Publication", "Published Erratum", "Expression of Concern"))
_ARTICLE_IDS = {"[bookaccession]": "bookshelf", "[pii]": "pii"}
_NONE = ("",)


def read_medline(blocks: Iterable[str], name: str) -> Iterator[Record | Unreadable]:
    """Every entry in its order; what cannot be read is yielded as `Unreadable`."""
    for entry in medline_entries(blocks):
        if entry.refused:
            yield Unreadable(name, entry.number, entry.line, entry.refused)
            continue
        fields = entry.fields
        record = _record(fields, _authors(entry.people))
        if "EVID" in fields:
            yield restored(record, fields["EVID"][0])
        elif record.title or record.source_id:
            yield record
        else:
            yield Unreadable(name, entry.number, entry.line, "the entry has neither a title nor a PMID")


def _authors(people: People) -> tuple[Author, ...]:
    """Authors in their order: the full name where one is given, else the short one; places and ORCID belong to the last."""
    found: list[Author] = []
    places: list[str] = []
    family = given = orcid = ""
    is_full = "FAU " in dict(people)
    is_named = False
    for tag, text in people:
        if tag == "AD  ":
            places.append(text)
        elif tag == "AUID":
            match = _ORCID.search(text)
            orcid = match[0] if match else orcid
        elif tag != "AU  " or not is_full:
            if is_named:
                found.append(made_author(family, given, orcid, tuple(places)))
            # What stands before the first name belongs to nobody.
            is_named, orcid, places = True, "", []
            family, given = _name(tag, text)
    if is_named:
        found.append(made_author(family, given, orcid, tuple(places)))
    return tuple(found)


def _name(tag: str, text: str) -> tuple[str, str]:
    """`Doe, Jane`, `Doe J`, or a group's name."""
    if tag == "CN  ":
        return text, ""
    family, comma, given = text.partition(",")
    if not comma and tag == "AU  ":
        family, _, given = text.rpartition(" ")
    return (family.strip(), given.strip()) if family or tag == "FAU " else (given, "")


def _record(fields: Fields, authors: tuple[Author, ...]) -> Record:
    get = fields.get
    types = tuple(get("PT  ", ()))
    abstract = get("AB  ", _NONE)[0]
    date = iso_date(get("DP  ", _NONE)[0])
    book, original = get("BTI ", _NONE)[0], get("TT  ", _NONE)[0]
    keywords, notes = get("OT  ", ()), get("GN  ", ())
    labels = labels_in((*notes, *keywords)) if notes or keywords else ()
    is_related = not _RELATED.isdisjoint(fields)
    return made_record(
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
        headings=tuple(map(_heading, get("MH  ", ()))),
        substances=tuple(map(_substance, get("RN  ", ()))),
        keywords=_keywords(keywords, labels) if keywords else (),
        registrations=_registrations(get("SI  ", ()), abstract),
        notices=_notices(fields) if is_related else (),
        funding=tuple(get("GR  ", ())),
        conflict_statement=get("COIS", _NONE)[0],
        language=get("LA  ", _NONE)[0],
        publisher=get("PB  ", _NONE)[0],
        notes=(*notes, *_notes(fields, date)) if is_related or not _NOTED.isdisjoint(fields) else tuple(notes),
        labels=labels,
    )


def _keywords(texts: Iterable[str], labels: Sequence[object]) -> tuple[str, ...]:
    words = tuple([text.removeprefix("*") for text in texts])
    return unlabelled(words) if labels else words


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
        return (made_section(text),) if text else ()
    found: list[Section] = []
    end = len(text)
    for start, colon in reversed(marks):
        found.append(made_section(text[colon + 2 : end].strip(), text[start:colon]))
        end = start
    return tuple(found[::-1])


def _label_places(text: str) -> list[tuple[int, int]]:
    """Where each label begins, and its colon. Colons are few: looking back from each is faster than looking for capitals."""
    found: list[tuple[int, int]] = []
    # One character is found many times as fast as two.
    colon = text.find(":", 1)
    while colon > 0:
        if text[colon - 1] in _BEFORE_COLON and text[colon + 1 : colon + 2] == " ":
            least = max(colon - _LABEL_LENGTH, 0)
            stop = text.rfind(". ", least, colon)
            start = stop + 2 if stop >= 0 else least
            # No stop is within a label, so that nothing can begin before this.
            if (stop >= 0 or not least) and _is_label(text[start:colon]):
                found.append((start, colon))
            elif label := _LABEL_WITHIN.search(text, least, colon):
                found.append((label.start(), colon))
        colon = text.find(":", colon + 1)
    return found


@remembered
def _is_label(text: str) -> bool:
    return _LABEL.fullmatch(text) is not None


@remembered
def _heading(text: str) -> Heading:
    if "/" not in text and "*" not in text:
        return made_heading(text)
    descriptor, *qualifiers = text.split("/")
    return made_heading(descriptor.lstrip("*"), tuple(part.lstrip("*") for part in qualifiers), "*" in text)


@remembered
def _substance(text: str) -> str:
    found = _SUBSTANCE.match(text)
    if not found:
        return text
    return found[2] if found[1] == "0" else f"{found[2]} ({found[1]})"


def _identifiers(fields: Fields) -> tuple[Identifier, ...]:
    get = fields.get
    found = [made_identifier("pmid", number) for number in get("PMID", ())]
    for text in (*get("LID ", ()), *get("AID ", ())):
        value, _, kind = text.rpartition(" ")
        if kind == "[doi]":
            found.append(made_identifier("doi", value.lower()))
        elif kind in _ARTICLE_IDS:
            found.append(made_identifier(_ARTICLE_IDS[kind], value))
    found.extend([_issn(text) for text in get("IS  ", ())])
    found.extend([made_identifier("pmcid", text.split()[0]) for text in get("PMC ", ()) if text])
    found.extend([made_identifier("mid", text) for text in get("MID ", ()) if text])
    found.extend([made_identifier("isbn", text) for text in get("ISBN", ()) if text])
    for text in get("SI  ", ()):
        bank, _, number = text.partition("/")
        if number and bank not in REGISTERS and not registrations_in(text):
            found.append(made_identifier(bank.lower(), number))
    return each_once(found)


@remembered
def _issn(text: str) -> Identifier:
    return made_identifier("issn", text[:9])


def _registrations(sources: Iterable[str], abstract: str) -> tuple[str, ...]:
    named: list[str] = []
    for text in sources:
        bank, _, number = text.partition("/")
        named.extend(registrations_in(text) or ((number or bank,) if bank in REGISTERS or not number else ()))
    found = registrations_in(abstract)
    return tuple(dict.fromkeys([*named, *found])) if named else found


def _notices(fields: Fields) -> tuple[Notice, ...]:
    found: list[Notice] = []
    for tag, state in NOTICE_TAGS.items():
        for text in fields.get(f"{tag:4}", ()):
            pmid = _PMID.search(text)
            names = (made_identifier("pmid", pmid[1]),) if pmid else ()
            source = _PMID.sub("", text).strip()
            found.append(Notice(state, names, iso_date(source.partition(". ")[2]), source))
    return tuple(found)


def _notes(fields: Fields, date: str) -> list[str]:
    """What a record has no place for: related articles, the title in its own language, the day of electronic publication."""
    found = _relations(fields)
    found += [f"Original title: {text}" for text in fields.get("TT  ", ())[:1] if text]
    electronic = iso_date(fields.get("DEP ", _NONE)[0])
    return [*found, f"Published electronically: {electronic}"] if electronic and electronic != date else found


def _relations(fields: Fields) -> list[str]:
    return [f"{kind}: {text}" for tag, kind in _RELATIONS.items() for text in fields.get(f"{tag:4}", ())]

"""EndNote XML: a list of `record` elements whose texts are wrapped in `style`. One record at a time, like PubMed's XML."""

import re
from collections.abc import Iterator

from lxml import etree

from evidermis.evidence.record import Record, Section
from evidermis.formats.dates import iso_date, year_of
from evidermis.formats.identifiers import author_of, identifiers_of, registrations_in
from evidermis.formats.labels import labels_in
from evidermis.formats.lines import Chunks
from evidermis.formats.unreadable import Unreadable
from evidermis.formats.xml_entries import Element, flaw, frame_of, parsed_root, xml_entries

__all__ = ["read_endnote_xml"]

_START = re.compile(rb"<(record)>")
_FRAME = frame_of(b"xml", b"records")
# What holds several parts, what becomes part of the record, and what EndNote keeps for itself. All else is a note.
_GROUPS = frozenset(("contributors", "titles", "periodical", "alt-periodical", "dates", "urls"))
_PLACED = frozenset((
    "contributors/authors", "titles/title", "titles/secondary-title", "periodical/full-title", "periodical/abbr-1",
    "alt-periodical/abbr-1", "dates/year", "dates/pub-dates", "urls/related-urls", "keywords", "pages", "volume",
    "number", "issue", "isbn", "abstract", "notes", "research-notes", "work-type", "label", "language", "publisher",
    "electronic-resource-num", "accession-num", "remote-database-name", "rec-number", "ref-type", "database",
    "source-app", "foreign-keys", "custom2",
))  # fmt: skip
_KINDS = {"Journal Article": "article", "Electronic Article": "article", "Conference Proceedings": "conference-abstract",
          "Conference Paper": "conference-abstract", "Book Section": "chapter", "Web Page": "web page",
          "Newspaper Article": "news", "Unpublished Work": "preprint", "Dataset": "registration"}  # fmt: skip


def read_endnote_xml(chunks: Chunks, name: str) -> Iterator[Record | Unreadable]:
    """Every entry in its order."""
    for number, line, entry in xml_entries(chunks, _START, _FRAME):
        yield Unreadable(name, number, line, entry) if isinstance(entry, str) else _made(entry, name, number, line)


def _made(entry: bytes, name: str, number: int, line: int) -> Record | Unreadable:
    try:
        element = parsed_root([entry])[0]
    except etree.XMLSyntaxError as error:
        return Unreadable(name, number, line, flaw(error))
    record = _record(element)
    if not any((record.title, record.abstract, record.identifiers)):
        return Unreadable(name, number, line, "the entry has no title, abstract or identifier")
    return record


def _record(entry: Element) -> Record:
    def texts(path: str) -> list[str]:
        found = ["".join(part.itertext()).strip() for part in entry.findall(path)]  # pyright: ignore[reportArgumentType, reportCallIssue]
        return [text.replace("\r", "\n") for text in found if text]

    def text(*paths: str) -> str:
        return next((found for path in paths for found in texts(path)), "")

    kind = entry.find("ref-type")
    year = text("dates/year")
    abstract = text("abstract")
    notes = texts("notes") + texts("research-notes")
    keywords = tuple(texts("keywords/keyword"))
    journal = text("periodical/full-title", "titles/secondary-title")
    short = text("periodical/abbr-1", "alt-periodical/abbr-1")
    registered = registrations_in(abstract, *notes)
    date = iso_date(f"{year} {text('dates/pub-dates/date')}")
    return Record(
        title=text("titles/title"),
        source="endnote",
        source_id=text("rec-number"),
        kind=_KINDS.get((kind.get("name") or "") if kind is not None else "", "other"),
        authors=tuple(author_of(author.rstrip(",")) for author in texts("contributors/authors/author")),
        journal=journal,
        journal_abbreviation=short if short != journal else "",
        year=year_of(year),
        date=date,
        volume=text("volume"),
        issue=text("number", "issue"),
        pages=text("pages"),
        abstract=(Section(abstract),) if abstract else (),
        identifiers=identifiers_of(
            doi=text("electronic-resource-num"),
            pmid=_pmid(text("accession-num"), text("remote-database-name"), " ".join(texts("urls/related-urls/url"))),
            pmcid=text("custom2"),
            issn=texts("isbn"),
        ),
        publication_types=tuple(texts("work-type")),
        keywords=keywords,
        registrations=registered,
        language=text("language"),
        publisher=text("publisher"),
        url=text("urls/related-urls/url"),
        notes=(*notes, *_rest(entry)),
        labels=labels_in((*notes, *keywords, *texts("label"))),
    )


def _rest(entry: Element) -> Iterator[str]:
    """What the record has no place for, each with the name of its element."""
    for part in entry:
        for place in part if part.tag in _GROUPS else (part,):
            path = f"{part.tag}/{place.tag}" if place is not part else str(part.tag)
            if path not in _PLACED and (text := "".join(place.itertext()).strip().replace("\r", "\n")):  # pyright: ignore[reportArgumentType, reportCallIssue]
                yield f"{place.tag}: {text}"


def _pmid(accession: str, database: str, urls: str) -> str:
    is_pubmed = re.search(r"nlm|pubmed|medline", database, re.IGNORECASE)
    if accession.isdigit() and len(accession) <= 8 and (is_pubmed or not database):
        return accession
    found = re.search(r"ncbi\.nlm\.nih\.gov/pubmed/(\d+)", urls)
    return found[1] if found else ""

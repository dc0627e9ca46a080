"""CSL-JSON (schema 1.0.2), as Zotero, Crossref and citation processors write it."""

import json
from collections.abc import Iterator
from typing import cast

from evidermis.evidence.record import Author, Record, Section
from evidermis.formats.dates import iso_date, year_of
from evidermis.formats.identifiers import identifiers_of, noted_pmcid, noted_pmid, registrations_in, split_list
from evidermis.formats.json_entries import Json, entries_of, listed, texts_in
from evidermis.formats.labels import labels_in, unlabelled
from evidermis.formats.lines import Chunks
from evidermis.formats.remainder import restored
from evidermis.formats.unreadable import Unreadable

__all__ = ["read_csl"]

_KINDS = {"article-journal": "article", "article": "preprint", "dataset": "registration", "chapter": "chapter",
          "paper-conference": "conference-abstract", "article-newspaper": "news", "webpage": "web page",
          "journal-article": "article", "posted-content": "preprint"}  # fmt: skip


# What becomes part of the record; all else is a note.
_PLACED = frozenset((
    "id", "record_id", "citation-key", "type", "title", "author", "container-title", "container-title-short",
    "journalAbbreviation", "year", "issued", "volume", "issue", "page", "abstract", "DOI", "doi", "PMID", "pmid",
    "PMCID", "ISSN", "keyword", "keywords", "number", "language", "publisher", "URL", "note", "evidermis",
))  # fmt: skip


def read_csl(chunks: Chunks, name: str) -> Iterator[Record | Unreadable]:
    """Every entry in its order; a list, one object, JSON lines, or a list under `items`."""
    for number, line, entry in entries_of(chunks, name, ("items",)):
        if isinstance(entry, Unreadable):
            yield entry
            continue
        record = _record(entry)
        if isinstance(rest := entry.get("evidermis"), str):
            yield restored(record, rest)
            continue
        is_empty = not any((record.title, record.abstract, record.identifiers))
        yield Unreadable(name, number, line, "the entry has no title, abstract or identifier") if is_empty else record


def _record(item: Json) -> Record:
    def text(*keys: str) -> str:
        return next((found[0].strip() for key in keys if (found := texts_in(item.get(key)))), "")

    abstract, note = text("abstract"), text("note")
    date = _date(item.get("issued"))
    kind = _KINDS.get(text("type"), "other")
    keywords = split_list(text("keyword")) or tuple(texts_in(item.get("keywords")))
    number = text("number")
    return Record(
        title=text("title"),
        source="csl",
        source_id=text("id", "record_id", "citation-key"),
        kind=kind,
        authors=tuple(author for person in listed(item.get("author")) if (author := _author(person))),
        journal=text("container-title"),
        journal_abbreviation=text("container-title-short", "journalAbbreviation"),
        year=year_of(date or text("year")),
        date=date,
        volume=text("volume"),
        issue=text("issue"),
        pages=text("page"),
        abstract=(Section(abstract),) if abstract else (),
        identifiers=identifiers_of(
            doi=text("DOI", "doi"),
            pmid=text("PMID", "pmid") or noted_pmid([note]),
            pmcid=text("PMCID") or noted_pmcid([note]),
            issn=texts_in(item.get("ISSN")),
        ),
        keywords=unlabelled(keywords),
        registrations=registrations_in(number, abstract),
        language=text("language"),
        publisher=text("publisher"),
        url=text("URL"),
        notes=(*([note] if note else []), *_rest(item)),
        labels=labels_in((note, *keywords)),
    )


def _rest(item: Json) -> list[str]:
    """What the record has no place for; what is no text is given as JSON."""
    held = [(key, value) for key, value in item.items() if key not in _PLACED and value]
    return [
        f"{key}: {value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for key, value in held
    ]


def _date(issued: object) -> str:
    if isinstance(issued, str):
        return iso_date(issued)
    if not isinstance(issued, dict):
        return ""
    held = cast("Json", issued)
    parts = listed(held.get("date-parts"))
    first = texts_in(parts[0]) if parts else []
    worded = texts_in(held.get("raw")) or texts_in(held.get("literal"))
    return iso_date("-".join(first)) if first else iso_date(" ".join(worded))


def _author(person: object) -> Author | None:
    if isinstance(person, str):
        return Author(person)
    if not isinstance(person, dict):
        return None
    held = cast("Json", person)
    found = {key: (texts_in(held.get(key)) or [""])[0] for key in ("family", "given", "literal", "name", "ORCID")}
    family = found["family"] or found["literal"] or found["name"]
    return Author(family, found["given"], found["ORCID"].rpartition("/")[2]) if family or found["given"] else None

"""Crossref: works as its REST API gives them (https://api.crossref.org), a list, or one work.

A work names the notices about it under `updated-by`; a notice names what it is about under `update-to`. Retraction Watch's
notices stand there too, with `source` saying so. Several may stand on one work; each is kept, and the worst state counts.
"""

from collections.abc import Iterator

from evidermis.evidence.natures import plain_nature, state_of
from evidermis.evidence.record import Author, Notice, NoticeState, Record
from evidermis.formats.dates import iso_date, year_of
from evidermis.formats.identifiers import identifiers_of, registrations_in
from evidermis.formats.json_entries import Json, entries_of, listed, object_of, text_in, texts_in
from evidermis.formats.lines import Chunks
from evidermis.formats.markup import plain_text, sections_in
from evidermis.formats.unreadable import Unreadable

__all__ = ["read_crossref", "state_on"]

_KINDS = {
    "journal-article": "article",
    "posted-content": "preprint",
    "proceedings-article": "conference-abstract",
    "book-chapter": "chapter",
}


def read_crossref(chunks: Chunks, name: str) -> Iterator[Record | Unreadable]:
    """Every work in its order."""
    for number, line, entry in entries_of(chunks, name, ("message.items",)):
        if isinstance(entry, Unreadable):
            yield entry
            continue
        record = _record(object_of(entry.get("message")) or entry)
        is_empty = not (record.title or record.identifiers)
        yield Unreadable(name, number, line, "the work has neither a title nor a DOI") if is_empty else record


def state_on(work: Json) -> NoticeState:
    """The state that all notices about a work leave it in."""
    return state_of(text_in(object_of(one), "type", "label") for one in listed(work.get("updated-by")))


def _record(work: Json) -> Record:
    date = next((found for key in ("published", "issued", "created") if (found := _date(work.get(key)))), "")
    abstract = sections_in(text_in(work, "abstract"))
    trials = [text_in(object_of(one), "clinical-trial-number") for one in listed(work.get("clinical-trial-number"))]
    about = [object_of(one) for one in listed(work.get("update-to"))]
    doi = text_in(work, "DOI").lower()
    return Record(
        title=": ".join(plain_text(part) for part in (text_in(work, "title"), text_in(work, "subtitle")) if part),
        source="crossref",
        source_id=doi,
        kind="notice" if about else _KINDS.get(text_in(work, "type"), "other"),
        authors=tuple(author for one in listed(work.get("author")) if (author := _author(object_of(one)))),
        journal=plain_text(text_in(work, "container-title")),
        journal_abbreviation=plain_text(text_in(work, "short-container-title")),
        year=year_of(date),
        date=date,
        volume=text_in(work, "volume"),
        issue=text_in(work, "issue"),
        pages=text_in(work, "page", "article-number"),
        abstract=abstract,
        identifiers=identifiers_of(doi=doi, issn=texts_in(work.get("ISSN"))),
        publication_types=tuple(texts_in(work.get("type"))),
        keywords=tuple(plain_text(word) for word in texts_in(work.get("subject"))),
        registrations=registrations_in(*trials, *(section.text for section in abstract)),
        notices=_notices(work),
        funding=tuple(_funder(object_of(one)) for one in listed(work.get("funder"))),
        language=text_in(work, "language"),
        publisher=plain_text(text_in(work, "publisher")),
        url=text_in(work, "URL"),
        notes=tuple(f"{plain_nature(text_in(one, 'type'))} of {text_in(one, 'DOI').lower()}" for one in about),
    )


def _notices(work: Json) -> tuple[Notice, ...]:
    """The notices about a work; a new edition or version is none."""
    found: list[Notice] = []
    for one in map(object_of, listed(work.get("updated-by"))):
        nature = text_in(one, "type", "label")
        state = state_of((nature,))
        if state == "none":
            continue
        by = text_in(one, "source")
        told = f"{plain_nature(nature)}{f' ({by})' if by else ''}"
        found.append(Notice(state, identifiers_of(doi=text_in(one, "DOI")), _date(one.get("updated")), told))
    return tuple(dict.fromkeys(found))


def _date(held: object) -> str:
    """A date's parts (`[[2026, 9, 1]]`) as far as they are told."""
    parts = listed(object_of(held).get("date-parts"))
    return iso_date("-".join(texts_in(parts[0]))) if parts else ""


def _author(person: Json) -> Author | None:
    family = plain_text(text_in(person, "family", "name"))
    places = [plain_text(text_in(object_of(one), "name")) for one in listed(person.get("affiliation"))]
    orcid = text_in(person, "ORCID").rpartition("/")[2]
    given = plain_text(text_in(person, "given"))
    return Author(family, given, orcid, tuple(p for p in places if p)) if family or given else None


def _funder(funder: Json) -> str:
    return ", ".join([plain_text(text_in(funder, "name")), *texts_in(funder.get("award"))])

"""OpenAlex: works as its API gives them (https://developers.openalex.org), a page, a list, or one work.

Abstracts come as an inverted index (each word with its places) and are put together again. OpenAlex says only that a work is
retracted, not by which notice.
"""

from collections.abc import Iterator

from evidermis.evidence.record import Author, Heading, Notice, Record, Section
from evidermis.formats.dates import iso_date, year_of
from evidermis.formats.identifiers import identifiers_of, registrations_in
from evidermis.formats.json_entries import Json, entries_of, listed, object_of, text_in, texts_in
from evidermis.formats.lines import Chunks
from evidermis.formats.markup import plain_text
from evidermis.formats.unreadable import Unreadable

__all__ = ["read_openalex"]

_KINDS = {
    "article": "article",
    "book-chapter": "chapter",
    "erratum": "notice",
    "letter": "article",
    "preprint": "preprint",
    "retraction": "notice",
    "review": "article",
}
# The longest abstracts have a few thousand words; an index that names a place far behind is broken or an attack.
_MOST_WORDS = 100_000


def read_openalex(chunks: Chunks, name: str) -> Iterator[Record | Unreadable]:
    """Every work in its order."""
    for number, line, entry in entries_of(chunks, name, ("results",)):
        if isinstance(entry, Unreadable):
            yield entry
            continue
        record = _record(entry)
        is_empty = not (record.title or record.identifiers)
        yield Unreadable(name, number, line, "the work has neither a title nor a DOI") if is_empty else record


def _record(work: Json) -> Record:
    names = object_of(work.get("ids"))
    place = object_of(work.get("primary_location"))
    source = object_of(place.get("source"))
    where = object_of(work.get("biblio"))
    abstract = _abstract(work.get("abstract_inverted_index"))
    date = iso_date(text_in(work, "publication_date")) or iso_date(text_in(work, "publication_year"))
    first, last = text_in(where, "first_page"), text_in(where, "last_page")
    return Record(
        title=plain_text(text_in(work, "title", "display_name")),
        source="openalex",
        source_id=text_in(work, "id").rpartition("/")[2],
        kind=_KINDS.get(text_in(work, "type"), "other"),
        authors=tuple(author for one in listed(work.get("authorships")) if (author := _author(object_of(one)))),
        journal=plain_text(text_in(source, "display_name")),
        year=year_of(date),
        date=date,
        volume=text_in(where, "volume"),
        issue=text_in(where, "issue"),
        pages=f"{first}-{last}" if last and last != first else first,
        abstract=(Section(abstract),) if abstract else (),
        identifiers=identifiers_of(
            doi=text_in(work, "doi"),
            pmid=text_in(names, "pmid").rpartition("/")[2],
            pmcid=f"PMC{text_in(names, 'pmcid').rpartition('/')[2].upper().removeprefix('PMC')}",
            issn=texts_in(source.get("issn")),
            others=[("openalex", text_in(work, "id").rpartition("/")[2])],
        ),
        publication_types=tuple(texts_in(work.get("type"))),
        headings=tuple(heading for one in listed(work.get("mesh")) if (heading := _heading(object_of(one)))),
        keywords=tuple(
            word for one in listed(work.get("keywords")) if (word := text_in(object_of(one), "display_name"))
        ),
        registrations=registrations_in(abstract),
        notices=(Notice("retracted", text="is_retracted"),) if work.get("is_retracted") is True else (),
        language=text_in(work, "language"),
        publisher=plain_text(text_in(source, "host_organization_name")),
        url=text_in(place, "landing_page_url"),
    )


def _abstract(index: object) -> str:
    placed: dict[int, str] = {}
    for word, places in object_of(index).items():
        for place in listed(places):
            if isinstance(place, int) and 0 <= place < _MOST_WORDS:
                placed[place] = word
    return plain_text(" ".join(placed[place] for place in sorted(placed)))


def _author(authorship: Json) -> Author | None:
    """A person as printed (`raw_author_name`), else as OpenAlex calls them: given names first, the last word the family name."""
    person = object_of(authorship.get("author"))
    name = plain_text(text_in(authorship, "raw_author_name") or text_in(person, "display_name"))
    if not name:
        return None
    if "," in name:
        family, _, given = (part.strip() for part in name.partition(","))
    else:
        given, _, family = (part.strip() for part in name.rpartition(" "))
    orcid = text_in(person, "orcid").rpartition("/")[2]
    return Author(family, given, orcid, tuple(texts_in(authorship.get("raw_affiliation_strings"))))


def _heading(mesh: Json) -> Heading | None:
    name, qualifier = text_in(mesh, "descriptor_name"), text_in(mesh, "qualifier_name")
    return Heading(name, (qualifier,) if qualifier else (), mesh.get("is_major_topic") is True) if name else None

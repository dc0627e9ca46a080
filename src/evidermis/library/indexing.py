"""How records stand in a full-text index, and how words and likeness become a question to it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import Record

if TYPE_CHECKING:
    from tantivy import DocAddress, Document, Index, Query, Schema, Searcher

__all__ = ["FIELDS", "answers", "document", "is_installed", "likeness", "numbers_at", "question", "schema"]

# A word in a title says more of a record than one in its abstract (the usual weights of literature search).
FIELDS: Mapping[str, float] = {
    "title": 3.0,
    "abstract": 1.0,
    "author": 1.0,
    "journal": 0.5,
    "keyword": 2.0,
    "id": 1.0,
}


def is_installed() -> bool:
    """True where tantivy is there."""
    try:
        import tantivy  # noqa: F401 # pyright: ignore[reportUnusedImport]
    except ImportError:
        return False
    return True


def schema() -> "Schema":
    """The fields that are searched, the year, and the number that names a record."""
    if not is_installed():
        raise BadInput("searching needs tantivy", mend="pip install 'evidermis[library]'")
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_unsigned_field("number", indexed=True, fast=True)
    builder.add_integer_field("year", indexed=True, fast=True)
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="default" if name in ("author", "id") else "en_stem")
    return builder.build()


def document(number: int, digest: str, record: Record) -> "Document":
    """A record as it stands in the index."""
    from tantivy import Document

    made = Document()
    made.add_unsigned("number", number)
    if record.year is not None:
        made.add_integer("year", record.year)
    parts: dict[str, Sequence[str]] = {
        "title": (record.title,),
        "abstract": (record.abstract_text,),
        "author": tuple(f"{author.given} {author.family}" for author in record.authors),
        "journal": (record.journal, record.journal_abbreviation),
        "keyword": _keywords(record),
        "id": (digest, record.source_id, *record.registrations, *(one.value for one in record.identifiers)),
    }
    for name, texts in parts.items():
        for text in texts:
            if text:
                made.add_text(name, text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8"))
    return made


def question(index: "Index", words: str) -> "Query":
    """What the words ask: all must occur; `"a phrase"`, `title:word`, OR and NOT are understood. `BadInput` where they
    cannot be understood.
    """
    try:
        return index.parse_query(words, list(FIELDS), field_boosts=dict(FIELDS), conjunction_by_default=True)
    except ValueError as error:
        mend = f'put words with signs in "quotes"; the fields are {", ".join(FIELDS)} and year'
        raise BadInput(f"the words {words[:80]!r} cannot be understood ({error})", mend=mend) from error


def likeness(index: "Index", record: Record) -> "Query":
    """What asks for records that share the telling words of this one."""
    from tantivy import Query

    fields = {"title": [record.title], "abstract": [record.abstract_text], "keyword": list(_keywords(record))}
    return Query.more_like_this_document_fields_query(index.schema, fields, min_doc_frequency=1, min_term_frequency=1)


def answers(index: "Index", query: "Query", limit: int, years: tuple[int, int] | None) -> list[tuple[int, float]]:
    """Number and score of the records nearest to a query, published in these years."""
    from tantivy import FieldType, Occur, Query

    if years:
        within = Query.range_query(index.schema, "year", FieldType.Integer, *years)
        query = Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(within, 0.0))])
    searcher = index.searcher()
    found = searcher.search(query, limit, count=False).hits
    numbers = numbers_at(searcher, [address for _, address in found])
    return [(number, round(float(score), 4)) for number, (score, _) in zip(numbers, found, strict=True)]


def numbers_at(searcher: "Searcher", addresses: "list[DocAddress]") -> list[int]:
    """The numbers of the records at these places of the index."""
    return [int(value or 0) for value in searcher.fast_field_values("number", addresses)]


def _keywords(record: Record) -> tuple[str, ...]:
    return (*record.keywords, *(heading.descriptor for heading in record.headings), *record.substances)

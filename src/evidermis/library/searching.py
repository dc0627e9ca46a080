"""Full-text search: a tantivy index beside the library that can always be made again.

The index holds each record's number. Numbers only rise and records never change, so what the index lacks is what lies above
its highest number; its folder is named by the library's stamp, so that an index of another library is never asked.
tantivy's commits are whole or nothing, so after a kill the index is at worst behind, and the next search brings it up.
"""

import re
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import Record
from evidermis.library.store import Library

if TYPE_CHECKING:
    from tantivy import DocAddress, Document, Index, IndexWriter, Query, Schema, Searcher

__all__ = ["FIELDS", "Hit", "SearchIndex", "is_installed"]

# A word in a title says more of a record than one in its abstract (the usual weights of literature search).
FIELDS: Mapping[str, float] = {
    "title": 3.0,
    "abstract": 1.0,
    "author": 1.0,
    "journal": 0.5,
    "keyword": 2.0,
    "id": 1.0,
}
# Raised when the fields or how their words are cut change.
_FORM = 1
_HEAP_BYTES = 96_000_000
_PATIENCE_SECONDS = 60.0
# A kill costs at most so many records of indexing, about two seconds.
_COMMIT_EVERY = 25_000
# Equal scores are put in order by digest; so many more are looked at, so that a tie at the end is broken the same way.
_SPARE = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found; the higher the score, the nearer."""

    digest: str
    score: float
    record: Record


def is_installed() -> bool:
    """True where tantivy is there."""
    try:
        import tantivy  # noqa: F401 # pyright: ignore[reportUnusedImport]
    except ImportError:
        return False
    return True


class SearchIndex:
    """The index of one library. `BadInput` where tantivy is not installed."""

    def __init__(self, library: Library, folder: Path) -> None:
        if not is_installed():
            raise BadInput("searching needs tantivy", mend="pip install 'evidermis[library]'")
        self._library, self._folder = library, folder
        self._index = self._opened()

    def refresh(self) -> None:
        """Index every record that the index lacks."""
        if self._last_number() == self._library.last_number():
            return
        writer = _writer(self._index, self._folder)
        # Another command may have written while this one waited for its turn.
        self._index.reload()
        for count, (number, digest, record) in enumerate(self._library.records(self._last_number()), 1):
            writer.add_document(_document(number, digest, record))
            if count % _COMMIT_EVERY == 0:
                writer.commit()
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, words: str, limit: int, years: tuple[int, int] | None = None) -> tuple[Hit, ...]:
        """The records nearest to the words, best first. All words must occur; `"a phrase"`, `title:word`, OR and NOT are
        understood. `BadInput` where the words cannot be understood.
        """
        try:
            query = self._index.parse_query(words, list(FIELDS), field_boosts=dict(FIELDS), conjunction_by_default=True)
        except ValueError as error:
            mend = f'put words with signs in "quotes"; the fields are {", ".join(FIELDS)} and year'
            raise BadInput(f"the words {words[:80]!r} cannot be understood ({error})", mend=mend) from error
        return self._hits(query, limit, years)

    def like(self, digest: str, limit: int, years: tuple[int, int] | None = None) -> tuple[Hit, ...]:
        """The records most like one, that one left out. `BadInput` where no single record's digest starts so."""
        from tantivy import Query

        found = self._library.starting(digest.lower()) if re.fullmatch(r"[0-9a-fA-F]{4,64}", digest) else ()
        if len(found) != 1:
            what = f"{digest[:64]!r} is {'the start of several records' if found else 'no record'}"
            raise BadInput(what, mend="take the id that `evidermis search WORDS` prints")
        number, name = found[0]
        record = self._library.numbered([number])[number][1]
        fields = {"title": [record.title], "abstract": [record.abstract_text], "keyword": list(_keywords(record))}
        query = Query.more_like_this_document_fields_query(
            self._index.schema, fields, min_doc_frequency=1, min_term_frequency=1
        )
        return tuple(hit for hit in self._hits(query, limit + 1, years) if hit.digest != name)[:limit]

    def _hits(self, query: "Query", limit: int, years: tuple[int, int] | None) -> tuple[Hit, ...]:
        from tantivy import FieldType, Occur, Query

        if years:
            within = Query.range_query(self._index.schema, "year", FieldType.Integer, *years)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(within, 0.0))])
        searcher = self._index.searcher()
        found = searcher.search(query, limit + _SPARE, count=False).hits
        numbers = _numbers(searcher, [address for _, address in found])
        names = self._library.named(numbers)
        scored = zip(numbers, (round(float(score), 4) for score, _ in found), strict=True)
        best = sorted((-score, names[number], number) for number, score in scored if number in names)[:limit]
        records = self._library.numbered([number for _, _, number in best])
        return tuple(Hit(digest, -score, records[number][1]) for score, digest, number in best)

    def _last_number(self) -> int:
        from tantivy import Order, Query

        searcher = self._index.searcher()
        found = searcher.search(Query.all_query(), 1, count=False, order_by_field="number", order=Order.Desc).hits
        return _numbers(searcher, [found[0][1]])[0] if found else 0

    def _opened(self) -> "Index":
        from tantivy import Index

        mine = self._folder / f"{self._library.stamp}-{_FORM}"
        for left in self._folder.glob("*"):
            if left != mine:
                shutil.rmtree(left, ignore_errors=True)
        mine.mkdir(parents=True, exist_ok=True)
        try:
            return Index(_schema(), path=str(mine))
        except ValueError:
            # It cannot be read. All of it can be made again from the library.
            shutil.rmtree(mine, ignore_errors=True)
            mine.mkdir(parents=True)
            return Index(_schema(), path=str(mine))


def _schema() -> "Schema":
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_unsigned_field("number", indexed=True, fast=True)
    builder.add_integer_field("year", indexed=True, fast=True)
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="default" if name in ("author", "id") else "en_stem")
    return builder.build()


def _document(number: int, digest: str, record: Record) -> "Document":
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


def _keywords(record: Record) -> tuple[str, ...]:
    return (*record.keywords, *(heading.descriptor for heading in record.headings), *record.substances)


def _numbers(searcher: "Searcher", addresses: "list[DocAddress]") -> list[int]:
    return [int(value or 0) for value in searcher.fast_field_values("number", addresses)]


def _writer(index: "Index", folder: Path) -> "IndexWriter":
    """The index's one writer; waits for its turn where another command holds it."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        except ValueError as error:
            if "LockBusy" not in str(error) or time.monotonic() > until:
                raise BadInput(
                    f"the search index cannot be written ({error})", file=str(folder), mend="try again"
                ) from error
        time.sleep(0.05)

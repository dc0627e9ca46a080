"""Full-text search: a tantivy index beside the library that can always be made again.

The index holds each record's number. Numbers only rise and records never change, so what the index lacks is what lies above
its highest number; its folder is named by the library's stamp, so that an index of another library is never asked.
tantivy's commits are whole or nothing, so after a kill the index is at worst behind, and the next search brings it up.
"""

import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import Record
from evidermis.library.indexing import answers, document, likeness, numbers_at, question, schema
from evidermis.library.store import Library

if TYPE_CHECKING:
    from tantivy import Index, IndexWriter, Query

__all__ = ["Hit", "SearchIndex"]

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


class SearchIndex:
    """The index of one library. `BadInput` where tantivy is not installed."""

    def __init__(self, library: Library, folder: Path) -> None:
        self._library, self._folder = library, folder
        self._schema = schema()
        self._index = self._opened()

    def refresh(self) -> None:
        """Index every record that the index lacks."""
        if self._last_number() == self._library.last_number():
            return
        writer = _writer(self._index, self._folder)
        # Another command may have written while this one waited for its turn.
        self._index.reload()
        for count, (number, digest, record) in enumerate(self._library.records(self._last_number()), 1):
            writer.add_document(document(number, digest, record))
            if count % _COMMIT_EVERY == 0:
                writer.commit()
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, words: str, limit: int, years: tuple[int, int] | None = None) -> tuple[Hit, ...]:
        """The records nearest to the words, best first. All words must occur; `"a phrase"`, `title:word`, OR and NOT are
        understood. `BadInput` where the words cannot be understood.
        """
        return self._hits(question(self._index, words), limit, years)

    def like(self, record: Record, limit: int, years: tuple[int, int] | None = None) -> tuple[Hit, ...]:
        """The records most like one, that one left out."""
        name = record.digest
        found = self._hits(likeness(self._index, record), limit + 1, years)
        return tuple(hit for hit in found if hit.digest != name)[:limit]

    def record_of(self, start: str) -> Record:
        """The record whose digest starts so. `BadInput` where no single one's does."""
        found = self._library.starting(start.lower()) if re.fullmatch(r"[0-9a-fA-F]{4,64}", start) else ()
        if len(found) != 1:
            what = f"{start[:64]!r} is {'the start of several records' if found else 'no record'}"
            raise BadInput(what, mend="take the id that `evidermis search WORDS` prints")
        number, _ = found[0]
        return self._library.numbered([number])[number][1]

    def _hits(self, query: "Query", limit: int, years: tuple[int, int] | None) -> tuple[Hit, ...]:
        found = answers(self._index, query, limit + _SPARE, years)
        names = self._library.named([number for number, _ in found])
        best = sorted((-score, names[number], number) for number, score in found if number in names)[:limit]
        records = self._library.numbered([number for _, _, number in best])
        return tuple(Hit(digest, -score, records[number][1]) for score, digest, number in best)

    def _last_number(self) -> int:
        from tantivy import Order, Query

        searcher = self._index.searcher()
        found = searcher.search(Query.all_query(), 1, count=False, order_by_field="number", order=Order.Desc).hits
        return numbers_at(searcher, [found[0][1]])[0] if found else 0

    def _opened(self) -> "Index":
        from tantivy import Index

        mine = self._folder / f"{self._library.stamp}-{_FORM}"
        for left in self._folder.glob("*"):
            if left != mine:
                shutil.rmtree(left, ignore_errors=True)
        mine.mkdir(parents=True, exist_ok=True)
        try:
            return Index(self._schema, path=str(mine))
        except ValueError:
            # It cannot be read. All of it can be made again from the library.
            shutil.rmtree(mine, ignore_errors=True)
            mine.mkdir(parents=True)
            return Index(self._schema, path=str(mine))


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

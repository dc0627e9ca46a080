"""Full-text search over a few records that are in no library, such as those that people write by hand."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evidermis.evidence.record import Record
from evidermis.library.indexing import answers, document, likeness, question, schema
from evidermis.library.searching import Hit

if TYPE_CHECKING:
    from tantivy import Query

__all__ = ["GatheredIndex"]

# The least that tantivy takes.
_HEAP_BYTES = 15_000_000


class GatheredIndex:
    """An index in memory, made anew each time: a thousand records take some hundredths of a second, and it cannot be out of
    step with the file they stand in. `BadInput` where tantivy is not installed.
    """

    def __init__(self, records: Sequence[Record]) -> None:
        fields = schema()
        from tantivy import Index

        self._records = [(record.digest, record) for record in records]
        self._index = Index(fields)
        writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        for number, (digest, record) in enumerate(self._records):
            writer.add_document(document(number, digest, record))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, words: str, limit: int, years: tuple[int, int] | None = None) -> tuple[Hit, ...]:
        """The records nearest to the words, best first, as `SearchIndex.search` has it."""
        return self._hits(question(self._index, words), limit, years)

    def like(self, record: Record, limit: int, years: tuple[int, int] | None = None) -> tuple[Hit, ...]:
        """The records most like one, that one left out."""
        name = record.digest
        found = self._hits(likeness(self._index, record), limit + 1, years)
        return tuple(hit for hit in found if hit.digest != name)[:limit]

    def _hits(self, query: "Query", limit: int, years: tuple[int, int] | None) -> tuple[Hit, ...]:
        # All of them are looked at, so that equal scores are put in order by what the records are.
        found = answers(self._index, query, max(len(self._records), 1), years)
        hits = [Hit(self._records[number][0], score, self._records[number][1]) for number, score in found]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.digest))[:limit])

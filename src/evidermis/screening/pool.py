"""The *pool*: the texts of the records that are to be screened, in a fixed order."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from evidermis.evidence.record import Record
from evidermis.screening.arrays import Flags

__all__ = ["Pool"]


@dataclass(frozen=True, slots=True)
class Pool:
    """Titles and abstracts, one of each a record. An unknown abstract is `""`. Headings are read with it."""

    titles: tuple[str, ...]
    abstracts: tuple[str, ...]
    others: tuple[str, ...] = ()

    @classmethod
    def of(cls, records: Iterable[Record]) -> "Pool":
        """The pool of some records, with their MeSH headings, keywords and publication types."""
        held = tuple(records)
        return cls(
            tuple(record.title for record in held),
            tuple(record.abstract_text for record in held),
            tuple(_said_about(record) for record in held),
        )

    def __len__(self) -> int:
        return len(self.titles)

    @property
    def texts(self) -> list[str]:
        """Title, abstract and what was said about each record as one text."""
        others = self.others or ("",) * len(self)
        return [" ".join(parts) for parts in zip(self.titles, self.abstracts, others, strict=True)]

    @property
    def without_abstract(self) -> Flags:
        """Which records have no abstract (n)."""
        return np.array([not abstract.strip() for abstract in self.abstracts], dtype=bool)


def _said_about(record: Record) -> str:
    headings = [heading.descriptor for heading in record.headings]
    return " ".join((*headings, *record.keywords, *record.publication_types, *record.substances))

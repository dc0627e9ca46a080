"""The *pool*: the texts of the records that are to be screened, in a fixed order."""

from dataclasses import dataclass

import numpy as np

from evidermis.screening.arrays import Flags

__all__ = ["Pool"]


@dataclass(frozen=True, slots=True)
class Pool:
    """Titles and abstracts, one of each a record, and what else a source says it is about. What is unknown is `""`.

    `subjects` are keywords and headings, one text a record; left out, none is known.
    """

    titles: tuple[str, ...]
    abstracts: tuple[str, ...]
    subjects: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.titles)

    @property
    def texts(self) -> list[str]:
        """Title, abstract and subjects of each record as one text."""
        subjects = self.subjects or ("",) * len(self)
        return [" ".join(parts) for parts in zip(self.titles, self.abstracts, subjects, strict=True)]

    @property
    def without_abstract(self) -> Flags:
        """Which records have no abstract (n)."""
        return np.array([not abstract.strip() for abstract in self.abstracts], dtype=bool)

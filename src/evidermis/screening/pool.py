"""The *pool*: the texts of the records that are to be screened, in a fixed order."""

from dataclasses import dataclass

import numpy as np

from evidermis.screening.arrays import Flags

__all__ = ["Pool"]


@dataclass(frozen=True, slots=True)
class Pool:
    """Titles and abstracts, one of each a record. An unknown abstract is `""`."""

    titles: tuple[str, ...]
    abstracts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.titles)

    @property
    def texts(self) -> list[str]:
        """Title and abstract of each record as one text."""
        return [f"{title} {abstract}" for title, abstract in zip(self.titles, self.abstracts, strict=True)]

    @property
    def without_abstract(self) -> Flags:
        """Which records have no abstract (n)."""
        return np.array([not abstract.strip() for abstract in self.abstracts], dtype=bool)

"""Texts as rows of term weights: words and pairs of neighbouring words, weighted by how rare they are among the records.

A row is `(1 + ln tf) · idf`, scaled to length one (Salton & Buckley 1988, Inf Process Manag 24:513), so that the product of
two rows is their likeness, from 0 to 1. Terms that stand in one record alone can make no two records alike and are left out
of the matrix, which halves it.
"""

# scipy's sparse matrices carry no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeArgument=false, reportUnknownParameterType=false, reportUnknownLambdaType=false

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from evidermis.screening.arrays import Counts, Floats

__all__ = ["Numbered", "TermSpace", "numbered", "term_space"]

_WORD = re.compile(r"\w\w+")
# A word that stands in more than this share of the records tells none of them apart.
_EVERYWHERE = 0.9
_UNSEEN = -1


@dataclass(frozen=True, slots=True)
class Numbered:
    """The words of `n` texts as numbers, one after the other, and the text that each stands in (`owners`)."""

    n: int
    words: dict[str, int]
    numbers: Counts
    owners: Counts


@dataclass(frozen=True, slots=True)
class TermSpace:
    """The rows of `n` records over their terms (`rows`, n × terms, float32), and what a new text needs to become one.

    `codes` are the terms' sorted codes: a word's number, or first × `len(words)` + second (shifted by `len(words)`) for a pair.
    """

    rows: csr_matrix
    words: dict[str, int]
    codes: Counts
    idf: Floats
    pairs: bool

    def row_of(self, text: str) -> Floats:
        """A text as one dense row of this space; words that no record has are not in it."""
        numbers = np.array([self.words.get(token, _UNSEEN) for token in _tokens(text)], dtype=np.int64)
        found = _codes(numbers, np.zeros(len(numbers), dtype=np.int64), len(self.words), self.pairs)[0]
        row = np.zeros(len(self.codes), dtype=np.float32)
        codes, times = np.unique(found, return_counts=True)
        places = np.searchsorted(self.codes, codes)
        places = np.minimum(places, max(len(self.codes) - 1, 0))
        known = self.codes[places] == codes if len(self.codes) else np.zeros(len(codes), dtype=bool)
        row[places[known]] = (1 + np.log(times[known])) * self.idf[places[known]]
        length = float(np.linalg.norm(row))
        return row / length if length else row


def numbered(texts: Sequence[str]) -> Numbered:
    """The words of some texts, in lower case, two characters or longer."""
    words: dict[str, int] = {}
    numbers: list[int] = []
    lengths: list[int] = []
    for text in texts:
        found = _tokens(text)
        numbers.extend([words.setdefault(token, len(words)) for token in found])
        lengths.append(len(found))
    owners = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    return Numbered(len(texts), words, np.array(numbers, dtype=np.int64), owners)


def term_space(texts: Numbered, *, pairs: bool = True) -> TermSpace:
    """The term space of some texts, of single words and, with `pairs`, of neighbouring words."""
    codes, holders = _codes(texts.numbers, texts.owners, len(texts.words), pairs)
    return _weighted(codes, holders, texts.n, texts.words, pairs)


def _tokens(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _codes(numbers: Counts, owners: Counts, size: int, pairs: bool) -> tuple[Counts, Counts]:
    """Every occurrence of a term as its code, and the text it stands in."""
    seen = numbers >= 0
    if not pairs:
        return numbers[seen], owners[seen]
    together = (owners[1:] == owners[:-1]) & seen[1:] & seen[:-1]
    two = (numbers[:-1][together] + 1) * size + numbers[1:][together]
    return np.concatenate([numbers[seen], two]), np.concatenate([owners[seen], owners[1:][together]])


def _weighted(codes: Counts, holders: Counts, n: int, words: dict[str, int], pairs: bool) -> TermSpace:
    terms, columns = np.unique(codes, return_inverse=True)
    cells, times = np.unique(holders * max(len(terms), 1) + columns, return_counts=True)
    rows, columns = np.divmod(cells, max(len(terms), 1))
    among = np.bincount(columns, minlength=len(terms))
    kept = (among <= max(_EVERYWHERE * n, 1)) & (among >= 2)
    # A pair that stands in one record still takes its share of the row's length: what is said at length is said of more.
    telling = kept | ((among == 1) & pairs)
    idf = np.log((1 + n) / (1 + among)) + 1
    weights = np.where(telling[columns], (1 + np.log(times)) * idf[columns], 0)
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=n))
    weights /= np.where(lengths, lengths, 1)[rows]
    place = np.cumsum(kept) - 1
    stays = kept[columns]
    matrix = csr_matrix(
        (weights[stays].astype(np.float32), (rows[stays], place[columns[stays]])), shape=(n, int(kept.sum()))
    )
    return TermSpace(matrix, words, terms[kept], idf[kept].astype(np.float32), pairs)

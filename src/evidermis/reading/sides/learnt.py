"""What was learnt of wordings that compare people with themselves: a weight for each term, as text that can be read and diffed.

It was learnt from the project's own paraphrases (`validation/sides`, by `scripts/learn_sides.py`): a linear model, so that a
score can be taken apart term by term.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from evidermis.reading.sides.likeness import VIEWS, terms_of, terms_of_word

__all__ = ["Likeness", "bundled_likeness", "likeness_as_text", "likeness_from_text"]

_FILE = "weights.tsv"
# Below this sum of its single words, one in two hundred of the wordings that were learnt from compares people with themselves.
_LEAST_BY_WORDS = -0.7
# Words are remembered up to this number, so that memory stays flat.
_MOST_REMEMBERED = 20_000


@dataclass(frozen=True)
class Likeness:
    """`weights[view][term]` is what a term speaks for (above 0) or against people being compared with themselves."""

    weights: Mapping[str, Mapping[str, float]]
    bias: float

    def is_worth_a_look(self, words: Sequence[str]) -> bool:
        """Whether the words by themselves leave room for it; most ordinary sentences are passed over here."""
        known, alone = self._by_word, set(words)
        score = math.fsum(known[word] if word in known else self._learn(word) for word in alone)
        return score >= _LEAST_BY_WORDS * math.sqrt(len(words))

    def share(self, words: Sequence[str]) -> float:
        """How surely a sentence of these words (lower case) compares people with themselves, from 0 to 1."""
        score = math.fsum(map(self._sum, *zip(*terms_of(words, self._firsts).items(), strict=True)))
        return 1.0 / (1.0 + math.exp(-self.bias - score / math.sqrt(len(words) or 1)))

    def _sum(self, view: str, terms: set[str]) -> float:
        """What the terms of a view speak for together."""
        weights = self.weights[view]
        return VIEWS[view] * math.fsum(weights[term] for term in terms if term in weights)

    def _learn(self, word: str) -> float:
        """What a word by itself speaks for, remembered for the next time."""
        if len(self._by_word) >= _MOST_REMEMBERED:
            self._by_word.clear()
        score = self._by_word[word] = sum(map(self._sum, *zip(*terms_of_word(word).items(), strict=True)))
        return score

    @cached_property
    def _firsts(self) -> frozenset[str]:
        """The kinds with which a known pair begins."""
        return frozenset(term.partition(">")[0] for term in self.weights["pairs"])

    @cached_property
    def _by_word(self) -> dict[str, float]:
        return {}


@cache
def bundled_likeness() -> Likeness:
    """What comes with the package."""
    return likeness_from_text((resources.files("evidermis.reading.sides") / _FILE).read_text(encoding="utf-8"))


def likeness_as_text(likeness: Likeness) -> str:
    """One line a term: view, term, weight; the first line holds the bias."""
    lines = [f"bias\t\t{likeness.bias:.4f}"]
    for view in VIEWS:
        lines += [f"{view}\t{term}\t{weight:.3f}" for term, weight in sorted(likeness.weights[view].items())]
    return "\n".join(lines) + "\n"


def likeness_from_text(text: str) -> Likeness:
    """The likeness that `likeness_as_text` wrote."""
    first, *rows = (line.split("\t") for line in text.splitlines())
    weights: dict[str, dict[str, float]] = {view: {} for view in VIEWS}
    for view, term, weight in rows:
        weights[view][term] = float(weight)
    return Likeness(weights, float(first[2]))

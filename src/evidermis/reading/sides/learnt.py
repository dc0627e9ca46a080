"""What was learnt of wordings that compare people with themselves: a weight for each term, as text that can be read and diffed.

It was learnt from the project's own paraphrases (`validation/sides`, by `scripts/learn_sides.py`): a linear model, so that a
score can be taken apart term by term.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from evidermis.reading.sides.likeness import VIEWS, terms_of, terms_of_words

__all__ = ["Likeness", "bundled_likeness", "likeness_as_text", "likeness_from_text"]

_FILE = "weights.tsv"
# Below this sum of its single words, one in five hundred of the wordings that were learnt from compares people with themselves.
_LEAST_BY_WORDS = -0.5


@dataclass(frozen=True, slots=True)
class Likeness:
    """`weights[view][term]` is what a term speaks for (above 0) or against people being compared with themselves."""

    weights: Mapping[str, Mapping[str, float]]
    bias: float

    def is_worth_a_look(self, words: Sequence[str]) -> bool:
        """Whether the words by themselves leave room for it; most ordinary sentences are passed over here."""
        score = sum(
            VIEWS[view] * math.fsum(self.weights[view].get(term, 0.0) for term in terms) / math.sqrt(len(terms) or 1)
            for view, terms in terms_of_words(words).items()
        )
        return score >= _LEAST_BY_WORDS

    def share(self, words: Sequence[str]) -> float:
        """How surely a sentence of these words (lower case) compares people with themselves, from 0 to 1."""
        parts = [self.bias]
        for view, terms in terms_of(words).items():
            known = [weight for term in terms if (weight := self.weights[view].get(term)) is not None]
            parts.append(VIEWS[view] * math.fsum(known) / math.sqrt(len(terms) or 1))
        return 1.0 / (1.0 + math.exp(-math.fsum(parts)))


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

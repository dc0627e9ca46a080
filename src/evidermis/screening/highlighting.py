"""The places of a text that speak of what a review is about: the vocabulary's words, by kind."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from evidermis.evidence.vocabulary import Vocabulary

__all__ = ["Mark", "marks"]

_REST = re.compile(r"\w*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text (`start` to `end`) that names a term of a kind: `source`, `route`, `outcome`, `people`, `design`."""

    start: int
    end: int
    kind: str


def marks(text: str, vocabulary: Vocabulary) -> list[Mark]:
    """The marks of a text in order, none within another; of two that begin together the longer counts."""
    found = [
        Mark(one.start(), _word_end(text, one.end()), kind)
        for kind, words in _expressions(vocabulary)
        for one in words.finditer(text)
        if one.end() > one.start()
    ]
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda one: (one.start, -one.end, one.kind)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _word_end(text: str, end: int) -> int:
    """The end of the word that a cue with an open ending stopped in."""
    found = _REST.match(text, end)
    return found.end() if found else end


@cache
def _expressions(vocabulary: Vocabulary) -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = {
        "source": vocabulary.sources,
        "route": vocabulary.routes,
        "outcome": (*vocabulary.outcomes, *vocabulary.instruments),
        "people": vocabulary.populations,
        "design": vocabulary.designs,
    }
    return tuple(
        (
            kind,
            _expression((word for term in terms for word in term.synonyms), (c for term in terms for c in term.cues)),
        )
        for kind, terms in kinds.items()
    )


def _expression(words: Iterable[str], cues: Iterable[str]) -> re.Pattern[str]:
    """One expression for whole words (in one or several) and for cues, which are expressions already."""
    plain = [rf"\b{re.escape(word)}s?\b" for word in sorted(set(words), key=lambda w: (-len(w), w)) if word]
    return re.compile("|".join([*plain, *sorted(set(cues))]) or r"(?!)", re.IGNORECASE)

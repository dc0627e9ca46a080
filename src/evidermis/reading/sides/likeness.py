"""What a sentence has in common with others: its words, what follows what, and how words begin, by kinds of words.

Parts of a body, places, people, groups, numbers and what is put on are each one kind, so that "cream on one cheek" and "gel on
one forearm" are alike. The kinds' words are data (`evidence/vocabulary/sides.toml`).
"""

from collections.abc import Container, Sequence
from functools import cache

from evidermis.evidence.vocabulary import vocabulary_table
from evidermis.reading.text import NUMBER_WORDS

__all__ = ["VIEWS", "Terms", "body_words", "setting_apart", "terms_of", "terms_of_word"]

# The views of a sentence, each with its weight against the others, found by cross-validation.
VIEWS = {"words": 0.45, "pairs": 0.2, "beginnings": 0.7}
# Terms by view.
Terms = dict[str, set[str]]

_LONGEST_RUN = 4
_FARTHEST = 12
_BEGINNING = 5


@cache
def _kinds() -> tuple[dict[str, str], tuple[str, ...]]:
    """The kind of each listed word, and the endings of things."""
    table = vocabulary_table("sides")
    kinds: dict[str, str] = {}
    for name in ("groups", "lot", "things", "people"):
        kinds |= dict.fromkeys(table[name], name.upper())
    for name, kind in (("open-places", "PLACES"), ("places", "PLACES"), ("parts", "PARTS")):
        for entry in table[name]:
            singular, *plurals = entry.split()
            kinds |= {singular: kind, **dict.fromkeys(plurals, f"{kind}+")}
    return kinds, tuple(table["thing-endings"])


@cache
def body_words() -> frozenset[str]:
    """The words by which a sentence speaks of a body."""
    table = vocabulary_table("sides")
    nouns = (word for name in ("parts", "places") for entry in table[name] for word in entry.split())
    return frozenset(nouns) | frozenset(table["said-of-bodies"])


@cache
def setting_apart() -> frozenset[str]:
    """The words by which one thing is told from another; a sentence without any sets no part of a body against another."""
    return frozenset(vocabulary_table("sides")["set-apart"])


def _kinds_in(words: Sequence[str]) -> list[str]:
    """Each word by its kind where it has one, else the word itself."""
    kinds, endings = _kinds()
    return [
        kinds.get(word)
        or ("#" if word[0].isdecimal() or word in NUMBER_WORDS else "THINGS" if word.endswith(endings) else word)
        for word in words
    ]


def terms_of(words: Sequence[str], firsts: Container[str] | None = None) -> Terms:
    """What is known of a sentence by its words (lower case): runs of up to four kinds, two kinds near each other, beginnings.

    Where `firsts` are given, pairs that begin with another kind are left out.
    """
    kinds = _kinds_in(words)
    count = len(kinds)
    runs = {" ".join(kinds[at : at + size]) for size in range(1, _LONGEST_RUN + 1) for at in range(count - size + 1)}
    pairs = {
        f"{first}>{other}"
        for at, first in enumerate(kinds)
        if firsts is None or first in firsts
        for other in kinds[at + 2 : at + _FARTHEST + 1]
    }
    return {"words": runs.union(map(_alone, words)), "pairs": pairs, "beginnings": set(map(_beginning, words))}


def terms_of_word(word: str) -> Terms:
    """The terms of a single word."""
    return {"words": {*_kinds_in((word,)), _alone(word)}, "beginnings": {_beginning(word)}}


def _alone(word: str) -> str:
    """A word by itself, whatever its kind."""
    return f"={word}"


def _beginning(word: str) -> str:
    return f"{word[:_BEGINNING]}-"

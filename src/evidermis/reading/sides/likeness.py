"""What a sentence has in common with others: its words, what follows what, and how words begin, by kinds of words.

Parts of a body, places, people, groups, numbers and what is put on are each one kind, so that "cream on one cheek" and "gel on
one forearm" are alike. The kinds' words are data (`evidence/vocabulary/sides.toml`).
"""

from collections.abc import Sequence
from functools import cache

from evidermis.evidence.vocabulary import vocabulary_table
from evidermis.reading.text import NUMBER_WORDS

__all__ = ["VIEWS", "Terms", "body_words", "setting_apart", "terms_of", "terms_of_words"]

# The views of a sentence, each with its weight against the others, found by cross-validation.
VIEWS = {"words": 1.0, "pairs": 0.7, "beginnings": 0.7}
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


def terms_of_words(words: Sequence[str]) -> Terms:
    """Of these terms, those of single words alone: a first look, in a twentieth of the time."""
    alone = set(words)
    kinds = _kinds_in(list(alone))
    plain = {f"={word}" for word in alone if word.isalpha()}
    return {"words": plain.union(kinds), "beginnings": {f"{word[:_BEGINNING]}-" for word in alone}}


def terms_of(words: Sequence[str]) -> Terms:
    """What is known of a sentence by its words (lower case): runs of up to four kinds, two kinds near each other, beginnings."""
    kinds = _kinds_in(words)
    count = len(kinds)
    runs = {" ".join(kinds[at : at + size]) for size in range(1, _LONGEST_RUN + 1) for at in range(count - size + 1)}
    pairs = {
        f"{kinds[at]}>{kinds[other]}" for at in range(count) for other in range(at + 2, min(count, at + _FARTHEST + 1))
    }
    plain = {f"={word}" for word in words if word.isalpha()}
    return {"words": runs | plain, "pairs": pairs, "beginnings": {f"{word[:_BEGINNING]}-" for word in words}}

"""Whether people are compared with themselves, where no cue names the design: the first sentence that is alike those that say so.

Cues name whole designs ("split-face", "own control"); most reports say it in words of their own. A sentence that names parts or
places of a body is held against what was learnt from wordings of public reports, by itself and with the one after it.
"""

from collections.abc import Iterable
from itertools import compress, pairwise

from evidermis.reading.facts import Noted
from evidermis.reading.sides.learnt import Likeness, bundled_likeness
from evidermis.reading.sides.likeness import body_words, setting_apart
from evidermis.reading.text import Passage, Quote

__all__ = ["sides_compared", "with_sides"]

# How sure it has to be.
_LEAST = 0.45
# Longer sentences are lists.
_MOST_WORDS = 120


def with_sides(features: list[Noted], passages: Iterable[Passage]) -> list[Noted]:
    """The features, and that people are compared with themselves where no wording says so but parts of them are compared."""
    if any(noted.code == "within-person" for noted in features):
        return features
    for passage in passages:
        if (quote := sides_compared(passage, bundled_likeness())) is not None:
            return [*features, Noted("pairing", "within-person", quote, rule="sides")]
    return features


def sides_compared(passage: Passage, likeness: Likeness) -> Quote | None:
    """The first sentence, or two in a row, by which people are compared with themselves; None where none is."""
    alone = _of_bodies(passage)
    in_a_row = [(first, end) for (first, after), (start, end) in pairwise(alone) if start == after]
    for first, after in (*alone, *in_a_row):
        held = passage.words[first:after]
        if len(held) > _MOST_WORDS or setting_apart().isdisjoint(held) or not likeness.is_worth_a_look(held):
            continue
        if likeness.share(held) >= _LEAST:
            return passage.quote(first, after - 1)
    return None


def _of_bodies(passage: Passage) -> list[tuple[int, int]]:
    """The sentences that speak of a body, each as its first word and the one after its last."""
    body = body_words()
    if body.isdisjoint(passage.words):
        return []
    numbers = set(compress(passage.sentence_of, map(body.__contains__, passage.words)))
    return [passage.words_of(number) for number in sorted(numbers)]

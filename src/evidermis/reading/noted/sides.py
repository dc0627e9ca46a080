"""Whether people are compared with themselves, told by the parts of the body that a sentence sets against one another.

Cues name whole wordings ("split-face"); most reports say it in words of their own: something is put on one part, and
something else, or nothing, on the other. A sentence that holds two parts of one body and what is put on them is read so;
groups of people, trial arms and the inside of the body are not.
"""

from bisect import bisect_left
from collections.abc import Iterable

from evidermis.reading.text import Quote, Seen, words

__all__ = ["sides_compared"]

_PUT_ON = words("put-on-parts")
_IN_TURN = (("left", "right"), ("right", "left"))
# The codes of one sentence, each with where it is seen.
_Sentence = dict[str, list[Seen]]


def sides_compared(seen: Iterable[Seen]) -> Quote | None:
    """The first words that set one part of a person against another, from the cues about sides; None where none do."""
    sentences: dict[tuple[str, int], _Sentence] = {}
    for one in seen:
        place = (one.passage.field, one.passage.sentence_of[one.first])
        sentences.setdefault(place, {}).setdefault(one.cue.code, []).append(one)
    for (field, number), sentence in sentences.items():
        if (pair := _pair(sentence) or _told_in_turn(sentence, sentences.get((field, number + 1), {}))) is not None:
            first, last = sorted(pair, key=lambda one: one.first)
            return first.passage.quote(first.first, max(first.last, last.last))
    return None


def _pair(sentence: _Sentence) -> tuple[Seen, Seen] | None:
    if "inside" in sentence:
        return None
    if "each" in sentence:
        return sentence["each"][0], sentence["each"][0]
    ones, lefts, rights = (sentence.get(code, []) for code in ("one", "left", "right"))
    others = _others(sentence)
    pair = _apart(ones, others) or _apart(lefts, rights) or _apart(lefts + rights, others)
    if pair is not None and _is_put_on(pair[0]):
        return pair
    if "parts" in sentence and "lot" in sentence and "people-by-lot" not in sentence:
        return sentence["parts"][0], sentence["lot"][0]
    return None


def _told_in_turn(sentence: _Sentence, after: _Sentence) -> tuple[Seen, Seen] | None:
    """ "Right side: laser and vitamin C. Left side: laser alone." """
    if "inside" in sentence or "inside" in after:
        return None
    told = [(sentence[one], after.get(other, [])) for one, other in _IN_TURN if one in sentence]
    told += [(sentence["one"], _others(after))] if "one" in sentence else []
    for ones, others in told:
        if others and _is_put_on(ones[0]) and _is_put_on(others[0]):
            return ones[0], others[0]
    return None


def _others(sentence: _Sentence) -> list[Seen]:
    """Where another part is named; not "the other group"."""
    people = {one.first for one in sentence.get("other-people", ())}
    return [one for one in sentence.get("other", []) if one.first not in people]


def _is_put_on(part: Seen) -> bool:
    """Whether the part's sentence says that something is put on it."""
    passage = part.passage
    sentence = passage.sentence_of[part.first]
    first, after = bisect_left(passage.sentence_of, sentence), bisect_left(passage.sentence_of, sentence + 1)
    return not _PUT_ON.isdisjoint(passage.words[first:after])


def _apart(ones: list[Seen], others: list[Seen]) -> tuple[Seen, Seen] | None:
    """Two parts that do not share a word; the first that are."""
    for other in others:
        if ones and (ones[0].last < other.first or ones[-1].first > other.last):
            return (ones[0] if ones[0].last < other.first else ones[-1]), other
    return None

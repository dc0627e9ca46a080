"""Whole numbers in a passage, in digits or words, with the words they take up.

`1,046`, `13 388`, `Twenty`, `one hundred and sixty-two`, `Eight-thousand four-hundred twenty-two`. Decimals, percentages
and figures that are glued to letters (`CO2`, `T3`) are not whole numbers of anything and are left out.
"""

from itertools import compress, count
from typing import NamedTuple

from evidermis.reading.text.passages import Passage
from evidermis.reading.text.words import listed

__all__ = ["Numeral", "numerals"]

_UNITS = {word: value for value, word in enumerate(listed("units-in-words"), 1)}
_TENS = {word: 10 * tens for tens, word in enumerate(listed("tens-in-words"), 2)}
_SCALES = {"hundred": 100, "thousand": 1000}
_SMALL = _UNITS | _TENS
_IN_WORDS = frozenset(_SMALL) | {"hundred"}
# "13 388" is one number where one of these stands between.
_THIN_SPACES = (" ", "\u00a0", "\u2009", "\u202f")
# No review counts more people than this in one study; longer figures are identifiers.
_LARGEST = 50_000_000


class Numeral(NamedTuple):
    """A whole number and its first and last word."""

    value: int
    first: int
    last: int


def numerals(passage: Passage) -> list[Numeral]:
    """All whole numbers in reading order."""
    words = passage.words
    found: list[Numeral] = []
    free = 0
    for at in _places(passage):
        if at >= free:
            word = words[at]
            numeral = _in_digits(passage, at) if word[0].isdecimal() else None
            if word in _IN_WORDS:
                numeral = _in_words(words, at)
            if numeral:
                found.append(numeral)
                free = numeral.last + 1
    return found


def _places(passage: Passage) -> list[int]:
    """Where a number may begin: what holds a digit is odd among words, and words for numbers are rare."""
    if _IN_WORDS.isdisjoint(passage.words):
        return passage.odd
    in_words = compress(count(), map(_IN_WORDS.__contains__, passage.words))
    return sorted([*passage.odd, *in_words])


def _in_digits(passage: Passage, at: int) -> Numeral | None:
    words = passage.words
    word = words[at]
    if word.isdecimal() and len(word) <= 12:
        value = int(word)
    elif (value := _with_commas(word)) < 0:
        return None
    last = at
    if len(word) <= 3 and at + 1 < len(words):
        follows = words[at + 1]
        if len(follows) == 3 and follows.isdecimal() and passage.gap(at + 1) in _THIN_SPACES:
            value, last = value * 1000 + int(follows), at + 1
    start, end, text = passage.starts[at], passage.ends[last], passage.text
    if start and (text[start - 1].isalpha() or text[start - 1] in "._"):
        return None
    if value > _LARGEST or (end < len(text) and (text[end].isalpha() or text[end] == "%")):
        return None
    return Numeral(value, at, last)


def _with_commas(word: str) -> int:
    """The number that a word writes with commas ("1,046"); -1 for a decimal and for what is too long to count anything."""
    if "." in word or "·" in word or len(word) > 12:
        return -1
    parts = word.split(",")
    if any(len(part) != 3 for part in parts[1:]):
        return -1
    return int("".join(parts))


def _in_words(words: list[str], at: int) -> Numeral | None:
    total = part = 0
    last = at
    reading = at
    while reading < len(words):
        word = words[reading]
        if word in _SMALL:
            if reading > at and words[reading - 1] in _UNITS:
                break
            part += _SMALL[word]
        elif word == "hundred":
            part = max(1, part) * 100
        elif word == "thousand":
            total, part = total + max(1, part) * 1000, 0
        elif not (
            word == "and"
            and words[reading - 1] in _SCALES
            and reading + 1 < len(words)
            and words[reading + 1] in _SMALL
        ):
            break
        if word != "and":
            last = reading
        reading += 1
    return Numeral(total + part, at, last)

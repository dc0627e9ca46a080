"""A *passage* is one field of a report (title, abstract, a table's caption) cut into words once, for all readers.

A *word* is a run of letters, digits and marks inside it (`vestibulo`, `co2`, `1,046`, `12.5`); hyphens part words, so
that "split-face" and "split face" read alike. Words are lower case; spans always index the text as it was given.
"""

import re
from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

__all__ = ["Passage", "Quote", "passages_of"]

# Possessive, so that no text makes it go back. Words of plain letters alone are by far the most, and every part begins with one
# character of a class, by which it is passed over at once elsewhere.
_WORD = re.compile(
    r"([a-z][a-z]*+(?![^\W_])|[a-z][^\W\d_]*+\d*+|[^\W\d_][^\W\d_]*+\d*+|\d\d*+(?:[.,·]\d+)*+|[%=<>≤≥±])"
)
_STOP = re.compile(r"[.!?\t\n\r\f\v](?:(?<=[.!?])['\")\]]*\s+(?=[^a-z\s])|(?<=[\t\n\r\f\v])[\t\n\r\f\v]*)")
# What ends in a full stop without ending a sentence.
_ABBREVIATION = re.compile(r"(?:\b(?:vs|e\.g|i\.e|al|approx|fig|no|ca|dr|st|resp|cf|[a-z])\.\s*)$", re.IGNORECASE)
# No abbreviation is of so many letters.
_SHORT = 7


class Quote(NamedTuple):
    """Words of a report and the place they stand: `text == passage[start:end]` of that field, verbatim."""

    text: str
    field: str
    start: int
    end: int


class Passage:
    """One field's text with its words. Positions of words are indices into `words`; spans are characters.

    `words` are in lower case, `starts` and `ends` their first character and the one after their last; `gaps[i]` is what
    stands before word `i` (the last gap follows the last word). `stops` are the characters at which a sentence has ended,
    and `sentence_of` gives each word the number of its sentence, from 0.
    """

    __slots__ = ("ends", "field", "gaps", "sentence_of", "starts", "stops", "text", "words")

    def __init__(self, field: str, text: str) -> None:
        parts: list[str] = _WORD.split(_same_length_lower(text))
        ends = list(accumulate(map(len, parts)))
        self.field = field
        self.text = text
        self.words = parts[1::2]
        self.gaps = parts[0::2]
        self.starts = ends[0:-1:2]
        self.ends = ends[1::2]
        self.stops = _stops(text)
        sentence_of: list[int] = []
        for number, stop in enumerate(self.stops):
            sentence_of += [number] * (bisect_left(self.starts, stop, len(sentence_of)) - len(sentence_of))
        self.sentence_of = sentence_of + [len(self.stops)] * (len(self.words) - len(sentence_of))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters from the first word to the last, both included."""
        return self.starts[first], self.ends[last]

    def quote(self, first: int, last: int) -> Quote:
        """The words from `first` to `last`, both included, as they are written."""
        start, end = self.starts[first], self.ends[last]
        return Quote(self.text[start:end], self.field, start, end)

    def between(self, start: int, end: int) -> Quote:
        """The characters of a span as a quote."""
        return Quote(self.text[start:end], self.field, start, end)

    def sentence(self, word: int) -> Quote:
        """The sentence that holds a word, without the space around it."""
        stops = self.stops
        number = self.sentence_of[word]
        start = stops[number - 1] if number else 0
        end = stops[number] if number < len(stops) else len(self.text)
        while end > start and self.text[end - 1].isspace():
            end -= 1
        while start < end and self.text[start].isspace():
            start += 1
        return self.between(start, end)

    def is_marked(self, word: int, marks: frozenset[str]) -> bool:
        """Whether one of the marks stands between a word and the one before it."""
        gap = self.gaps[word]
        return gap != " " and not marks.isdisjoint(gap)

    def gap(self, word: int) -> str:
        """What stands between a word and the one before it (all that stands before the first)."""
        return self.gaps[word]


def _stops(text: str) -> list[int]:
    found: list[int] = []
    for stop in _STOP.finditer(text):
        start = stop.start()
        # Most sentences end in a word that is longer than any abbreviation, which is asked much faster.
        may_be_short = start < _SHORT or not text[start - _SHORT : start].isalpha()
        if text[start] != "." or not (may_be_short and _ABBREVIATION.search(text[max(0, start - 8) : start + 1])):
            found.append(stop.end())
    return found


def passages_of(fields: tuple[tuple[str, str], ...]) -> tuple[Passage, ...]:
    """One passage for each field that has text, in order."""
    return tuple(Passage(field, text) for field, text in fields if text.strip())


def _same_length_lower(text: str) -> str:
    """Lower case in which every character keeps its place (a few letters grow when lowered, e.g. `İ`)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)

"""A *passage* is one field of a report (title, abstract, a table's caption) cut into words once, for all readers.

A *word* is a run of letters, digits and marks inside it (`vestibulo`, `co2`, `1,046`, `12.5`); hyphens part words, so
that "split-face" and "split face" read alike. Words are lower case; spans always index the text as it was given.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

__all__ = ["Passage", "Quote", "passages_of"]

_WORD = re.compile(r"\d+(?:[.,·]\d+)*|[^\W\d_]+(?:\d+)?|[%=<>≤≥±]")
_STOP = re.compile(r"[.!?\t\n\r\f\v](?:(?<=[.!?])['\")\]]*\s+(?=[^a-z\s])|(?<=[\t\n\r\f\v])[\t\n\r\f\v]*)")
# What ends in a full stop without ending a sentence.
_ABBREVIATION = re.compile(r"(?:\b(?:vs|e\.g|i\.e|al|approx|fig|no|ca|dr|st|resp|cf|[a-z])\.\s*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report and the place they stand: `text == passage[start:end]` of that field, verbatim."""

    text: str
    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """One field's text with its words. Positions of words are indices into `words`; spans are characters."""

    field: str
    text: str

    @cached_property
    def _lowered(self) -> str:
        return _same_length_lower(self.text)

    @cached_property
    def words(self) -> list[str]:
        """The words, in lower case."""
        return _WORD.findall(self._lowered)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """The first character of each word, and the one after its last."""
        return [found.span() for found in _WORD.finditer(self._lowered)]

    @cached_property
    def stops(self) -> list[int]:
        """Character offsets at which a sentence has ended, in order."""
        found: list[int] = []
        for stop in _STOP.finditer(self.text):
            before = self.text[max(0, stop.start() - 8) : stop.start() + 1]
            if self.text[stop.start()] != "." or not _ABBREVIATION.search(before):
                found.append(stop.end())
        return found

    @cached_property
    def sentence_of(self) -> list[int]:
        """For each word, the number of its sentence, from 0."""
        firsts = [bisect_left(self.spans, (stop, 0)) for stop in self.stops]
        lengths = [end - start for start, end in pairwise([0, *firsts, len(self.spans)])]
        return [number for number, length in enumerate(lengths) for _ in range(length)]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters from the first word to the last, both included."""
        return self.spans[first][0], self.spans[last][1]

    def quote(self, first: int, last: int) -> Quote:
        """The words from `first` to `last`, both included, as they are written."""
        start, end = self.span(first, last)
        return self.between(start, end)

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

    def gap(self, word: int) -> str:
        """What stands between a word and the one before it (all that stands before the first)."""
        before = self.spans[word - 1][1] if word else 0
        return self.text[before : self.spans[word][0]]


def passages_of(fields: tuple[tuple[str, str], ...]) -> tuple[Passage, ...]:
    """One passage for each field that has text, in order."""
    return tuple(Passage(field, text) for field, text in fields if text.strip())


def _same_length_lower(text: str) -> str:
    """Lower case in which every character keeps its place (a few letters grow when lowered, e.g. `İ`)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)

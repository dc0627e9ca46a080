"""A *passage* is one field of a report (title, abstract, a table's caption) cut into words once, for all readers.

Words are lower case (`cutting.py` says what a word is); spans always index the text as it was given.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from evidermis.reading.text.cutting import cut

__all__ = ["Passage", "Quote", "passages_of"]

# What ends in a full stop without ending a sentence.
_ABBREVIATIONS = ("vs", "e.g", "i.e", "al", "approx", "fig", "no", "ca", "dr", "st", "resp", "cf")
_SHORT = "|".join(rf"(?<=\b{re.escape(one)}\.)" for one in _ABBREVIATIONS) + r"|(?<=\b[a-z]\.)"
# Where a sentence ends; the group is there where it does not, since the stop is an abbreviation's.
_AFTER_STOP = rf"(?i:({_SHORT})?)['\")\]]*\s+(?=[^a-z\s])"
_STOP = re.compile(rf"[.!?\t\n\r\f\v](?:(?<=[.!?]){_AFTER_STOP}|(?<=[\t\n\r\f\v])[\t\n\r\f\v]*)")
# Most texts end their sentences in full stops alone, and one letter is looked for much faster than one of eight.
_OTHER_STOPS = "!?\t\n\r\f\v"
_FULL_STOP = re.compile(rf"\.{_AFTER_STOP}")


class Quote(NamedTuple):
    """Words of a report and the place they stand: `text == passage[start:end]` of that field, verbatim."""

    text: str
    field: str
    start: int
    end: int


class Passage:
    """One field's text with its words. Positions of words are indices into `words`; spans are characters.

    `words` are in lower case, `starts` and `ends` their first character and the one after their last; `odd` are the numbers of
    the words that are not all letters. `stops` are the characters at which a sentence has ended, and `sentence_of` gives
    each word the number of its sentence, from 0.
    """

    __slots__ = ("ends", "field", "odd", "sentence_of", "starts", "stops", "text", "words")

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        self.text = text
        self.words, self.starts, self.ends, self.odd = cut(text)
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

    def words_of(self, sentence: int) -> tuple[int, int]:
        """The first word of the sentence of that number, and the one after its last; the same twice where it has none."""
        first = bisect_left(self.sentence_of, sentence)
        return first, bisect_left(self.sentence_of, sentence + 1, first)

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
        return not marks.isdisjoint(self.gap(word))

    def gap(self, word: int) -> str:
        """What stands between a word and the one before it: all before the first, and all that follows the last after it."""
        start = self.ends[word - 1] if word else 0
        return self.text[start : self.starts[word] if word < len(self.starts) else len(self.text)]


def _stops(text: str) -> list[int]:
    stop = _STOP if any(mark in text for mark in _OTHER_STOPS) else _FULL_STOP
    return [found.end() for found in stop.finditer(text) if found.lastindex is None]


def passages_of(fields: tuple[tuple[str, str], ...]) -> tuple[Passage, ...]:
    """One passage for each field that has text, in order."""
    return tuple(Passage(field, text) for field, text in fields if text.strip())

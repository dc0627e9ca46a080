"""The language in which cues are written, and one pass that finds thousands of them in linear time.

A cue is a phrase of words as a person would write them; hyphens and spaces are the same. In a phrase

- `random*` is any word that begins so,
- `randomi(s|z)ed`, `split (face|scalp)` and `left (and |)right` list alternatives, also an empty one,
- `cases?` has its last letter, or last bracket, or not,
- `#` is a number in digits or words, `_` is any one word,
- `~3` (between spaces) is a gap of at most three words within the sentence.

Every phrase is tried only where its first word stands, and gaps are short, so time grows with the text's length and
never with its shape.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidermis.evidence.errors import BadInput
from evidermis.reading.passages import Passage
from evidermis.reading.words import NUMBER_WORDS

__all__ = ["Hit", "Matcher", "Pattern", "Slot", "patterns_of"]

# A phrase of more spellings than this is a mistake in the file, not a cue.
_MOST_SPELLINGS = 500
_LONGEST_GAP = 8
# Words seen are remembered up to this number, so that memory stays flat over millions of reports.
_MOST_REMEMBERED = 60_000


@dataclass(frozen=True, slots=True)
class Slot:
    """What may stand at one place of a phrase: one of `words`, a word that begins with one of `stems`, or a gap."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    number: bool = False
    anything: bool = False
    gap: int = 0

    def holds(self, word: str) -> bool:
        """Whether the word may stand here."""
        return (
            word in self.words
            or (bool(self.stems) and word.startswith(self.stems))
            or (self.number and (word[0].isdecimal() or word in NUMBER_WORDS))
            or self.anything
        )


Pattern = tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: the number of its cue, and its first and last word in the passage."""

    cue: int
    first: int
    last: int


def patterns_of(phrase: str) -> list[Pattern]:
    """The slot sequences that a phrase stands for. `BadInput` where it cannot be read or does not begin with a word."""
    patterns: list[Pattern] = [()]
    for piece in _pieces(phrase.lower(), phrase):
        spellings, rest = _alternatives(piece, phrase)
        if rest:
            raise _unreadable(phrase)
        ends = _endings(spellings)
        patterns = [pattern + end for pattern in patterns for end in ends]
        if len(patterns) > _MOST_SPELLINGS:
            raise _unreadable(phrase)
    for pattern in patterns:
        if not pattern or pattern[0].gap or pattern[0].anything or pattern[-1].gap:
            raise BadInput(f"the phrase {phrase!r} does not begin and end with a word or `#`")
        if any(slot.gap > _LONGEST_GAP for slot in pattern):
            raise BadInput(f"the phrase {phrase!r} has a gap of more than {_LONGEST_GAP} words")
    return patterns


def _pieces(text: str, phrase: str) -> list[str]:
    """The phrase cut at spaces and hyphens outside brackets."""
    pieces, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter in " -" and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += letter
    if depth:
        raise _unreadable(phrase)
    return [piece for piece in pieces if piece]


def _endings(spellings: set[str]) -> list[Pattern]:
    """One slot for all single words together, and a run of slots for each alternative of several words (or of none)."""
    split = sorted({tuple(spelling.replace("-", " ").split()) for spelling in spellings})
    single = [words[0] for words in split if len(words) == 1]
    several = [tuple(_slot([word]) for word in words) for words in split if len(words) != 1]
    gaps = [(_slot([word]),) for word in single if word[0] == "~"]
    plain = [word for word in single if word[0] != "~"]
    return several + gaps + ([(_slot(plain),)] if plain else [])


def _slot(words: list[str]) -> Slot:
    if len(words) == 1 and words[0][0] == "~" and words[0][1:].isdecimal():
        return Slot(gap=int(words[0][1:]))
    return Slot(
        words=frozenset(w for w in words if w not in "#_" and not w.endswith("*")),
        stems=tuple(w[:-1] for w in words if w.endswith("*")),
        number="#" in words,
        anything="_" in words,
    )


def _alternatives(text: str, phrase: str) -> tuple[set[str], str]:
    """All spellings up to the end or to the bracket that closes this level, and what follows from there."""
    finished: set[str] = set()
    spellings = {""}
    while text and text[0] != ")":
        letter, text = text[0], text[1:]
        if letter == "|":
            finished, spellings = finished | spellings, {""}
            continue
        inside = {letter}
        if letter == "(":
            inside, text = _alternatives(text, phrase)
            text = text[1:]
        if text.startswith("?"):
            inside, text = inside | {""}, text[1:]
        spellings = {spelling + more for spelling in spellings for more in inside}
        if len(spellings) + len(finished) > _MOST_SPELLINGS:
            raise _unreadable(phrase)
    return finished | spellings, text


def _unreadable(phrase: str) -> BadInput:
    return BadInput(f"the phrase {phrase!r} cannot be read", mend="close its brackets and list fewer alternatives")


class Matcher:
    """Finds the phrases of numbered cues. `cues[i]` holds the phrases of cue `i`."""

    def __init__(self, cues: Sequence[Iterable[str]]) -> None:
        self._exact: dict[str, list[tuple[int, Pattern]]] = {}
        self._begins: dict[str, list[tuple[int, Pattern]]] = {}
        self._numbers: list[tuple[int, Pattern]] = []
        for number, phrases in enumerate(cues):
            for pattern in {pattern for phrase in phrases for pattern in patterns_of(phrase)}:
                first, rest = pattern[0], (number, pattern[1:])
                for word in first.words:
                    self._exact.setdefault(word, []).append(rest)
                for stem in first.stems:
                    self._begins.setdefault(stem, []).append(rest)
                if first.number:
                    self._numbers.append(rest)
        self._lengths = sorted({len(stem) for stem in self._begins})
        self._remembered: dict[str, tuple[tuple[int, Pattern], ...]] = {}

    def hits(self, passage: Passage) -> list[Hit]:
        """Every place where a cue's phrase stands, in reading order; one hit a cue and first word, the longest."""
        found: list[Hit] = []
        words, remembered = passage.words, self._remembered
        for at, word in enumerate(words):
            starts = remembered.get(word)
            if starts is None:
                starts = self._starts(word)
            if starts:
                found += _longest(at, starts, words, passage)
        return found

    def _starts(self, word: str) -> tuple[tuple[int, Pattern], ...]:
        found = list(self._exact.get(word, ()))
        if word[0].isdecimal() or word in NUMBER_WORDS:
            found += self._numbers
        for length in self._lengths:
            if length > len(word):
                break
            found += self._begins.get(word[:length], ())
        starts = tuple(sorted(found, key=lambda start: start[0]))
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
        if len(word) <= 40:
            self._remembered[word] = starts
        return starts


def _longest(at: int, starts: tuple[tuple[int, Pattern], ...], words: list[str], passage: Passage) -> list[Hit]:
    found: list[Hit] = []
    for cue, rest in starts:
        last = _follow(words, at + 1, rest, passage) if rest else at
        if last < 0:
            continue
        if found and found[-1].cue == cue:
            if last > found[-1].last:
                found[-1] = Hit(cue, at, last)
        else:
            found.append(Hit(cue, at, last))
    return found


def _follow(words: list[str], at: int, rest: Pattern, passage: Passage) -> int:
    """The last word of the phrase when its rest stands from `at` on, else -1."""
    for number, slot in enumerate(rest):
        if slot.gap:
            return _after_gap(words, at, rest[number + 1 :], slot.gap, passage)
        if at >= len(words) or not slot.holds(words[at]):
            return -1
        at += 1
    return at - 1


def _after_gap(words: list[str], at: int, rest: Pattern, most: int, passage: Passage) -> int:
    want = rest[0]
    for start in range(at, min(at + most + 1, len(words))):
        if want.holds(words[start]):
            if passage.sentence_of[start] != passage.sentence_of[at - 1]:
                return -1
            if (last := _follow(words, start, rest, passage)) >= 0:
                return last
    return -1

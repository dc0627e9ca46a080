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

import math
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
_LONGEST_REMEMBERED = 40


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
    """As few slot runs as say the same as the spellings: one slot for all single words, one run for words that combine freely."""
    split = {tuple(spelling.replace("-", " ").split()) for spelling in spellings}
    gaps = sorted(words for words in split if len(words) == 1 and words[0][0] == "~")
    runs: list[Pattern] = [(_slot([words[0]]),) for words in gaps]
    for length in sorted({len(words) for words in split}):
        alike = sorted(words for words in split if len(words) == length and words not in gaps)
        places = [sorted({words[at] for words in alike}) for at in range(length)]
        if alike and math.prod(len(place) for place in places) == len(alike):
            runs.append(tuple(_slot(place) for place in places))
        else:
            runs += [tuple(_slot([word]) for word in words) for words in alike]
    return runs


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


# How a phrase goes on after its first word: its cue and the slots that follow.
_Start = tuple[int, Pattern]
# How it goes on after the next word too: its cue, the slots left, and the words taken; where a gap follows, the words of
# which one must come after it (none: more than plain words may) and how many words further on at the latest.
_Pair = tuple[int, Pattern, int, frozenset[str], int]


class Matcher:
    """Finds the phrases of numbered cues. `cues[i]` holds the phrases of cue `i`."""

    def __init__(self, cues: Sequence[Iterable[str]]) -> None:
        self._exact: dict[str, list[_Start]] = {}
        self._begins: dict[str, list[_Start]] = {}
        self._numbers: list[_Start] = []
        for number, phrases in enumerate(cues):
            for pattern in {pattern for phrase in phrases for pattern in patterns_of(phrase)}:
                first, start = pattern[0], (number, pattern[1:])
                for word in first.words:
                    self._exact.setdefault(word, []).append(start)
                for stem in first.stems:
                    self._begins.setdefault(stem, []).append(start)
                if first.number:
                    self._numbers.append(start)
        self._lengths = sorted({len(stem) for stem in self._begins})
        self._remembered: dict[str, _Onward | None] = {}

    def hits(self, passage: Passage) -> list[Hit]:
        """Every place where a cue's phrase stands, in reading order; one hit a cue and first word, the longest."""
        found: list[Hit] = []
        words, remembered = passage.words, self._remembered
        for at, word in enumerate(words):
            onward = remembered[word] if word in remembered else self._onward(word)
            if onward is not None:
                follows = words[at + 1] if at + 1 < len(words) else ""
                pairs = onward.pairs(follows)
                if pairs:
                    found += _longest(at, pairs, words, passage)
        return found

    def _onward(self, word: str) -> "_Onward | None":
        """How phrases that begin with a word go on, remembered for the next time."""
        starts = self._starts(word)
        onward = _Onward(starts) if starts else None
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
        if len(word) <= _LONGEST_REMEMBERED:
            self._remembered[word] = onward
        return onward

    def _starts(self, word: str) -> list[_Start]:
        found = list(self._exact.get(word, ()))
        if word[0].isdecimal() or word in NUMBER_WORDS:
            found += self._numbers
        for length in self._lengths:
            if length > len(word):
                break
            found += self._begins.get(word[:length], ())
        # The longest of a cue's phrases first: the first that stands is then the one to quote.
        return sorted(found, key=lambda start: (start[0], -len(start[1])))


class _Onward:
    """The ways on from one first word, by the word that comes next."""

    __slots__ = ("_any", "_next", "_starts", "_wider")

    def __init__(self, starts: list[_Start]) -> None:
        self._starts = starts
        # Words that some phrase wants next, each worked out when it is first met; other words share one answer.
        self._next: dict[str, tuple[_Pair, ...] | None] = {}
        self._wider: list[Slot] = []
        for _, rest in starts:
            if rest and not rest[0].gap:
                self._next.update(dict.fromkeys(rest[0].words))
                if rest[0].stems or rest[0].number or rest[0].anything:
                    self._wider.append(rest[0])
        self._any = tuple(pair for start in starts if (pair := _paired(start, "")))

    def pairs(self, follows: str) -> tuple[_Pair, ...]:
        """The phrases that the next word does not rule out."""
        if follows not in self._next:
            if not (self._wider and follows and any(slot.holds(follows) for slot in self._wider)):
                return self._any
            return tuple(pair for start in self._starts if (pair := _paired(start, follows)))
        known = self._next[follows]
        if known is None:
            known = tuple(pair for start in self._starts if (pair := _paired(start, follows)))
            self._next[follows] = known
        return known


def _paired(start: _Start, follows: str) -> _Pair | None:
    cue, rest = start
    if not rest:
        return cue, rest, 1, frozenset(), 0
    if rest[0].gap:
        plain = not (rest[1].stems or rest[1].number or rest[1].anything)
        return cue, rest, 1, rest[1].words if plain else frozenset(), rest[0].gap + 1
    return (cue, rest[1:], 2, frozenset(), 0) if follows and rest[0].holds(follows) else None


def _longest(at: int, pairs: tuple[_Pair, ...], words: list[str], passage: Passage) -> list[Hit]:
    found: list[Hit] = []
    near = words[at + 1 : at + 2 + _LONGEST_GAP]
    done = -1
    for cue, rest, taken, wanted, reach in pairs:
        if cue == done or (wanted and wanted.isdisjoint(near[:reach])):
            continue
        last = _follow(words, at + taken, rest, passage) if rest else at + taken - 1
        if last >= 0:
            found.append(Hit(cue, at, last))
            done = cue
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
        if words[start] in want.words or want.holds(words[start]):
            if passage.sentence_of[start] != passage.sentence_of[at - 1]:
                return -1
            if (last := _follow(words, start, rest, passage)) >= 0:
                return last
    return -1

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
from itertools import repeat

from evidermis.evidence.errors import BadInput
from evidermis.reading.text.passages import Passage
from evidermis.reading.text.words import NUMBER_WORDS

__all__ = ["Hit", "Matcher", "Pattern", "Slot", "patterns_of"]

# A phrase of more spellings than this is a mistake in the file, not a cue.
_MOST_SPELLINGS = 500
_LONGEST_GAP = 8
# Words seen are remembered up to this number, so that memory stays flat over millions of reports.
_MOST_REMEMBERED = 60_000
_LONGEST_REMEMBERED = 40
# Words seen after a word are remembered up to this number.
_MOST_AFTER = 2_000


@dataclass(frozen=True, slots=True)
class Slot:
    """What may stand at one place of a phrase: one of `words`, a word that begins with one of `stems`, or a gap."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    number: bool = False
    anything: bool = False
    gap: int = 0

    @property
    def is_open(self) -> bool:
        """Whether more than the words it lists may stand here."""
        return bool(self.stems) or self.number or self.anything

    def holds(self, word: str) -> bool:
        """Whether the word may stand here."""
        return (
            word in self.words
            or (bool(self.stems) and word.startswith(self.stems))
            or (self.number and _is_number(word))
            or self.anything
        )


Pattern = tuple[Slot, ...]


def _is_number(word: str) -> bool:
    return word[0].isdecimal() or word in NUMBER_WORDS


# A phrase found: the number of its cue, and its first and last word in the passage.
Hit = tuple[int, int, int]


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
# How it goes on after the next word too: its cue, the slots left, the words taken, and the words of which one must come
# next, or soon, for it to stand (none where it stands already, or more than plain words may come).
_Pair = tuple[int, Pattern, int, frozenset[str]]


class _Ways:
    """The ways on from two words that stand together: `all` of them, and the `sure` ones that need no word more of a known kind.

    The others can stand only where one of the words `wanted` comes soon after; that is asked once for all of them.
    """

    __slots__ = ("_by_word", "all", "reach", "stands", "sure", "wanted")

    def __init__(self, pairs: Iterable[_Pair]) -> None:
        # The longest of a cue's phrases first: the first that stands is then the one to quote.
        self.all = tuple(sorted(pairs, key=lambda pair: (pair[0], -len(pair[1]) - pair[2])))
        self.sure = tuple(pair for pair in self.all if not pair[3])
        # Where all of them stand already: their cues, and how many words after the first they end.
        self.stands = () if any(pair[1] for pair in self.sure) else _first_of_each_cue(self.sure)
        self.wanted = frozenset(word for pair in self.all for word in pair[3])
        # How far after the first word one of them has to come.
        self.reach = max((pair[2] + pair[1][0].gap for pair in self.all if pair[3]), default=0)
        self._by_word: dict[str, tuple[_Pair, ...]] = {}

    def toward(self, near: list[str]) -> tuple[_Pair, ...]:
        """Those that may stand where these words come soon after: the sure ones, and those that want one of the words."""
        there = [word for word in near if word in self.wanted]
        if len(there) > 1:
            return tuple(pair for pair in self.all if not pair[3] or not pair[3].isdisjoint(there))
        if (known := self._by_word.get(there[0])) is None:
            known = tuple(pair for pair in self.all if not pair[3] or there[0] in pair[3])
            self._by_word[there[0]] = known
        return known


def _first_of_each_cue(pairs: Iterable[_Pair]) -> tuple[tuple[int, int], ...]:
    found: dict[int, int] = {}
    for cue, _, taken, _ in pairs:
        found.setdefault(cue, taken - 1)
    return tuple(found.items())


class Matcher:
    """Finds the phrases of numbered cues. `cues[i]` holds the phrases of cue `i`."""

    def __init__(self, cues: Sequence[Iterable[str]]) -> None:
        self._exact: dict[str, list[_Start]] = {}
        self._begins: dict[str, list[_Start]] = {}
        self._numbers: list[_Start] = []
        for number, phrases in enumerate(cues):
            for pattern in dict.fromkeys(pattern for phrase in phrases for pattern in patterns_of(phrase)):
                first, start = pattern[0], (number, pattern[1:])
                for word in first.words:
                    self._exact.setdefault(word, []).append(start)
                for stem in first.stems:
                    self._begins.setdefault(stem, []).append(start)
                if first.number:
                    self._numbers.append(start)
        self._lengths = sorted({len(stem) for stem in self._begins})
        self._digits = _Onward(self._numbers) if self._numbers else None
        self._onwards: dict[str, _Onward | None] = {}

    def hits(self, passage: Passage) -> list[Hit]:
        """Every place where a cue's phrase stands, in reading order; one hit a cue and first word, the longest."""
        found: list[Hit] = []
        words, onwards = passage.words, self._onwards
        # What comes after each word; nothing after the last.
        nexts = [*words[1:], ""]
        known = map(onwards.get, words, repeat(_UNSEEN))
        for at, onward in enumerate(known):
            if onward is None:
                continue
            if onward is _UNSEEN and (onward := self._onward(words[at])) is None:
                continue
            if (ways := onward.get(nexts[at], onward.otherwise)) is None:
                continue
            if ways is _UNKNOWN and (ways := onward.learned(nexts[at])) is None:
                continue
            if ways.wanted and not ways.wanted.isdisjoint(near := nexts[at : at + ways.reach]):
                _stand(found, at, ways.toward(near), passage)
            elif ways.stands:
                for cue, further in ways.stands:
                    found.append((cue, at, at + further))
            elif ways.sure:
                _stand(found, at, ways.sure, passage)
        return found

    def _onward(self, word: str) -> "_Onward | None":
        """How phrases that begin with a word go on, remembered for the next time."""
        starts = self._starts(word)
        onward = (_Onward(starts + self._numbers) if starts else self._digits) if _is_number(word) else None
        if onward is None and starts:
            onward = _Onward(starts)
        if len(self._onwards) >= _MOST_REMEMBERED:
            self._onwards.clear()
        if len(word) <= _LONGEST_REMEMBERED:
            self._onwards[word] = onward
        return onward

    def _starts(self, word: str) -> list[_Start]:
        found = list(self._exact.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            found += self._begins.get(word[:length], ())
        return found


# Stands for ways on that were not worked out yet.
_UNKNOWN = _Ways(())


class _Onward(dict[str, _Ways | None]):
    """The ways on from one first word by the word that comes next: None where it leaves no phrase.

    Words that no phrase wants next share one answer, `otherwise`, and are not kept: few words make a small table, which is
    looked up much faster. Only where more than listed words may come next is each word seen kept, up to a number.
    """

    __slots__ = ("_any", "_open", "_starts", "otherwise")

    def __init__(self, starts: list[_Start]) -> None:
        seconds = [rest[0] for _, rest in starts if rest and not rest[0].gap]
        super().__init__(dict.fromkeys((word for slot in seconds for word in slot.words), _UNKNOWN))
        self._starts = starts
        # All that may come next beside listed words, asked at once.
        self._open = Slot(
            stems=tuple(stem for slot in seconds for stem in slot.stems),
            number=any(slot.number for slot in seconds),
            anything=any(slot.anything for slot in seconds),
        )
        self._any = self._worked_out("")
        self.otherwise = _UNKNOWN if self._open.is_open else self._any

    def learned(self, follows: str) -> _Ways | None:
        """The ways on, worked out for a word that comes next for the first time."""
        is_of_use = follows in self or (follows and self._open.holds(follows))
        known = self._worked_out(follows) if is_of_use else self._any
        if follows in self or (len(self) < _MOST_AFTER and len(follows) <= _LONGEST_REMEMBERED):
            self[follows] = known
        return known

    def _worked_out(self, follows: str) -> _Ways | None:
        pairs = [pair for start in self._starts if (pair := _paired(start, follows))]
        return _Ways(pairs) if pairs else None


# Stands for a word that was not looked up yet.
_UNSEEN = _Onward([])


def _paired(start: _Start, follows: str) -> _Pair | None:
    cue, rest = start
    if not rest or rest[0].gap:
        return cue, rest, 1, _wanted(rest)
    return (cue, rest[1:], 2, _wanted(rest[1:])) if follows and rest[0].holds(follows) else None


def _wanted(rest: Pattern) -> frozenset[str]:
    if not rest:
        return frozenset()
    slot = rest[1] if rest[0].gap else rest[0]
    return frozenset() if slot.is_open else slot.words


def _stand(found: list[Hit], at: int, pairs: Sequence[_Pair], passage: Passage) -> None:
    """Add the phrases that stand from word `at` on, one of each cue."""
    words, done = passage.words, -1
    for cue, rest, taken, _ in pairs:
        if cue != done:
            if not rest:
                last = at + taken - 1
            elif rest[0].gap:
                last = _after_gap(words, at + taken, rest[1:], rest[0].gap, passage)
            else:
                last = _follow(words, at + taken, rest, passage)
            if last >= 0:
                found.append((cue, at, last))
                done = cue


def _follow(words: list[str], at: int, rest: Pattern, passage: Passage) -> int:
    """The last word of the phrase when its rest stands from `at` on, else -1."""
    for number, slot in enumerate(rest):
        if slot.gap:
            return _after_gap(words, at, rest[number + 1 :], slot.gap, passage)
        if at >= len(words) or not (words[at] in slot.words or slot.holds(words[at])):
            return -1
        at += 1
    return at - 1


def _after_gap(words: list[str], at: int, rest: Pattern, most: int, passage: Passage) -> int:
    want = rest[0]
    is_open, listed = want.is_open, want.words
    for start, word in enumerate(words[at : at + most + 1], at):
        if word in listed or (is_open and want.holds(word)):
            if passage.sentence_of[start] != passage.sentence_of[at - 1]:
                return -1
            if (last := _follow(words, start, rest, passage)) >= 0:
                return last
    return -1

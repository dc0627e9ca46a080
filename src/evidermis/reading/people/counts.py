"""How many were studied: the count of people that the report gives as its own, with the words it gives it in.

Every whole number that counts something is a `Count`; cues around it add points (randomised, a total of …) or take them
away (of whom, screened, per group). The count of people with the most points is proposed as the total. Sides, lesions
and animals are counted too, and are never people.
"""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from evidermis.reading.text import Numeral, Passage, Quote, Seen, numerals, words

__all__ = ["Count", "Counted", "Setting", "counted", "is_year", "settings_of", "total_of"]

Counted = Literal["people", "sides", "animals", "not-people", ""]

# Words from the number to the noun it counts ("176 metastatic breast cancer patients").
_NOUN_REACH = 7
_NONE: frozenset[str] = frozenset()
_STOPPERS = words("stoppers")
_BEFORE_LABELS = words("labels-before")
_MONTHS = words("before-years")
_STAGES = ("randomised", "completed", "analysed", "enrolled")
_ENDS = frozenset(".,;:()[]/")
_BRACKETS = frozenset("();:[]")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of somethings. `points` say how much it looks like the number of people in the whole study."""

    value: int
    what: Counted
    stage: str
    first: int
    last: int
    passage: Passage
    points: float

    @property
    def quote(self) -> Quote:
        """The number with what it counts."""
        return self.passage.quote(self.first, self.last)


@dataclass(frozen=True)
class Setting:
    """A passage with its numbers and, for each word, the codes of the cues that cover it."""

    passage: Passage
    numerals: list[Numeral]
    codes: dict[int, frozenset[str]]
    places: dict[str, list[int]]

    def near(self, code: str, first: int, last: int) -> bool:
        """Whether a word from `first` to `last`, both included, is covered by a cue of that code."""
        places = self.places.get(code)
        if not places:
            return False
        at = bisect_left(places, first)
        return at < len(places) and places[at] <= last

    def codes_at(self, word: int) -> frozenset[str]:
        """The codes of the cues that cover a word."""
        return self.codes.get(word, _NONE)

    def opens_bracket(self, word: int) -> bool:
        """Whether a bracket opens right before the word."""
        return self.passage.gap(word).rstrip().endswith("(")


def settings_of(passages: tuple[Passage, ...], seen: list[Seen]) -> list[Setting]:
    """One setting for each passage, from the cues about people, enrolment and comparison."""
    return [_setting(passage, [one for one in seen if one.passage is passage]) for passage in passages]


def _setting(passage: Passage, seen: list[Seen]) -> Setting:
    codes: dict[int, frozenset[str]] = {}
    places: dict[str, list[int]] = {}
    alone: dict[str, frozenset[str]] = {}
    for cue, _, first, last in seen:
        code = cue.code
        if (mine := alone.get(code)) is None:
            mine = alone[code] = frozenset((code,))
            places[code] = []
        covered = range(first, last + 1)
        places[code].extend(covered)
        for at in covered:
            codes[at] = mine if (others := codes.get(at)) is None else others | mine
    for at in places.values():
        at.sort()
    return Setting(passage, numerals(passage), codes, places)


def counted(settings: list[Setting]) -> list[Count]:
    """All counts, in reading order."""
    return [count for setting in settings for numeral in setting.numerals if (count := _count(setting, numeral))]


def total_of(counts: list[Count], arms: tuple[int, ...] = (), least: float = 1.0) -> Count | None:
    """The count that best reads as the number of people in the study, or None where none has `least` points.

    `arms` are the sizes of the groups where they are known: their sum is strong support.
    """
    best: Count | None = None
    most = least
    for count in counts:
        if count.what != "people":
            continue
        points = count.points + (5.0 if len(arms) > 1 and sum(arms) == count.value else 0.0)
        points -= 4.0 if count.value in arms else 0.0
        points -= 4.0 if arms and count.value < max(arms) else 0.0
        if points > most:
            best, most = count, points
    return best


def _count(setting: Setting, numeral: Numeral) -> Count | None:
    passage, words = setting.passage, setting.passage.words
    before = words[numeral.first - 1] if numeral.first else ""
    bracketed = before == "=" and numeral.first > 1 and words[numeral.first - 2] == "n"
    # "Group 2" is a name; in "in this trial, 28 women" the comma parts the two.
    is_label = before in _BEFORE_LABELS and "," not in passage.gap(numeral.first)
    if not bracketed and (is_label or is_year(passage, numeral, before)):
        return None
    what, last = _noun(setting, numeral)
    first = numeral.first
    if bracketed:
        first = numeral.first - 2
        if not what:
            what, last = _noun_before(setting, first), numeral.last
    if not what:
        if not (_only_bracketed(setting, numeral) if bracketed else _said_to_enter(setting, numeral)):
            return None
        what, last = "people", numeral.last
    points = _points(setting, numeral, last, bracketed) if what == "people" else 0.0
    return Count(numeral.value, what, _stage(setting, numeral.first, last), first, last, passage, points)


def _said_to_enter(setting: Setting, numeral: Numeral) -> bool:
    """ "Enrolled 55 BC survivors", "a trial in 71 BCS", "213 AAW were randomised": a noun that no list knows."""
    first, last, passage = numeral.first, numeral.last, setting.passage
    words = passage.words
    follows = words[last + 1] if last + 1 < len(words) else "%"
    if not 9 < numeral.value < 5000 or follows[0].isdecimal() or setting.near("not-people", last + 1, last + 2):
        return False
    for at in range(last + 1, min(last + 7, len(words))):
        if passage.is_marked(at, _ENDS):
            break
        if words[at] in ("were", "was", "randomized", "randomised", "enrolled", "recruited"):
            return setting.near("randomised", at, at + 2) or setting.near("enrolled", at, at + 2)
        if words[at] in _STOPPERS or words[at][0].isdecimal():
            break
    enters = setting.near("enrolled", first - 2, first - 1) or setting.near("randomised", first - 2, first - 1)
    return enters and follows not in _STOPPERS and passage.gap(last + 1) in (" ", "-")


def _only_bracketed(setting: Setting, numeral: Numeral) -> bool:
    """The one "n =" of its sentence."""
    passage = setting.passage
    sentence = passage.sentence_of[numeral.first]
    first, after = passage.words_of(sentence)
    start = bisect_left(setting.numerals, first, key=lambda n: n.first)
    end = bisect_left(setting.numerals, after, key=lambda n: n.first)
    numbers = (setting.numerals[at] for at in range(start, end))
    bracketed = (n for n in numbers if n.first > 1 and passage.words[n.first - 2 : n.first] == ["n", "="])
    return sum(1 for _ in islice(bracketed, 2)) == 1


def is_year(passage: Passage, numeral: Numeral, before: str) -> bool:
    """Whether a number is a calendar year by its size and the word before it."""
    if not (
        1900 <= numeral.value <= 2035 and numeral.last == numeral.first and "," not in passage.words[numeral.first]
    ):
        return False
    if before in ("and", "to"):
        earlier = passage.words[max(0, numeral.first - 4) : numeral.first - 1]
        return any((word.isdecimal() and len(word) == 4) or word in _MONTHS for word in earlier)
    return before in _MONTHS or (before.isdecimal() and len(before) <= 2)


def _noun(setting: Setting, numeral: Numeral) -> tuple[Counted, int]:
    """What a number counts: the first counted noun after it with only adjectives between, and its last word."""
    passage, words = setting.passage, setting.passage.words
    sentence = passage.sentence_of[numeral.last]
    for at in range(numeral.last + 1, min(numeral.last + 1 + _NOUN_REACH, len(words))):
        if passage.sentence_of[at] != sentence or passage.is_marked(at, _BRACKETS):
            break
        if codes := setting.codes.get(at):
            for what in ("people", "not-people", "sides", "animals"):
                if what in codes and not (what == "people" and _is_adjective(setting, at)):
                    return what, at
        if words[at] in _STOPPERS or words[at][0].isdecimal():
            break
    return "", numeral.last


def _is_adjective(setting: Setting, at: int) -> bool:
    """ "Women" in "women volunteers": the noun itself comes right after."""
    follows = setting.codes_at(at + 1)
    return bool(follows & {"people", "not-people"}) and setting.passage.gap(at + 1) in (" ", "-") and bool(follows)


def _noun_before(setting: Setting, first: int) -> Counted:
    for at in range(first - 1, max(-1, first - 4), -1):
        if "people" in setting.codes_at(at):
            return "people"
    return ""


def _stage(setting: Setting, first: int, last: int) -> str:
    for code in _STAGES:
        if code not in setting.places:
            continue
        if setting.near(code, last + 1, last + 6) or setting.near(code, first - 4, first - 1):
            return code
    return ""


def _points(setting: Setting, numeral: Numeral, last: int, bracketed: bool) -> float:
    """How much a count of people looks like the count of all of them, by the cues in its sentence."""
    passage, words, sentences = setting.passage, setting.passage.words, setting.passage.sentence_of
    first = numeral.first - 2 * bracketed
    sentence = sentences[first]
    left = _bound(sentences, first, -1, 12)
    right = _bound(sentences, last, 1, 45)
    # What is said of this number alone stands before the next number or comma.
    near = next(
        (at - 1 for at in range(last + 1, right + 1) if words[at][0].isdecimal() or "," in passage.gap(at)), right
    )
    points = 2.0
    points += 4.0 * setting.near("randomised", left, right)
    points += 2.0 * setting.near("enrolled", left, right)
    points += 3.0 * setting.near("total", max(left, first - 4), first - 1)
    points += 1.0 * setting.near("analysed", left, min(right, last + 12))
    points -= 3.0 * setting.near("left-out", last + 1, min(near, last + 4))
    points -= 2.0 * setting.near("left-out", max(left, first - 3), first - 1)
    points -= 3.5 * (
        setting.near("group", last + 1, min(near, last + 7))
        and not setting.near("randomised", last + 1, near)
        and not setting.near("enrolled", last + 1, last + 3)
    )
    points -= 3.0 * setting.near("group", max(left, first - 4), first - 1)
    points -= 4.0 * setting.near("each", max(left, first - 3), min(near, last + 5))
    points -= 3.0 * (numeral.value < 5) + 1.5 * (numeral.value < 12)
    points -= 0.15 * sentence
    points += 1.0 * (first == left)
    before = words[first - 1] if first > left else ""
    if before == "of" and first - 1 > left:
        fraction = words[first - 2][0].isdecimal() or words[first - 2] in ("out", "%", "whom", "most", "some", "half")
        points -= 4.0 * (fraction or passage.gap(first - 1).lstrip().startswith(")"))
    points -= 1.5 * (before in ("the", "these", "those", "other", "remaining", "another", "and"))
    points -= 3.0 * (setting.opens_bracket(first) and not bracketed)
    return points


def _bound(sentences: list[int], at: int, step: int, reach: int) -> int:
    """The last word of the same sentence in a direction, at most `reach` words away."""
    for _ in range(reach):
        if not 0 <= at + step < len(sentences) or sentences[at + step] != sentences[at]:
            break
        at += step
    return at

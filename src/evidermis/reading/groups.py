"""Where a sentence counts a group: the number, the shape of wording it stands in, and the words that name the group.

A *candidate* is one such place: "(n = 30)", "(30 women)", "30 patients received …", "15/51 … in arm A".
"""

import re
from dataclasses import dataclass

from evidermis.reading.counts import Setting, is_year
from evidermis.reading.numerals import Numeral
from evidermis.reading.passages import Passage
from evidermis.reading.words import NUMBER_WORDS, words

__all__ = ["COMPARISONS", "Candidate", "candidates_in"]

# Words of a group's name that are read on either side of its number.
_LABEL_REACH = 14
_SEPARATORS = words("name-separators")
_TAKES = words("receives")
# What is said of everybody, not of one group.
_ENTERS = words("enters")
_HOLDS = words("holds")
_NO_NAMES = words("no-names")
_LABELLED = words("arm-labels")
_NOT_AFTER = words("units")
_RANGE = re.compile(r"\s?[-–]\s?\d")
_RANGE_END = re.compile(r"\d\s?[-–]\s?$")
COMPARISONS = ("vehicle-or-placebo", "untreated", "standard-of-care", "control")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that may be the size of a group: from word `first` to `last`, with the words of its name as `label`.

    `shape` is the wording it stands in: `n=`, `=`, `bracket`, `list`, `named`, `holds`, `takes` or `fraction`. A label
    whose last word comes before its first is empty.
    """

    numeral: Numeral
    shape: str
    first: int
    last: int
    label: tuple[int, int]


def candidates_in(setting: Setting) -> list[Candidate]:
    """The candidates of a passage in reading order."""
    return [found for numeral in setting.numerals if (found := _candidate(setting, numeral))]


def _candidate(setting: Setting, numeral: Numeral) -> Candidate | None:
    passage, words = setting.passage, setting.passage.words
    first, last = numeral.first, numeral.last
    before = words[first - 1] if first else ""
    after = words[last + 1] if last + 1 < len(words) else ""
    if numeral.value < 2 or after in _NOT_AFTER or is_year(passage, numeral, before) or _is_no_size(passage, numeral):
        return None
    if before == "=" and first > 1:
        return _after_equals(setting, numeral)
    if (
        (before in _LABELLED and not passage.gap(first).strip())
        or "not-people" in setting.codes_at(last + 1)
        or _is_numerator(passage, last)
    ):
        return None
    noun = "people" in setting.codes_at(last + 1) and ")" not in passage.gap(last + 1)
    end = last + 1 if noun else last
    if _is_denominator(passage, first):
        label = _label_after(setting, _past_percentage(passage, end + 1))
        return Candidate(
            numeral, "fraction", first, end, label if _says(setting, label) else _label_before(setting, first - 3)
        )
    if _closes(passage, end) and (
        setting.opens_bracket(first) or (noun and any(m in passage.gap(first) for m in ",:"))
    ):
        return Candidate(numeral, "bracket", first, end, _label_before(setting, first - 1))
    if _follows_short_name(setting, numeral):
        return Candidate(numeral, "=", first, end, _label_before(setting, first - 1))
    if setting.opens_bracket(first):
        return Candidate(numeral, "list", first, end, _label_after(setting, end + 1))
    if "(" in passage.gap(end + 1 if end + 1 < len(words) else 0) and setting.near("group", end + 1, end + 4):
        return Candidate(numeral, "named", first, end, _label_after(setting, end + 1))
    if before in _HOLDS and setting.near("group", first - 4, first - 1):
        return Candidate(numeral, "holds", first, end, _label_before(setting, first - 2))
    return _with_verb(setting, numeral, end)


def _follows_short_name(setting: Setting, numeral: Numeral) -> bool:
    """ "(TAM 64, ACT 65)" and "(arm A, 75; arm B, 54)": in brackets, closed at once, with a name before."""
    passage = setting.passage
    start = passage.span(numeral.first, numeral.first)[0]
    opened = passage.text.rfind("(", max(0, start - 60), start)
    if numeral.value < 5 or opened < 0 or ")" in passage.text[opened:start] or not _closes(passage, numeral.last):
        return False
    before = passage.words[numeral.first - 1]
    if passage.gap(numeral.first).strip() == ",":
        return setting.near("group", numeral.first - 3, numeral.first - 1)
    return before.isalpha() and before not in _NO_NAMES and passage.text[start - 1 - len(before) : start - 1].isupper()


def _after_equals(setting: Setting, numeral: Numeral) -> Candidate | None:
    """ "(n = 30)" after the group's name, "n = 30 receiving …" before it, "(IG = 18)" with the name's letters."""
    passage, words = setting.passage, setting.passage.words
    first, last = numeral.first - 2, numeral.last
    if words[first] != "n":
        short = words[first] in ("group", "arm") or (
            words[first].isalpha() and len(words[first]) < 5 and words[first] not in _NO_NAMES
        )
        return (
            Candidate(numeral, "=", first, last, _label_before(setting, first)) if short and numeral.value > 4 else None
        )
    label = _label_before(setting, first - 1)
    if not _says(setting, label) or words[label[1]] in ("and", "or"):
        label = _label_after(setting, last + 1) if last + 1 < len(words) and ")" not in passage.gap(last + 1) else label
    return Candidate(numeral, "n=", first, last, label)


def _with_verb(setting: Setting, numeral: Numeral, end: int) -> Candidate | None:
    """ "30 patients received …", "and 29 the vehicle"."""
    passage, words = setting.passage, setting.passage.words
    first = numeral.first
    before = words[first - 1] if first else ""
    start = _past_percentage(passage, end + 1)
    for at in range(start, min(start + 4, len(words))):
        if words[at] in _ENTERS:
            return None
        if words[at] in _TAKES and passage.sentence_of[at] == passage.sentence_of[first]:
            return Candidate(numeral, "takes", first, end, _label_after(setting, at + 1))
        if at > start and any(mark in passage.gap(at) for mark in ",;:()"):
            break
    named = any(setting.near(code, end + 1, end + 1) for code in (*COMPARISONS, "experimental"))
    if named or passage.gap(first).strip() in (",", ";") or before in ("and", "versus", "vs"):
        return Candidate(numeral, "list", first, end, _label_after(setting, end + 1))
    return None


def _is_no_size(passage: Passage, numeral: Numeral) -> bool:
    """The 2 of "mg/m(2)", and both ends of "30-70"."""
    start, end = passage.span(numeral.first, numeral.last)
    text = passage.text
    if start > 1 and text[start - 1] == "(" and text[start - 2].isalnum():
        return True
    return bool(_RANGE.match(text, end)) or bool(_RANGE_END.search(text, max(0, start - 8), start))


def _is_numerator(passage: Passage, last: int) -> bool:
    words = passage.words
    at = _past_percentage(passage, last + 1)
    if at + 1 < len(words) and words[at] == "of" and words[at + 1][0].isdecimal():
        return True
    return last + 1 < len(words) and words[last + 1][0].isdecimal() and "/" in passage.gap(last + 1)


def _is_denominator(passage: Passage, first: int) -> bool:
    words = passage.words
    if first and words[first - 1][0].isdecimal() and "/" in passage.gap(first):
        return True
    if first < 2 or words[first - 1] != "of":
        return False
    return words[first - 2][0].isdecimal() or words[first - 2] in NUMBER_WORDS or words[first - 2] in ("%", "out")


def _past_percentage(passage: Passage, at: int) -> int:
    """The word after "(92.4%)" where that stands at a word, else the word itself."""
    words = passage.words
    if at + 1 < len(words) and words[at][0].isdecimal() and words[at + 1] == "%":
        return at + 2
    return at


def _says(setting: Setting, label: tuple[int, int]) -> bool:
    return label[1] - label[0] >= 0 and any(len(word) > 3 for word in setting.passage.words[label[0] : label[1] + 1])


def _closes(passage: Passage, last: int) -> bool:
    end = passage.span(last, last)[1]
    return passage.text[end : end + 1] in (")", ";", ",", "]")


def _label_before(setting: Setting, last: int) -> tuple[int, int]:
    passage, words = setting.passage, setting.passage.words
    first = last + 1
    while first > 0 and last - first + 1 < _LABEL_REACH:
        at = first - 1
        if words[at] in _SEPARATORS and first <= last:
            break
        if passage.sentence_of[at] != passage.sentence_of[last] or (at < last and _parts(passage.gap(at + 1))):
            break
        first = at
    return first, last


def _parts(gap: str) -> bool:
    """A mark that ends a name; "mg/m(2)" does not."""
    return any(m in gap for m in ";,") or ("(" in gap and gap != "(") or (")" in gap and gap.startswith(") ,"))


def _label_after(setting: Setting, first: int) -> tuple[int, int]:
    passage, words = setting.passage, setting.passage.words
    last = first - 1
    while last + 1 < len(words) and last - first + 1 < _LABEL_REACH:
        at = last + 1
        if passage.sentence_of[at] != passage.sentence_of[first - 1] or (
            at > first and any(m in passage.gap(at) for m in ";,()")
        ):
            break
        if words[at] in ("and", "versus", "vs", "or", "while", "whereas", "compared") or words[at][0].isdecimal():
            break
        last = at
    return first, last

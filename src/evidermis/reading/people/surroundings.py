"""What stands around a number: whether it is a size at all, a part of a fraction, or one of several in a row."""

from evidermis.reading.people.naming import past_percentage
from evidermis.reading.text import NUMBER_WORDS, Numeral, Passage

__all__ = ["closes_at", "follows", "goes_on", "is_denominator", "is_identifier", "is_no_size", "is_numerator"]

_AND = frozenset({"and", "or", "versus", "vs"})
_DASHES = frozenset("-–")
# Marks that join a number to the word before it where nothing else stands between.
_JOINS = frozenset("(-")


def is_no_size(passage: Passage, numeral: Numeral) -> bool:
    """The 2 of "mg/m(2)", both ends of "30-70" and "30 to 70", the year of "SAFE-2014"."""
    words, first, last = passage.words, numeral.first, numeral.last
    before, after = passage.gap(first), passage.gap(last + 1)
    if first and (before in _JOINS or (before.strip() in _DASHES and words[first - 1][0].isdecimal())):
        return True
    if first > 1 and words[first - 1] == "to" and words[first - 2][0].isdecimal():
        return True
    if last + 2 > len(words):
        return False
    is_to = words[last + 1] == "to" and last + 2 < len(words)
    return words[last + 2 if is_to else last + 1][0].isdecimal() and (is_to or after.strip() in _DASHES)


def is_numerator(passage: Passage, last: int) -> bool:
    """The 15 of "15/51", "15 (29%) of 51" and "15 of the 51", by its last word."""
    words = passage.words
    at = past_percentage(passage, last + 1)
    if at + 1 < len(words) and words[at] in ("of", "from") and words[at + 1][0].isdecimal():
        return True
    if at + 2 < len(words) and words[at : at + 2] == ["of", "the"] and words[at + 2][0].isdecimal():
        return True
    return last + 1 < len(words) and words[last + 1][0].isdecimal() and "/" in passage.gap(last + 1)


def is_denominator(passage: Passage, first: int) -> bool:
    """The 51 of "15/51" and "15 of 51", by its first word."""
    words = passage.words
    if first and words[first - 1][0].isdecimal() and "/" in passage.gap(first):
        return True
    if first < 2 or words[first - 1] not in ("of", "from"):
        return False
    return words[first - 2][0].isdecimal() or words[first - 2] in NUMBER_WORDS or words[first - 2] in ("%", "out")


def closes_at(passage: Passage, last: int) -> bool:
    """Whether a bracket, or a part of a list, ends right after a word."""
    end = passage.span(last, last)[1]
    return passage.text[end : end + 1] in (")", ";", ",", "]")


def goes_on(passage: Passage, last: int) -> bool:
    """Whether a row ends in a figure that is no whole number ("95, 96 and 97%")."""
    words = passage.words[last + 1 : last + 3]
    return bool(words) and (words[0][0].isdecimal() or (words[0] in _AND and words[-1][0].isdecimal()))


def is_identifier(passage: Passage, numeral: Numeral) -> bool:
    """The 9342 of "CALGB 9342 and 9840": after capitals, and long without a comma."""
    start = passage.starts[numeral.first]
    before = passage.text[max(0, start - 5) : start]
    return numeral.value > 999 and numeral.last == numeral.first and before[-1:] == " " and before[:-1].isupper()


def follows(passage: Passage, before: Numeral, numeral: Numeral) -> bool:
    """Whether two numbers stand in a row; "31 of 34 and 30 of 36" and "in 2010, 48" do not."""
    between = numeral.first - before.last - 1
    if between > 1 or (between == 1 and passage.words[before.last + 1] not in _AND):
        return False
    if any(passage.gap(at).strip(" \u00a0\u2009") not in ("", ",") for at in range(before.last + 1, numeral.first + 1)):
        return False
    if not between and "," not in passage.gap(numeral.first):
        return False
    is_one_year = 1900 <= before.value <= 2035 and not 1900 <= numeral.value <= 2035
    return not (is_one_year or is_numerator(passage, numeral.last) or is_denominator(passage, before.first))

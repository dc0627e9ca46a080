"""Groups of one size told at once: "30 women in each group", "n = 65 each", "each arm consisted of 30 patients"."""

from evidermis.reading.people.counts import Setting, is_year
from evidermis.reading.text import Numeral, words

__all__ = ["Equal", "equal_groups"]

# A number, with the first and the last word of the wording, both included.
Equal = tuple[Setting, int, int, int]

_EACH = frozenset({"each", "per"})
_GROUPS = frozenset({"group", "groups", "arm", "arms"})
_UNITS = words("units")
_MARKS = frozenset(",;:()")
_REACH = 6
_LEAST = 5


def equal_groups(settings: list[Setting], whole: int | None) -> Equal | None:
    """The first number of people that every group is said to have; None where none is, or where it is no part of the `whole`."""
    for setting in settings:
        if "each" not in setting.places:
            continue
        for numeral in setting.numerals:
            if numeral.value < _LEAST or (whole is not None and 2 * numeral.value > whole * 1.2):
                continue
            if (place := _after(setting, numeral) or _before(setting, numeral)) is not None:
                return setting, numeral.value, *place
    return None


def _after(setting: Setting, numeral: Numeral) -> tuple[int, int] | None:
    """ "30 women in each group", "(n = 30 per arm)", "(n = 65 each)"."""
    passage, words = setting.passage, setting.passage.words
    first, last = numeral.first, numeral.last
    is_bracketed = words[max(0, first - 2) : first] == ["n", "="]
    if (
        last + 1 >= len(words)
        or words[last + 1] in _UNITS
        or is_year(passage, numeral, words[first - 1] if first else "")
    ):
        return None
    is_people = is_bracketed
    for at in range(last + 1, min(last + 1 + _REACH, len(words))):
        if passage.sentence_of[at] != passage.sentence_of[first] or passage.is_marked(at, _MARKS):
            return None
        codes = setting.codes_at(at)
        if codes & {"not-people", "sides", "animals"} or words[at][0].isdecimal():
            return None
        is_people = is_people or "people" in codes
        if words[at] in _EACH:
            is_group = words[at + 1 : at + 2] in (["group"], ["arm"], ["of"]) or "group" in setting.codes_at(at + 2)
            ends = is_bracketed and ")" in passage.gap(at + 1)
            is_told = is_people or at <= last + 2
            end = at + (1 if is_group and at + 1 < len(words) else 0)
            return (first - 2 * is_bracketed, end) if ends or (is_group and is_told) else None
    return None


def _before(setting: Setting, numeral: Numeral) -> tuple[int, int] | None:
    """ "Each group contained 36 subjects"."""
    passage, words = setting.passage, setting.passage.words
    if "people" not in setting.codes_at(numeral.last + 1):
        return None
    for at in range(numeral.first - 1, max(-1, numeral.first - 1 - _REACH - 2), -1):
        if passage.sentence_of[at] != passage.sentence_of[numeral.first] or words[at][0].isdecimal():
            return None
        if words[at] in _EACH:
            return (at, numeral.last + 1) if words[at + 1 : at + 2] in (["group"], ["arm"]) else None
    return None

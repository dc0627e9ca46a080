"""The words that name a group, cut out of the sentence that counts it.

A *label* is the first and the last word of a name, both included; a label whose last word comes before its first is empty.
"""

from collections.abc import Iterable

from evidermis.reading.people.counts import Setting
from evidermis.reading.text import NUMBER_WORDS, Passage, words

__all__ = [
    "EMPTY",
    "Label",
    "all_before",
    "beside_bracket",
    "label_after",
    "label_before",
    "named_together",
    "past_percentage",
    "says",
]

Label = tuple[int, int]
EMPTY: Label = (0, -1)

# Words of a group's name that are read on either side of its number.
_LABEL_REACH = 14
_SEPARATORS = words("name-separators")
_STRONG = frozenset({"or", "versus", "vs", "against", "to", "receive", "received", "receiving", "between"})
_PARTS = frozenset({"and", "versus", "vs", "or", "while", "whereas", "compared"})
_UNITS = words("units")
# A list of names ends, going left, at one of these.
_LIST_ENDS = words("before-name-lists")
_ENDS = frozenset(";,()")
_STOPS = frozenset(",;.:()")
_GROUPS = frozenset({"groups", "arms", "group", "arm"})
_LONGEST_LIST = 16
# Words that a name in a list of names may not be made of alone.
_NO_NAMES = frozenset({"the", "two", "three", "both", "each", "all", "respective", "treatment", "study", "these"})


def says(setting: Setting, label: Label) -> bool:
    """Whether a label holds a word that could tell a group from another: a longer one, or one with a capital in it."""
    passage = setting.passage
    return any(
        len(passage.words[at]) > 3 or not passage.text[passage.starts[at] : passage.ends[at]].islower()
        for at in range(label[0], label[1] + 1)
        if passage.words[at][0].isalpha()
    )


def past_percentage(passage: Passage, at: int) -> int:
    """The word after "(92.4%)" where that stands at a word, else the word itself."""
    words = passage.words
    if at + 1 < len(words) and words[at][0].isdecimal() and words[at + 1] == "%":
        return at + 2
    return at


def label_before(setting: Setting, last: int) -> Label:
    """The name that ends at a word."""
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


def all_before(setting: Setting, last: int) -> Label:
    """All that is said of a group up to a word, back to the bracket of the group before: "the cream and a mask" of one name."""
    passage, words = setting.passage, setting.passage.words
    first = last + 1
    while first > 0 and last - first + 1 < 2 * _LABEL_REACH:
        at = first - 1
        ends = words[at] in _STRONG or passage.sentence_of[at] != passage.sentence_of[last]
        if ends or (at < last and (")" in passage.gap(at + 1) or ";" in passage.gap(at + 1))):
            break
        first = at
    return first, last


def _parts(gap: str) -> bool:
    """A mark that ends a name; "mg/m(2)" does not."""
    return any(m in gap for m in ";,") or ("(" in gap and gap != "(") or (")" in gap and gap.startswith(") ,"))


def label_after(setting: Setting, first: int) -> Label:
    """The name that begins at a word. A number ends it, unless it is a dose."""
    passage, words = setting.passage, setting.passage.words
    last = first - 1
    while last + 1 < len(words) and last - first + 1 < _LABEL_REACH:
        at = last + 1
        if passage.sentence_of[at] != passage.sentence_of[first - 1] or (
            at > first and (passage.is_marked(at, _ENDS) or ". " in passage.gap(at))
        ):
            break
        if words[at] in _PARTS or (words[at][0].isdecimal() and not (at + 1 < len(words) and words[at + 1] in _UNITS)):
            break
        last = at
    return first, last


def beside_bracket(setting: Setting, first: int, last: int) -> tuple[Label, Label]:
    """What a bracket stands beside that holds the words from `first` to `last`: the name before it, and a word or two after it.

    Of "placebo (group P; n = 34) daily": "placebo" and "daily".
    """
    passage = setting.passage
    opened = next((at for at in range(first, max(-1, first - _LABEL_REACH), -1) if "(" in passage.gap(at)), 0)
    closes = last + 1 < len(passage.words) and ")" in passage.gap(last + 1)
    inside = any(")" in passage.gap(at) or passage.words[at - 1] == "=" for at in range(opened + 1, first + 1))
    before = label_before(setting, opened - 1) if opened and closes and not inside else EMPTY
    return before, _trail(setting, last + 1) if closes else EMPTY


def _trail(setting: Setting, first: int) -> Label:
    """ "(control group)" or "control" right after a closed bracket."""
    passage, words = setting.passage, setting.passage.words
    if any(mark in passage.gap(first) for mark in ",;.:"):
        return EMPTY
    last = first - 1
    for at in range(first, min(first + 2, len(words))):
        ends = at > first and passage.is_marked(at, _STOPS)
        if ends or words[at] in _SEPARATORS or passage.sentence_of[at] != passage.sentence_of[first - 1]:
            break
        last = at
    return first, last


def named_together(setting: Setting, first: int, last: int, count: int) -> list[Label]:
    """The names of `count` groups told in one list between two words: "the serum and the base groups", "arms A and B"."""
    passage = setting.passage
    for at in range(first, last + 1):
        if passage.words[at] in _GROUPS:
            found = _names_after(passage, at + 1, last, count) or _names_before(passage, first, at - 1, count)
            if found:
                return found
    return []


def _names_after(passage: Passage, first: int, last: int, count: int) -> list[Label]:
    """ "Groups A, B and C": one letter or number each."""
    found: list[Label] = []
    for at in range(first, min(last + 1, first + 2 * count)):
        word = passage.words[at]
        if len(word) == 1 or word in ("ii", "iii", "iv") or word in NUMBER_WORDS:
            found.append((at, at))
        elif word != "and":
            break
    return found if len(found) == count else []


def _names_before(passage: Passage, first: int, last: int, count: int) -> list[Label]:
    """ "The serum and the base" before "groups"."""
    found: list[Label] = []
    least = max(first, last - _LONGEST_LIST)
    end = last
    for at in range(last, least - 1, -1):
        word = passage.words[at]
        stops = word in _LIST_ENDS or word in NUMBER_WORDS or word[0].isdecimal()
        begins = at == least or "," in passage.gap(at) or "(" in passage.gap(at)
        if stops or word in _PARTS or begins:
            start = at if begins and not stops and word not in _PARTS else at + 1
            found += [(start, end)] if start <= end else []
            end = at - 1
        if stops or "(" in passage.gap(at) or len(found) == count:
            break
    named = [label for label in reversed(found) if _is_name(passage.words[label[0] : label[1] + 1])]
    return named if len(named) == count else []


def _is_name(words: Iterable[str]) -> bool:
    return any(word[0].isalpha() and word not in _NO_NAMES and word not in _GROUPS for word in words)

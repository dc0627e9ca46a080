"""The groups that a part of a sentence names: by a comparator's words, by their own names, as "the … group" or by a letter."""

import re
from collections import defaultdict
from collections.abc import Sequence

from evidermis.reading.facts import ArmCount
from evidermis.reading.figures.ties import Mention
from evidermis.reading.text import Passage, Seen, words

__all__ = ["Labels", "groups_named", "labels_of", "role_of"]

_CONTROLS = frozenset(["vehicle-or-placebo", "control", "standard-of-care"])
_COMPARED = _CONTROLS | {"experimental"}
_LETTERS = re.compile(r"[^\W\d_]{3,}")
# A plain "not" or "without" is no group's name here, and "alone" and "standard" are too common in prose.
_WEAK = frozenset(["alone", "standard", "routine", "conventional", "control", "controls"])
# Words that name a group before "group" or "arm": one or two of them.
_JOINS = frozenset(["and", "plus", "with", "or"])
_LEADS = words("toward-groups") | words("toward-figures")
_NAMED = words("group-nouns")
_ONE_GROUP = frozenset(["group", "arm", "side", "half", "cheek", "forearm"])
_NOT_NAMES = (words("negations") | words("toward-groups") | words("generic-names") | words("no-group-names")) - {
    "treated"
}
# A part of the skin is a group's only where it is said to be one; else it is where something was measured.
_PARTS = words("skin-parts")
_PARTS_NAMED = words("names-of-parts")
# "the serum treated side", "the serum treatment arm": the name stands one word further in front.
_BEFORE_NOUNS = frozenset(["treated", "treatment"])
_LONGEST_NAME = 5
# "group A", "arms 1 and 2": a letter or a figure names the group; more letters are no letters any more.
_LETTERED = frozenset(["group", "groups", "arm", "arms"])
_LETTER = re.compile(r"[A-H]|[1-6]|I{1,3}|IV")
_ALSO = frozenset(["and", "or", "vs", "versus", "than"])
_COMPOUNDS = frozenset(["-", "/", "+", " + ", "–"])
_NOUNS = _NAMED | _PARTS
_SEVERAL = frozenset(["groups", "arms", "sides"])
_GROUP_WORDS = _SEVERAL | _ONE_GROUP | _PARTS | _LETTERED

Labels = dict[str, tuple[str, str]]


def labels_of(arms: Sequence[ArmCount]) -> Labels:
    """Words that only one group's name has, with that name and its role; a group's letter as `group a`."""
    held: dict[str, set[int]] = defaultdict(set)
    for at, arm in enumerate(arms):
        label = arm.label.lower()
        for word in _LETTERS.findall(label):
            if word not in _NOT_NAMES and word not in _NAMED:
                held[word].add(at)
        if lettered := re.search(r"\b(?:group|arm) ([a-h]|[1-6]|i{1,3}|iv)$", label):
            held[f"group {lettered[1]}"].add(at)
    return {word: _told(word, arms[at]) for word, places in held.items() if len(places) == 1 for at in places}


def _told(word: str, arm: ArmCount) -> tuple[str, str]:
    """The name and role of a group. A letter alone says nothing of a role: there it counts only where a comparator is named."""
    is_letter = " " in word
    return (word if is_letter else arm.label.lower()), ("" if is_letter and not arm.comparator else arm.role)


def groups_named(
    passage: Passage, first: int, end: int, seen: Sequence[tuple[str, Seen]], labels: Labels
) -> list[Mention]:
    """The groups that the words from `first` to before `end` name, in reading order."""
    held = passage.words
    found: dict[int, Mention] = {}
    for kind, one in seen:
        code = one.cue.code
        if kind != "comparator" or code not in _COMPARED:
            continue
        quote = one.quote
        if quote.text.casefold() not in _WEAK or not _NOUNS.isdisjoint(held[one.last + 1 : one.last + 2]):
            key = "control" if code in _CONTROLS else code
            begin = _begin_of_name(passage, first, one.first + 1) if code == "experimental" else one.first
            if begin < one.first:
                # "the serum-treated patients" are those of serum, where others are treated as well.
                quote = passage.quote(begin, one.last)
                key = quote.text.casefold()
            found.setdefault(begin, Mention(key, quote.text, begin, one.last, quote))
    untreated = {one.first for kind, one in seen if kind == "comparator" and one.cue.code == "untreated"}
    in_order = "respectively" in held[first:end]
    by_letter: set[int] = set()
    wanted = labels.keys() | _GROUP_WORDS
    for at in [at for at in range(first, end) if held[at] in wanted]:
        word = held[at]
        if word in _LETTERED and (lettered := _lettered(passage, at, end, labels)):
            found.update({one.first: one for one in lettered})
            by_letter.update(one.first for one in lettered)
        elif in_order and word in _SEVERAL:
            for begin, behind in _listed(passage, first, at):
                name = " ".join(held[begin:behind])
                told = Mention(name, name, begin, behind - 1, passage.quote(begin, behind - 1))
                if found.keys().isdisjoint(range(begin, behind)):
                    found[begin] = told
                by_letter.update(range(begin, behind))
        elif word in labels and at not in found:
            label, role = labels[word]
            key = "control" if role == "control" else "untreated" if at in untreated else label
            found[at] = Mention(key, label, at, at, passage.quote(at, at))
        elif word not in labels and at > first and _names_one(word, held[at - 1]):
            begin = _begin_of_name(passage, first, at)
            if held[begin][0].isalpha() and found.keys().isdisjoint(range(begin, at)):
                name = " ".join(held[begin:at])
                found[begin] = Mention(name, name, begin, at, passage.quote(begin, at))
    return [
        found[at]
        for at in sorted(found)
        if at in by_letter or not (_is_compound(passage, found[at]) or (not in_order and _is_joined(held, found[at])))
    ]


def _listed(passage: Passage, first: int, noun: int) -> list[tuple[int, int]]:
    """The two names of "the serum and vehicle groups", each as its first word and the one after its last."""
    held = passage.words
    second = _begin_of_name(passage, first, noun)
    joint = second - 1
    if joint <= first or held[joint] not in _ALSO:
        return []
    one = _begin_of_name(passage, first, joint)
    names = [(one, joint), (second, noun)]
    if "," in passage.gap(one):
        return []  # two of three
    return names if all(held[b][0].isalpha() and held[e - 1] not in _NOT_NAMES for b, e in names) else []


def _names_one(noun: str, before: str) -> bool:
    """Whether the word before a noun is the name of one group or part."""
    return before in _PARTS_NAMED if noun in _PARTS else noun in _ONE_GROUP and before not in _NOT_NAMES


def _begin_of_name(passage: Passage, first: int, noun: int) -> int:
    """The first word of the name in front of a noun: one, or two before "treated" and "treatment", and all that hyphens join."""
    held, at = passage.words, noun - 1
    if at > first and held[at] in _BEFORE_NOUNS and held[at - 1] not in _NOT_NAMES and held[at - 1].isalpha():
        at -= 1
    while at > max(first, noun - _LONGEST_NAME) and passage.gap(at) in _COMPOUNDS and held[at - 1][0].isalpha():
        at -= 1
    return at


def _lettered(passage: Passage, noun: int, end: int, labels: Labels) -> list[Mention]:
    """The groups of "group A" or "groups A, B and C"."""
    held, at = passage.words, noun + 1
    found: list[Mention] = []
    while at < end and _is_letter(passage, at):
        label, role = labels.get(f"group {held[at]}", (f"group {held[at]}", ""))
        begin = at if found else noun
        found.append(Mention("control" if role == "control" else label, label, begin, at, passage.quote(begin, at)))
        if not held[noun].endswith("s"):
            break
        at += 2 if held[at + 1 : at + 2] and held[at + 1] in _ALSO else 1
    return found


def _is_letter(passage: Passage, at: int) -> bool:
    """A capital or a small number, close behind; "group a" is followed by something else."""
    start = passage.starts[at]
    letter = passage.text[start : passage.ends[at]]
    return bool(_LETTER.fullmatch(letter)) and passage.gap(at) in (" ", ", ", "-")


def _is_compound(passage: Passage, one: Mention) -> bool:
    """Whether a name is the end of a longer one ("paclitaxel-FAC", "vitamin C/serum")."""
    return one.first > 0 and passage.gap(one.first) in _COMPOUNDS and passage.words[one.first - 1][0].isalpha()


def _is_joined(held: list[str], one: Mention) -> bool:
    """Whether a name is one of several that make up a group ("laser and placebo", "serum plus laser")."""
    before, after = held[max(0, one.first - 2) : one.first], held[one.last + 1 : one.last + 3]
    is_second = len(before) == 2 and before[1] in _JOINS and before[0][0].isalpha() and before[0] not in _LEADS
    is_first = len(after) == 2 and after[0] in _JOINS and after[1][0].isalpha() and after[1] not in _LEADS
    return is_second or is_first


def role_of(arm: Mention, groups: Sequence[Mention]) -> str:
    """What a group is beside the others: control, intervention, or `""` where nobody says."""
    if arm.key in ("control", "untreated"):
        return "control"
    keys = {one.key for one in groups}
    return "intervention" if arm.key == "experimental" or "control" in keys else ""

"""How many were in each group, what each group is called, and which of them is the comparison.

Groups are read from one sentence that counts two or more of them in the same way: "(n = 30) … (n = 29)", "30 patients
received … and 29 …", "(30 women) … (29)". A group is the comparison where its name holds a comparator cue; where no name
does, the group that the title names later is.
"""

from dataclasses import dataclass, replace
from typing import Literal

from evidermis.reading.counts import Setting, is_year
from evidermis.reading.numerals import Numeral
from evidermis.reading.passages import Passage, Quote

__all__ = ["ArmCount", "arms_of"]

Role = Literal["intervention", "control"]

# Words of a group's name that are read on either side of its number.
_LABEL_REACH = 9
_SEPARATORS = frozenset("or and versus vs while whereas compared to either between into against than then both receive".split())
_TAKES = frozenset("received receiving underwent to in on for had were was by took used given got assigned allocated randomized randomised treated completed with".split())
# What is said of everybody, not of one group.
_ENTERS = frozenset("enrolled recruited included screened evaluated analyzed analysed eligible entered participated completed accrued".split())
_COMPARISONS = ("vehicle-or-placebo", "untreated", "standard-of-care", "control")
_NOT_AFTER = frozenset("years year yr yrs months month weeks week days day mg ml kg % g h hours hour min minutes mm cm iu gy points mcg µg times fold cycles doses sessions x".split())


@dataclass(frozen=True, slots=True)
class ArmCount:
    """The number of people in one group. `comparator` is the comparator ladder's rung where the name tells it."""

    role: Role
    value: int
    label: str
    comparator: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class _Candidate:
    numeral: Numeral
    shape: str
    first: int
    last: int
    label: tuple[int, int]


def arms_of(settings: list[Setting]) -> list[ArmCount]:
    """The groups of the sentence that counts them best; empty where no sentence does."""
    best: list[_Candidate] = []
    chosen: Setting | None = None
    most = 2.0
    people = {n.value for setting in settings for n in setting.numerals}
    for setting in settings:
        for candidates in _by_sentence(setting):
            for group in _groups(candidates):
                points = _points(setting, group, people)
                if points > most:
                    best, chosen, most = group, setting, points
    return _with_roles(chosen, best, settings) if chosen else []


def _by_sentence(setting: Setting) -> list[list[_Candidate]]:
    sentences: dict[int, list[_Candidate]] = {}
    for numeral in setting.numerals:
        if candidate := _candidate(setting, numeral):
            sentences.setdefault(setting.passage.sentence_of[numeral.first], []).append(candidate)
    return [candidates for candidates in sentences.values() if len(candidates) > 1]


def _groups(candidates: list[_Candidate]) -> list[list[_Candidate]]:
    """The candidates of each shape, and all together."""
    shapes = sorted({candidate.shape for candidate in candidates})
    groups = [[c for c in candidates if c.shape == shape] for shape in shapes]
    whole = [g for g in [*groups, candidates] if 2 <= len(g) <= 8]
    return whole + [rest for g in whole if len(rest := _without_total(g)) > 1 and len(rest) < len(g)]


def _without_total(group: list[_Candidate]) -> list[_Candidate]:
    """The group without a number that is the sum of the others."""
    values = [c.numeral.value for c in group]
    return [c for c in group if len(group) < 3 or 2 * c.numeral.value != sum(values)]


def _candidate(setting: Setting, numeral: Numeral) -> _Candidate | None:
    passage, words = setting.passage, setting.passage.words
    first, last = numeral.first, numeral.last
    before = words[first - 1] if first else ""
    after = words[last + 1] if last + 1 < len(words) else ""
    if numeral.value < 2 or after in _NOT_AFTER or is_year(passage, numeral, before):
        return None
    if before == "=" and first > 1 and words[first - 2] == "n":
        return _Candidate(numeral, "n=", first - 2, last, _label_before(setting, first - 3))
    if before in ("=", "<", ">", "±", "%", "p", "grade", "stage", "phase"):
        return None
    noun = "people" in setting.codes.get(last + 1, ()) and ")" not in passage.gap(last + 1)
    end = last + 1 if noun else last
    if setting.opens_bracket(first):
        if _closes(passage, end):
            return _Candidate(numeral, "bracket", first, end, _label_before(setting, first - 1))
        return _Candidate(numeral, "list", first, end, _label_after(setting, end + 1))
    if "/" in passage.gap(first):
        return _Candidate(numeral, "fraction", first, last, _label_after(setting, last + 1))
    for at in range(end + 1, min(end + 4, len(words))):
        if words[at] in _ENTERS:
            return None
        if words[at] in _TAKES and passage.sentence_of[at] == passage.sentence_of[first]:
            return _Candidate(numeral, "takes", first, end, _label_after(setting, at + 1))
        if any(mark in passage.gap(at) for mark in ",;:"):
            break
    if passage.gap(first).strip() in (",", ";") or before in ("and", "versus", "vs"):
        return _Candidate(numeral, "list", first, end, _label_after(setting, end + 1))
    return None


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
        if passage.sentence_of[at] != passage.sentence_of[last] or (at < last and any(m in passage.gap(at + 1) for m in ";,()")):
            break
        first = at
    return first, last


def _label_after(setting: Setting, first: int) -> tuple[int, int]:
    passage, words = setting.passage, setting.passage.words
    last = first - 1
    while last + 1 < len(words) and last - first + 1 < _LABEL_REACH:
        at = last + 1
        if passage.sentence_of[at] != passage.sentence_of[first - 1] or any(m in passage.gap(at) for m in ";,()"):
            break
        if words[at] in ("and", "versus", "vs", "or", "while", "whereas", "compared") or words[at][0].isdigit():
            break
        last = at
    return first, last


def _points(setting: Setting, group: list[_Candidate], people: set[int]) -> float:
    passage = setting.passage
    sentence = passage.sentence_of[group[0].first]
    first = next(at for at in range(len(passage.words)) if passage.sentence_of[at] == sentence)
    last = group[-1].last + 12
    values = [c.numeral.value for c in group]
    shapes = {c.shape for c in group}
    points = {"n=": 4.0, "bracket": 2.0, "list": 1.0, "takes": 2.0, "fraction": 0.0}[group[0].shape]
    points += 4.0 * (sum(values) in people) - 6.0 * (len(values) > 2 and 2 * max(values) == sum(values))
    points -= 4.0 * any(_names_nobody(setting, c.label) for c in group)
    points += 1.5 * (len(shapes) == 1)
    points += 3.0 * setting.near("randomised", first, last) + 1.0 * setting.near("group", first, last)
    points += 1.0 * setting.near("people", first, last) + 0.5 * setting.near("enrolled", first, last)
    points -= 2.0 * (min(values) * 4 < max(values)) + 1.5 * (len(group) > 3) + 0.15 * sentence
    points -= 2.0 * setting.near("left-out", first, last)
    points -= 1.0 * any(label[1] < label[0] for label in (c.label for c in group))
    return points


def _names_nobody(setting: Setting, label: tuple[int, int]) -> bool:
    """"Patients (n = 60)": the words before the number are people, not what they received."""
    words = setting.passage.words[label[0] : label[1] + 1]
    return bool(words) and all("people" in setting.codes.get(at, ()) for at in range(label[1], label[1] + 1)) and len(words) < 3


def _with_roles(setting: Setting, group: list[_Candidate], settings: list[Setting]) -> list[ArmCount]:
    passage = setting.passage
    arms: list[ArmCount] = []
    for c in group:
        comparator = next((code for code in _COMPARISONS if setting.near(code, *c.label)), "")
        label = passage.quote(*c.label).text if c.label[0] <= c.label[1] else ""
        role: Role = "control" if comparator else "intervention"
        arms.append(ArmCount(role, c.numeral.value, label, comparator, passage.quote(c.first, c.last)))
    if len({arm.role for arm in arms}) == 1:
        later = _named_later(arms, settings)
        return [replace(arm, role="control" if number == later else "intervention") for number, arm in enumerate(arms)]
    return arms


def _named_later(arms: list[ArmCount], settings: list[Setting]) -> int:
    """The arm whose own words come later in the title, else the last that is named."""
    title = settings[0].passage.words if settings[0].passage.field == "title" else settings[0].passage.words[:25]
    places: list[int] = []
    for number, arm in enumerate(arms):
        others = {w for other in arms if other is not arm for w in other.label.lower().split()}
        own = [w for w in arm.label.lower().split() if w not in others and len(w) > 3]
        places.append(min((title.index(w) for w in own if w in title), default=-1 if number < len(arms) - 1 else 999))
    if len(set(places)) > 1 and min(places) >= 0:
        return places.index(max(places))
    return len(arms) - 1

"""How many were in each group, what each group is called, and which of them is the comparison.

Groups are read from one sentence that counts two or more of them in the same way: "(n = 30) … (n = 29)", "30 patients
received … and 29 …", "(30 women) … (29)". A group is the comparison where its name holds a comparator cue; where no name
does, the group that the title names later is.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Literal

from evidermis.reading.counts import Setting
from evidermis.reading.groups import COMPARISONS, Candidate, candidates_in
from evidermis.reading.passages import Quote
from evidermis.reading.words import words

__all__ = ["ArmCount", "Role", "arms_of"]

Role = Literal["intervention", "control"]

# A sentence that counts more groups than this is a table in words.
_MOST_IN_A_SENTENCE = 12
_LETTERS = re.compile(r"[^\W_]{2,}")
# An untitled text's first words stand for its title.
_TITLE_WORDS = 30
_GENERIC = words("generic-names")
_ADDS = words("additions")
# Points below which a sentence is not read as counting groups, and below which a further one is not.
_LEAST = 2.5
_LEAST_AGAIN = 5.0
# A report that seems to count more groups than this counts something else.
_MOST_GROUPS = 16


@dataclass(frozen=True, slots=True)
class ArmCount:
    """The number of people in one group. `comparator` is the comparator ladder's rung where the name tells it."""

    role: Role
    value: int
    label: str
    comparator: str
    quote: Quote


def arms_of(settings: list[Setting], whole: int | None = None) -> list[ArmCount]:
    """The groups of the sentence that counts them best; empty where no sentence does.

    `whole` is the number of people in the study where it is known: no group has as many.
    """
    people = {n.value for setting in settings for n in setting.numerals}
    scored = [
        (_points(setting, group, people) - _swallows(group, whole), setting, group)
        for setting in settings
        for candidates in _by_sentence(setting)
        for group in _groups(candidates)
    ]
    scored = sorted((s for s in scored if s[0] > _LEAST), key=lambda s: -s[0])
    found: list[ArmCount] = []
    told: set[tuple[str, int]] = set()
    for points, setting, group in scored:
        place = (setting.passage.field, setting.passage.sentence_of[group[0].first])
        if place in told or (found and (points < _LEAST_AGAIN or len(group) != 2)):
            continue
        if len(found) >= _MOST_GROUPS:
            break
        told.add(place)
        found += _with_roles(setting, group, settings)
    return found


def _swallows(group: list[Candidate], whole: int | None) -> float:
    """Points against a group that is as large as the whole study; none where all are said to receive something."""
    if all(c.shape == "takes" for c in group):
        return 0.0
    return 4.0 * any(c.numeral.value == whole for c in group)


def _by_sentence(setting: Setting) -> list[list[Candidate]]:
    sentences: dict[int, list[Candidate]] = {}
    for candidate in candidates_in(setting):
        sentences.setdefault(setting.passage.sentence_of[candidate.numeral.first], []).append(candidate)
    several = [candidates for candidates in sentences.values() if len(candidates) > 1]
    numbers = sorted(sentences)
    followed = [(sentences[n], sentences[n + 1]) for n in numbers if n + 1 in sentences]
    # "Group A (n = 20) received … . Group B (n = 21) …": one group a sentence.
    return several + [a + b for a, b in followed if len(a) == len(b) == 1 and a[0].shape == b[0].shape]


def _groups(candidates: list[Candidate]) -> list[list[Candidate]]:
    """The candidates of each shape, and all together."""
    shapes = sorted({candidate.shape for candidate in candidates})
    groups = [[c for c in candidates if c.shape == shape] for shape in shapes]
    most = min(len(candidates), _MOST_IN_A_SENTENCE)
    groups += [candidates[at : at + size] for size in (2, 3, 4) for at in range(most - size + 1)]
    whole = [g for g in groups if 2 <= len(g) <= 8]
    return whole + [rest for g in whole if len(rest := _without_total(g)) > 1 and len(rest) < len(g)]


def _without_total(group: list[Candidate]) -> list[Candidate]:
    """The group without a number that is the sum of the others."""
    values = [c.numeral.value for c in group]
    return [c for c in group if len(group) < 3 or 2 * c.numeral.value != sum(values)]


def _points(setting: Setting, group: list[Candidate], people: set[int]) -> float:
    passage = setting.passage
    sentence = passage.sentence_of[group[0].first]
    first = bisect_left(passage.sentence_of, sentence)
    last = group[-1].last + 12
    values = [c.numeral.value for c in group]
    shapes = {c.shape for c in group}
    points = {
        "n=": 4.0,
        "bracket": 2.0,
        "list": 1.0,
        "takes": 2.0,
        "holds": 2.0,
        "named": 3.0,
        "=": 3.0,
        "fraction": 0.0,
    }[group[0].shape]
    points += 4.0 * (sum(values) in people) - 6.0 * (len(values) > 2 and 2 * max(values) == sum(values))
    points -= 4.0 * any(_names_nobody(setting, c.label) for c in group)
    points += 1.5 * (len(shapes) == 1)
    points += 3.0 * setting.near("randomised", first, last) + 1.0 * setting.near("group", first, last)
    points += 1.0 * setting.near("people", first, last) + 0.5 * setting.near("enrolled", first, last)
    points -= 0.0 if group[0].shape == "n=" else 2.0 * (min(values) * 4 < max(values)) + 1.5 * (len(group) > 3)
    points += 1.0 * (len(group) - 2) * (shapes == {"n="}) - 0.15 * sentence
    points -= 2.0 * setting.near("left-out", first, last)
    points -= 4.0 * any(c.label[1] < c.label[0] and c.shape != "n=" for c in group)
    points -= 6.0 * (min(values) < 7 and group[0].shape not in ("n=", "bracket")) + 1.5 * (min(values) < 10)
    points -= 2.5 * any(
        setting.near("completed", c.last + 1, c.last + 3) or setting.near("analysed", c.last + 1, c.last + 3)
        for c in group
    )
    return points


def _names_nobody(setting: Setting, label: tuple[int, int]) -> bool:
    """ "Patients (n = 60)": the words before the number are people, not what they received."""
    words = setting.passage.words[label[0] : label[1] + 1]
    return (
        bool(words) and all("people" in setting.codes_at(at) for at in range(label[1], label[1] + 1)) and len(words) < 3
    )


def _with_roles(setting: Setting, group: list[Candidate], settings: list[Setting]) -> list[ArmCount]:
    passage = setting.passage
    arms: list[ArmCount] = []
    for c in group:
        comparator = _comparator(setting, c.label)
        label = passage.quote(*c.label).text if c.label[0] <= c.label[1] else ""
        role: Role = "control" if comparator else "intervention"
        arms.append(ArmCount(role, c.numeral.value, label, comparator, passage.quote(c.first, c.last)))
    tried = [setting.near("experimental", *c.label) for c in group]
    if any(tried) and not all(tried):
        return [
            replace(arm, role="intervention" if is_tried else "control")
            for arm, is_tried in zip(arms, tried, strict=True)
        ]
    if len({arm.role for arm in arms}) == 1:
        compared = _barer(arms) if arms[0].role == "control" else _named_later(arms, settings)
        return [
            replace(arm, role="control" if number == compared else "intervention") for number, arm in enumerate(arms)
        ]
    return arms


def _comparator(setting: Setting, label: tuple[int, int]) -> str:
    """The comparator that a name holds; "without …" counts only where the name begins with it."""
    for code in COMPARISONS:
        last = min(label[1], label[0] + 2) if code == "untreated" else label[1]
        if setting.near(code, label[0], last):
            return code
    return ""


def _barer(arms: list[ArmCount]) -> int:
    """Of groups that all hold a comparator's word ("standard care", "standard care plus support"), the one without more."""
    adds = [sum(word in _ADDS for word in arm.label.lower().replace("+", " plus ").split()) for arm in arms]
    if len(set(adds)) > 1:
        return adds.index(min(adds))
    strength = [COMPARISONS.index(arm.comparator) for arm in arms]
    return strength.index(min(strength)) if len(set(strength)) > 1 else len(arms) - 1


def _named_later(arms: list[ArmCount], settings: list[Setting]) -> int:
    """Of groups without a comparator's word: the one without an addition, else the one the title names later, else the last."""
    adds = [sum(word in _ADDS for word in arm.label.lower().replace("+", " plus ").split()) for arm in arms]
    if len(arms) == 2 and len(set(adds)) == 2:
        return adds.index(min(adds))
    opening = (
        settings[0].passage.words if settings[0].passage.field == "title" else settings[0].passage.words[:_TITLE_WORDS]
    )
    own = [_own_words(arm, arms) for arm in arms]
    places = [min((opening.index(w) for w in words if w in opening), default=-1) for words in own]
    if len(set(places)) > 1 and min(places) >= 0:
        return places.index(max(places))
    return len(arms) - 1


def _own_words(arm: ArmCount, arms: list[ArmCount]) -> set[str]:
    """The words of a group's name that no other group's name has."""
    others = {w for other in arms if other is not arm for w in _LETTERS.findall(other.label.lower())}
    return set(_LETTERS.findall(arm.label.lower())) - others - _GENERIC

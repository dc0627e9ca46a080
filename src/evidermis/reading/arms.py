"""How many were in each group, what each group is called, and which of them is the comparison.

Groups are read from one sentence that counts two or more of them in the same way: "(n = 30) … (n = 29)", "30 patients
received … and 29 …", "(30 women) … (29)". A group is the comparison where its name holds a comparator cue; where no name
does, the group that the title names later is.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from evidermis.reading.counts import Setting, is_year
from evidermis.reading.numerals import Numeral
from evidermis.reading.passages import Passage, Quote
from evidermis.reading.phrases import NUMBER_WORDS

__all__ = ["ArmCount", "arms_of"]

Role = Literal["intervention", "control"]

# Words of a group's name that are read on either side of its number.
_LABEL_REACH = 14
# A sentence that counts more groups than this is a table in words.
_MOST_IN_A_SENTENCE = 12
_SEPARATORS = frozenset("or and versus vs while whereas compared to either between into against than then both receive".split())
_TAKES = frozenset("received receiving underwent to in on for had took given got assigned allocated randomized randomised treated".split())
# What is said of everybody, not of one group.
_ENTERS = frozenset("enrolled recruited included screened evaluated analyzed analysed eligible entered participated completed accrued".split())
_RANGE = re.compile(r"\s?[-–]\s?\d")
_RANGE_END = re.compile(r"\d\s?[-–]\s?$")
_HOLDS = frozenset("of had included comprised contained has includes comprising".split())
_LETTERS = re.compile(r"[^\W_]{2,}")
# An untitled text's first words stand for its title.
_TITLE_WORDS = 30
_GENERIC = frozenset("group arm patients women the of with and to in for was were receive received plus daily mg day week weeks treatment therapy or study trial randomized randomised assigned no by at an".split())
_ADDS = frozenset("plus added with followed combined addition adding and".split())
_NO_NAMES = frozenset("p sd or hr rr ci df r f t z d b auc se irr rd md smd beta range mean age i".split())
_LABELLED = frozenset("= < > ± % p grade stage phase type group arm level".split())
# Points below which a sentence is not read as counting groups, and below which a further one is not.
_LEAST = 2.5
_LEAST_AGAIN = 5.0
_COMPARISONS = ("vehicle-or-placebo", "untreated", "standard-of-care", "control")
_NOT_AFTER = frozenset("years year yr yrs months month weeks week days day mg ml kg % g h hours hour min minutes mm cm iu gy points mcg µg μg nm mw w hz ng pg mmol mol kcal khz mhz mmhg dl l th st nd rd am pm inch times fold cycles doses sessions x".split())


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
    told: list[tuple[Setting, int]] = []
    for points, setting, group in scored:
        place = (setting, setting.passage.sentence_of[group[0].first])
        if place in told or (found and (points < _LEAST_AGAIN or len(group) != 2)):
            continue
        told.append(place)
        found += _with_roles(setting, group, settings)
    return found


def _swallows(group: list[_Candidate], whole: int | None) -> float:
    """Points against a group that is as large as the whole study; none where all are said to receive something."""
    if all(c.shape == "takes" for c in group):
        return 0.0
    return 4.0 * any(c.numeral.value == whole for c in group)


def _by_sentence(setting: Setting) -> list[list[_Candidate]]:
    sentences: dict[int, list[_Candidate]] = {}
    for numeral in setting.numerals:
        if candidate := _candidate(setting, numeral):
            sentences.setdefault(setting.passage.sentence_of[numeral.first], []).append(candidate)
    several = [candidates for candidates in sentences.values() if len(candidates) > 1]
    numbers = sorted(sentences)
    followed = [(sentences[n], sentences[n + 1]) for n in numbers if n + 1 in sentences]
    # "Group A (n = 20) received … . Group B (n = 21) …": one group a sentence.
    return several + [a + b for a, b in followed if len(a) == len(b) == 1 and a[0].shape == b[0].shape]


def _groups(candidates: list[_Candidate]) -> list[list[_Candidate]]:
    """The candidates of each shape, and all together."""
    shapes = sorted({candidate.shape for candidate in candidates})
    groups = [[c for c in candidates if c.shape == shape] for shape in shapes]
    most = min(len(candidates), _MOST_IN_A_SENTENCE)
    groups += [candidates[at : at + size] for size in (2, 3, 4) for at in range(most - size + 1)]
    whole = [g for g in groups if 2 <= len(g) <= 8]
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
    if numeral.value < 2 or after in _NOT_AFTER or is_year(passage, numeral, before) or _is_no_size(passage, numeral):
        return None
    if before == "=" and first > 1:
        return _after_equals(setting, numeral)
    if (before in _LABELLED and not passage.gap(first).strip()) or "not-people" in setting.codes.get(last + 1, ()) or _is_numerator(passage, last):
        return None
    noun = "people" in setting.codes.get(last + 1, ()) and ")" not in passage.gap(last + 1)
    end = last + 1 if noun else last
    if _is_denominator(passage, first):
        label = _label_after(setting, _past_percentage(passage, end + 1))
        return _Candidate(numeral, "fraction", first, end, label if _says(setting, label) else _label_before(setting, first - 3))
    if _closes(passage, end) and (setting.opens_bracket(first) or (noun and any(m in passage.gap(first) for m in ",:"))):
        return _Candidate(numeral, "bracket", first, end, _label_before(setting, first - 1))
    if _follows_short_name(setting, numeral):
        return _Candidate(numeral, "=", first, end, _label_before(setting, first - 1))
    if setting.opens_bracket(first):
        return _Candidate(numeral, "list", first, end, _label_after(setting, end + 1))
    if "(" in passage.gap(end + 1 if end + 1 < len(words) else 0) and setting.near("group", end + 1, end + 4):
        return _Candidate(numeral, "named", first, end, _label_after(setting, end + 1))
    if before in _HOLDS and setting.near("group", first - 4, first - 1):
        return _Candidate(numeral, "holds", first, end, _label_before(setting, first - 2))
    return _with_verb(setting, numeral, end)


def _follows_short_name(setting: Setting, numeral: Numeral) -> bool:
    """"(TAM 64, ACT 65)" and "(arm A, 75; arm B, 54)": in brackets, closed at once, with a name before."""
    passage = setting.passage
    start = passage.span(numeral.first, numeral.first)[0]
    opened = passage.text.rfind("(", max(0, start - 60), start)
    if numeral.value < 5 or opened < 0 or ")" in passage.text[opened:start] or not _closes(passage, numeral.last):
        return False
    before = passage.words[numeral.first - 1]
    if passage.gap(numeral.first).strip() == ",":
        return setting.near("group", numeral.first - 3, numeral.first - 1)
    return before.isalpha() and before not in _NO_NAMES and passage.text[start - 1 - len(before) : start - 1].isupper()


def _after_equals(setting: Setting, numeral: Numeral) -> _Candidate | None:
    """"(n = 30)" after the group's name, "n = 30 receiving …" before it, "(IG = 18)" with the name's letters."""
    passage, words = setting.passage, setting.passage.words
    first, last = numeral.first - 2, numeral.last
    if words[first] != "n":
        short = words[first] in ("group", "arm") or (words[first].isalpha() and len(words[first]) < 5 and words[first] not in _NO_NAMES)
        return _Candidate(numeral, "=", first, last, _label_before(setting, first)) if short and numeral.value > 4 else None
    label = _label_before(setting, first - 1)
    if not _says(setting, label) or words[label[1]] in ("and", "or"):
        label = _label_after(setting, last + 1) if last + 1 < len(words) and ")" not in passage.gap(last + 1) else label
    return _Candidate(numeral, "n=", first, last, label)


def _with_verb(setting: Setting, numeral: Numeral, end: int) -> _Candidate | None:
    """"30 patients received …", "and 29 the vehicle"."""
    passage, words = setting.passage, setting.passage.words
    first = numeral.first
    before = words[first - 1] if first else ""
    start = _past_percentage(passage, end + 1)
    for at in range(start, min(start + 4, len(words))):
        if words[at] in _ENTERS:
            return None
        if words[at] in _TAKES and passage.sentence_of[at] == passage.sentence_of[first]:
            return _Candidate(numeral, "takes", first, end, _label_after(setting, at + 1))
        if at > start and any(mark in passage.gap(at) for mark in ",;:()"):
            break
    named = any(setting.near(code, end + 1, end + 1) for code in (*_COMPARISONS, "experimental"))
    if named or passage.gap(first).strip() in (",", ";") or before in ("and", "versus", "vs"):
        return _Candidate(numeral, "list", first, end, _label_after(setting, end + 1))
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
        if passage.sentence_of[at] != passage.sentence_of[first - 1] or (at > first and any(m in passage.gap(at) for m in ";,()")):
            break
        if words[at] in ("and", "versus", "vs", "or", "while", "whereas", "compared") or words[at][0].isdecimal():
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
    points = {"n=": 4.0, "bracket": 2.0, "list": 1.0, "takes": 2.0, "holds": 2.0, "named": 3.0, "=": 3.0, "fraction": 0.0}[group[0].shape]
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
    points -= 2.5 * any(setting.near("completed", c.last + 1, c.last + 3) or setting.near("analysed", c.last + 1, c.last + 3) for c in group)
    return points


def _names_nobody(setting: Setting, label: tuple[int, int]) -> bool:
    """"Patients (n = 60)": the words before the number are people, not what they received."""
    words = setting.passage.words[label[0] : label[1] + 1]
    return bool(words) and all("people" in setting.codes.get(at, ()) for at in range(label[1], label[1] + 1)) and len(words) < 3


def _with_roles(setting: Setting, group: list[_Candidate], settings: list[Setting]) -> list[ArmCount]:
    passage = setting.passage
    arms: list[ArmCount] = []
    for c in group:
        comparator = _comparator(setting, c.label)
        label = passage.quote(*c.label).text if c.label[0] <= c.label[1] else ""
        role: Role = "control" if comparator else "intervention"
        arms.append(ArmCount(role, c.numeral.value, label, comparator, passage.quote(c.first, c.last)))
    tried = [setting.near("experimental", *c.label) for c in group]
    if any(tried) and not all(tried):
        return [replace(arm, role="intervention" if is_tried else "control") for arm, is_tried in zip(arms, tried, strict=True)]
    if len({arm.role for arm in arms}) == 1:
        compared = _barer(arms) if arms[0].role == "control" else _named_later(arms, settings)
        return [replace(arm, role="control" if number == compared else "intervention") for number, arm in enumerate(arms)]
    return arms


def _comparator(setting: Setting, label: tuple[int, int]) -> str:
    """The comparator that a name holds; "without …" counts only where the name begins with it."""
    for code in _COMPARISONS:
        last = min(label[1], label[0] + 2) if code == "untreated" else label[1]
        if setting.near(code, label[0], last):
            return code
    return ""


def _barer(arms: list[ArmCount]) -> int:
    """Of groups that all hold a comparator's word ("standard care", "standard care plus support"), the one without more."""
    adds = [sum(word in _ADDS for word in arm.label.lower().replace("+", " plus ").split()) for arm in arms]
    if len(set(adds)) > 1:
        return adds.index(min(adds))
    strength = [_COMPARISONS.index(arm.comparator) for arm in arms]
    return strength.index(min(strength)) if len(set(strength)) > 1 else len(arms) - 1


def _named_later(arms: list[ArmCount], settings: list[Setting]) -> int:
    """Of groups without a comparator's word: the one without an addition, else the one the title names later, else the last."""
    adds = [sum(word in _ADDS for word in arm.label.lower().replace("+", " plus ").split()) for arm in arms]
    if len(arms) == 2 and len(set(adds)) == 2:
        return adds.index(min(adds))
    opening = settings[0].passage.words if settings[0].passage.field == "title" else settings[0].passage.words[:_TITLE_WORDS]
    own = [_own_words(arm, arms) for arm in arms]
    places = [min((opening.index(w) for w in words if w in opening), default=-1) for words in own]
    if len(set(places)) > 1 and min(places) >= 0:
        return places.index(max(places))
    return len(arms) - 1


def _own_words(arm: ArmCount, arms: list[ArmCount]) -> set[str]:
    """The words of a group's name that no other group's name has."""
    others = {w for other in arms if other is not arm for w in _LETTERS.findall(other.label.lower())}
    return set(_LETTERS.findall(arm.label.lower())) - others - _GENERIC

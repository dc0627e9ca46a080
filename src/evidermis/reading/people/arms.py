"""How many were in each group, what each group is called, and which of them is the comparison.

Groups are read from the sentence that counts two or more of them best: "(n = 30) … (n = 29)", "30 patients received … and
29 …", "15/30 in arm A and 12/29 in arm B"; then from others that count the same groups once more (those analysed). What
happened to some of a group is not its size. `roles.py` tells which group is the comparison.
"""

from dataclasses import replace

from evidermis.reading.facts import ArmCount, Role
from evidermis.reading.people.counts import Setting
from evidermis.reading.people.equal import equal_groups
from evidermis.reading.people.groups import COMPARISONS, Candidate, candidates_in
from evidermis.reading.people.naming import Label, named_together, past_percentage
from evidermis.reading.people.roles import Named, known_roles, named_of, roles_of

__all__ = ["arms_of"]

# A sentence that counts more groups than this is a table in words.
_MOST_IN_A_SENTENCE = 12
# Shapes in which one sentence may count one group, and the next the other.
_ONE_A_SENTENCE = ("n=", "takes", "holds", "fraction", "named")
# Shapes that count people, never what happened to them.
_SURE = frozenset({"n=", "fraction", "row"})
_OF_GROUPS = frozenset({"randomised", "group", "each", "experimental", *COMPARISONS} - {"untreated"})
_CONTROLS = frozenset({"control", "controls"})
_CASE_WORDS = _CONTROLS | {"case", "cases"}
# Points below which a sentence is not read as counting groups, and below which a further one is not.
_LEAST = 2.5
_LEAST_AGAIN = 5.0
# A report that seems to count more groups than this counts something else.
_MOST_GROUPS = 16
# Wordings that are looked at, the likeliest first, so that time grows with the text and no faster.
_MOST_TRIED = 80


def arms_of(settings: list[Setting], whole: int | None = None) -> list[ArmCount]:
    """The groups of the sentence that counts them best; empty where no sentence does.

    `whole` is the number of people in the study where it is known: no group has as many.
    """
    if not any(_speaks_of_groups(setting) for setting in settings):
        return []
    people = {n.value for setting in settings for n in setting.numerals}
    scored = [
        (_points(setting, group, people) - _swallows(group, whole), setting, group)
        for setting in settings
        if len(setting.numerals) > 1
        for candidates in _by_sentence(setting)
        for group in _groups(candidates)
    ]
    scored = sorted((s for s in scored if s[0] > _LEAST), key=lambda s: -s[0])
    found: list[ArmCount] = []
    known: list[tuple[Named, Role]] = []
    told: set[tuple[str, int]] = set()
    taken: set[tuple[str, int]] = set()
    for points, setting, group in scored[:_MOST_TRIED]:
        places = {(setting.passage.field, setting.passage.sentence_of[c.first]) for c in group}
        numbers = {(setting.passage.field, c.numeral.first) for c in group}
        is_apart = not numbers & taken and _is_bracketed(setting, group)
        if (places & told and not is_apart) or len(found) >= _MOST_GROUPS:
            continue
        named = [named_of(setting, c, settings) for c in group]
        again = known_roles(named, known) if known else None
        is_known = again is not None
        if known and not _is_further(setting, group, points, is_known, min(arm.value for arm in found)):
            continue
        if places & told and not is_known:
            continue
        roles = again or roles_of(named, settings)
        told |= places
        taken |= numbers
        known += zip(named, roles, strict=True)
        found += [_count(setting, *one) for one in zip(group, named, roles, strict=True)]
    return found or _equal(settings, whole)


def _speaks_of_groups(setting: Setting) -> bool:
    """Whether a passage names a group, a comparison or a lot, or says "n =" at all: without that no number is a group's."""
    return not _OF_GROUPS.isdisjoint(setting.places) or "n" in setting.passage.words


def _equal(settings: list[Setting], whole: int | None) -> list[ArmCount]:
    """ "30 women in each group": two groups at least, a tried one and one to compare."""
    if (told := equal_groups(settings, whole)) is None:
        return []
    setting, value, first, last = told
    quote = setting.passage.quote(first, last)
    return [ArmCount("intervention", value, "", "", quote), ArmCount("control", value, "", "", quote)]


def _is_bracketed(setting: Setting, group: list[Candidate]) -> bool:
    """Whether the groups are told in one bracket: "at 8 weeks (113 serum, 114 base)"."""
    first, last = group[0].numeral.first, group[-1].last
    gaps = [setting.passage.gap(at) for at in range(first + 1, last + 1)]
    return setting.opens_bracket(first) and not any("(" in gap or ")" in gap for gap in gaps)


def _is_further(setting: Setting, group: list[Candidate], points: float, is_known: bool, least: int) -> bool:
    """Whether a sentence counts the groups once more (those analysed), not what happened to some in them."""
    shapes = {c.shape for c in group}
    most = max(c.numeral.value for c in group)
    if is_known and len(group) < 5 and (shapes <= _SURE or _is_bracketed(setting, group)):
        return True
    if shapes <= _SURE:
        return points >= _LEAST_AGAIN - 1.0 and len(group) == 2 and 2 * most >= least
    first, last = group[0].first - 12, group[-1].last + 12
    is_told = any(setting.near(code, first, last) for code in ("randomised", "analysed", "completed", "enrolled"))
    is_part = any(past_percentage(setting.passage, c.last + 1) != c.last + 1 for c in group)
    is_few = 4 * most < least or (2 * most < least and (is_part or not is_told))
    return points >= _LEAST_AGAIN and len(group) == 2 and not is_few


def _swallows(group: list[Candidate], whole: int | None) -> float:
    """Points against a group that is as large as the whole study; none where all are said to receive something."""
    if all(c.shape == "takes" for c in group):
        return 0.0
    return 4.0 * any(c.numeral.value == whole for c in group)


def _by_sentence(setting: Setting) -> list[list[Candidate]]:
    sentences: dict[int, list[Candidate]] = {}
    for candidate in candidates_in(setting):
        sentences.setdefault(setting.passage.sentence_of[candidate.numeral.first], []).append(candidate)
    several = [_named_respectively(setting, candidates) for candidates in sentences.values() if len(candidates) > 1]
    followed = [(sentences[n], sentences[n + 1]) for n in sorted(sentences) if n + 1 in sentences]
    return several + [pair for before, after in followed for pair in _one_each(before, after)]


def _one_each(before: list[Candidate], after: list[Candidate]) -> list[list[Candidate]]:
    """ "Group A (n = 20) received … . Group B (n = 21) …": one group of a shape in either sentence."""
    found: list[list[Candidate]] = []
    for shape in _ONE_A_SENTENCE:
        pair = [[c for c in candidates if c.shape == shape] for candidates in (before, after)]
        if all(len(one) == 1 for one in pair):
            found.append(pair[0] + pair[1])
    return found


def _named_respectively(setting: Setting, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates of a sentence with the names told together for all: "15/51 and 20/49 in arms A and B, respectively"."""
    passage = setting.passage
    sentence = passage.sentence_of[candidates[0].first]
    first, after = passage.words_of(sentence)
    fractions = [c for c in candidates if c.shape == "fraction"]
    if not 1 < len(fractions) < 5:
        return candidates
    if "respectively" not in passage.words[first:after]:
        first = fractions[-1].last
        if any(_is_of_a_group(setting, c.label) for c in fractions[:-1]):
            return candidates
    names = named_together(setting, first, after - 1, len(fractions))
    told = dict(zip([c.first for c in fractions], names, strict=False))
    return [replace(c, label=told[c.first]) if c.first in told and c.shape == "fraction" else c for c in candidates]


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
    first, _ = passage.words_of(sentence)
    last = group[-1].last + 12
    values = [c.numeral.value for c in group]
    shapes = {c.shape for c in group}
    points = {
        "n=": 4.0,
        "bracket": 2.0,
        "list": 1.0,
        "takes": 2.0,
        "holds": 3.0,
        "named": 3.0,
        "=": 3.0,
        "fraction": 1.0,
        "row": 3.0,
    }[group[0].shape]
    points += 4.0 * (sum(values) in people) - 6.0 * (len(values) > 2 and 2 * max(values) == sum(values))
    points -= 4.0 * any(_names_nobody(setting, c.label) for c in group)
    points += 1.5 * (len(shapes) == 1)
    points += 2.5 * (shapes == {"fraction"} and all(_is_of_a_group(setting, c.label) for c in group))
    points += 3.0 * setting.near("randomised", first, last) + 1.0 * setting.near("group", first, last)
    points += 1.0 * setting.near("people", first, last) + 0.5 * setting.near("enrolled", first, last)
    points -= 0.0 if group[0].shape == "n=" else 2.0 * (min(values) * 4 < max(values)) + 1.5 * (len(group) > 3)
    points += 1.0 * (len(group) - 2) * (shapes == {"n="}) - 0.15 * sentence
    points -= 2.0 * setting.near("left-out", first, last)
    points -= 4.0 * any(c.label[1] < c.label[0] and c.shape != "n=" for c in group)
    points -= 6.0 * (min(values) < 7 and group[0].shape not in ("n=", "bracket")) + 1.5 * (min(values) < 10)
    points += 4.0 * _are_cases_and_controls(setting, group)
    held = [any(setting.near(code, *c.label) for code in COMPARISONS) for c in group if c.label[0] <= c.label[1]]
    points += 1.5 * (len(held) == len(group) and 0 < sum(held) < len(held))
    points -= 2.5 * any(
        c.shape != "named" and setting.near(code, c.last + 1, c.last + 3)
        for c in group
        for code in ("completed", "analysed", "left-out")
    )
    return points


def _is_of_a_group(setting: Setting, label: Label) -> bool:
    """Whether a name calls itself a group's, or holds a comparator's word."""
    codes = ("group", "experimental", *COMPARISONS)
    return label[0] <= label[1] and any(setting.near(code, *label) for code in codes)


def _are_cases_and_controls(setting: Setting, group: list[Candidate]) -> bool:
    told = [{w for w in setting.passage.words[c.label[0] : c.label[1] + 1] if w in _CASE_WORDS} for c in group]
    return len(group) == 2 and any("case" in w or "cases" in w for w in told) and any(w & _CONTROLS for w in told)


def _names_nobody(setting: Setting, label: Label) -> bool:
    """ "Patients (n = 60)": the words before the number are people, not what they received."""
    if not 0 <= label[1] - label[0] < 3 or "people" not in setting.codes_at(label[1]):
        return False
    return not any(setting.near(code, *label) for code in (*COMPARISONS, "experimental"))


def _count(setting: Setting, candidate: Candidate, named: Named, role: Role) -> ArmCount:
    quote = setting.passage.quote(candidate.first, candidate.last)
    return ArmCount(role, candidate.numeral.value, _label(setting, candidate), named.comparator, quote)


def _label(setting: Setting, candidate: Candidate) -> str:
    first, last = candidate.label
    return setting.passage.quote(first, last).text if first <= last else ""

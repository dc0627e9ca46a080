"""Which of a study's groups is the comparison.

A group is the comparison where its name, or what stands beside it, holds a comparator's word. Where no name does, or all do,
it is the group that gets less than the other ("tamoxifen" beside "tamoxifen plus epirubicin"), else the one that the title or
the aim names second, else the one that is told last.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from evidermis.reading.facts import Role
from evidermis.reading.people.counts import Setting
from evidermis.reading.people.groups import COMPARISONS, Candidate
from evidermis.reading.people.naming import EMPTY, Label, all_before, label_after, label_before
from evidermis.reading.text import Passage, words

__all__ = ["Named", "known_roles", "named_of", "roles_of"]

_GENERIC = words("generic-names")
_ADDS = words("additions")
_ONLY = frozenset({"alone", "only"})
_AIMS = words("compares")
_AGAINST = words("against")
_TOLD = words("tells-of-groups")
_MOST_AIMS = 8
# An untitled text's first words stand for its title where its first sentence is short.
_TITLE_WORDS = 30
_SHORT_SENTENCE = 6
_MOST_TITLE = 60
# Two capitals or a lettered group, read in the text as it is written.
_SHORT = re.compile(
    r"\b(?:[a-z]{0,2}[A-Z][A-Za-z0-9]*-?[A-Z0-9][A-Za-z0-9]*|[A-Z]|(?:[Aa]rm|[Gg]roup|[Cc]ohort) (?:[A-H]|[1-8]|I{1,3}))\b"
)
_REVERSED = (["compared", "with"], ["compared", "to"])
# Shapes whose name stands before the number.
_BEFORE_NUMBER = frozenset({"n=", "bracket"})
# Mentions of a short name that are looked at for the one that explains it.
_MOST_MENTIONS = 40
_LETTERED = frozenset({"arm", "group", "cohort", "regimen"})


@dataclass(frozen=True, slots=True)
class Named:
    """A group's names: the words of its label, all words known of it, those that explain it, and its comparator's rung."""

    told: tuple[str, ...]
    words: frozenset[str]
    explained: frozenset[str]
    comparator: str
    is_tried: bool


def named_of(setting: Setting, candidate: Candidate, settings: list[Setting]) -> Named:
    """What a candidate's group is called, here and where its short names are explained."""
    label = candidate.label
    explained = _explained(setting, label, settings)
    beside = [(setting, candidate.wider), (setting, candidate.after)]
    comparator = next((c for w, place in [(setting, label), *explained, *beside] if (c := _comparator(w, place))), "")
    is_whole = candidate.shape in _BEFORE_NUMBER and label[0] <= label[1] < candidate.first and candidate.wider == EMPTY
    whole = all_before(setting, label[1]) if is_whole else label
    told = _words(setting, label)
    all_told = frozenset(told) | frozenset(_words(setting, whole)) | frozenset(_words(setting, candidate.wider))
    meant = frozenset(word for where, place in explained for word in _words(where, place))
    is_tried = any(setting.near("experimental", *place) for place in (label, candidate.after) if place[1] >= place[0])
    return Named(told, all_told | meant, (meant or frozenset(told)) | all_told, comparator, is_tried)


def _words(setting: Setting, label: Label) -> tuple[str, ...]:
    return tuple(setting.passage.words[label[0] : label[1] + 1])


def _comparator(setting: Setting, label: Label) -> str:
    """The comparator that a name holds; "without …" counts only where the name begins with it."""
    if label[1] < label[0]:
        return ""
    for code in COMPARISONS:
        last = min(label[1], label[0] + 2) if code == "untreated" else label[1]
        if setting.near(code, label[0], last):
            return code
    return ""


def _explained(setting: Setting, label: Label, settings: list[Setting]) -> list[tuple[Setting, Label]]:
    """Where the short names in a label are explained: "placebo (group B)", "tamoxifen (TAM)", "group B received placebo"."""
    found: list[tuple[Setting, Label]] = []
    for first, last in _short_names(setting.passage, label):
        short = setting.passage.words[first : last + 1]
        is_lettered = short[0] in _LETTERED
        for where in settings:
            found += _explanations(where, short, is_lettered)
    return found


def _short_names(passage: Passage, label: Label) -> Iterator[Label]:
    """The abbreviations and lettered names ("arm B") in a label, each by its first and last word."""
    if label[1] < label[0]:
        return
    start, end = passage.span(*label)
    for match in _SHORT.finditer(passage.text, start, end):
        yield bisect_left(passage.starts, match.start()), bisect_left(passage.starts, match.end()) - 1


def _explanations(setting: Setting, short: list[str], is_lettered: bool) -> list[tuple[Setting, Label]]:
    passage, found = setting.passage, list[tuple[Setting, Label]]()
    words, at = passage.words, -1
    for _ in range(_MOST_MENTIONS):
        if found:
            break
        try:
            at = words.index(short[0], at + 1)
        except ValueError:
            break
        end = at + len(short) - 1
        if words[at : end + 1] != short:
            continue
        if at and passage.gap(at).strip() == "(":
            found.append((setting, _initials(passage, short[0], at) or label_before(setting, at - 1)))
        elif is_lettered and end + 2 < len(words):
            is_told = passage.gap(end + 1).strip() in (":", ",", "(") or words[end + 1] in _TOLD
            found += [(setting, label_after(setting, end + 1))] if is_told else []
    return found


def _initials(passage: Passage, short: str, bracket: int) -> Label | None:
    """The words before a bracket from the one that begins as the abbreviation in it does."""
    reach = min(2 * len(short) + 1, len(short) + 5)
    for at in range(bracket - 1, max(-1, bracket - 1 - reach), -1):
        if passage.sentence_of[at] != passage.sentence_of[bracket] or ")" in passage.gap(at + 1).replace(" (", ""):
            break
        if passage.words[at][0] == short[0] and bracket - at >= len(short) - 1:
            return at, bracket - 1
    return None


def roles_of(named: list[Named], settings: list[Setting]) -> list[Role]:
    """The role of each group of one study."""
    held = [bool(one.comparator) for one in named]
    if any(held) and not all(held):
        return ["control" if one else "intervention" for one in held]
    tried = [one.is_tried for one in named]
    compared = _least(named)
    if compared is None and any(tried) and not all(tried):
        return ["intervention" if one else "control" for one in tried]
    if compared is None and all(held):
        strength = [COMPARISONS.index(one.comparator) for one in named]
        compared = strength.index(min(strength)) if len(set(strength)) > 1 else None
    if compared is not None:
        return _all_but(compared, len(named))
    return _by_order(named, settings) or _all_but(_last(named), len(named))


def known_roles(named: list[Named], known: list[tuple[Named, Role]]) -> list[Role] | None:
    """The roles of groups that were named before, by the words that only they have; None where one cannot be told."""
    roles: list[Role] = []
    matched: set[frozenset[str]] = set()
    for one in named:
        mine = _own_words(one, named)
        shared: list[tuple[int, frozenset[str], Role]] = [
            (len(mine & (other.words - _GENERIC)), other.words, role) for other, role in known
        ]
        most = max(count for count, _, _ in shared)
        alike: list[tuple[int, frozenset[str], Role]] = [one for one in shared if one[0] == most]
        if not most or any(one[2] != alike[0][2] for one in alike):
            return None
        matched.add(alike[0][1])
        roles.append(alike[0][2])
    return roles if len(matched) == len(named) else None


def _all_but(compared: int, count: int) -> list[Role]:
    return ["control" if at == compared else "intervention" for at in range(count)]


def _last(named: list[Named]) -> int:
    """The group told last; of "arm B" and "arm A", arm B."""
    letters = [one.told[-1] if len(one.told) == 2 and one.told[0] in _LETTERED else "" for one in named]
    return letters.index(max(letters)) if all(letters) else len(named) - 1


def _least(named: list[Named]) -> int | None:
    """The group that gets less than every other, where one does: nothing added, or what all others get too."""
    only = [bool(_ONLY & set(one.told)) for one in named]
    if sum(only) == 1:
        return only.index(True)
    adds = [sum(word in _ADDS for word in one.told) for one in named]
    if len(named) == 2 and len(set(adds)) == 2 and (named[0].words & named[1].words) - _GENERIC:
        return adds.index(min(adds))
    for known in ([set(one.told) for one in named], [set(one.explained) for one in named]):
        bare = [{word for word in words if word[0].isalpha()} - _GENERIC for words in known]
        within = [bool(mine) and all(mine < other for other in bare if other is not mine) for mine in bare]
        if sum(within) == 1:
            return within.index(True)
    letters = [Counter(one.told[0] if len(one.told) == 1 and len(one.told[0]) < 6 else "") for one in named]
    within = [bool(mine) and all(mine < other for other in letters if other is not mine) for mine in letters]
    return within.index(True) if sum(within) == 1 else None


def _by_order(named: list[Named], settings: list[Setting]) -> list[Role] | None:
    """The roles by the order in which the title, or a sentence that compares, names the groups; None where neither tells."""
    own = [_own_words(one, named) for one in named]
    for passage, first, last in _openings(settings):
        words = passage.words[first : last + 1]
        places = [min((words.index(w) for w in mine if w in words), default=-1) for mine in own]
        if len(set(places)) > 1 and max(places) >= 0 and (min(places) >= 0 or len(named) == 2):
            return _ordered(places, words)
    return None


def _ordered(places: list[int], words: list[str]) -> list[Role]:
    """Roles by the places of names among words: what comes first is tried, unless "compared with" stands before it."""
    parts = [at for at, word in enumerate(words) if word in _AGAINST]
    first = min(place for place in places if place >= 0)
    if min(places) < 0:
        is_second = any(at < first for at in parts)
        return ["control" if (place >= 0) == is_second else "intervention" for place in places]
    if any(words[at : at + 2] in _REVERSED and first - 4 < at < first for at in parts):
        return _all_but(places.index(first), len(places))
    if len(parts) + 1 == len(places) > 2:
        return ["intervention" if place == first else "control" for place in places]
    return _all_but(places.index(max(places)), len(places))


def _openings(settings: list[Setting]) -> Iterator[tuple[Passage, int, int]]:
    """The title (or what stands for it), then each of the first sentences that compares."""
    title = settings[0].passage
    if title.field == "title":
        yield title, 0, len(title.words) - 1
    else:
        _, ends = title.words_of(0)
        yield title, 0, min(ends if ends >= _SHORT_SENTENCE else _TITLE_WORDS, _MOST_TITLE) - 1
    for setting in settings:
        passage = setting.passage
        if passage.field != "title":
            for sentence in range(_MOST_AIMS):
                first, after = passage.words_of(sentence)
                if not _AIMS.isdisjoint(passage.words[first:after]):
                    yield passage, first, after - 1


def _own_words(one: Named, named: list[Named]) -> set[str]:
    """The words of a group's names that no other group's name has."""
    others = {word for other in named if other is not one for word in other.told}
    return {word for word in one.words if word not in others and len(word) > 1} - _GENERIC

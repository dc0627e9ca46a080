"""Where a sentence counts a group: the number, the shape of wording it stands in, and the words that name the group.

A *candidate* is one such place: "(n = 30)", "(30 women)", "30 patients received …", "15/51 … in arm A". Numbers in a row
("49 and 50 in the serum and base groups") are candidates only together with a list of as many names.
"""

from dataclasses import dataclass

from evidermis.reading.people.counts import Setting, is_year
from evidermis.reading.people.naming import (
    EMPTY,
    Label,
    beside_bracket,
    label_after,
    label_before,
    named_together,
    past_percentage,
    says,
)
from evidermis.reading.people.surroundings import (
    closes_at,
    follows,
    goes_on,
    is_denominator,
    is_identifier,
    is_no_size,
    is_numerator,
)
from evidermis.reading.text import Numeral, words

__all__ = ["COMPARISONS", "Candidate", "candidates_in"]

_TAKES = words("receives")
# What is said of everybody, not of one group.
_ENTERS = words("enters")
_HOLDS = words("holds")
_NO_NAMES = words("no-names")
_LABELLED = words("arm-labels")
_NOT_AFTER = words("units")
_BEFORE_LABELS = words("labels-before")
_SAID = words("says-of-groups")
# Words that may begin what is said of a group after a fraction.
_OF_A_GROUP = words("begins-names")
_AND = frozenset({"and", "or", "versus", "vs"})
_BETWEEN = frozenset({"also", "been", "had", "have", "others", "subsequently", "then", "was"})
_MARKS = frozenset(",;:()")
_NO_PEOPLE = frozenset({"not-people", "sides", "animals"})
_REST = frozenset({"remaining", "other", "rest"})
COMPARISONS = ("vehicle-or-placebo", "untreated", "standard-of-care", "control")
_NAMING = frozenset({*COMPARISONS, "experimental"})
# Numbers before "the remaining 64" among which the other part is looked for.
_PARTS_BEFORE = 4
# Words that may stand between a number and the "cases" it counts.
_CASE_REACH = 6
# Letters of a bracket that are looked at for the names in it.
_BRACKET_REACH = 120


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that may be the size of a group: from word `first` to `last`, with the words of its name as `label`.

    `shape` is the wording it stands in: `n=`, `=`, `bracket`, `list`, `named`, `holds`, `takes`, `fraction` or `row`. A label
    whose last word comes before its first is empty. `wider` and `after` are more words that stand beside the bracket the
    number is in.
    """

    numeral: Numeral
    shape: str
    first: int
    last: int
    label: Label
    wider: Label = EMPTY
    after: Label = EMPTY


def candidates_in(setting: Setting) -> list[Candidate]:
    """The candidates of a passage in reading order."""
    rows, in_rows = _rows(setting)
    single: list[Candidate] = []
    for at, numeral in enumerate(setting.numerals):
        found = None if numeral.first in in_rows else _candidate(setting, numeral)
        if found and _is_rest(setting, found) and not (single and _same_sentence(setting, single[-1], found)):
            single += _first_part(setting, numeral, setting.numerals[max(0, at - _PARTS_BEFORE) : at])
        single += [found] if found and not _is_of_each(setting, found) else []
    return sorted(single + rows, key=lambda c: c.numeral.first) if rows else single


def _is_of_each(setting: Setting, candidate: Candidate) -> bool:
    """ "Each group contained 36": no one group's number."""
    first, last = candidate.label
    return not {"each", "both", "per"}.isdisjoint(setting.passage.words[first : min(last, first + 2) + 1])


def _same_sentence(setting: Setting, one: Candidate, other: Candidate) -> bool:
    sentences = setting.passage.sentence_of
    return sentences[one.first] == sentences[other.first]


def _is_rest(setting: Setting, candidate: Candidate) -> bool:
    return candidate.first > 0 and setting.passage.words[candidate.first - 1] in _REST


def _first_part(setting: Setting, rest: Numeral, before: list[Numeral]) -> list[Candidate]:
    """The 64 of "In 64 patients … ; the remaining 64 served as controls"."""
    passage = setting.passage
    for numeral in before:
        is_near = passage.sentence_of[numeral.first] == passage.sentence_of[rest.first]
        if is_near and "people" in setting.codes_at(numeral.last + 1) and passage.words[numeral.first - 1] == "in":
            label = label_after(setting, numeral.last + 2)
            return [Candidate(numeral, "list", numeral.first, numeral.last + 1, label)]
    return []


def _rows(setting: Setting) -> tuple[list[Candidate], set[int]]:
    """Numbers that follow one another with nothing but "and" or a comma between: the groups among them, and all their places."""
    passage, runs = setting.passage, [[n] for n in setting.numerals[:1]]
    for before, numeral in zip(setting.numerals, setting.numerals[1:], strict=False):
        if follows(passage, before, numeral):
            runs[-1].append(numeral)
        else:
            runs.append([numeral])
    rows = [run for run in runs if len(run) > 1]
    found: list[Candidate] = []
    for run in rows:
        if (
            len(run) < 5
            and not is_identifier(passage, run[0])
            and min(n.value for n in run) > 4
            and not goes_on(passage, run[-1].last)
        ):
            found += _row(setting, run)
    return found, {numeral.first for run in rows for numeral in run}


def _row(setting: Setting, run: list[Numeral]) -> list[Candidate]:
    passage = setting.passage
    first, last = run[0].first, run[-1].last
    if (passage.words[last + 1] if last + 1 < len(passage.words) else "%") in _NOT_AFTER:
        return []
    end = last
    while (
        end + 1 < len(passage.words) and end - last < 24 and passage.sentence_of[end + 1] == passage.sentence_of[last]
    ):
        end += 1
    names = named_together(setting, last + 1, end, len(run))
    if not names and not setting.near("each", last + 1, min(end, last + 6)):
        return []
    labels = names or [EMPTY] * len(run)
    shown = [Candidate(n, "row", n.first, n.last, label) for n, label in zip(run, labels, strict=True)]
    return shown if first < last else []


def _candidate(setting: Setting, numeral: Numeral) -> Candidate | None:
    passage, words = setting.passage, setting.passage.words
    first, last = numeral.first, numeral.last
    before = words[first - 1] if first else ""
    after = words[last + 1] if last + 1 < len(words) else ""
    if numeral.value < 2 or after in _NOT_AFTER or is_year(passage, numeral, before) or is_no_size(passage, numeral):
        return None
    if before == "=" and first > 1:
        return _after_equals(setting, numeral)
    named = _follows_name(setting, numeral)
    if named:
        return Candidate(numeral, "=", first, last, label_before(setting, first - 1))
    if (
        (before in _LABELLED and not passage.gap(first).strip())
        or "not-people" in setting.codes_at(last + 1)
        or is_numerator(passage, last)
        or (not is_denominator(passage, first) and goes_on(passage, last))
    ):
        return None
    return _in_words(setting, numeral)


def _in_words(setting: Setting, numeral: Numeral) -> Candidate | None:
    passage, words = setting.passage, setting.passage.words
    first, last = numeral.first, numeral.last
    before = words[first - 1] if first else ""
    noun = "people" in setting.codes_at(last + 1) and ")" not in passage.gap(last + 1)
    end = last + 1 if noun else last
    if is_denominator(passage, first):
        return _fraction(setting, numeral, end)
    if closes_at(passage, end) and (
        setting.opens_bracket(first) or (noun and any(m in passage.gap(first) for m in ",:;"))
    ):
        if not noun and numeral.value < 10:
            return None
        wider, trail = beside_bracket(setting, first, end)
        return Candidate(numeral, "bracket", first, end, label_before(setting, first - 1), wider, trail)
    if _parts_others(setting, first):
        return None
    if setting.opens_bracket(first):
        return Candidate(numeral, "list", first, end, label_after(setting, end + 1))
    if "(" in passage.gap(end + 1 if end + 1 < len(words) else 0) and setting.near("group", end + 1, end + 4):
        return Candidate(numeral, "named", first, end, label_after(setting, end + 1))
    if before in _HOLDS and setting.near("group", first - 4, first - 1):
        return Candidate(numeral, "holds", first, end, label_before(setting, first - 2))
    return _with_verb(setting, numeral, end) or _cases(setting, numeral)


def _parts_others(setting: Setting, first: int) -> bool:
    """ "Procedures (435 major, 755 minor)": the bracket that the number is in parts something that is not people."""
    passage = setting.passage
    for at in range(first, max(0, first - 8), -1):
        gap = passage.gap(at)
        if "(" in gap:
            return not _NO_PEOPLE.isdisjoint(setting.codes_at(at - 1))
        if ")" in gap or passage.sentence_of[at - 1] != passage.sentence_of[first]:
            break
    return False


def _follows_name(setting: Setting, numeral: Numeral) -> bool:
    """ "(TAM 64, ACT 65)", "(arm A, 75; arm B, 54)", "(serum 64, base 65)": in brackets, closed at once, a name before."""
    passage = setting.passage
    start = passage.span(numeral.first, numeral.first)[0]
    opened = passage.text.rfind("(", max(0, start - _BRACKET_REACH), start)
    if numeral.value < 5 or opened < 0 or ")" in passage.text[opened:start] or not closes_at(passage, numeral.last):
        return False
    before = passage.words[numeral.first - 1]
    if passage.gap(numeral.first).strip() == ",":
        told = passage.text[max(opened, passage.text.rfind(";", opened, start)) + 1 : start].strip(" ,")
        return setting.near("group", numeral.first - 3, numeral.first - 1) or (len(told) < 20 and told.isupper())
    if not before.isalpha() or before in _NO_NAMES or passage.gap(numeral.first).strip():
        return False
    if passage.text[start - 1 - len(before) : start - 1].isupper():
        return True
    is_name = before not in _BEFORE_LABELS and (numeral.value > 9 or before not in _LABELLED) and before not in _AND
    return is_name and before not in _TAKES and passage.text[opened + 1 : opened + 2].isalpha()


def _after_equals(setting: Setting, numeral: Numeral) -> Candidate | None:
    """ "(n = 30)" after the group's name, "n = 30 receiving …" before it, "(IG = 18)" with the name's letters."""
    passage, words = setting.passage, setting.passage.words
    first, last = numeral.first - 2, numeral.last
    if is_numerator(passage, last) or words[last + 1 : last + 2] in (["per"], ["each"]):
        return None
    if words[first] != "n":
        short = (words[first].isalpha() and len(words[first]) < 5 and words[first] not in _NO_NAMES) or (
            words[first] in ("group", "arm", "cases") or any(setting.near(code, first, first) for code in COMPARISONS)
        )
        if not short or numeral.value < 5:
            return None
        return Candidate(numeral, "=", first, last, label_before(setting, first))
    label = label_before(setting, first - 1)
    wider, trail = beside_bracket(setting, first, last)
    if not says(setting, label) or words[label[1]] in ("and", "or"):
        follows = last + 1 < len(words) and ")" not in passage.gap(last + 1)
        label = label_after(setting, last + 1) if follows else label
    return Candidate(numeral, "n=", first, last, label, wider, trail)


def _fraction(setting: Setting, numeral: Numeral, end: int) -> Candidate:
    """ "15/51 (29%) in arm A" and "In arm A 29% (15 of 51)": the name stands after, else before."""
    passage, words = setting.passage, setting.passage.words
    after = label_after(setting, past_percentage(passage, end + 1))
    numerator = numeral.first - (2 if words[numeral.first - 1] == "of" else 1)
    at = numerator - 1
    while at >= 0 and (words[at] in ("%", "=", "n", "was", "were") or words[at][0].isdecimal()):
        at -= 1
    before = label_before(setting, at) if at >= 0 and words[at] not in _AND else EMPTY
    is_over = after[1] < after[0] or any(mark in passage.gap(after[0]) for mark in ",;.") or _is_said(setting, after)
    named = any(setting.near(code, *after) for code in (*COMPARISONS, "experimental", "group"))
    begins = not is_over and (words[after[0]] in _OF_A_GROUP or named)
    is_parted = any(mark in passage.gap(numerator) for mark in ",;:") or before[1] < before[0]
    stands_after = begins or (is_parted and not is_over and says(setting, after))
    verb = next((at for at in range(before[0] + 1, before[1] + 1) if words[at] in _SAID), before[1] + 1)
    before = before[0], verb - 1
    return Candidate(numeral, "fraction", numeral.first, end, after if stands_after else before)


def _is_said(setting: Setting, label: Label) -> bool:
    """Whether the words tell what happened, not who they were: "had no recurrence"."""
    word = setting.passage.words[label[0]]
    return (
        word in _SAID
        or (word.endswith("ed") and word not in _OF_A_GROUP)
        or setting.near("left-out", label[0], label[0])
    )


def _with_verb(setting: Setting, numeral: Numeral, end: int) -> Candidate | None:
    """ "30 patients received …", "and 29 the vehicle"."""
    passage, words = setting.passage, setting.passage.words
    first = numeral.first
    before = words[first - 1] if first else ""
    start = past_percentage(passage, end + 1)
    for at in range(start, min(start + 4, len(words))):
        if words[at] in _ENTERS:
            is_placed = words[at + 1 : at + 2] in (["in"], ["into"], ["to"]) and setting.near("group", at + 2, at + 8)
            return Candidate(numeral, "named", first, end, label_after(setting, at + 2)) if is_placed else None
        if words[at] in _TAKES and passage.sentence_of[at] == passage.sentence_of[first]:
            return (
                None
                if _is_of_all(setting, at, before)
                else Candidate(numeral, "takes", first, end, label_after(setting, at + 1))
            )
        is_other = words[at].endswith("s") and words[at] not in _BETWEEN and "people" not in setting.codes_at(at)
        if (at > start and passage.is_marked(at, _MARKS)) or (is_other and passage.text[passage.starts[at]].islower()):
            break
    named = not _NAMING.isdisjoint(setting.codes_at(end + 1))
    if named or passage.gap(first).strip() in (",", ";") or before in ("and", "versus", "vs") or before in _REST:
        return Candidate(numeral, "list", first, end, label_after(setting, end + 1))
    return None


def _is_of_all(setting: Setting, verb: int, before: str) -> bool:
    """ "Were randomised to receive either …", "had received …", "was 10 in …", "received one or the other": not one group's."""
    words = setting.passage.words
    label = label_after(setting, verb + 1)
    if any(mark in setting.passage.gap(verb + 1) for mark in "(;:"):
        return True
    beyond = words[label[1] + 1 : label[1] + 3]
    if "either" in words[verb + 1 : verb + 4] or words[verb + 1 : verb + 3] in (["one", "of"], ["the", "following"]):
        return True
    if beyond[:1] == ["or"] and not (beyond[1:] and beyond[1][0].isdecimal()):
        return setting.passage.gap(label[1] + 1) == " "
    if words[verb] == "had" and words[verb + 1 : verb + 2] in (["received"], ["been"], ["undergone"]):
        return True
    return before in ("was", "is") or words[verb + 1 : verb + 2] in (["analysis"], ["analyses"])


def _cases(setting: Setting, numeral: Numeral) -> Candidate | None:
    """ "279 invasive breast cancer cases" beside "558 matched controls"."""
    passage, words = setting.passage, setting.passage.words
    for at in range(numeral.last + 1, min(numeral.last + 1 + _CASE_REACH, len(words))):
        if passage.gap(at).strip() or passage.sentence_of[at] != passage.sentence_of[numeral.last]:
            break
        if words[at] in ("case", "cases", "controls") or (
            words[at] == "control" and words[at + 1 : at + 2] == ["subjects"]
        ):
            return Candidate(numeral, "list", numeral.first, at, (numeral.last + 1, at))
    return None

"""The figures of a sentence's prose: means with their spread, events and totals, percentages, values before and after.

Doses, limits and confidence levels are figures of nothing and are left out. p values and intervals are the business of
`effects.py`; here they are only kept apart from the rest.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from evidermis.reading.text import Passage, words

__all__ = ["Item", "items_in"]

_N = r"[-−–]?\d{1,6}(?:[.·]\d{1,4})?"
_PEOPLE = r"(?: (?:patients|women|men|subjects|participants|people|volunteers))?"
# One pattern, tried at each number and beginning with its first digit, which is much the faster search: every part is bounded.
# What stands before says whether it is a figure at all.
_ITEM = re.compile(
    rf"(?P<a>[0-9](?<![\w.,·/±<>=][0-9])\d{{0,5}}(?:[.·]\d{{1,4}})?)"
    rf"(?:\s?%?\s?(?:±|\+/-|\+/−)\s?(?P<spread>{_N})\s?%?"
    rf"|\s?/\s?(?P<total>\d{{1,6}})\b(?!\s?/)(?:\s?[(\[]\s?(?P<share>{_N})\s?%\s?[)\]])?"
    rf"|\s(?:out )?of (?:the )?(?P<of>\d{{1,6}})\b(?!\s?%){_PEOPLE}(?:\s?[(\[]\s?(?P<of_share>{_N})\s?%\s?[)\]])?"
    rf"|{_PEOPLE}\s?[(\[]\s?(?P<only_share>{_N})\s?%\s?[)\]]"
    rf"|\s?(?P<mark>%|per ?cent\b)"
    rf"(?:\s?[(\[]\s?(?:n\s?=\s?)?(?P<events>\d{{1,6}})(?:\s?(?:/|of|out of)\s?(?P<events_of>\d{{1,6}}))?\s?[)\]])?"
    rf"|\s?[(\[](?:\s?(?P<kind>SD|SE|SEM|s\.d\.|standard deviation|standard error)[,:=]?\s?(?P<told_spread>{_N})\s?"
    rf"|\s?(?P<spread_told>{_N})\s?(?P<kind_behind>SD|SE|SEM)\s?"
    rf"|(?:±\s?)?(?P<bare>\d{{1,6}}(?:[.·]\d{{1,4}})?))[)\]]"
    rf"|(?P<first>\s(?:and|or|versus|vs\.?|v\.?)(?=\s{_N}\s?(?:%|per ?cent\b)))"
    rf"|(?P<against>(?:\s[a-z]{{1,8}})?\s(?:versus|vs\.?|v\.?)(?=\s{_N}))"
    rf"|(?P<plain>))(?![\w.]?\d)"
)
# A number without a mark is a figure where one of these stands in the text.
_SAYING = ("mean", "Mean", "edian", "averag", " vs", "versus", " v ")
_MARKED = ("%", "±", "+/", "per cent", "percent", " of ", "/", "SD", "SE")
_AFTER_SHARE = words("after-shares")
_CENTRES = {"mean": "mean", "means": "mean", "average": "mean", "averaged": "mean", "median": "median"}
_CENTRE_REACH = 7
_CHANGE_REACH = 16
_LONGEST_WORD = 16
_SE = ("SE", "SEM", "STANDARD ERROR")
# "the mean (SD) score was 4.1 (1.2)": what stands in brackets behind the numbers that follow.
_BARE = re.compile(
    r"\bmeans?\b[^.;()\[\]]{0,40}[(\[](?:±\s?)?(SD|SE|SEM|standard deviation|standard error)[)\]]", re.IGNORECASE
)
_SPREADS = ("SD", "SE", "standard", "Standard")
# A number after these is a label; what is averaged here describes the people, not what became of them.
_LEVELS = frozenset(["day", "days", "week", "weeks", "grade", "p", "stage", "type", "level", "phase", "visit"])
_NO_RESULTS = frozenset(["age", "aged", "follow", "duration"])
_AGAINST = frozenset(["vs", "versus", "v"])
# The number of a group ("in group 1") is no figure.
_GROUPS = frozenset(["arm", "arms", "group", "groups"])
_CHANGES = words("changes-from")


class Item(NamedTuple):
    """Figures that stand together: `parts` as (what, first, end) in characters, `first` and `last` the words they take up."""

    parts: tuple[tuple[str, int, int], ...]
    first: int
    last: int


def items_in(passage: Passage, spread: str) -> Iterator[Item]:
    """The items of a passage in reading order; `spread` is what ± is followed by in this report (sd, se or spread)."""
    text, starts = passage.text, passage.starts
    is_said = any(word in text for word in _SAYING) or _tells_a_change(text)
    if not is_said and not any(mark in text for mark in _MARKED):
        return
    # What the last plain number was and is measured in, and the sentence it stands in: its fellows are the same.
    like = ("", "", -1)
    bare = _bare_spreads(passage) if is_said else {}
    centred = _centred(passage) if is_said else set[int]()
    for found in _ITEM.finditer(text):
        if found.lastgroup in ("plain", "bare") and not is_said:
            continue
        at = bisect_right(starts, found.start()) - 1
        if bare and found["bare"] and (told := bare.get(passage.sentence_of[at])) and told.end() <= found.start():
            yield Item((("mean", *_signed(text, found)), (_spread_of(told[1]), *found.span("bare"))), at, at + 1)
            continue
        if found.lastgroup in ("plain", "against", "bare"):
            what, like = _plain_number(passage, at, bool(found["against"]), like, centred)
            if what:
                yield Item(((what, *_signed(text, found)),), at, at)
            continue
        last = at if found["first"] else bisect_left(starts, found.end()) - 1
        if parts := tuple(_parts(passage, found, at, last, spread)):
            yield Item(parts, at, last)


def _tells_a_change(text: str) -> bool:
    """Whether "fell from 210" or the like stands in a text."""
    at = text.find(" from ")
    while at >= 0:
        is_number = text[at + 6 : at + 7].isdigit()
        if is_number and text[max(0, at - _LONGEST_WORD) : at].rpartition(" ")[2].lower() in _CHANGES:
            return True
        at = text.find(" from ", at + 6)
    return False


def _centred(passage: Passage) -> set[int]:
    """The sentences that speak of a mean or median at all: numbers of the others need not look back for the word."""
    held, found = passage.words, set[int]()
    for word in _CENTRES:
        at = -1
        for _ in range(held.count(word)):
            at = held.index(word, at + 1)
            found.add(passage.sentence_of[at])
    return found


def _bare_spreads(passage: Passage) -> dict[int, re.Match[str]]:
    """Where a sentence says what stands in brackets behind its means, by the sentence's number."""
    if not any(opened in passage.text for opened in _SPREADS):
        return {}
    at = ((bisect_right(passage.starts, one.end(1) - 1) - 1, one) for one in _BARE.finditer(passage.text))
    return {passage.sentence_of[place]: one for place, one in at}


def _spread_of(kind: str) -> str:
    return "se" if kind.upper() in _SE else "sd"


def _signed(text: str, found: re.Match[str]) -> tuple[int, int]:
    """The characters of a match's first number, with the sign before it: a dash after a space or bracket."""
    start, end = found.span("a")
    is_signed = start > 0 and text[start - 1] in "-−–" and (start == 1 or text[start - 2] in " ([,")
    return start - is_signed, end


def _is_from_to(held: list[str], at: int) -> bool:
    """Whether a number is one end of "fell from 210 to 180"; "from 8 to 12 weeks" and ages are spans, not changes."""
    first = (
        at
        if held[at - 1] == "from"
        else next((n for n in range(at - 2, max(0, at - 5), -1) if held[n - 1] == "from"), 0)
    )
    if first < 2 or "to" not in held[first + 1 : first + 4]:
        return False
    # "fell from 210 to 180 with serum and from 212 to 200 with base": the second change is told by the first one's word.
    earlier = held[max(0, first - _CHANGE_REACH) : first - 1]
    is_second = held[first - 2] == "and" and any(a in _CHANGES and b == "from" for a, b in pairwise(earlier))
    return held[first - 2] in _CHANGES or is_second


_Like = tuple[str, str, int]


def _plain_number(passage: Passage, at: int, is_against: bool, like: _Like, centred: set[int]) -> tuple[str, _Like]:
    """What a number without a mark is: a mean or median where that is said, else a value set against another one."""
    held, sentence = passage.words, passage.sentence_of[at]
    follows = held[at + 1] if at + 1 < len(held) else ""
    unit = follows if follows.isalpha() and follows not in _AGAINST else ""
    if at and held[at - 1] in _GROUPS:
        return "", like
    what = _centre(passage, at) if sentence in centred else ""
    if not what and like[0] and like[2] == sentence:
        is_second = at > 1 and (held[at - 1] in _AGAINST or (held[at - 1] == "and" and held[at - 2][0].isdecimal()))
        what = like[0] if is_second or (like[1] and unit == like[1]) else ""
    if not what and is_against and (not at or held[at - 1] not in _LEVELS):
        what = "value"
    if not what and at and held[at - 1] in ("from", "to") and _is_from_to(held, at):
        what = "value"
    return what, (what, unit, sentence) if what else like


def _parts(
    passage: Passage, found: re.Match[str], first: int, last: int, spread: str
) -> Iterator[tuple[str, int, int]]:
    """What each number of a match is, with its characters; nothing where it is no figure of a result."""
    if found["spread"]:
        yield ("mean", *_signed(passage.text, found))
        yield (spread, *found.span("spread"))
    elif found["total"] or found["of"]:
        yield from _of_total(passage, found, first)
    elif found["only_share"]:
        if found["a"].isdecimal():
            yield ("events", *found.span("a"))
            yield ("percent", *found.span("only_share"))
    elif found["told_spread"]:
        yield (_centre(passage, first) or "mean", *_signed(passage.text, found))
        yield (_spread_of(found["kind"]), *found.span("told_spread"))
    elif found["spread_told"]:
        yield (_centre(passage, first) or "mean", *_signed(passage.text, found))
        yield (_spread_of(found["kind_behind"]), *found.span("spread_told"))
    elif found["first"] or _is_share(passage, last, bool(found["events"])):
        yield ("percent", *_signed(passage.text, found))
        for name, what in (("events", "events"), ("events_of", "total")):
            if found[name]:
                yield (what, *found.span(name))


def _of_total(passage: Passage, found: re.Match[str], first: int) -> Iterator[tuple[str, int, int]]:
    """Events of a total, and their share: "12/40 (30%)", "12 of 40". No date, no level, no more than the whole."""
    total = "total" if found["total"] else "of"
    before = passage.words[first - 1] if first else ""
    if not found["a"].isdecimal() or before in _LEVELS or int(found[total]) < int(found["a"]):
        return
    yield ("events", *found.span("a"))
    yield ("total", *found.span(total))
    for share in ("share", "of_share"):
        if found[share]:
            yield ("percent", *found.span(share))


def _is_share(passage: Passage, last: int, has_events: bool) -> bool:
    """Whether a percentage is of people or of change: no dose (0.1% cream), no level of confidence, no power."""
    follows = passage.words[last + 1] if last + 1 < len(passage.words) else ""
    gap = passage.gap(last + 1)
    return has_events or not follows or follows in _AFTER_SHARE or any(mark in gap for mark in ",;.()[]:")


def _centre(passage: Passage, first: int) -> str:
    """`mean` or `median` where that word stands shortly before, with no other number between and in the same sentence."""
    held, sentence = passage.words, passage.sentence_of[first]
    for at in range(first - 1, max(-1, first - 1 - _CENTRE_REACH), -1):
        word = held[at]
        if passage.sentence_of[at] != sentence or (word[0].isdecimal() and held[at - 1] not in _GROUPS):
            return ""
        if word in _CENTRES:
            return "" if held[at + 1] in _NO_RESULTS else _CENTRES[word]
    return ""

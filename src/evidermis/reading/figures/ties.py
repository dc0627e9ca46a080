"""Which of several things a figure belongs to: the words between them, their order, or nothing.

The things are groups, outcomes or times named in the same stretch of text. A figure takes the one that its own words lead to, or
that its place in the order gives; where neither says it, it takes none.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from evidermis.reading.figures.items import Item
from evidermis.reading.text import Passage, Quote, words

__all__ = ["Mention", "tied"]

_REACH = 7
# What may stand in brackets behind a figure, before the words that say whose it is.
_ASIDE = frozenset(
    ["%", "ci", "confidence", "interval", "p", "=", "<", ">", "±", "sd", "se", "sem", "range", "iqr", "to", "ci"]
)
_LONGEST_ASIDE = 12
# What is said of others stands no further behind the last figure.
_FAR = 30
_UNITS = words("units")
_AGAINST = frozenset(["vs", "versus", "against", "v"])
_AND = frozenset(["and"])
_COMPARES = words("against") | {"relative", "contrast"}
_OPENS = frozenset(["among", "for", "in", "of", "on", "with"])
# Words by which a sentence speaks of others than its only named group.
_OTHERS = _COMPARES | words("speaks-of-others")
_NOUNS = words("group-nouns") | {"treated", "treatment"}
# What stands between the names of groups that are told together.
_LISTS = (
    words("against")
    | words("group-nouns")
    | {"and", "or", "n", "with", "plus", "alone", "treated", "treatment", "therapy"}
)


class Mention(NamedTuple):
    """Something named at words `first` to `last`; mentions with one `key` are of the same thing."""

    key: str
    value: str
    first: int
    last: int
    quote: Quote


def tied(
    passage: Passage,
    items: Sequence[Item],
    mentions: Sequence[Mention],
    after: frozenset[str],
    before: frozenset[str],
    in_order: bool,
    is_shared: bool = False,
) -> list[Mention | None]:
    """For each item the mention it belongs to. `after` and `before` are words that lead from an item to one, and to an item.

    `in_order` says that the sentence maps them one by one ("respectively"); `is_shared` that one mention may hold for all figures
    of one kind, as an outcome or a time does.
    """
    keys = {one.key for one in mentions}
    nobody: list[Mention | None] = [None] * len(items)
    if not keys or not items:
        return nobody
    if len(keys) == 1 and is_shared and (len(items) == 1 or _holds_for_all(items, mentions)):
        return [mentions[0]] * len(items)
    if len(keys) == 1 and not is_shared and _heads(passage, items, mentions, after):
        return [mentions[0]] * len(items)
    firsts = _firsts_of_pairs(passage, items, _AGAINST)
    if in_order or len(items) == 2 * len(firsts):
        # "2.8 and 2.6, and 9.3 and 11.0, respectively" are rows of two; "6.8 vs 23, and 3.8 vs 23, respectively" are not.
        rows = _firsts_of_pairs(passage, items, _AND) if in_order else firsts
        pairs = 0 if is_shared else len(rows)
        ordered = _one_by_one(items, mentions, pairs)
        return ordered if ordered and (is_shared or _is_in_order(passage, mentions, after, in_order)) else nobody
    ends = [*(item.first for item in items[1:]), len(passage.words)]
    found = [_leads_to(passage, item, end, mentions, after) for item, end in zip(items, ends, strict=True)]
    paired = firsts | {at + 1 for at in firsts}
    if not is_shared:
        # Of two figures set against each other a group that stands beside them has one, and nobody says which.
        found = [None if at in paired else one for at, one in enumerate(found)]
    taken = {one.key for one in found if one}
    for at, item in enumerate(items):
        if found[at] is None and (is_shared or at not in paired):
            led = _led_by(passage, item, mentions, before)
            if led and led.key not in taken:
                found[at] = led
    if len(keys) == 1 or paired or all(found):
        return found
    turns = _alternating(items, mentions)
    agrees = all(one is None or (two is not None and one.key == two.key) for one, two in zip(found, turns, strict=True))
    return turns if agrees and (is_shared or all(turns)) and not (is_shared and any(found)) else found


def _holds_for_all(items: Sequence[Item], mentions: Sequence[Mention]) -> bool:
    """Whether the one thing that is named stands before all figures, or after all, and they are of one kind."""
    kinds = {item.parts[0][0] for item in items}
    outside = mentions[0].first < items[0].first or min(one.first for one in mentions) > items[-1].last
    return len(kinds) == 1 and outside


def _heads(passage: Passage, items: Sequence[Item], mentions: Sequence[Mention], after: frozenset[str]) -> bool:
    """Whether a sentence opens with its only group and compares it with nothing: "In the serum group, 6 (33%) …, 12 (67%) …"."""
    held, first = passage.words, mentions[0].first
    begin = bisect_left(passage.sentence_of, passage.sentence_of[first])
    end = min(bisect_right(passage.sentence_of, passage.sentence_of[first]), items[-1].last + _FAR)
    opens = first > begin and held[begin] in _OPENS and all(word in after for word in held[begin:first])
    behind = mentions[0].last + 1
    while behind < end and held[behind] in _NOUNS:
        behind += 1
    return opens and behind <= items[0].first and _OTHERS.isdisjoint(held[behind:end])


def _firsts_of_pairs(passage: Passage, items: Sequence[Item], links: frozenset[str]) -> set[int]:
    """The numbers of the items that are set against the next one and nothing else: "(45% vs 30%)"."""
    found: set[int] = set()
    for at, (one, two) in enumerate(pairwise(items)):
        between = passage.words[one.last + 1 : two.first]
        if at - 1 not in found and 0 < len(between) <= 2 and not links.isdisjoint(between):
            found.add(at)
    return found


def _one_by_one(items: Sequence[Item], mentions: Sequence[Mention], pairs: int) -> list[Mention | None] | None:
    """In order of naming: as many things as figures, or two of them and rows of two figures. One lot stands before the other."""
    firsts: dict[str, Mention] = {}
    for one in mentions:
        firsts.setdefault(one.key, one)
    ordered: list[Mention | None] = list(firsts.values())
    if len(ordered) == 2 and 2 * pairs == len(items):
        ordered *= pairs
    if len(ordered) != len(items):
        return None
    ends = [one.first for one in firsts.values()]
    apart = max(ends) < items[0].first or min(ends) > items[-1].last
    return ordered if apart else None


def _is_in_order(passage: Passage, mentions: Sequence[Mention], after: frozenset[str], in_order: bool) -> bool:
    """Whether groups are named as their figures are told: no "compared with base, serum …" before a pair, and together before or
    behind a "respectively", which else maps something else one by one.
    """
    held, firsts = passage.words, list({one.key: one for one in reversed(mentions)}.values())
    firsts.sort(key=lambda one: one.first)
    if not _COMPARES.isdisjoint(held[max(0, firsts[0].first - 3) : firsts[0].first]):
        return False
    between = [word for one, two in pairwise(firsts) for word in held[one.last + 1 : two.first]]
    return not in_order or all(word in after or word in _LISTS or not word[0].isalpha() for word in between)


def _leads_to(
    passage: Passage, item: Item, end: int, mentions: Sequence[Mention], after: frozenset[str]
) -> Mention | None:
    """The mention that the words after an item lead to, before the next item at `end`; an interval in brackets is passed over."""
    held, at = passage.words, item.last + 1
    if at < end and held[at] in _UNITS:
        at += 1
    while at < end and (held[at] in _ASIDE or held[at][0].isdecimal()) and at < item.last + _LONGEST_ASIDE:
        at += 1
    for one in mentions:
        if item.last < one.first <= at + _REACH and one.first < end and all(w in after for w in held[at : one.first]):
            if not _COMPARES.isdisjoint(held[at : one.first]):
                return None  # "30% compared with placebo" is the other group's
            return None if _heads_the_next(passage, at, end, one) else one
    return None


def _heads_the_next(passage: Passage, at: int, end: int, one: Mention) -> bool:
    """The "saline" of "serum 14/20, saline 5/20": behind a comma, it stands before its own figure."""
    touches = one.last + 1 >= end < len(passage.words)
    return touches and any("," in passage.gap(place) for place in range(at, one.first + 1))


def _led_by(passage: Passage, item: Item, mentions: Sequence[Mention], before: frozenset[str]) -> Mention | None:
    for one in reversed(mentions):
        if one.last < item.first <= one.last + 1 + _REACH and all(
            word in before for word in passage.words[one.last + 1 : item.first]
        ):
            return one
    return None


def _alternating(items: Sequence[Item], mentions: Sequence[Mention]) -> list[Mention | None]:
    """Each item the mention before it, or each the one after it, where they take turns from the first to the last."""
    turns = sorted(
        [(one.first, 1, at) for at, one in enumerate(mentions)] + [(one.first, 0, at) for at, one in enumerate(items)]
    )
    merged: list[tuple[int, int]] = []
    for _, kind, at in turns:
        if kind and merged and merged[-1][0] and mentions[merged[-1][1]].key == mentions[at].key:
            continue
        merged.append((kind, at))
    kinds = [kind for kind, _ in merged]
    pairs = len(kinds) // 2
    if len(kinds) % 2 or kinds not in ([1, 0] * pairs, [0, 1] * pairs):
        return [None] * len(items)
    step = -1 if kinds[0] else 1
    return [mentions[merged[place + step][1]] for place, (kind, _) in enumerate(merged) if not kind]

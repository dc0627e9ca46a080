"""Which of several things a figure belongs to: the words between them, their order, or nothing.

The things are groups, outcomes or times named in the same stretch of text. A figure takes the one that its own words lead to, or
that its place in the order gives; where neither says it, it takes none.
"""

from collections.abc import Sequence
from typing import NamedTuple

from evidermis.reading.figures.items import Item
from evidermis.reading.text import Passage, Quote

__all__ = ["Mention", "tied"]

_REACH = 7
# What may stand in brackets behind a figure, before the words that say whose it is.
_ASIDE = frozenset(
    ["%", "ci", "confidence", "interval", "p", "=", "<", ">", "±", "sd", "se", "sem", "range", "iqr", "to", "ci"]
)
_LONGEST_ASIDE = 12
_AGAINST = frozenset(["vs", "versus", "against", "v"])


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
    is_pair = _is_pair(passage, items)
    if in_order or is_pair:
        return _one_by_one(items, mentions) or nobody
    ends = [*(item.first for item in items[1:]), len(passage.words)]
    found = [_leads_to(passage, item, end, mentions, after) for item, end in zip(items, ends, strict=True)]
    taken = {one.key for one in found if one}
    for at, item in enumerate(items):
        if found[at] is None:
            led = _led_by(passage, item, mentions, before)
            if led and led.key not in taken:
                found[at] = led
    return found if any(found) else _alternating(items, mentions) if len(keys) > 1 else nobody


def _holds_for_all(items: Sequence[Item], mentions: Sequence[Mention]) -> bool:
    """Whether the one thing that is named stands before all figures, or after all, and they are of one kind."""
    kinds = {item.parts[0][0] for item in items}
    outside = mentions[0].first < items[0].first or min(one.first for one in mentions) > items[-1].last
    return len(kinds) == 1 and outside


def _is_pair(passage: Passage, items: Sequence[Item]) -> bool:
    """ "(45% vs 30%)": two figures that are set against each other and nothing else."""
    if len(items) != 2:
        return False
    between = passage.words[items[0].last + 1 : items[1].first]
    return 0 < len(between) <= 2 and not _AGAINST.isdisjoint(between)


def _one_by_one(items: Sequence[Item], mentions: Sequence[Mention]) -> list[Mention | None] | None:
    """In order of naming, where there are as many things as figures and one lot stands before the other."""
    firsts: dict[str, Mention] = {}
    for one in mentions:
        firsts.setdefault(one.key, one)
    ordered: list[Mention | None] = list(firsts.values())
    if len(ordered) != len(items):
        return None
    ends = [one.first for one in firsts.values()]
    apart = max(ends) < items[0].first or min(ends) > items[-1].last
    return ordered if apart else None


def _leads_to(
    passage: Passage, item: Item, end: int, mentions: Sequence[Mention], after: frozenset[str]
) -> Mention | None:
    """The mention that the words after an item lead to, before the next item at `end`; an interval in brackets is passed over."""
    held, at = passage.words, item.last + 1
    while at < end and (held[at] in _ASIDE or held[at][0].isdecimal()) and at < item.last + _LONGEST_ASIDE:
        at += 1
    for one in mentions:
        if item.last < one.first <= at + _REACH and one.first < end and all(w in after for w in held[at : one.first]):
            return None if _heads_the_next(passage, at, end, one) else one
    return None


def _heads_the_next(passage: Passage, at: int, end: int, one: Mention) -> bool:
    """The "saline" of "serum 14/20, saline 5/20": behind a comma, it stands before its own figure."""
    touches = one.last + 1 >= end < len(passage.words)
    return touches and any("," in passage.gaps[place] for place in range(at, one.first + 1))


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

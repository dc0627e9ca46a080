"""Results out of prose: the figures of one stretch of a sentence, with the group, outcome, instrument and time they are of.

A stretch ends at a semicolon, at "whereas", "while" or "but", and with its sentence. What its words do not tie to a figure is
left out of the result, and a stretch with several groups and figures that nothing ties is told apart.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidermis.reading.facts import Apart, ArmCount, Figure, Noted, Result, Told
from evidermis.reading.figures.items import Item, items_in
from evidermis.reading.figures.named_groups import Labels, groups_named, labels_of, role_of
from evidermis.reading.figures.ties import Mention, tied
from evidermis.reading.text import Passage, Quote, Seen, words

__all__ = ["results_in"]

_RULE = "sentence: figures tied by words and order"
_UNTIED = "several groups and several figures, and nothing in the sentence says which belongs to which"
_KINDS = ("outcome", "instrument", "result", "comparator")
_FAR = 6
# A stretch of more figures or names than this is a list, and each is held against each.
_MOST = 40
_LONGEST = 400
# What follows a semicolon in brackets is no longer than this many characters, where it is a test of what stands before.
_LONGEST_ASIDE = 120
_BREAKS = frozenset(["whereas", "while", "but"])
_AFTER = words("toward-groups")
_BEFORE = words("toward-figures")
_OPINIONS = words("opinions")
_JOINS = frozenset(["and", "plus", "with", "or"])


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a sentence, as words from `first` to before `end`, with what is named in it."""

    passage: Passage
    first: int
    end: int
    seen: list[tuple[str, Seen]]


def results_in(
    passage: Passage, seen: dict[str, list[Seen]], arms: Sequence[ArmCount], noted: Sequence[Noted]
) -> tuple[list[Result], list[Apart]]:
    """The results of a passage and the stretches that nothing ties; `noted` are its p values and intervals among others."""
    items = list(items_in(passage, _spread(noted)))
    if not items:
        return [], []
    mine = sorted(
        ((kind, one) for kind in _KINDS for one in seen[kind] if one.passage is passage), key=lambda pair: pair[1].first
    )
    firsts = [one.first for _, one in mine]
    tests = [one for one in noted if one.code in ("p", "ci") and one.quote.field == passage.field]
    labels = labels_of(arms)
    results: list[Result] = []
    apart: list[Apart] = []
    for first, end, held in _stretches(passage, items):
        within = mine[bisect_left(firsts, first) : bisect_left(firsts, end)]
        stretch = _Stretch(passage, first, end, within)
        start, stop = passage.starts[first], passage.starts[end] if end < len(passage.starts) else len(passage.text)
        figures = [one for one in tests if start <= one.quote.start < stop]
        made, untied = _results(stretch, held, figures, labels)
        results += made
        if untied:
            apart.append(Apart("result", "", passage.text[start:stop].strip()[:_LONGEST], _UNTIED))
    return results, apart


def _spread(noted: Sequence[Noted]) -> str:
    kinds = {one.code.removeprefix("mean-") for one in noted if one.code.startswith("mean-")}
    return kinds.pop() if len(kinds) == 1 else "spread"


def _stretches(passage: Passage, items: list[Item]) -> Iterator[tuple[int, int, list[Item]]]:
    """Each stretch that holds items, as its first word and the one after its last."""
    done = 0
    starts = [passage.starts[item.first] for item in items]
    while done < len(items):
        item = items[done]
        sentence = passage.sentence_of[item.first]
        begin, stop = passage.words_of(sentence)
        cuts = list(_cuts(passage, begin, stop, starts))
        first = begin
        for end in (*cuts, stop):
            held: list[Item] = []
            while done < len(items) and items[done].first < end:
                held.append(items[done])
                done += 1
            if held:
                yield first, end, held
            first = end


def _cuts(passage: Passage, begin: int, stop: int, figures: list[int]) -> Iterator[int]:
    """The words that open a new stretch of a sentence; `figures` are the characters at which figures begin.

    A semicolon in brackets does not, where no figure follows before they close: "(41% vs 63%; p < 0.001)" is of one stretch.
    """
    held = passage.words[begin:stop]
    if ";" not in passage.text[passage.starts[begin] : passage.ends[stop - 1]]:
        if not _BREAKS.isdisjoint(held):
            yield from (begin + at for at, word in enumerate(held) if at and word in _BREAKS)
        return
    depth = 0
    for at in range(begin + 1, stop):
        gap = passage.gap(at)
        is_cut = passage.words[at] in _BREAKS
        if gap != " ":
            front, semicolon, behind = gap.partition(";")
            depth = _deeper(depth, front)
            is_cut = is_cut or (bool(semicolon) and not (depth and _is_aside(passage, at, figures)))
            depth = _deeper(depth, behind)
        if is_cut:
            yield at


def _deeper(depth: int, gap: str) -> int:
    """How many brackets are open behind a gap."""
    return max(0, depth + gap.count("(") + gap.count("[") - gap.count(")") - gap.count("]"))


def _is_aside(passage: Passage, at: int, figures: list[int]) -> bool:
    """Whether the bracket that a word stands in closes soon, and before the next figure."""
    start = passage.starts[at]
    end = min(
        (n for n in (passage.text.find(one, start, start + _LONGEST_ASIDE) for one in ")]") if n >= 0), default=-1
    )
    return end >= 0 and bisect_left(figures, start) == bisect_left(figures, end)


def _results(stretch: _Stretch, items: list[Item], tests: list[Noted], labels: Labels) -> tuple[list[Result], bool]:
    passage = stretch.passage
    in_order = "respectively" in passage.words[stretch.first : stretch.end]
    if len(items) > _MOST:
        return [], True
    groups = groups_named(passage, stretch.first, stretch.end, stretch.seen, labels)[:_MOST]
    outcomes = _mentions(stretch, "outcome")[:_MOST]
    times = [one for one in _mentions(stretch, "time") if not _is_of_several(passage, one, items)][:_MOST]
    arms = tied(passage, items, groups, _AFTER, _BEFORE, in_order)
    of = tied(passage, items, outcomes, _AFTER, _BEFORE, in_order, is_shared=True)
    of = [None if one and _is_opinion(passage, item, one) else one for item, one in zip(items, of, strict=True)]
    at = tied(passage, items, times, _AFTER, _BEFORE, in_order, is_shared=True)
    shared, directions = list(_shared(stretch, outcomes)), _directions(stretch, items, groups, arms)
    own, tests = _own_tests(passage, items, tests)
    made: list[Result] = []
    befores = _befores(passage, items)
    for number, (item, arm, outcome, time) in enumerate(zip(items, arms, of, at, strict=True)):
        if number in befores:
            # "from 210 to 180": both are of the group that the second one is tied to, the first at no time but before.
            arm, time = arm or arms[number + 1], None
        elif number - 1 in befores:
            arm = arm or arms[number - 1]
        told = [*_told("outcome", outcome), *_told("time", time), *_told("arm", arm), *shared, *directions[number]]
        if number in befores:
            told.append(Told("time", "before", passage.quote(item.first - 1, item.first - 1)))
        if arm and (role := role_of(arm, groups)):
            told.append(Told("role", role, arm.quote))
        figures = tuple(_figure(passage, part) for part in item.parts)
        if told or own[number]:
            made.append(Result(_RULE, (*figures, *(f for one in own[number] for f in _test(one))), tuple(told)))
    if tests and (compared := _comparison(tests, groups, outcomes, times, shared)).told:
        made.append(compared)
    return made, len({one.key for one in groups}) > 1 and len(items) > 1 and not any(arms)


def _befores(passage: Passage, items: list[Item]) -> set[int]:
    """The numbers of the items that open a "from … to …"."""
    held = passage.words
    return {
        at
        for at, (one, two) in enumerate(pairwise(items))
        if one.first and held[one.first - 1] == "from" and held[two.first - 1] == "to" and two.first - one.last <= _FAR
    }


def _told(what: str, mention: Mention | None) -> list[Told]:
    return [Told(what, mention.value, mention.quote)] if mention else []


def _figure(passage: Passage, part: tuple[str, int, int]) -> Figure:
    what, start, end = part
    value = passage.text[start:end].replace("·", ".").replace("−", "-").replace("–", "-")
    return Figure(what, value, passage.between(start, end))


def _test(noted: Noted) -> Iterator[Figure]:
    """A p value, or the two ends of an interval, with the words they stand in."""
    if noted.code == "p":
        yield Figure("p", noted.value.removeprefix("="), noted.quote)
        return
    level, _, ends = noted.value.partition("%: ")
    for what, value in zip(("ci-percent", "ci-low", "ci-high"), (level, *ends.split(", ")), strict=True):
        yield Figure(what, value, noted.quote)


def _own_tests(passage: Passage, items: list[Item], tests: list[Noted]) -> tuple[list[list[Noted]], list[Noted]]:
    """The tests of each figure alone, and those of all figures.

    "11% (p = 0.04) with serum and 3% (p = 0.45) with base" tests each figure for itself; "11% vs 3% (p = 0.04)" one against the
    other. A test amid figures that fits neither is of nobody.
    """
    starts = [passage.starts[item.first] for item in items]
    behind = [bisect_right(starts, one.quote.start) - 1 for one in tests]
    if len(items) == 1 or all(at in (-1, len(items) - 1) for at in behind):
        return ([tests], []) if len(items) == 1 else ([[] for _ in items], tests)
    held = [[one for one, at in zip(tests, behind, strict=True) if at == number] for number in range(len(items))]
    clear = [len({one.code for one in some}) == len(some) for some in held]
    return [some if clear[at] and (not at or held[at - 1]) else [] for at, some in enumerate(held)], []


def _is_opinion(passage: Passage, item: Item, outcome: Mention) -> bool:
    """Whether people of that share say something, and the outcome was told before: "… fell, and 97% found their skin softer"."""
    return outcome.last < item.first and not _OPINIONS.isdisjoint(passage.words[item.last + 1 : item.last + 1 + _FAR])


def _comparison(
    tests: list[Noted], groups: list[Mention], outcomes: list[Mention], times: list[Mention], shared: list[Told]
) -> Result:
    """What a test of several figures is of: the groups it names, and the outcome and time where there is one."""
    told = list(shared)
    firsts = {one.key: one for one in reversed(groups)}
    if len(firsts) > 1:
        told += [Told("arm", one.value, one.quote) for one in sorted(firsts.values(), key=lambda one: one.first)]
    for what, mentions in (("outcome", outcomes), ("time", times)):
        if len({one.key for one in mentions}) == 1:
            told += _told(what, mentions[0])
    return Result(_RULE, tuple(figure for one in tests for figure in _test(one)), tuple(told))


def _mentions(stretch: _Stretch, kind: str) -> list[Mention]:
    """The outcomes, or the times, that a stretch names."""
    found: list[Mention] = []
    for held, one in stretch.seen:
        code = one.cue.code
        if kind == "outcome" and held == "outcome":
            found.append(Mention(code, code, one.first, one.last, one.quote))
        elif kind == "time" and code == "time" and not (found and one.first <= found[-1].last):
            quote = one.quote
            found.append(Mention(quote.text.casefold(), quote.text, one.first, one.last, quote))
    return found


def _is_of_several(passage: Passage, time: Mention, items: list[Item]) -> bool:
    """Whether a time is one of a row ("at week 4, 8 and 12", "at 4 and 8 weeks"), of which only one end is quoted."""
    held, firsts = passage.words, {item.first for item in items}
    after = held[time.last + 1 : time.last + 3]
    is_first = bool(after) and after[-1 if after[0] in _JOINS else 0][0].isdecimal()
    is_last = bool(_JOINS.intersection(held[time.first : time.last])) or (
        time.first > 1 and held[time.first - 1] in _JOINS and held[time.first - 2][0].isdecimal()
    )
    starts = {time.last + 1, time.last + 2} & firsts
    return (is_first and not starts) or is_last


def _shared(stretch: _Stretch, outcomes: list[Mention]) -> Iterator[Told]:
    """Instrument and contrast where the stretch names one alone; beside several outcomes an instrument is of nobody."""
    is_one = len({one.key for one in outcomes}) < 2
    said = {one.cue.code for _, one in stretch.seen}
    for what in ("instrument", "contrast") if is_one else ("contrast",):
        named: dict[str, Quote] = {}
        for kind, one in stretch.seen:
            family, _, code = one.cue.code.partition(".")
            if what == (kind if kind == "instrument" else family) and said.isdisjoint(one.cue.unless):
                named.setdefault(code or family, one.quote)
        if len(named) == 1:
            code, quote = next(iter(named.items()))
            yield Told(what, "within-group" if code == "against-baseline" else code, quote)


def _directions(
    stretch: _Stretch, items: list[Item], groups: list[Mention], arms: list[Mention | None]
) -> list[list[Told]]:
    """The direction of each figure, where the stretch names one alone: of all, or of the group that it is told of.

    "no change in the vehicle group" says nothing of the others, and one that stands amid the figures of nobody else.
    """
    seen = [one for _, one in stretch.seen if one.cue.code.startswith("direction.")]
    if len({one.cue.code for one in seen}) != 1:
        return [[] for _ in items]
    one, held = seen[0], stretch.passage.words
    told = [Told("direction", one.cue.code.partition(".")[2], one.quote)]
    of = next((g for g in groups if g.first > one.last and _AFTER.issuperset(held[one.last + 1 : g.first])), None)
    is_outside = one.first < items[0].first or one.first > items[-1].last
    if of is None:
        return [told if is_outside else [] for _ in items]
    return [told if arm and arm.key == of.key else [] for arm in arms]

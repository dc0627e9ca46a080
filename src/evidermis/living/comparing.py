"""The typed difference of two snapshots, each change with the parts that were found to cause it.

Rules come first: the old parts are concluded from anew under today's rules. What differs then comes from the rules, the
vocabulary or the program, and only the rest is looked for among the parts.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidermis.evidence.change import (
    Aspect,
    Cause,
    ChangedConclusion,
    ChangedFigure,
    ChangeKind,
    Difference,
)
from evidermis.evidence.lineage import digest
from evidermis.evidence.protocol import ChangeRules
from evidermis.living.causes import minimal_cause
from evidermis.living.parts import cause_of
from evidermis.living.snapshot import Pool, Position, Snapshot
from evidermis.living.versions import weight_of

__all__ = ["Conclude", "difference"]

# What the review says of a claim, concluded from these parts; None where the claim is not among them.
Conclude = Callable[[Mapping[str, object], str], Position | None]


@dataclass(frozen=True, slots=True)
class _Found:
    """A change without its causes."""

    kind: ChangeKind
    about: str
    was: str
    now: str


def difference(
    before: Snapshot,
    after: Snapshot,
    parts_before: Mapping[str, object],
    parts_after: Mapping[str, object],
    rules: ChangeRules,
    conclude: Conclude,
) -> Difference:
    """What lies between two snapshots. `conclude` recomputes under today's rules; `rules` are those of the later protocol."""
    changed = _changed_parts(parts_before, parts_after)
    program = _program(before, after)
    search = _Search(parts_before, parts_after, changed, program, rules, conclude)
    was = {one.claim: one for one in before.positions}
    now = {one.claim: one for one in after.positions}
    conclusions = [
        ChangedConclusion(claim, tuple(search.explained(claim, was.get(claim), found)), _says(now.get(claim)))
        for claim in sorted(was.keys() | now.keys())
        if (found := _aspects(was.get(claim), now.get(claim), rules))
    ]
    parts = (*changed.values(), *program)
    imported = (Cause("library", "records imported"),) if before.library != after.library else ()
    return Difference(
        before=before.name,
        after=after.name,
        parts=(*parts, *imported),
        conclusions=tuple(conclusions),
        figures=tuple(_figures(before, after)),
        weight=weight_of(parts, conclusions, rules),
    )


def _changed_parts(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, Cause]:
    names = sorted(before.keys() | after.keys())
    differing = (n for n in names if digest(before.get(n)) != digest(after.get(n)))
    return {name: cause_of(name, before.get(name), after.get(name)) for name in differing}


def _program(before: Snapshot, after: Snapshot) -> tuple[Cause, ...]:
    """Rules at another version, and the vocabulary; both come with the program and not with the folder."""
    old, new = dict(before.rules), dict(after.rules)
    found = [Cause(rule, "rule") for rule in sorted(old.keys() & new.keys()) if old[rule] != new[rule]]
    if before.vocabulary != after.vocabulary:
        found.append(Cause("vocabulary", "vocabulary"))
    return tuple(found)


class _Search:
    """Causes by recomputing; what was concluded from one mixture of parts is kept."""

    def __init__(
        self,
        before: Mapping[str, object],
        after: Mapping[str, object],
        changed: Mapping[str, Cause],
        program: tuple[Cause, ...],
        rules: ChangeRules,
        conclude: Conclude,
    ) -> None:
        self._before, self._after, self._changed = before, after, changed
        self._program, self._rules, self._conclude = program, rules, conclude
        self._known: dict[tuple[str, frozenset[str]], Position | None] = {}

    def explained(self, claim: str, was: Position | None, found: Iterable[_Found]) -> Iterator[Aspect]:
        """Each change with its causes; `was` is what was said before."""
        for one in found:
            causes = self._causes(claim, was, one)
            yield Aspect(one.kind, one.about, one.was, one.now, causes)

    def _causes(self, claim: str, was: Position | None, wanted: _Found) -> tuple[Cause, ...]:
        today = self._concluded(claim, frozenset())
        if self._brings(was, today, wanted):
            return self._program or (Cause("program", "program"),)
        parts = minimal_cause(
            tuple(self._changed), lambda chosen: self._brings(today, self._concluded(claim, chosen), wanted)
        )
        # Neither the old parts under today's rules nor today's parts alone: both had to change.
        found = tuple(self._changed[part] for part in parts)
        return found or (*self._program, *self._changed.values())

    def _brings(self, was: Position | None, now: Position | None, wanted: _Found) -> bool:
        """Whether from `was` to `now` the wanted change happens: to the same words, or for a pooled number of the same kind."""
        for one in _aspects(was, now, self._rules):
            if (one.kind, one.about) == (wanted.kind, wanted.about):
                return one.about.startswith("pool:") or one.now == wanted.now
        return False

    def _concluded(self, claim: str, chosen: frozenset[str]) -> Position | None:
        if (claim, chosen) not in self._known:
            mixed = {name: value for name, value in self._before.items() if name not in chosen}
            mixed |= {name: self._after[name] for name in chosen if name in self._after}
            self._known[claim, chosen] = self._conclude(mixed, claim)
        return self._known[claim, chosen]


def _aspects(was: Position | None, now: Position | None, rules: ChangeRules) -> tuple[_Found, ...]:
    """What changed of one claim, without the causes."""
    if was is None or now is None:
        if was is now:
            return ()
        words = ("not asked", "asked") if was is None else ("asked", "not asked any more")
        return (_Found("scope", "asked", *words),)
    told = [
        _Found("verdict", "", was.verdict, now.verdict),
        _Found("certainty", "", was.certainty, now.certainty),
        _Found("direction", "", was.direction, now.direction),
        _Found("scope", "directness", was.directness, now.directness),
        *([_Found("scope", "wording", "as before", "reworded")] if was.asks != now.asks else []),
        *_of_outcomes(was, now),
    ]
    differing = (one for one in told if one.was != one.now)
    return (*differing, *_of_pools(was.pools, now.pools, rules))


def _says(position: Position | None) -> str:
    return position.statement if position else ""


def _of_outcomes(was: Position, now: Position) -> Iterator[_Found]:
    old, new = ({row[0]: row for row in one.outcomes} for one in (was, now))
    for outcome in sorted(old.keys() & new.keys()):
        (_, *before), (_, *after) = old[outcome], new[outcome]
        yield _Found("certainty", f"outcome:{outcome}", before[0], after[0])
        yield _Found("direction", f"outcome:{outcome}", before[1], after[1])
        yield _Found("scope", f"outcome:{outcome}", before[2], after[2])


def _of_pools(was: Sequence[Pool], now: Sequence[Pool], rules: ChangeRules) -> Iterator[_Found]:
    old, new = ({one.name: one for one in pools} for pools in (was, now))
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if before is None or after is None:
            yield _Found("scope", f"pool:{name}", _told(before), _told(after))
            continue
        told = _told(before), _told(after)
        if _sign(before.estimate) != _sign(after.estimate):
            yield _Found("direction", f"pool:{name}", *told)
        if _holds_nothing(before) != _holds_nothing(after):
            yield _Found("precision", f"pool:{name}", *told)
        if _moved(before, after, rules):
            yield _Found("magnitude", f"pool:{name}", *told)


def _moved(before: Pool, after: Pool, rules: ChangeRules) -> bool:
    least = math.log(rules.ratio) if before.log else rules.difference
    return abs(after.estimate - before.estimate) >= least


def _holds_nothing(pool: Pool) -> bool:
    """Whether the interval holds no effect: 0, as ratios are logarithms here."""
    return pool.low <= 0 <= pool.high


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _told(pool: Pool | None) -> str:
    if pool is None:
        return "not pooled"
    numbers = (math.exp(x) if pool.log else x for x in (pool.estimate, pool.low, pool.high))
    estimate, low, high = (f"{x:.3g}" for x in numbers)
    return f"{estimate} ({low} to {high}), {pool.k} families"


def _figures(before: Snapshot, after: Snapshot) -> Iterator[ChangedFigure]:
    old, new = ({one.name: one for one in snapshot.derived} for snapshot in (before, after))
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if was == now:
            continue
        had, has = (set(one.studies) if one else set[str]() for one in (was, now))
        yield replace(
            ChangedFigure(name, was.value if was else None, now.value if now else None),
            without=tuple(sorted(had - has)),
            with_=tuple(sorted(has - had)),
        )

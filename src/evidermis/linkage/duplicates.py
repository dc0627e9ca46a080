"""Records to reports: clusters of records that are one publication, every link with its reasons, every doubt listed.

Nothing is deleted: each record stands in exactly one cluster. A person's *apart* outranks every rule and stays; a person's
*together* links whatever the rules think. Neither the order of the records nor of the judgements matters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidermis.evidence.record import Record
from evidermis.linkage.blocking import candidate_pairs
from evidermis.linkage.deciding import Decision, decide
from evidermis.linkage.preparing import Prepared, prepared

__all__ = ["Doubt", "Link", "Reports", "duplicate_reports"]

# A cluster grows past a pair that is "different" only where that pair was thought different by less than this.
VETO = -2.0


@dataclass(frozen=True, slots=True)
class Link:
    """Why two records (by their keys, in order) are in one report."""

    one: str
    other: str
    weight: float
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair that a person should look at, the most useful first (nearest to being linked)."""

    one: str
    other: str
    weight: float
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Reports:
    """`clusters` are tuples of keys in order, sorted; every key given stands in exactly one of them."""

    clusters: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]
    doubts: tuple[Doubt, ...]


def duplicate_reports(
    records: Sequence[tuple[str, Record]],
    together: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> Reports:
    """Cluster records, each given with a key of its own. `together` and `apart` are people's judgements on pairs of keys.

    `ValueError` where a key stands twice.
    """
    ready = sorted((prepared(record, key) for key, record in records), key=lambda one: one.key)
    keys = [one.key for one in ready]
    if len(set(keys)) != len(keys):
        raise ValueError("each record needs a key of its own")
    place = {key: i for i, key in enumerate(keys)}
    kept_apart = {frozenset(pair) for pair in apart}
    decided = _decided(ready)
    forced = [(place[a], place[b]) for a, b in together if a in place and b in place]
    clusters = _Clusters(
        ready, decided, {frozenset(place[k] for k in pair) for pair in kept_apart if pair <= set(keys)}
    )
    for one, other in sorted(tuple(sorted(pair)) for pair in forced):
        clusters.join(one, other, forced=True)
    same = sorted((-d.weight, pair) for pair, d in decided.items() if d.verdict == "same")
    links = [
        Link(keys[one], keys[other], decided[(one, other)].weight, decided[(one, other)].reasons)
        for _, (one, other) in same
        if clusters.join(one, other)
    ]
    doubts = [
        Doubt(keys[one], keys[other], d.weight, d.reasons)
        for (one, other), d in decided.items()
        if d.verdict == "ask"
        and not clusters.joined(one, other)
        and frozenset((keys[one], keys[other])) not in kept_apart
    ]
    doubts.sort(key=lambda d: (-d.weight, d.one, d.other))
    found = sorted(tuple(keys[i] for i in sorted(members)) for members in clusters.members.values())
    return Reports(tuple(found), tuple(sorted(links, key=lambda link: (link.one, link.other))), tuple(doubts))


def _decided(ready: Sequence[Prepared]) -> dict[tuple[int, int], Decision]:
    decisions = {pair: decide(ready[pair[0]], ready[pair[1]]) for pair in candidate_pairs(ready)}
    return {pair: d for pair, d in decisions.items() if d.verdict != "different" or d.weight > -20.0}


class _Clusters:
    """Joins places into clusters, strongest links first; a person's *apart* between any two members stops a join."""

    def __init__(
        self, ready: Sequence[Prepared], decided: dict[tuple[int, int], Decision], apart: set[frozenset[int]]
    ) -> None:
        self.ready = ready
        self.decided = decided
        self.apart = apart
        self.of = list(range(len(ready)))
        self.members: dict[int, list[int]] = {i: [i] for i in self.of}

    def joined(self, one: int, other: int) -> bool:
        return self.of[one] == self.of[other]

    def join(self, one: int, other: int, forced: bool = False) -> bool:
        """Join the clusters of two places; True where they are together in the end."""
        a, b = sorted((self.of[one], self.of[other]))
        if a == b:
            return True
        if not forced and self._kept(self.members[a], self.members[b]):
            return False
        for place in self.members[b]:
            self.of[place] = a
        self.members[a] += self.members.pop(b)
        return True

    def _kept(self, one: list[int], other: list[int]) -> bool:
        """True where something keeps two clusters apart."""
        for a in one:
            for b in other:
                if self.apart and frozenset((a, b)) in self.apart:
                    return True
                pair = (a, b) if a < b else (b, a)
                if len(one) * len(other) > 1:
                    decision = self.decided.get(pair) or decide(self.ready[a], self.ready[b])
                    if decision.weight < VETO:
                        return True
        return False

"""Which design a report has: cues add points to designs, and the catalogue's publication types weigh most where given.

The result is a proposal with its quotes, for a person to confirm. A report may hold several designs (cells, then mice, then
thirty patients); each that names itself is listed with its own quote, and a rung belongs to the one listed, never to
the report as a whole.
"""

from collections.abc import Sequence

from evidermis.reading.facts import BENCH, DESIGNS, DesignName, DesignSeen, rung_of
from evidermis.reading.text import Cue, Quote, Seen

__all__ = ["design_of", "design_points", "designs_seen"]

_NAMED: dict[str, DesignName] = {design: design for design in DESIGNS}
_TRIALS: tuple[DesignName, ...] = ("randomised-trial", "human-non-randomised")
_HUMAN: tuple[DesignName, ...] = (*_TRIALS, "case-report")
_BENCH_LEAST = 4.0
# What a report is that tells of people who were given something, and names no design.
_TREATED: DesignName = "human-non-randomised"
# A design is listed beside the first where its own words are there and it has at least this share of the first's points.
_LISTED_SHARE = 0.25


def design_points(cues: tuple[Cue, ...], seen: Sequence[Seen]) -> dict[DesignName, float]:
    """Points of each design: each cue's points as often as it is seen, up to its `most`.

    A cue without phrases is presumed; `unless` and `needs` name cues that take it away or that it depends on.
    """
    counts: dict[str, int] = {}
    for one in seen:
        counts[one.cue.name] = counts.get(one.cue.name, 0) + 1
    points: dict[DesignName, float] = dict.fromkeys(DESIGNS, 0.0)
    presumed = {cue.name: cue for cue in cues if not cue.phrases}
    for cue in ({one.cue.name: one.cue for one in seen} | presumed).values():
        if (cue.unless and not counts.keys().isdisjoint(cue.unless)) or (
            cue.needs and not all(n in counts for n in cue.needs)
        ):
            continue
        points[_design(cue)] += cue.points * (min(counts.get(cue.name, 0), cue.most) if cue.phrases else 1)
    return points


def design_of(
    points: dict[DesignName, float], people: int = 1, animals: int = 0, stated: Sequence[Seen] = ()
) -> DesignName:
    """The design with the most points; no human one where the report does not speak of people, or no more than of animals.

    `people` and `animals` say how often each is named. Without a person in it, a report is a trial only where it says so
    itself (`stated`) and has no ground to be about cells or animals.
    """
    best = max(DESIGNS, key=points.__getitem__)
    if best not in _TRIALS:
        return best
    bench = max(BENCH, key=points.__getitem__)
    if points[bench] >= _BENCH_LEAST and people <= animals:
        return max((d for d in DESIGNS if d not in _HUMAN), key=points.__getitem__)
    if not people and not any(one.cue.states and one.cue.code == best for one in stated):
        return max((d for d in DESIGNS if d not in _HUMAN), key=points.__getitem__)
    return best


def designs_seen(
    seen: Sequence[Seen],
    points: dict[DesignName, float],
    first: DesignName,
    is_controlled: bool,
    people: Quote | None,
    animals: Sequence[Seen] = (),
) -> tuple[DesignSeen, ...]:
    """The designs that name themselves, `first` first and then by points. `is_controlled` tells non-randomised rungs apart.

    In an experiment every bench design that is named is listed, and every human one where `people` are counted, in the words
    quoted, and its own sentence is not about animals (`animals`): mice are randomised too. Reports of no experiment of their
    own (reviews, protocols) lift nothing onto a rung.
    """
    stated: dict[DesignName, Seen] = {}
    for one in seen:
        if not one.cue.states or (design := _design(one.cue)) in stated:
            continue
        if design == first or design not in _HUMAN or (people and not _is_among(one, animals)):
            stated[design] = one
    least = _LISTED_SHARE * max(points[first], 1.0)
    is_experiment = first in _TRIALS or first in BENCH
    also = (_TRIALS if people else ()) + (BENCH if is_experiment else ())
    listed: list[DesignName] = [d for d in DESIGNS if d in stated and (d == first or points[d] >= least or d in also)]
    found: list[DesignSeen] = []
    for design in sorted(listed, key=lambda d: (d != first, -points[d])):
        one = stated[design]
        rung = rung_of(design, is_controlled) if is_experiment or design == first else None
        found.append(DesignSeen(design, rung, points[design], one.cue.name, one.quote))
    if people and first in _HUMAN and first not in stated:
        found.insert(0, DesignSeen(first, rung_of(first, is_controlled), points[first], "people-counted", people))
    if people and first in BENCH and stated.keys().isdisjoint(_HUMAN):
        rung = rung_of(_TREATED, is_controlled)
        found.append(DesignSeen(_TREATED, rung, points[_TREATED], "people-counted", people))
    return tuple(found)


def _is_among(one: Seen, animals: Sequence[Seen]) -> bool:
    """Whether the sentence of a cue names an animal."""
    passage, sentence = one.passage, one.passage.sentence_of[one.first]
    return any(other.passage is passage and passage.sentence_of[other.first] == sentence for other in animals)


def _design(cue: Cue) -> DesignName:
    return _NAMED[cue.code]

"""The ordered words of the design, lowest first. Code compares them by place, never by name.

*Rung*: how far a kind of study stands from the question "does it work on people?". *Comparator*: what the treated are
compared with; a change from baseline alone is not an effect. *Distance*: how far tested material, people and outcome are
from a claim. *Certainty* follows GRADE. *Verdict* answers a claim. *Reading* says how a fact was read.
"""

from collections.abc import Iterable
from typing import Literal, get_args

__all__ = [
    "AXES",
    "CERTAINTIES",
    "COMPARATORS",
    "DISTANCES",
    "INTEGRITY_STATES",
    "LINKS",
    "READINGS",
    "RUNGS",
    "VERDICTS",
    "Axis",
    "Certainty",
    "Comparator",
    "Direction",
    "Distance",
    "IntegrityState",
    "Link",
    "LinkState",
    "ProductState",
    "Reading",
    "Rung",
    "Verdict",
    "furthest_level",
    "highest_rung",
    "is_human",
    "lowest_rung",
    "nearest_level",
    "nearness",
]

Rung = Literal[
    "in-vitro", "ex-vivo", "animal", "human-uncontrolled", "human-controlled", "randomised-trial", "systematic-review"
]
Comparator = Literal["baseline-only", "untreated", "vehicle-or-placebo", "active", "standard-of-care"]
# `unknown` is not a place on the ladder: it is never counted as near.
Distance = Literal["exact", "near", "far", "very far", "unknown"]
Axis = Literal[
    "source",
    "preparation",
    "dose",
    "vehicle",
    "route",
    "co-intervention",
    "population",
    "outcome",
    "comparator",
    "duration",
]
Certainty = Literal["very low", "low", "moderate", "high"]
Verdict = Literal["contradicted", "not supported", "untested", "unproven", "promising", "supported"]
Link = Literal["identity", "delivery", "mechanism", "efficacy", "durability", "safety"]
LinkState = Literal["shown", "partly shown", "not shown", "against", "unknown"]
ProductState = Literal["supported", "indirect only", "contradicted", "cannot be checked", "not checked"]
# Worst last. A concern is a question to the authors, never a verdict on them; only *retracted* takes a study out.
IntegrityState = Literal["no concern", "unknown", "some concern", "serious concern", "retracted"]
# How a fact was read: in the source itself, in somebody else's account of it, or not yet re-read at all.
Reading = Literal["primary", "secondary", "to-verify"]
# From the point of view of the person treated; `unclear` where the source gives no direction.
Direction = Literal["benefit", "no difference", "harm", "mixed", "unclear"]

RUNGS: tuple[Rung, ...] = get_args(Rung)
COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)
DISTANCES: tuple[Distance, ...] = get_args(Distance)
AXES: tuple[Axis, ...] = get_args(Axis)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
LINKS: tuple[Link, ...] = get_args(Link)
INTEGRITY_STATES: tuple[IntegrityState, ...] = get_args(IntegrityState)
READINGS: tuple[Reading, ...] = get_args(Reading)


# Unknown stands behind near and before far: it is never near, and it is not evidence of being far.
_NEAREST_FIRST: tuple[Distance, ...] = ("exact", "near", "unknown", "far", "very far")


def highest_rung(rungs: Iterable[Rung]) -> Rung:
    """The highest of at least one rung."""
    return RUNGS[max(RUNGS.index(rung) for rung in rungs)]


def lowest_rung(rungs: Iterable[Rung]) -> Rung:
    """The lowest of at least one rung."""
    return RUNGS[min(RUNGS.index(rung) for rung in rungs)]


def nearness(level: Distance) -> int:
    """The place of a level for choosing the nearest, 0 for exact."""
    return _NEAREST_FIRST.index(level)


def nearest_level(levels: Iterable[Distance]) -> Distance:
    """The nearest of at least one level."""
    return _NEAREST_FIRST[min(nearness(level) for level in levels)]


def furthest_level(levels: Iterable[Distance]) -> Distance:
    """The furthest of at least one level."""
    return _NEAREST_FIRST[max(nearness(level) for level in levels)]


def is_human(rung: Rung) -> bool:
    """True for the rungs that measure living people: the only ones that may move a human certainty or verdict."""
    return RUNGS.index(rung) >= RUNGS.index("human-uncontrolled")

"""What a language model says it found, taken for no more than that: a proposal counts when its words stand in the record.

The quote must be there verbatim, and a number must be one that the quote itself says. All else is kept apart with its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evidermis.evidence.ladders import COMPARATORS, Comparator
from evidermis.evidence.record import Record
from evidermis.reading.facts import (
    DESIGNS,
    Apart,
    ArmCount,
    Asked,
    DesignName,
    DesignSeen,
    Facts,
    Noted,
    PeopleCount,
    rung_of,
)
from evidermis.reading.text import Passage, Quote, fields_of, numerals

__all__ = ["KINDS", "Proposed", "facts_of_proposals"]

Kind = Literal[
    "design", "within-person", "comparator", "n_total", "intervention-arm", "control-arm", "blinding", "concealment", "source",
    "preparation", "dose", "vehicle", "route", "co-intervention", "schedule", "maker", "outcome", "instrument", "time",
    "result", "sex", "age", "phototype", "country", "caution",
]  # fmt: skip
# What each kind of proposal holds as its value; a model is told so.
KINDS: dict[Kind, str] = {
    "design": f"one of: {', '.join(DESIGNS)}",
    "within-person": "yes, where each person is compared with themselves (split face, both forearms)",
    "comparator": f"one of: {', '.join(COMPARATORS)}",
    "n_total": "the number of people in the study, in digits; sides of a face and animals are not people",
    "intervention-arm": "the number of people in a group that received what is tested, in digits",
    "control-arm": "the number of people in a group that it is compared with, in digits",
    "blinding": "who did not know: participants, assessors, investigators",
    "concealment": "how allocation was concealed",
    "source": "what the vesicles or other material came from",
    "preparation": "how they were prepared",
    "dose": "the dose with its unit",
    "vehicle": "what they were given in",
    "route": "how they were given: left on the skin, after laser, after microneedling, injected",
    "co-intervention": "what else was done to the same skin",
    "schedule": "how often and for how long",
    "maker": "who makes the product",
    "outcome": "what was measured",
    "instrument": "with which scale or device",
    "time": "when it was measured",
    "result": "a result with its figures, and whether it is between groups or against baseline",
    "sex": "the sex of the people",
    "age": "their age",
    "phototype": "their Fitzpatrick phototype",
    "country": "where they live",
    "caution": "wording that claims more than the study can show",
}
# No study counts more people than this many digits say.
_LONGEST_NUMBER = 9
_ONE_HOLDS = frozenset({"n_total", "intervention-arm", "control-arm"})


@dataclass(frozen=True, slots=True)
class Proposed:
    """One thing that a model says a record states: what `kind` of thing, its `value`, and the words it stands in."""

    kind: Kind
    value: str
    quote: str


def facts_of_proposals(proposed: Sequence[Proposed], record: Record, reader: str, asked: Asked | None = None) -> Facts:
    """The facts whose words stand in the record; the rest is in `apart`, each with its reason."""
    passages = [Passage(field, text) for field, text in fields_of(record) if text]
    kept: list[tuple[Proposed, Quote]] = []
    apart: list[Apart] = []
    for one in proposed:
        found = _found(one.quote, passages)
        reason = _refused(one, found)
        if found and not reason:
            kept.append((one, found[0].between(found[1], found[1] + len(one.quote))))
        else:
            apart.append(Apart(one.kind, one.value, one.quote, reason))
    designs: list[tuple[DesignName, Quote]] = [
        (d, quote) for one, quote in kept if one.kind == "design" and (d := _design(one.value))
    ]
    rungs: list[Comparator] = [c for c in COMPARATORS for one, _ in kept if one.kind == "comparator" and one.value == c]
    totals = [PeopleCount(int(one.value), "people", "", quote) for one, quote in kept if one.kind == "n_total"]
    arms = tuple(
        ArmCount("control" if one.kind == "control-arm" else "intervention", int(one.value), "", "", quote)
        for one, quote in kept
        if one.kind in ("intervention-arm", "control-arm")
    )
    is_within = any(one.kind == "within-person" and one.value.strip().lower() == "yes" for one, _ in kept)
    is_controlled = is_within or len(arms) > 1 or bool(rungs and rungs[-1] != "baseline-only")
    return Facts(
        record=record.source_id or record.identifier("pmid") or record.identifier("doi"),
        reader=reader,
        design=designs[0][0] if designs else "",
        rung=rung_of(designs[0][0], is_controlled) if designs else None,
        designs=tuple(DesignSeen(d, rung_of(d, is_controlled), 0.0, reader, quote) for d, quote in designs),
        is_within_person=is_within,
        comparator=rungs[-1] if rungs else None,
        n_total=totals[0] if totals else None,
        n_arms=arms,
        counts=tuple(totals),
        noted=tuple(
            Noted(one.kind, "", quote, one.value, reader)
            for one, quote in kept
            if one.kind not in _ONE_HOLDS and one.kind != "design"
        ),
        apart=tuple(apart),
        asked=asked,
    )


def _found(quote: str, passages: Sequence[Passage]) -> tuple[Passage, int] | None:
    if not quote.strip():
        return None
    return next(((passage, at) for passage in passages if (at := passage.text.find(quote)) >= 0), None)


def _refused(one: Proposed, found: tuple[Passage, int] | None) -> str:
    """Why a proposal is not used, or `""`."""
    if not found:
        return "the quote does not stand verbatim in the record"
    if one.kind == "design" and not _design(one.value):
        return "there is no design of that name"
    if one.kind == "comparator" and one.value not in COMPARATORS:
        return "there is no such rung on the comparator ladder"
    if one.kind in _ONE_HOLDS:
        if not (one.value.isdecimal() and len(one.value) <= _LONGEST_NUMBER):
            return "is not a whole number in digits"
        if int(one.value) not in {numeral.value for numeral in numerals(Passage("", one.quote))}:
            return "the quote does not say that number"
    return ""


def _design(name: str) -> DesignName | None:
    return next((design for design in DESIGNS if design == name), None)

"""Whether what a reader proposes stands where it says: a value without its words, verbatim, is kept apart and never used.

Our own reader takes its quotes from the text itself; readers of others and language models are held to the same.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from evidermis.evidence.record import Record
from evidermis.reading.facts import Apart, Facts
from evidermis.reading.text import Quote, fields_of

__all__ = ["NOT_THERE", "verified"]

_Told = TypeVar("_Told")
NOT_THERE = "the quote does not stand verbatim at its place in the record"


def verified(facts: Facts, record: Record) -> Facts:
    """The facts without the values whose quotes do not stand in the record; those are in `apart`, with the reason.

    What rests on values that were taken away (the design and its rung, the comparison of people with themselves) goes with them.
    """
    fields = dict(fields_of(record))

    def stands(quote: Quote) -> bool:
        return bool(quote.text) and fields.get(quote.field, "")[quote.start : quote.end] == quote.text

    designs = tuple(one for one in facts.designs if stands(one.quote))
    counts = tuple(one for one in facts.counts if stands(one.quote))
    arms = tuple(one for one in facts.n_arms if stands(one.quote))
    noted = tuple(one for one in facts.noted if stands(one.quote))
    total = facts.n_total if facts.n_total and stands(facts.n_total.quote) else None
    results = tuple(one for one in facts.results if all(map(stands, one.quotes())))
    registration = facts.registration if facts.registration and all(map(stands, facts.registration.quotes())) else None
    apart = [_apart("design", one.design, one.quote) for one in _without(facts.designs, designs)]
    apart += [_apart("result", one.rule, next(one.quotes())) for one in _without(facts.results, results)]
    if facts.registration and not registration:
        apart.append(_apart("registration", facts.registration.value("number"), next(facts.registration.quotes())))
    apart += [_apart("count", str(one.value), one.quote) for one in _without(facts.counts, counts)]
    apart += [_apart(f"{one.role} arm", str(one.value), one.quote) for one in _without(facts.n_arms, arms)]
    apart += [_apart(one.kind, one.value or one.code, one.quote) for one in _without(facts.noted, noted)]
    if facts.n_total and not total:
        apart.append(_apart("n_total", str(facts.n_total.value), facts.n_total.quote))
    if not apart:
        return facts
    kept = replace(
        facts, designs=designs, counts=counts, n_arms=arms, noted=noted, n_total=total, results=results,
        registration=registration,
    )  # fmt: skip
    if facts.designs != designs and not any(one.design == facts.design for one in designs):
        kept = replace(kept, design="", rung=None)
    codes = {one.code for one in noted}
    return replace(
        kept,
        is_within_person=facts.is_within_person and (facts.noted == noted or "within-person" in codes),
        comparator=facts.comparator if facts.noted == noted or facts.comparator in codes else None,
        apart=(*facts.apart, *apart),
    )


def _without(told: Iterable[_Told], kept: tuple[_Told, ...]) -> list[_Told]:
    return [one for one in told if one not in kept]


def _apart(kind: str, value: str, quote: Quote) -> Apart:
    return Apart(kind, value, quote.text, NOT_THERE)

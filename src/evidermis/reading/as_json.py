"""Facts as a plain object for one line of JSON. The keys are part of the interface; the format page lists them."""

from dataclasses import asdict

from evidermis.reading.arms import ArmCount
from evidermis.reading.facts import Facts, Noted, PeopleCount
from evidermis.reading.passages import Quote

__all__ = ["facts_as_json"]

Json = dict[str, object]


def facts_as_json(facts: Facts) -> Json:
    """The facts with every quote laid open: `quote`, `field`, `start` and `end` beside each value."""
    return {
        "id": facts.record,
        "reader": facts.reader,
        "design": facts.design,
        "rung": facts.rung,
        "designs": [
            {"design": d.design, "rung": d.rung, "points": d.points, "cue": d.cue, **_place(d.quote)}
            for d in facts.designs
        ],
        "within_person": facts.is_within_person,
        "comparator": facts.comparator,
        "n_total": _count(facts.n_total) if facts.n_total else None,
        "n_arms": [_arm(arm) for arm in facts.n_arms],
        "counts": [_count(count) for count in facts.counts],
        "noted": [_noted(noted) for noted in facts.noted],
        "apart": [asdict(apart) for apart in facts.apart],
        **({"asked": asdict(facts.asked)} if facts.asked else {}),
    }


def _place(quote: Quote) -> Json:
    return {"field": quote.field, "start": quote.start, "end": quote.end, "quote": quote.text}


def _count(count: PeopleCount) -> Json:
    return {"value": count.value, "what": count.what, "stage": count.stage, **_place(count.quote)}


def _arm(arm: ArmCount) -> Json:
    return {
        "role": arm.role,
        "value": arm.value,
        "label": arm.label,
        "comparator": arm.comparator or None,
        **_place(arm.quote),
    }


def _noted(noted: Noted) -> Json:
    value: Json = {"value": noted.value} if noted.value else {}
    return {"kind": noted.kind, "code": noted.code, **value, "rule": noted.rule, **_place(noted.quote)}

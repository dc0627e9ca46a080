"""Facts as a plain object for one line of JSON. The keys are part of the interface; the format page lists them."""

from dataclasses import asdict

from evidermis.reading.facts.arms import ArmCount
from evidermis.reading.facts.registration import Change, Registration, Standing
from evidermis.reading.facts.report import Facts, Noted, PeopleCount
from evidermis.reading.facts.results import Result, Told
from evidermis.reading.text import Quote

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
        "results": [_result(result) for result in facts.results],
        "apart": [asdict(apart) for apart in facts.apart],
        **({"registration": _registration(facts.registration)} if facts.registration else {}),
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
    other = noted.against
    against: Json = {"against": {"record": other.record, **_place(other.quote)}} if other else {}
    return {"kind": noted.kind, "code": noted.code, **value, "rule": noted.rule, **_place(noted.quote), **against}


def _result(result: Result) -> Json:
    return {
        "rule": result.rule,
        "figures": [{"what": one.what, "value": one.value, **_place(one.quote)} for one in result.figures],
        "told": [{"what": one.what, **_told(one)} for one in result.told],
    }


def _told(told: Told) -> Json:
    return {"value": told.value, **_place(told.quote)}


def _registration(registration: Registration) -> Json:
    return {
        "told": [{"what": one.what, **_told(one)} for one in registration.told],
        "arms": [
            {
                "label": _told(arm.label),
                "type": _told(arm.kind) if arm.kind else None,
                "comparator": arm.comparator,
                "given": [_told(one) for one in arm.given],
                "description": _told(arm.description) if arm.description else None,
            }
            for arm in registration.arms
        ],
        "outcomes": [
            {"rank": one.rank, "measure": _told(one.measure), "time": _told(one.time) if one.time else None}
            for one in registration.outcomes
        ],
        "results": _standing(registration.results) if registration.results else None,
        "history": [_change(change) for change in registration.history],
    }


def _standing(standing: Standing) -> Json:
    return {
        "state": standing.state,
        "on": standing.on,
        "days": standing.days,
        "because": standing.because,
        "rests_on": [{"what": one.what, **_told(one)} for one in standing.rests_on],
    }


def _change(change: Change) -> Json:
    return {
        "kind": change.kind,
        "before": change.before,
        "after": change.after,
        "was": change.was.value if change.was else None,
        "now": _told(change.now) if change.now else None,
    }

"""The chain a claim hangs on: identity, delivery, mechanism, efficacy, durability, safety.

Each link has its own evidence, and nothing stands in for efficacy. Cells and animals speak to mechanism and delivery only,
and never make more than *partly shown* of them.
"""

from collections.abc import Iterable, Mapping

from evidermis.appraisal.answer import LinkAnswer
from evidermis.appraisal.body import Body, Counted
from evidermis.appraisal.exposure import Exposure, exposure
from evidermis.appraisal.links import link_answer
from evidermis.appraisal.plausibility import delivery, mechanism, stands_in
from evidermis.appraisal.vesicles import Card
from evidermis.evidence.ladders import LinkState, Rung, Verdict
from evidermis.evidence.review import Review
from evidermis.evidence.study import Finding
from evidermis.evidence.vocabulary import Vocabulary

__all__ = ["SAFE_RATE", "chain"]

_BY_VERDICT: dict[Verdict, LinkState] = {
    "supported": "shown",
    "promising": "partly shown",
    "unproven": "not shown",
    "not supported": "against",
    "contradicted": "against",
    "untested": "unknown",
}
# The rate of harm that a count must rule out before safety is called shown (a house rule).
SAFE_RATE = 0.01


def chain(
    body: Body, answer: Verdict, review: Review, vocabulary: Vocabulary, cards: Mapping[str, Card]
) -> tuple[LinkAnswer, ...]:
    """The six links of a claim, in order. The review holds no retracted study any more; `cards` are those of its studies."""
    return (
        _identity(body, cards),
        stands_in(delivery(body, review, vocabulary), body, answer),
        stands_in(mechanism(body, review, vocabulary), body, answer),
        _efficacy(body, answer),
        _durability(body),
        _safety(body, review, vocabulary),
    )


def _identity(body: Body, cards: Mapping[str, Card]) -> LinkAnswer:
    if not body.human:
        return link_answer("identity", "unknown", "no study in people within reach")
    states = {c.study.id: cards[c.study.id].state for c in body.human}
    rungs: dict[str, Rung] = {c.study.id: c.distance.rung for c in body.human}
    if set(states.values()) == {"not vesicles"}:
        because = "what was tested in people is not vesicles"
        return link_answer("identity", "against", because, states, rungs.values())
    told = [name for name, state in states.items() if state in ("shown", "partly shown")]
    if not told:
        because = "no study in people reports what its vesicles were shown to be, as far as it could be read"
        return link_answer("identity", "not shown", because, states, rungs.values())
    whole = all(state == "shown" for state in states.values())
    because = f"{len(told)} of {len(states)} studies in people report how their vesicles were identified"
    return link_answer("identity", "shown" if whole else "partly shown", because, told, [rungs[name] for name in told])


def _efficacy(body: Body, answer: Verdict) -> LinkAnswer:
    behind = body.decisive or body.human
    because = f"the claim's verdict is {answer}"
    return link_answer("efficacy", _BY_VERDICT[answer], because, [c.study.id for c in behind], _rungs(behind))


def _durability(body: Body) -> LinkAnswer:
    later = [(c, f) for c in body.decisive for f in c.findings if f.weeks_after is not None and f.weeks_after > 0]
    if not later:
        because = "no controlled measurement after the end of treatment"
        return link_answer("durability", "unknown", because, [c.study.id for c in body.decisive])
    rungs = _rungs([c for c, _ in later])
    last = {c.study.id: max(_after(f) for d, f in later if d is c) for c, _ in later}
    held = [c for c, f in later if _after(f) == last[c.study.id] and f.direction == "benefit"]
    if not held:
        because = "the difference was gone, or unclear, when measured later"
        return link_answer("durability", "not shown", because, last, rungs)
    weeks = max(last[c.study.id] for c in held)
    state: LinkState = "shown" if weeks >= body.claim.slots.weeks else "partly shown"
    because = f"a difference was still measured {weeks:g} weeks after treatment ended"
    return link_answer("durability", state, because, [c.study.id for c in held], rungs)


def _rungs(counted: Iterable[Counted]) -> list[Rung]:
    return [one.distance.rung for one in counted]


def _after(finding: Finding) -> float:
    return finding.weeks_after or 0.0


def _safety(body: Body, review: Review, vocabulary: Vocabulary) -> LinkAnswer:
    barriers = {vocabulary.route(code).barrier for code in body.claim.slots.routes if code not in ("any", "")}
    serious = sorted(
        h.id
        for h in review.background.harms
        if h.serious and h.route and (not barriers or vocabulary.route(h.route).barrier in barriers)
    )
    reports = f"serious harms are reported after this kind of use ({', '.join(serious)})" if serious else ""
    found = exposure(body.human, vocabulary)
    if found is None:
        because = reports or "no study in people within reach gives counts of harms"
        return link_answer("safety", "not shown" if serious else "unknown", because)
    because = "; ".join(part for part in (_counted(found), reports) if part)
    enough = found.upper <= SAFE_RATE and found.kind == "events" and not serious
    rungs = _rungs([c for c in body.human if c.study.id in found.studies])
    return link_answer("safety", "shown" if enough else "partly shown", because, found.studies, rungs)


def _counted(found: Exposure) -> str:
    kind = "event" if found.kind == "events" else "serious event"
    among = f"{found.people} treated people ({', '.join(found.studies)})"
    limit = f"a rate of up to {100 * found.upper:.1f} %"
    if found.most == 0:
        return f"no {kind} counted in {among} still allows {limit}"
    harmed = str(found.most) if found.least == found.most else f"{found.least} to {found.most}"
    return f"{harmed} with {'an' if kind == 'event' else 'a'} {kind} among {among}, which allows {limit}"

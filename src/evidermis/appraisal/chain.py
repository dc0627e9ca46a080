"""The chain a claim hangs on: identity, delivery, mechanism, efficacy, durability, safety.

Each link has its own evidence, and nothing stands in for efficacy. Cells and animals speak to mechanism and delivery only,
and never make more than *partly shown* of them.
"""

from collections.abc import Callable, Mapping

from evidermis.appraisal.answer import LinkAnswer, Step
from evidermis.appraisal.body import Body, Counted
from evidermis.appraisal.rungs import rung_of
from evidermis.appraisal.vesicles import Card
from evidermis.evidence.ladders import Direction, Link, LinkState, Verdict, is_human
from evidermis.evidence.quantity import known
from evidermis.evidence.review import Review
from evidermis.evidence.study import Finding, Study
from evidermis.evidence.vocabulary import Barrier, Vocabulary

__all__ = ["chain"]

_BY_VERDICT: dict[Verdict, LinkState] = {
    "supported": "shown",
    "promising": "partly shown",
    "unproven": "not shown",
    "not supported": "against",
    "contradicted": "against",
    "untested": "unknown",
}


def chain(
    body: Body, answer: Verdict, review: Review, vocabulary: Vocabulary, cards: Mapping[str, Card]
) -> tuple[LinkAnswer, ...]:
    """The six links of a claim, in order. The review holds no retracted study any more; `cards` are those of its studies."""
    return (
        _identity(body, cards),
        _delivery(body, review, vocabulary),
        _mechanism(body, review, vocabulary),
        _efficacy(body, answer),
        _durability(body),
        _safety(body, review, vocabulary),
    )


def _link(link: Link, state: LinkState, because: str, studies: set[str]) -> LinkAnswer:
    ids = tuple(sorted(studies))
    return LinkAnswer(link, state, because, ids, Step(link, 1, state, because, tuple(f"study:{s}" for s in ids)))


def _identity(body: Body, cards: Mapping[str, Card]) -> LinkAnswer:
    if not body.human:
        return _link("identity", "unknown", "no study in people within reach", set())
    states = {c.study.id: cards[c.study.id].state for c in body.human}
    if set(states.values()) == {"not vesicles"}:
        return _link("identity", "against", "what was tested in people is not vesicles", set(states))
    told = {name for name, state in states.items() if state in ("shown", "partly shown")}
    if not told:
        because = "no study in people reports what its vesicles were shown to be, as far as it could be read"
        return _link("identity", "not shown", because, set(states))
    whole = all(state == "shown" for state in states.values())
    because = f"{len(told)} of {len(states)} studies in people report how their vesicles were identified"
    return _link("identity", "shown" if whole else "partly shown", because, told)


def _delivery(body: Body, review: Review, vocabulary: Vocabulary) -> LinkAnswer:
    wanted: set[Barrier] = {
        vocabulary.route(code).barrier for code in body.claim.slots.routes if code not in ("any", "")
    }

    def meets(study: Study, finding: Finding) -> bool:
        arm = study.arm(finding.contrast.of)
        barrier = vocabulary.route(arm.route).barrier if arm and arm.route else "unknown"
        return vocabulary.outcome(finding.outcome).link == "delivery" and (not wanted or barrier in wanted)

    found = _findings(review, meets)
    if not found:
        return _link("delivery", "unknown", "no measurement of vesicles crossing the skin by this route", set())
    reached = {study.id for study, finding in found if finding.direction == "benefit"}
    if reached:
        because = "some passage by this route was measured outside living people"
        return _link("delivery", "partly shown", because, reached)
    because = "where it was measured, little or nothing was seen to pass by this route"
    return _link("delivery", "not shown", because, {study.id for study, _ in found})


def _mechanism(body: Body, review: Review, vocabulary: Vocabulary) -> LinkAnswer:
    codes = set(body.claim.mechanisms) | set(body.claim.outcomes)

    def bears(study: Study, finding: Finding) -> bool:
        return finding.outcome in codes and not is_human(rung_of(study, finding, vocabulary))

    found = _findings(review, bears)
    vesicles = [(s, f) for s, f in found if _is_vesicle(s, f, vocabulary)]
    if not vesicles:
        because = "no bench or animal study of vesicles for this"
        return _link("mechanism", "unknown", because, set())
    directions: set[Direction] = {f.direction for _, f in vesicles}
    ids = {s.id for s, _ in vesicles}
    if directions == {"harm"}:
        return _link("mechanism", "against", "bench and animal studies point the other way", ids)
    if "benefit" in directions:
        because = (
            f"{len(ids)} bench or animal {'study' if len(ids) == 1 else 'studies'}: plausible, not proof in people"
        )
        return _link("mechanism", "partly shown", because, ids)
    return _link("mechanism", "not shown", "bench and animal studies give no clear direction", ids)


def _efficacy(body: Body, answer: Verdict) -> LinkAnswer:
    ids = {c.study.id for c in (body.decisive or body.human)}
    return _link("efficacy", _BY_VERDICT[answer], f"the claim's verdict is {answer}", ids)


def _durability(body: Body) -> LinkAnswer:
    later = [(c, f) for c in body.decisive for f in c.findings if f.weeks_after is not None and f.weeks_after > 0]
    if not later:
        because = "no controlled measurement after the end of treatment"
        return _link("durability", "unknown", because, {c.study.id for c in body.decisive})
    last = {c.study.id: max(_after(f) for d, f in later if d is c) for c, _ in later}
    held = [c for c, f in later if _after(f) == last[c.study.id] and f.direction == "benefit"]
    if not held:
        return _link("durability", "not shown", "the difference was gone, or unclear, when measured later", set(last))
    weeks = max(last[c.study.id] for c in held)
    state: LinkState = "shown" if weeks >= body.claim.slots.weeks else "partly shown"
    because = f"a difference was still measured {weeks:g} weeks after treatment ended"
    return _link("durability", state, because, {c.study.id for c in held})


def _after(finding: Finding) -> float:
    return finding.weeks_after or 0.0


def _safety(body: Body, review: Review, vocabulary: Vocabulary) -> LinkAnswer:
    barriers = {vocabulary.route(code).barrier for code in body.claim.slots.routes if code not in ("any", "")}
    serious = [
        h
        for h in review.background.harms
        if h.serious and h.route and (not barriers or vocabulary.route(h.route).barrier in barriers)
    ]
    counted = [bound for c in body.human if (bound := _harm_bound(c, vocabulary))]
    ids = {study for study, _, _ in counted}
    reports = (
        f"serious harms are reported after this kind of use ({', '.join(sorted(h.id for h in serious))})"
        if serious
        else ""
    )
    if counted:
        study, people, bound = min(counted, key=lambda one: one[2])
        because = (
            f"no event counted in {people} treated people ({study}) still allows a rate of up to {100 * bound:.1f} %"
        )
        return _link("safety", "partly shown", f"{because}; {reports}" if reports else because, ids)
    because = reports or "no study in people within reach gives counts of harms"
    return _link("safety", "not shown" if serious else "unknown", because, ids)


def _harm_bound(one: Counted, vocabulary: Vocabulary) -> tuple[str, int, float] | None:
    """The exact upper 95 % limit 1 - 0.05^(1/n) where a study counted harms in its treated and saw none (Hanley 1983).

    n counts the treated only, never the compared; an event in any treated group takes the limit away.
    """
    treated: dict[str, int] = {}
    for finding in one.study.findings:
        if vocabulary.outcome(finding.outcome).link != "safety":
            continue
        name = finding.contrast.of
        told = {v.what: v.number for v in finding.values if v.arm == name}
        if "events" not in told:
            continue
        if known(told["events"]) != 0:
            return None
        arm = one.study.arm(name)
        n = known(told.get("total")) or known(arm.people if arm else None) or one.study.people.counted
        if not n:
            return None
        treated[name] = min(int(n), treated.get(name, int(n)))
    people = sum(treated.values())
    return (one.study.id, people, 1 - 0.05 ** (1 / people)) if people else None


def _findings(review: Review, wanted: Callable[[Study, Finding], bool]) -> list[tuple[Study, Finding]]:
    return [(s, f) for s in review.studies for f in s.findings if wanted(s, f)]


def _is_vesicle(study: Study, finding: Finding, vocabulary: Vocabulary) -> bool:
    arm = study.arm(finding.contrast.of)
    return bool(arm and arm.source and vocabulary.source(arm.source).is_vesicle)

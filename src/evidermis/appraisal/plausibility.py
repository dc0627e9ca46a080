"""Delivery and mechanism: whether it could work. Cells, skin pieces and animals speak here, and here alone.

Controlled evidence of a benefit on a finished product, used as claimed, stands in for both: however it got there and whatever it
did, it did. Nothing stands in for efficacy.
"""

from collections.abc import Callable
from dataclasses import replace

from evidermis.appraisal.answer import LinkAnswer
from evidermis.appraisal.body import Body, Counted
from evidermis.appraisal.distance import tested_arm
from evidermis.appraisal.links import link_answer
from evidermis.appraisal.rungs import rung_of
from evidermis.evidence.ladders import Direction, Link, LinkState, Rung, Verdict, is_human
from evidermis.evidence.review import Review
from evidermis.evidence.study import Finding, Study
from evidermis.evidence.vocabulary import Barrier, Vocabulary

__all__ = ["delivery", "mechanism", "stands_in"]

_Found = list[tuple[Study, Finding]]
# What direct evidence lifts a link to, by the verdict it led to.
_LIFTED: dict[Verdict, LinkState] = {"supported": "shown", "promising": "partly shown"}
_STATES: tuple[LinkState, ...] = ("unknown", "not shown", "partly shown", "shown")


def delivery(body: Body, review: Review, vocabulary: Vocabulary) -> LinkAnswer:
    """Whether vesicles were measured to pass the barrier that the claim's routes meet."""
    wanted: set[Barrier] = {
        vocabulary.route(code).barrier for code in body.claim.slots.routes if code not in ("any", "")
    }

    def meets(study: Study, finding: Finding) -> bool:
        arm = study.arm(finding.contrast.of)
        barrier = vocabulary.route(arm.route).barrier if arm and arm.route else "unknown"
        return vocabulary.outcome(finding.outcome).link == "delivery" and (not wanted or barrier in wanted)

    found = _findings(review, meets)
    if not found:
        return link_answer("delivery", "unknown", "no measurement of vesicles crossing the skin by this route")
    reached = [(study, finding) for study, finding in found if finding.direction == "benefit"]
    if reached:
        because = "some passage by this route was measured outside living people"
        return _answer("delivery", "partly shown", because, reached, vocabulary)
    because = "where it was measured, little or nothing was seen to pass by this route"
    return _answer("delivery", "not shown", because, found, vocabulary)


def mechanism(body: Body, review: Review, vocabulary: Vocabulary) -> LinkAnswer:
    """Whether vesicles did in cells or animals what would make the claim plausible."""
    codes = set(body.claim.mechanisms) | set(body.claim.outcomes)

    def bears(study: Study, finding: Finding) -> bool:
        on_bench = finding.outcome in codes and not is_human(rung_of(study, finding, vocabulary))
        return on_bench and _is_vesicle(study, finding, vocabulary)

    found = _findings(review, bears)
    if not found:
        return link_answer("mechanism", "unknown", "no bench or animal study of vesicles for this")
    directions: set[Direction] = {finding.direction for _, finding in found}
    if directions == {"harm"}:
        return _answer("mechanism", "against", "bench and animal studies point the other way", found, vocabulary)
    if "benefit" in directions:
        n = len({study.id for study, _ in found})
        because = f"{n} bench or animal {'study' if n == 1 else 'studies'}: plausible, not proof in people"
        return _answer("mechanism", "partly shown", because, found, vocabulary)
    return _answer("mechanism", "not shown", "bench and animal studies give no clear direction", found, vocabulary)


def stands_in(link: LinkAnswer, body: Body, verdict: Verdict) -> LinkAnswer:
    """The link, lifted where controlled studies of a finished product, used as claimed, led to the verdict.

    Evidence that points the other way is never covered up.
    """
    lifted = _LIFTED.get(verdict)
    direct = [one for one in body.decisive if _is_finished_product(one) and one.direction == "benefit"]
    if lifted is None or not direct or link.state == "against":
        return link
    state = lifted if _STATES.index(lifted) > _STATES.index(link.state) else link.state
    labels = ", ".join(sorted(one.study.label for one in direct))
    because = f"{link.because}; controlled evidence on the finished product stands in ({labels})"
    ids = {*link.studies, *(one.study.id for one in direct)}
    whole = link_answer(link.link, state, because, ids, [one.distance.rung for one in direct])
    return replace(whole, step=replace(whole.step, version=2))


def _is_finished_product(one: Counted) -> bool:
    return bool(tested_arm(one.study, one.findings).product) and one.distance.level("route") in ("exact", "near")


def _answer(link: Link, state: LinkState, because: str, found: _Found, vocabulary: Vocabulary) -> LinkAnswer:
    rungs: list[Rung] = [rung_of(study, finding, vocabulary) for study, finding in found]
    return link_answer(link, state, because, {study.id for study, _ in found}, rungs)


def _findings(review: Review, wanted: Callable[[Study, Finding], bool]) -> _Found:
    return [(s, f) for s in review.studies for f in s.findings if wanted(s, f)]


def _is_vesicle(study: Study, finding: Finding, vocabulary: Vocabulary) -> bool:
    arm = study.arm(finding.contrast.of)
    return bool(arm and arm.source and vocabulary.source(arm.source).is_vesicle)

"""The whole appraisal of a review: families, then each claim, then each product."""

from dataclasses import replace

from evidermis.appraisal.answer import Appraisal, ClaimAnswer, HeldOut, OutcomeAnswer
from evidermis.appraisal.body import Body, body_of, is_retracted, people_in
from evidermis.appraisal.certainty import certainty
from evidermis.appraisal.chain import chain
from evidermis.appraisal.integrity import integrity
from evidermis.appraisal.products import product_answer
from evidermis.appraisal.rungs import rung_of
from evidermis.appraisal.verdict import body_direction, statement, verdict
from evidermis.evidence.family import Family
from evidermis.evidence.ladders import is_human
from evidermis.evidence.protocol import Claim
from evidermis.evidence.review import Review
from evidermis.evidence.study import Study
from evidermis.evidence.vocabulary import Vocabulary

__all__ = ["appraise", "studies_in_people"]


def appraise(review: Review, vocabulary: Vocabulary, families: tuple[Family, ...]) -> Appraisal:
    """Every conclusion the rules draw from a review. The order of its parts never matters.

    `families` joins the studies in people (:func:`studies_in_people`) that are not independent. Raises
    `KeyError` for a code that the vocabulary does not hold; the folder's checks name it first.
    """
    answers = {c.id: _claim_answer(c, review, families, vocabulary) for c in review.protocol.claims}
    products = (product_answer(p, review, answers, vocabulary) for p in review.products)
    retracted = (
        HeldOut(f"study:{s.id}", "retracted: it no longer counts") for s in review.studies if is_retracted(review, s)
    )
    return Appraisal(
        claims=tuple(answers[c.id] for c in review.protocol.claims),
        products=tuple(sorted(products, key=lambda p: p.product)),
        families=families,
        held_out=tuple(sorted(retracted, key=lambda h: h.id)),
        integrity=integrity(review),
    )


def studies_in_people(review: Review, vocabulary: Vocabulary) -> tuple[Study, ...]:
    """The studies that measured people and are not retracted.

    Only they can form families: a bench paper that shares authors with two trials must not change what is concluded about
    people.
    """
    return tuple(
        study
        for study in review.studies
        if not is_retracted(review, study) and any(is_human(rung_of(study, f, vocabulary)) for f in study.findings)
    )


def _claim_answer(claim: Claim, review: Review, families: tuple[Family, ...], vocabulary: Vocabulary) -> ClaimAnswer:
    body = body_of(claim, review, vocabulary)
    behind = _families_behind(body, families)
    about = f"certainty:{claim.id}"
    thresholds, judgements = review.protocol.thresholds, review.judgements
    level, certainty_steps = certainty(body, len(behind), thresholds, vocabulary, judgements, about)
    answer, verdict_steps = verdict(body, len(behind), level)
    people, people_step = people_in(body.human)
    nearest = next(iter(body.decisive or body.human), None)
    return ClaimAnswer(
        claim=claim.id,
        verdict=answer,
        certainty=level,
        directness=nearest.distance.overall if nearest else "unknown",
        direction=body_direction(body),
        people=people,
        controlled_people=people_in(body.controlled)[0],
        studies=tuple(sorted(c.study.id for c in body.human)),
        controlled=tuple(sorted(c.study.id for c in body.controlled)),
        families=behind,
        nearest=nearest.study.id if nearest else "",
        statement=statement(body, level, answer),
        distances=tuple(c.distance for c in body.all),
        certainty_steps=certainty_steps,
        verdict_steps=verdict_steps,
        people_step=people_step,
        chain=chain(body, answer, review, vocabulary),
        held_out=body.held_out,
        outcomes=tuple(_outcome_answer(claim, one, review, families, vocabulary) for one in claim.outcomes),
    )


def _outcome_answer(
    claim: Claim, outcome: str, review: Review, families: tuple[Family, ...], vocabulary: Vocabulary
) -> OutcomeAnswer:
    """The same rules on one outcome alone. Where the claim has no other, what was signed of the claim counts for it."""
    body = body_of(replace(claim, outcomes=(outcome,)), review, vocabulary)
    behind = _families_behind(body, families)
    about = f"certainty:{claim.id}" if claim.outcomes == (outcome,) else f"certainty:{claim.id}/{outcome}"
    level, steps = certainty(body, len(behind), review.protocol.thresholds, vocabulary, review.judgements, about)
    counted = body.decisive or body.human
    return OutcomeAnswer(
        claim=claim.id,
        outcome=outcome,
        certainty=level,
        direction=body_direction(body),
        controlled=bool(body.decisive),
        people=people_in(counted)[0],
        studies=tuple(sorted(c.study.id for c in counted)),
        findings=tuple(sorted(f"{c.study.id}/{f.id}" for c in counted for f in c.findings)),
        families=behind,
        steps=steps,
    )


def _families_behind(body: Body, families: tuple[Family, ...]) -> tuple[str, ...]:
    ids = {c.study.id for c in body.decisive}
    return tuple(f.id for f in families if ids & set(f.studies))

"""The whole appraisal of a review: families, then each claim, then each product."""

from collections.abc import Mapping
from dataclasses import replace

from evidermis.appraisal.answer import Appraisal, ClaimAnswer, HeldOut, OutcomeAnswer
from evidermis.appraisal.body import Body, body_of, people_in, retracted_studies
from evidermis.appraisal.certainty import certainty
from evidermis.appraisal.chain import chain
from evidermis.appraisal.integrity import integrity
from evidermis.appraisal.products import Shelf
from evidermis.appraisal.rungs import rung_of
from evidermis.appraisal.verdict import body_direction, statement, verdict
from evidermis.appraisal.vesicles import Card, study_card
from evidermis.evidence.family import Family
from evidermis.evidence.ladders import is_human
from evidermis.evidence.review import Review
from evidermis.evidence.study import Study
from evidermis.evidence.vocabulary import Vocabulary

__all__ = ["appraise", "studies_in_people"]


def appraise(review: Review, vocabulary: Vocabulary, families: tuple[Family, ...]) -> Appraisal:
    """Every conclusion the rules draw from a review. The order of its parts never matters.

    `families` joins the studies in people (:func:`studies_in_people`) that are not independent. Raises
    `KeyError` for a code that the vocabulary does not hold; the folder's checks name it first.
    """
    gone = retracted_studies(review)
    standing = replace(review, studies=tuple(study for study in review.studies if study.id not in gone))
    bodies = {claim.id: body_of(claim, review, vocabulary, gone) for claim in review.protocol.claims}
    cards = _cards(review, vocabulary)
    answers = {
        c.id: _claim_answer(bodies[c.id], review, standing, families, vocabulary, cards) for c in review.protocol.claims
    }
    shelf = Shelf(standing, bodies, answers, vocabulary)
    held = (HeldOut(f"study:{study}", "retracted: it no longer counts") for study in gone)
    return Appraisal(
        claims=tuple(answers[c.id] for c in review.protocol.claims),
        products=tuple(sorted((shelf.answer(p) for p in review.products), key=lambda p: p.product)),
        families=families,
        held_out=tuple(sorted(held, key=lambda h: h.id)),
        integrity=integrity(review),
        cards=tuple(cards[name] for name in sorted(cards)),
    )


def _cards(review: Review, vocabulary: Vocabulary) -> dict[str, Card]:
    known = {reference.id: reference for reference in review.references}
    return {
        study.id: study_card(study, [known[r.record] for r in study.reports if r.record in known], vocabulary)
        for study in review.studies
    }


def studies_in_people(review: Review, vocabulary: Vocabulary) -> tuple[Study, ...]:
    """The studies that measured people and are not retracted.

    Only they can form families: a bench paper that shares authors with two trials must not change what is concluded about
    people.
    """
    gone = retracted_studies(review)
    return tuple(
        study
        for study in review.studies
        if study.id not in gone and any(is_human(rung_of(study, f, vocabulary)) for f in study.findings)
    )


def _claim_answer(
    body: Body,
    review: Review,
    standing: Review,
    families: tuple[Family, ...],
    vocabulary: Vocabulary,
    cards: Mapping[str, Card],
) -> ClaimAnswer:
    claim = body.claim
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
        chain=chain(body, answer, standing, vocabulary, cards),
        held_out=body.held_out,
        outcomes=tuple(_outcome_answer(body, one, standing, families, vocabulary) for one in claim.outcomes),
    )


def _outcome_answer(
    whole: Body, outcome: str, review: Review, families: tuple[Family, ...], vocabulary: Vocabulary
) -> OutcomeAnswer:
    """The same rules on one outcome alone. Where the claim has no other, what was signed of the claim counts for it."""
    claim = whole.claim
    alone = claim.outcomes == (outcome,)
    body = whole if alone else body_of(replace(claim, outcomes=(outcome,)), review, vocabulary, frozenset())
    behind = _families_behind(body, families)
    about = f"certainty:{claim.id}" if alone else f"certainty:{claim.id}/{outcome}"
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

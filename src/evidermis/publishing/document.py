"""`review.json`: everything a page says, as one document for programs, and the JSON Schema it keeps."""

import datetime
import math
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from evidermis.appraisal import (
    Appraisal,
    Card,
    ClaimAnswer,
    HeldOut,
    IntegrityAnswer,
    LinkAnswer,
    OutcomeAnswer,
    ProductAnswer,
    Step,
    StudyDistance,
)
from evidermis.evidence.family import Family
from evidermis.evidence.freshness import freshness
from evidermis.evidence.inert import json_file
from evidermis.evidence.ladders import Certainty, Direction, Distance, Verdict
from evidermis.evidence.protocol import Claim
from evidermis.evidence.review import Review
from evidermis.statistics import Body, Synthesis

__all__ = ["review_document", "review_schema"]


@dataclass(frozen=True, slots=True)
class PublishedClaim:
    """A claim and its answer, side by side."""

    id: str
    text: str
    setting: str
    kind: str
    advertised: bool
    verdict: Verdict
    certainty: Certainty
    directness: Distance
    direction: Direction
    statement: str
    people: int
    controlled_people: int
    nearest: str
    studies: tuple[str, ...]
    controlled: tuple[str, ...]
    families: tuple[str, ...]
    certainty_steps: tuple[Step, ...]
    verdict_steps: tuple[Step, ...]
    people_step: Step
    chain: tuple[LinkAnswer, ...]
    distances: tuple[StudyDistance, ...]
    held_out: tuple[HeldOut, ...]
    outcomes: tuple[OutcomeAnswer, ...]


@dataclass(frozen=True, slots=True)
class PublishedEffect:
    """One effect on its body's scale (logarithms where that is log). `correlation` is that of the pairs, if any."""

    study: str
    finding: str
    family: str
    measure: str
    effect: float
    variance: float
    people: float
    correlation: float | None
    correlation_assumed: bool
    pooled: bool


@dataclass(frozen=True, slots=True)
class PublishedPool:
    """A pooled effect, REML with the Knapp-Hartung interval never narrower than Wald's. None: cannot be computed."""

    effect: float
    low: float
    high: float
    tau2: float
    i2: float
    prediction_low: float | None
    prediction_high: float | None
    supporting_share: float | None
    information_state: str


@dataclass(frozen=True, slots=True)
class PublishedBody:
    """Effects on one outcome and scale; `pooled` only where at least two families are independent."""

    outcome: str
    metric: str
    scale: str
    randomised: bool
    because: str
    effects: tuple[PublishedEffect, ...]
    pooled: PublishedPool | None


@dataclass(frozen=True, slots=True)
class Published:
    """The document. `review` holds the folder's data as they were answered from."""

    name: str
    title: str
    version: str
    published: datetime.date
    searched: datetime.date
    search_due: datetime.date
    made_by: str
    claims: tuple[PublishedClaim, ...]
    products: tuple[ProductAnswer, ...]
    families: tuple[Family, ...]
    held_out: tuple[HeldOut, ...]
    integrity: tuple[IntegrityAnswer, ...]
    cards: tuple[Card, ...]
    bodies: tuple[PublishedBody, ...]
    review: Review


_DOCUMENT: TypeAdapter[Published] = TypeAdapter(Published)


def review_document(review: Review, appraisal: Appraisal, synthesis: Synthesis, made_by: str) -> bytes:
    """The document as JSON with sorted keys."""
    protocol = review.protocol
    published = Published(
        name=protocol.name,
        title=protocol.title,
        version=protocol.version,
        published=protocol.published,
        searched=protocol.searched,
        search_due=freshness(protocol, protocol.searched).due,
        made_by=made_by,
        claims=tuple(_claim(claim, appraisal.claim(claim.id)) for claim in protocol.claims),
        products=appraisal.products,
        families=appraisal.families,
        held_out=appraisal.held_out,
        integrity=appraisal.integrity,
        cards=appraisal.cards,
        bodies=tuple(_body(body) for body in synthesis.bodies),
        review=review,
    )
    return _json(_DOCUMENT.dump_python(published, mode="json"))


def review_schema() -> bytes:
    """The JSON Schema (2020-12) of the document."""
    schema = _DOCUMENT.json_schema(mode="serialization")
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "An Evidermis review"}
    return _json({**schema, **about})


def _body(body: Body) -> PublishedBody:
    effects = tuple(
        PublishedEffect(
            study=one.study,
            finding=one.finding,
            family=family,
            measure=one.measure,
            effect=one.yi,
            variance=one.vi,
            people=one.people,
            correlation=one.correlation,
            correlation_assumed=bool(one.assumes),
            pooled=body.pooled is not None and at in body.chosen,
        )
        for at, (one, family) in enumerate(zip(body.effects, body.families, strict=True))
    )
    fit = body.pooled
    pooled = fit and PublishedPool(
        effect=fit.estimate,
        low=fit.ci_lower,
        high=fit.ci_upper,
        tau2=fit.tau2,
        i2=fit.i2,
        prediction_low=_finite(fit.pi_lower),
        prediction_high=_finite(fit.pi_upper),
        supporting_share=body.universe.share if body.universe else None,
        information_state=body.looks.state if body.looks else "",
    )
    return PublishedBody(body.outcome, body.metric, body.scale, body.randomised, body.because, effects, pooled)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _claim(claim: Claim, answer: ClaimAnswer) -> PublishedClaim:
    return PublishedClaim(
        id=claim.id,
        text=claim.text,
        setting=claim.setting,
        kind=claim.kind,
        advertised=claim.advertised,
        verdict=answer.verdict,
        certainty=answer.certainty,
        directness=answer.directness,
        direction=answer.direction,
        statement=answer.statement,
        people=answer.people,
        controlled_people=answer.controlled_people,
        nearest=answer.nearest,
        studies=answer.studies,
        controlled=answer.controlled,
        families=answer.families,
        certainty_steps=answer.certainty_steps,
        verdict_steps=answer.verdict_steps,
        people_step=answer.people_step,
        chain=answer.chain,
        distances=answer.distances,
        held_out=answer.held_out,
        outcomes=answer.outcomes,
    )


def _json(value: Any) -> bytes:
    return json_file(value, in_order=True)

"""`review.json`: everything a page says, as one document for programs, and the JSON Schema it keeps."""

import datetime
import json
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from evidermis.appraisal import Appraisal, ClaimAnswer, HeldOut, LinkAnswer, ProductAnswer, Step, StudyDistance
from evidermis.evidence.family import Family
from evidermis.evidence.ladders import Certainty, Direction, Distance, Verdict
from evidermis.evidence.protocol import Claim
from evidermis.evidence.review import Review
from evidermis.publishing.cleaning import escaped_json

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
    review: Review


_DOCUMENT: TypeAdapter[Published] = TypeAdapter(Published)


def review_document(review: Review, appraisal: Appraisal, made_by: str) -> bytes:
    """The document as JSON with sorted keys."""
    protocol = review.protocol
    published = Published(
        name=protocol.name,
        title=protocol.title,
        version=protocol.version,
        published=protocol.published,
        searched=protocol.searched,
        search_due=protocol.searched + datetime.timedelta(days=protocol.schedule.search_every_days),
        made_by=made_by,
        claims=tuple(_claim(claim, appraisal.claim(claim.id)) for claim in protocol.claims),
        products=appraisal.products,
        families=appraisal.families,
        held_out=appraisal.held_out,
        review=review,
    )
    return _json(_DOCUMENT.dump_python(published, mode="json"))


def review_schema() -> bytes:
    """The JSON Schema (2020-12) of the document."""
    schema = _DOCUMENT.json_schema(mode="serialization")
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "An Evidermis review"}
    return _json({**schema, **about})


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
    )


def _json(value: Any) -> bytes:
    return (escaped_json(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)) + "\n").encode("utf-8")

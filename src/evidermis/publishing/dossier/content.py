"""What a dossier holds, as plain values for programs; the PDF prints the same values and nothing else."""

import datetime
import json
from dataclasses import dataclass

from pydantic import TypeAdapter

from evidermis.appraisal import Card, LinkAnswer, Step, StudyDistance, UnitPrice
from evidermis.appraisal.gaps import Gap
from evidermis.appraisal.wordings import Asked
from evidermis.evidence.inert import json_file
from evidermis.evidence.ladders import Certainty, Distance, ProductState, Verdict
from evidermis.publishing.dossier.trials import Trial

__all__ = ["Dossier", "DossierClaim", "Evidence", "Line", "dossier_json", "dossier_schema"]


@dataclass(frozen=True, slots=True)
class Line:
    """One result of the nearest study: what was measured, when, against what, where it points, and its numbers as printed."""

    finding: str
    outcome: str
    instrument: str
    time: str
    contrast: str
    direction: str
    numbers: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The nearest study in people, with its distance from this product. `people` is None where it is unknown."""

    study: str
    label: str
    title: str
    design: str
    people: int | None
    bias: str
    cited: str
    link: str
    distance: StudyDistance
    results: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DossierClaim:
    """One claim: what is known of it for this product, what is known of it at all, what is missing, and how to know more."""

    claim: str
    text: str
    wording: str
    seen: str
    state: ProductState
    because: str
    verdict: Verdict
    certainty: Certainty
    directness: Distance
    statement: str
    people: int
    compared: int
    families: tuple[str, ...]
    nearest: Evidence | None
    steps: tuple[Step, ...]
    chain: tuple[LinkAnswer, ...]
    asked: tuple[Asked, ...]
    gaps: tuple[Gap, ...]
    trials: tuple[Trial, ...]
    at_best: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole. Dates are those of the review; no clock is read, so the same review gives the same bytes."""

    product: str
    brand: str
    name: str
    source: str
    route: str
    note: str
    price: str
    unit_price: UnitPrice
    card: Card
    ingredients: Step
    own_studies: tuple[str, ...]
    review: str
    version: str
    searched: datetime.date
    published: datetime.date
    made_by: str
    short: str
    standing: tuple[str, ...]
    claims: tuple[DossierClaim, ...]
    places: tuple[str, ...]


_DOSSIER: TypeAdapter[Dossier] = TypeAdapter(Dossier)


def dossier_json(dossier: Dossier) -> bytes:
    """The dossier as JSON with sorted keys."""
    dumped = _DOSSIER.dump_python(dossier, mode="json")
    return json_file(dumped, in_order=True)


def dossier_schema() -> bytes:
    """The JSON Schema (2020-12) of the dossier."""
    schema = _DOSSIER.json_schema(mode="serialization")
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "An Evidermis dossier"}
    return (json.dumps({**schema, **about}, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")

"""What the rules conclude, as values: each conclusion carries the steps that led to it.

Every step names its rule and version, what it did and why, and the ids it looked at, so that any figure on a page can be
read back to its place in a source.
"""

from dataclasses import dataclass, field
from typing import Literal

from evidermis.appraisal.vesicles import Card
from evidermis.appraisal.wordings import UnitPrice
from evidermis.evidence.family import Family
from evidermis.evidence.ladders import (
    Axis,
    Certainty,
    Direction,
    Distance,
    IntegrityState,
    Link,
    LinkState,
    ProductState,
    Rung,
    Verdict,
)

__all__ = [
    "Appraisal",
    "AxisDistance",
    "ClaimAnswer",
    "HeldOut",
    "IntegrityAnswer",
    "LinkAnswer",
    "OutcomeAnswer",
    "ProductAnswer",
    "ProductClaimAnswer",
    "Step",
    "StudyDistance",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One application of a rule. `effect` is what it did in short (`-2`, `start: high`, `unproven`)."""

    rule: str
    version: int
    effect: str
    because: str
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AxisDistance:
    """How far a study is from a claim on one axis."""

    axis: Axis
    level: Distance
    because: str


@dataclass(frozen=True, slots=True)
class StudyDistance:
    """All ten axes between one claim and one study, and what they come to.

    `overall` is the worst known level of the axes that decide applicability (source, route, population); `within_reach`
    is False where that is *very far* or the study stands below the human rungs.
    """

    claim: str
    study: str
    rung: Rung
    axes: tuple[AxisDistance, ...]
    overall: Distance
    within_reach: bool
    findings: tuple[str, ...]

    def level(self, axis: Axis) -> Distance:
        """The level on one axis."""
        return next(a.level for a in self.axes if a.axis == axis)


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """One link of the chain identity, delivery, mechanism, efficacy, durability, safety.

    `strength` is the highest rung of what it rests on, `""` where it rests on nothing.
    """

    link: Link
    state: LinkState
    because: str
    studies: tuple[str, ...]
    step: Step
    strength: Rung | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Something left out of a synthesis, listed with its reason so that nothing disappears."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class OutcomeAnswer:
    """The certainty of one outcome of a claim: a row of the summary of findings.

    `people` counts those of the studies that decide (`studies`), or of the uncontrolled ones where none is controlled;
    `findings` are what they say (`STUDY/FINDING`). `controlled` tells which of the two it is.
    """

    claim: str
    outcome: str
    certainty: Certainty
    direction: Direction
    controlled: bool
    people: int
    studies: tuple[str, ...]
    findings: tuple[str, ...]
    families: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """The answer to one claim.

    `directness` is the distance of the nearest evidence that counted; `people` counts people (never sides) in human
    studies within reach, shared cohorts once, `controlled_people` those of controlled ones. `studies` and `controlled`
    list them; `families` are the independent families behind the controlled ones. `statement` is one sentence in GRADE's
    wording. `nearest` is the study with the smallest distance, `""` where there is none. `outcomes` answers each of the
    claim's outcomes by itself.
    """

    claim: str
    verdict: Verdict
    certainty: Certainty
    directness: Distance
    direction: Direction
    people: int
    controlled_people: int
    studies: tuple[str, ...]
    controlled: tuple[str, ...]
    families: tuple[str, ...]
    nearest: str
    statement: str
    distances: tuple[StudyDistance, ...]
    certainty_steps: tuple[Step, ...]
    verdict_steps: tuple[Step, ...]
    people_step: Step
    chain: tuple[LinkAnswer, ...]
    held_out: tuple[HeldOut, ...] = ()
    outcomes: tuple[OutcomeAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductClaimAnswer:
    """What is known of one claim of one product. `nearest` is a study id or `""`, `distance` its axes from this product."""

    product: str
    claim: str
    state: ProductState
    nearest: str
    distance: StudyDistance | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ProductAnswer:
    """All claims of one product, and the studies that tested this very product (usually none are known).

    `identity` says what its printed list tells of vesicles, `card` what its maker tells of them,
    `unit_price` what a millilitre costs.
    """

    product: str
    own_studies: tuple[str, ...]
    claims: tuple[ProductClaimAnswer, ...]
    step: Step
    identity: Step
    card: Card
    unit_price: UnitPrice


@dataclass(frozen=True, slots=True)
class IntegrityAnswer:
    """Whether a study can be relied on as a record of what was done: the worst state of its questions, and a step for each."""

    study: str
    state: IntegrityState
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Everything the rules conclude from a review. Tuples are sorted by id, so input order leaves no mark.

    `cards` are the identity cards of what its studies gave.
    """

    claims: tuple[ClaimAnswer, ...]
    products: tuple[ProductAnswer, ...]
    families: tuple[Family, ...]
    held_out: tuple[HeldOut, ...] = ()
    overrides: tuple[Step, ...] = field(default=())
    integrity: tuple[IntegrityAnswer, ...] = ()
    cards: tuple[Card, ...] = ()

    def claim(self, claim_id: str) -> ClaimAnswer:
        """The answer to one claim; `KeyError` where there is none."""
        for answer in self.claims:
            if answer.claim == claim_id:
                return answer
        raise KeyError(claim_id)

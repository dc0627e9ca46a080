"""A *snapshot*: what a review was made of and all that was derived from it, as one value whose name holds no day.

Parts are named by the digests of their content. A derived value names the studies that it rests on, so that nothing which
used a study can stay behind unnoticed when the study goes. Floating numbers are written with nine significant digits:
more would be the processor's own.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256

from evidermis.appraisal import Appraisal, ClaimAnswer, OutcomeAnswer, ProductAnswer, Step
from evidermis.evidence.ladders import Certainty, Direction, Distance, Verdict
from evidermis.evidence.lineage import digest
from evidermis.evidence.protocol import Claim
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.living.parts import parts_of
from evidermis.statistics import Body, Synthesis

__all__ = ["Derived", "Pool", "Position", "Snapshot", "position_of", "snapshot_of"]


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived value as text, by its name on the page, and the studies that it rests on."""

    name: str
    value: str
    studies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """A pooled effect on its body's own scale (logarithms where `log`). `name` is outcome, metric and allocation."""

    name: str
    log: bool
    estimate: float
    low: float
    high: float
    k: int


@dataclass(frozen=True, slots=True)
class Position:
    """What the review says of one claim, in the form that two versions are compared in.

    `asks` names what the claim says, `statement` is the answer's sentence; `outcomes` holds outcome, certainty, direction and
    kind of evidence of each.
    """

    claim: str
    asks: str
    verdict: Verdict
    certainty: Certainty
    directness: Distance
    direction: Direction
    statement: str = ""
    outcomes: tuple[tuple[str, Certainty, Direction, str], ...] = ()
    pools: tuple[Pool, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`parts` pairs ids with digests, `rules` rules with versions; `library` names the set of imported records (`""`: none)."""

    parts: tuple[tuple[str, str], ...]
    rules: tuple[tuple[str, int], ...]
    vocabulary: str
    library: str
    positions: tuple[Position, ...]
    derived: tuple[Derived, ...]

    @property
    def content(self) -> bytes:
        """The snapshot as JSON: equal snapshots, equal bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
            "utf-8", "surrogatepass"
        )

    @property
    def name(self) -> str:
        """SHA-256 (hex) of the content."""
        return sha256(self.content).hexdigest()


def snapshot_of(
    review: Review,
    appraisal: Appraisal,
    synthesis: Synthesis,
    vocabulary: Vocabulary,
    *,
    stages: Mapping[str, int],
    library: str = "",
) -> Snapshot:
    """The snapshot of a review as it stands in its folder. `stages` gives the version of each stage that was run."""
    parts = {name: digest(value) for name, value in parts_of(review).items()}
    rules = {f"stage:{name}": version for name, version in stages.items()}
    rules |= {f"rule:{step.rule}": step.version for step in _steps(appraisal)}
    asked = {claim.id: claim for claim in review.protocol.claims}
    positions = (position_of(asked[answer.claim], answer, synthesis) for answer in appraisal.claims)
    labels: dict[str, list[str]] = {}
    for study in review.studies:
        labels.setdefault(study.label, []).append(study.id)
    return Snapshot(
        parts=tuple(sorted(parts.items())),
        rules=tuple(sorted(rules.items())),
        vocabulary=digest(vocabulary),
        library=library,
        positions=tuple(sorted(positions, key=lambda one: one.claim)),
        derived=tuple(sorted((*_appraised(appraisal), *_combined(synthesis, labels)), key=lambda one: one.name)),
    )


def position_of(claim: Claim, answer: ClaimAnswer, synthesis: Synthesis) -> Position:
    """The position on a claim. A pooled effect is its own where every finding in it decides one of the claim's outcomes."""
    deciding = {name for one in answer.outcomes if one.controlled for name in one.findings}
    pools = (_pool(body) for body in synthesis.bodies if body.pooled is not None and _findings(body) <= deciding)
    return Position(
        claim=answer.claim,
        asks=digest(claim),
        verdict=answer.verdict,
        certainty=answer.certainty,
        directness=answer.directness,
        direction=answer.direction,
        statement=answer.statement,
        outcomes=tuple(sorted((one.outcome, one.certainty, one.direction, _evidence(one)) for one in answer.outcomes)),
        pools=tuple(sorted((pool for pool in pools if pool is not None), key=lambda pool: pool.name)),
    )


def _evidence(one: OutcomeAnswer) -> str:
    return "none" if not one.studies else "controlled" if one.controlled else "uncontrolled"


def _findings(body: Body) -> set[str]:
    return {f"{body.effects[at].study}/{body.effects[at].finding}" for at in body.chosen}


def _body_name(body: Body) -> str:
    return f"{body.outcome}, {body.metric}, {'randomised' if body.randomised else 'not randomised'}"


def _pool(body: Body) -> Pool | None:
    fit = body.pooled
    if fit is None or not all(math.isfinite(x) for x in (fit.estimate, fit.ci_lower, fit.ci_upper)):
        return None
    estimate, low, high = (float(_written(x)) for x in (fit.estimate, fit.ci_lower, fit.ci_upper))
    return Pool(_body_name(body), body.scale == "log", estimate, low, high, len(body.chosen))


def _written(value: float) -> str:
    return f"{value + 0.0:.9g}"


def _steps(appraisal: Appraisal) -> Iterator[Step]:
    for answer in appraisal.claims:
        yield from (*answer.certainty_steps, *answer.verdict_steps, answer.people_step)
        yield from (link.step for link in answer.chain)
        yield from (step for one in answer.outcomes for step in one.steps)
    for product in appraisal.products:
        yield from (product.step, product.identity)
        yield from (step for one in product.claims for step in one.steps)
    yield from (step for one in appraisal.integrity for step in one.steps)


def _appraised(appraisal: Appraisal) -> Iterator[Derived]:
    for answer in appraisal.claims:
        yield from _of_claim(answer)
    for product in appraisal.products:
        yield from _of_product(product)
    for family in appraisal.families:
        yield Derived(f"family:{family.id}", "; ".join((*family.studies, *family.reasons)), family.studies)
    for one in appraisal.integrity:
        yield Derived(f"integrity:{one.study}", one.state, (one.study,))
    for one in appraisal.cards:
        # A card describes a study and says nothing by it, so it rests on none.
        counts = f"{one.reported} reported, {one.missing} missing, {one.unread} unread"
        yield Derived(f"vesicles:{one.about}", f"{one.state}, {counts}")
    held = {(one.id, one.reason) for one in appraisal.held_out}
    held |= {(one.id, one.reason) for answer in appraisal.claims for one in answer.held_out}
    yield from _of_left_out(held)


def _of_left_out(held: Iterable[tuple[str, str]]) -> Iterator[Derived]:
    reasons: dict[str, list[str]] = {}
    for name, reason in sorted(held):
        reasons.setdefault(name, []).append(reason)
    for name, told in reasons.items():
        yield Derived(f"held-out:{name}", "; ".join(told))


def _of_claim(answer: ClaimAnswer) -> Iterator[Derived]:
    at = f"claim:{answer.claim}"
    behind = answer.controlled or answer.studies
    for word in ("verdict", "certainty", "direction", "statement"):
        yield Derived(f"{at}/{word}", str(getattr(answer, word)), behind)
    yield Derived(f"{at}/directness", answer.directness, (answer.nearest,) if answer.nearest else ())
    yield Derived(f"{at}/people", str(answer.people), answer.studies)
    yield Derived(f"{at}/people-compared", str(answer.controlled_people), answer.controlled)
    yield Derived(f"{at}/families", "; ".join(answer.families), answer.controlled)
    for link in answer.chain:
        yield Derived(f"{at}/chain/{link.link}", link.state, tuple(sorted(link.studies)))
    for one in answer.distances:
        yield Derived(f"{at}/distance/{one.study}", f"{one.rung}, {one.overall}", (one.study,))
    for one in answer.outcomes:
        yield Derived(f"{at}/{one.outcome}/certainty", f"{one.certainty}, {one.direction}", one.studies)
        yield Derived(f"{at}/{one.outcome}/people", str(one.people), one.studies)


def _of_product(product: ProductAnswer) -> Iterator[Derived]:
    at = f"product:{product.product}"
    yield Derived(f"{at}/studies", str(len(product.own_studies)), product.own_studies)
    yield Derived(f"{at}/vesicles", product.identity.effect)
    for one in product.claims:
        far = one.distance.overall if one.distance else "unknown"
        yield Derived(f"{at}/{one.claim}", f"{one.state}, {far}", (one.nearest,) if one.nearest else ())


def _combined(synthesis: Synthesis, labels: Mapping[str, list[str]]) -> Iterator[Derived]:
    for body in synthesis.bodies:
        for one in body.effects:
            value = f"{_written(one.yi)}, variance {_written(one.vi)}, {body.metric}"
            yield Derived(f"effect:{one.study}/{one.finding}", value, (one.study,))
        if (fit := body.pooled) is not None:
            numbers = (fit.estimate, fit.ci_lower, fit.ci_upper, fit.tau2, fit.i2, fit.pi_lower, fit.pi_upper)
            behind = tuple(sorted({body.effects[at].study for at in body.chosen}))
            yield Derived(f"pooled:{_body_name(body)}", ", ".join(_written(x) for x in numbers), behind)
    for one in synthesis.directions:
        behind = tuple(sorted({study for row in one.rows for study in labels.get(row.study, ())}))
        signs = one.signs
        yield Derived(
            f"directions:{one.outcome}", f"{signs.favouring} of {signs.clear}, {signs.unclear} unclear", behind
        )
    for one in synthesis.sweeps:
        yield Derived(f"sweep:{one.study}/{one.finding}", ", ".join(map(_written, one.tipping)), (one.study,))

"""Product by product: what is known of each claim that a product makes, with the nearest evidence and its distance.

An ingredient's evidence is not a product's evidence. *Supported* and *contradicted* need a study of this very product; for
the rest the page says how far the nearest evidence is, or why no distance can be measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evidermis.appraisal.answer import ClaimAnswer, ProductAnswer, ProductClaimAnswer, Step, StudyDistance
from evidermis.appraisal.body import Body, Counted
from evidermis.appraisal.distance import deciding_axes, distance, material_level, route_level, tested_arm
from evidermis.appraisal.ingredients import CARRYING, carrying, ingredient_list
from evidermis.appraisal.vesicles import called_exosome, product_card
from evidermis.appraisal.wordings import price_per_millilitre
from evidermis.evidence.ladders import CERTAINTIES, RUNGS, ProductState, is_human, nearness
from evidermis.evidence.product import Product, ProductClaim
from evidermis.evidence.protocol import Claim
from evidermis.evidence.review import Review
from evidermis.evidence.study import Arm, Study
from evidermis.evidence.vocabulary import Vocabulary

__all__ = ["Shelf"]


@dataclass(frozen=True, slots=True)
class _Line:
    """A study as it bears on a claim, whoever makes it: what does not hang on the product is worked out once."""

    one: Counted
    arm: Arm
    rest: int
    place: tuple[int, str]


class Shelf:
    """All products of a review, against the same studies. `review` holds no retracted study any more."""

    def __init__(
        self, review: Review, bodies: Mapping[str, Body], answers: Mapping[str, ClaimAnswer], vocabulary: Vocabulary
    ) -> None:
        self._review, self._answers, self._vocabulary = review, answers, vocabulary
        self._claims = {claim.id: claim for claim in review.protocol.claims}
        self._lines = {name: [_line(one, body.claim) for one in body.all] for name, body in bodies.items()}
        self._levels: dict[tuple[object, ...], int] = {}

    def answer(self, product: Product) -> ProductAnswer:
        """The answers to all claims of one product."""
        own = tuple(s for s in self._review.studies if any(a.product == product.id for a in s.arms))
        ids = tuple(sorted(s.id for s in own))
        because = f"tested itself in {', '.join(ids)}" if own else "no study of this very product is known"
        claims = tuple(
            self._claim(product, made, own)
            for made in sorted(product.claims, key=lambda c: c.claim)
            if made.claim in self._answers
        )
        step = Step("own studies", 1, str(len(own)), because, tuple(f"study:{i}" for i in ids))
        return ProductAnswer(
            product.id,
            ids,
            claims,
            step,
            _identity(product),
            product_card(product, self._vocabulary),
            price_per_millilitre(product.price),
        )

    def _claim(self, product: Product, made: ProductClaim, own: tuple[Study, ...]) -> ProductClaimAnswer:
        claim = _for_product(self._claims[made.claim], product)
        nearest = self._nearest(claim, product)
        state, because = _state(product, made, own, self._answers[claim.id], nearest)
        inputs = (f"verdict:{claim.id}", *((f"study:{nearest.study}",) if nearest else ()))
        step = Step("product claim", 1, state, because, inputs)
        return ProductClaimAnswer(product.id, claim.id, state, nearest.study if nearest else "", nearest, (step,))

    def _nearest(self, claim: Claim, product: Product) -> StudyDistance | None:
        """The nearest study in people within reach: by what decides, then by rung, then by name."""
        found = min(
            (
                (level, line.place, line)
                for line in self._lines[claim.id]
                if (level := max(line.rest, self._level(claim, line.arm, product))) < _OUT
            ),
            key=lambda one: one[:2],
            default=None,
        )
        if found is None:
            return None
        one = found[2].one
        return distance(claim, one.study, one.findings, self._vocabulary, product.id)

    def _level(self, claim: Claim, arm: Arm, product: Product) -> int:
        slots, itself = claim.slots, arm.product == product.id
        key = (slots.sources, slots.routes, arm.source, arm.route, itself)
        if key not in self._levels:
            measured = route_level if itself else material_level
            self._levels[key] = nearness(measured(slots, arm, self._vocabulary))
        return self._levels[key]


# Very far is out of reach, and so is whatever was not measured in people.
_OUT = nearness("very far")


def _line(one: Counted, claim: Claim) -> _Line:
    rest = max(nearness(one.distance.level(axis)) for axis in deciding_axes(claim) if axis not in ("source", "route"))
    place = (-RUNGS.index(one.distance.rung), one.study.id)
    return _Line(one, tested_arm(one.study, one.findings), rest if is_human(one.distance.rung) else _OUT, place)


def _identity(product: Product) -> Step:
    """What the printed list tells of vesicles. The name on the front is no ingredient."""
    inputs = (f"product:{product.id}",)
    found = ingredient_list(product.ingredients.value)
    if found.unread:
        return Step("vesicles named", 1, "unknown", f"its list was not read: {found.unread}", inputs)
    told = {kind: [name for name in found.mentions if carrying(name) == kind] for kind in CARRYING}
    if told["vesicles"]:
        return Step("vesicles named", 1, "vesicles", f"its list names {', '.join(told['vesicles'])}", inputs)
    beside = [f"{', '.join(told[kind])} ({kind})" for kind in CARRYING[1:-1] if told[kind]]
    because = "its list names no vesicles" + (f"; it names {'; '.join(beside)}" if beside else "")
    if called_exosome(product.name):
        because += ", though its name says exosome"
    return Step("vesicles named", 1, "none named", because, inputs)


def _for_product(claim: Claim, product: Product) -> Claim:
    """The claim as this product makes it: its own source and route, unknown where they are not disclosed."""
    routes = (product.route.value,) if product.route.value else ("",)
    slots = replace(claim.slots, sources=(product.source.value,), routes=routes, preparation="", dose="", vehicle="")
    return replace(claim, slots=slots)


def _state(
    product: Product,
    made: ProductClaim,
    own: tuple[Study, ...],
    general: ClaimAnswer,
    nearest: StudyDistance | None,
) -> tuple[ProductState, str]:
    tested = {s.id for s in own} & set(general.controlled)
    enough = CERTAINTIES.index(general.certainty) >= CERTAINTIES.index("low")
    if tested and enough and general.verdict in ("supported", "promising"):
        return "supported", f"this product was tested itself ({', '.join(sorted(tested))}): {general.verdict}"
    if tested and general.verdict == "contradicted":
        return "contradicted", f"this product was tested itself ({', '.join(sorted(tested))}): {general.verdict}"
    if not product.claims_read or not made.at:
        return "not checked", "the product's own wording of this claim has not been read"
    if not product.source.value or product.source.value == "undisclosed":
        return "cannot be checked", "what its vesicles come from is not disclosed, so no distance can be measured"
    if nearest is None:
        return "cannot be checked", "no study in people is within reach of this claim for this product"
    return "indirect only", "no study of this product; the nearest evidence is of other material"

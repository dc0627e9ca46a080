"""Product by product: what is known of each claim that a product makes, with the nearest evidence and its distance.

An ingredient's evidence is not a product's evidence. *Supported* and *contradicted* need a study of this very product; for
the rest the page says how far the nearest evidence is, or why no distance can be measured.
"""

from dataclasses import replace

from evidermis.appraisal.answer import ClaimAnswer, ProductAnswer, ProductClaimAnswer, Step, StudyDistance
from evidermis.appraisal.body import highest_findings, is_retracted, readable_findings
from evidermis.appraisal.distance import distance
from evidermis.appraisal.ingredients import CARRYING, carrying, ingredient_list
from evidermis.evidence.ladders import CERTAINTIES, RUNGS, ProductState, nearness
from evidermis.evidence.product import Product, ProductClaim
from evidermis.evidence.protocol import Claim
from evidermis.evidence.review import Review
from evidermis.evidence.study import Study
from evidermis.evidence.vocabulary import Vocabulary

__all__ = ["product_answer"]


def product_answer(
    product: Product, review: Review, answers: dict[str, ClaimAnswer], vocabulary: Vocabulary
) -> ProductAnswer:
    """The answers to all claims of one product."""
    own = tuple(
        s for s in review.studies if any(a.product == product.id for a in s.arms) and not is_retracted(review, s)
    )
    ids = tuple(sorted(s.id for s in own))
    because = f"tested itself in {', '.join(ids)}" if own else "no study of this very product is known"
    claims = tuple(
        _answer(product, made, review, own, answers[made.claim], vocabulary)
        for made in sorted(product.claims, key=lambda c: c.claim)
        if made.claim in answers
    )
    step = Step("own studies", 1, str(len(own)), because, tuple(f"study:{i}" for i in ids))
    return ProductAnswer(product.id, ids, claims, step, _identity(product))


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
    if "exosome" in product.name.casefold():
        because += ", though its name says exosome"
    return Step("vesicles named", 1, "none named", because, inputs)


def _answer(
    product: Product,
    made: ProductClaim,
    review: Review,
    own: tuple[Study, ...],
    general: ClaimAnswer,
    vocabulary: Vocabulary,
) -> ProductClaimAnswer:
    claim = next(c for c in review.protocol.claims if c.id == made.claim)
    mine = _for_product(claim, product)
    lines = [
        line for line in (_line(mine, s, review, vocabulary, product.id) for s in review.studies) if line is not None
    ]
    lines.sort(key=lambda d: (not d.within_reach, nearness(d.overall), -RUNGS.index(d.rung), d.study))
    nearest = lines[0] if lines and lines[0].within_reach else None
    state, because = _state(product, made, own, general, nearest)
    inputs = (f"verdict:{claim.id}", *((f"study:{nearest.study}",) if nearest else ()))
    step = Step("product claim", 1, state, because, inputs)
    return ProductClaimAnswer(product.id, claim.id, state, nearest.study if nearest else "", nearest, (step,))


def _for_product(claim: Claim, product: Product) -> Claim:
    """The claim as this product makes it: its own source and route, unknown where they are not disclosed."""
    routes = (product.route.value,) if product.route.value else ("",)
    slots = replace(claim.slots, sources=(product.source.value,), routes=routes, preparation="", dose="", vehicle="")
    return replace(claim, slots=slots)


def _line(claim: Claim, study: Study, review: Review, vocabulary: Vocabulary, product: str) -> StudyDistance | None:
    if is_retracted(review, study) or vocabulary.design(study.design).synthesis:
        return None
    top = highest_findings(study, readable_findings(study, claim), vocabulary)
    return distance(claim, study, top, vocabulary, product) if top else None


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

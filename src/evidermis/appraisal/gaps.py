"""What stands between a product's claim and knowing: each gap with its reason and what kind of work would close it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from evidermis.appraisal.answer import ClaimAnswer, ProductAnswer, ProductClaimAnswer
from evidermis.evidence.ladders import Axis, Link
from evidermis.evidence.product import Product, ProductClaim

__all__ = ["Closing", "Gap", "GapKind", "gaps_of"]

GapKind = Literal[
    "wording",
    "disclosure",
    "identity",
    "own study",
    "comparison",
    "people",
    "outcome",
    "size",
    "bias",
    "follow-up",
    "independence",
    "safety",
]
# Reading costs an afternoon, disclosure a page, the laboratory weeks, a trial months.
Closing = Literal["reading", "disclosure", "laboratory", "trial"]


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing for a claim of a product, why, and what would close it."""

    kind: GapKind
    because: str
    closed_by: Closing


def gaps_of(
    product: Product, made: ProductClaim, own: ProductAnswer, of: ProductClaimAnswer, claim: ClaimAnswer
) -> tuple[Gap, ...]:
    """The gaps of one claim of a product, cheapest to close first. `claim` is the review's answer to the claim in general."""
    found = [
        *_of_the_label(product, made),
        *_of_the_vesicles(own),
        *_of_the_evidence(own, claim),
        *_of_the_nearest(of),
        *_of_certainty(claim),
        *_of_links(claim),
    ]
    order: tuple[Closing, ...] = ("reading", "disclosure", "laboratory", "trial")
    return tuple(sorted(found, key=lambda gap: order.index(gap.closed_by)))


def _of_the_label(product: Product, made: ProductClaim) -> Iterator[Gap]:
    if not product.claims_read or not made.at:
        yield Gap("wording", "the product's own wording of this claim has not been read", "reading")
    if product.source.value in ("", "undisclosed"):
        yield Gap("disclosure", "what its vesicles come from is not disclosed, or was not read", "disclosure")
    if not product.route.value:
        yield Gap("disclosure", "how it is to be used was not read", "disclosure")


def _of_the_vesicles(own: ProductAnswer) -> Iterator[Gap]:
    card = own.card
    if card.state == "not vesicles":
        yield Gap("identity", "what it holds is not vesicles, whatever it is called", "disclosure")
    elif card.state != "shown":
        told = f"{card.reported} of {card.reported + card.missing + card.unread} mandatory items of the identity card are told"
        yield Gap("identity", told, "laboratory")


def _of_the_evidence(own: ProductAnswer, claim: ClaimAnswer) -> Iterator[Gap]:
    if not set(own.own_studies) & set(claim.controlled):
        yield Gap("own study", "no controlled study of this very product is known", "trial")
    if not claim.controlled:
        yield Gap("comparison", "nobody compared the treated with others for this claim", "trial")
    if len(claim.families) < 2:
        count = "no family" if not claim.families else "one family"
        yield Gap("independence", f"{count} of controlled studies; two that are independent are asked for", "trial")


def _of_the_nearest(of: ProductClaimAnswer) -> Iterator[Gap]:
    if of.distance is None:
        return
    wanted: tuple[tuple[Axis, GapKind], ...] = (("population", "people"), ("outcome", "outcome"))
    for axis, kind in wanted:
        one = next(one for one in of.distance.axes if one.axis == axis)
        if one.level not in ("exact", "near"):
            yield Gap(kind, one.because, "trial")


def _of_certainty(claim: ClaimAnswer) -> Iterator[Gap]:
    for step in claim.certainty_steps:
        if step.rule == "imprecision" and step.effect.startswith("-"):
            yield Gap("size", step.because, "trial")
        if step.rule == "risk of bias" and step.effect.startswith("-"):
            yield Gap("bias", step.because, "trial")


def _of_links(claim: ClaimAnswer) -> Iterator[Gap]:
    wanted: tuple[tuple[Link, GapKind], ...] = (("durability", "follow-up"), ("safety", "safety"))
    for name, kind in wanted:
        link = next(one for one in claim.chain if one.link == name)
        if link.state != "shown":
            yield Gap(kind, link.because, "trial")

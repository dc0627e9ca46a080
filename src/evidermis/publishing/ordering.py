"""One order for everything on a page, so that the order in which files were read leaves no mark on it.

Claims keep the order of the protocol, which is a decision of its authors; all else is sorted by id.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from evidermis.appraisal import Appraisal
from evidermis.evidence.background import Background
from evidermis.evidence.review import Review
from evidermis.screening.decisions import is_screening

__all__ = ["in_order"]


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def in_order(review: Review, appraisal: Appraisal) -> tuple[Review, Appraisal]:
    """The same values in the page's order."""
    held = review.background
    background = Background(
        locators=_by_id(held.locators),
        facts=_by_id(held.facts),
        harms=_by_id(held.harms),
        notices=tuple(sorted(held.notices, key=lambda n: (n.jurisdiction, str(n.date or ""), n.id))),
        registrations=_by_id(held.registrations),
    )
    place = {claim.id: at for at, claim in enumerate(review.protocol.claims)}
    return (
        replace(
            review,
            references=_by_id(review.references),
            studies=_by_id(review.studies),
            products=_by_id(review.products),
            # Screening is told in numbers; its decisions are many.
            judgements=_by_id(one for one in review.judgements if not is_screening(one)),
            background=background,
        ),
        replace(
            appraisal,
            claims=tuple(sorted(appraisal.claims, key=lambda a: place[a.claim])),
            products=tuple(sorted(appraisal.products, key=lambda p: p.product)),
            families=_by_id(appraisal.families),
            held_out=_by_id(appraisal.held_out),
            cards=tuple(sorted(appraisal.cards, key=lambda c: c.about)),
        ),
    )


def _by_id(named: Iterable[T]) -> tuple[T, ...]:
    return tuple(sorted(named, key=lambda one: one.id))

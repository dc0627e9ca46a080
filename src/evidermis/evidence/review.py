"""A *review*: one question and everything kept about it, as one immutable value."""

from dataclasses import dataclass

from evidermis.evidence.background import Background
from evidermis.evidence.judgement import Judgement
from evidermis.evidence.locator import Locator
from evidermis.evidence.product import Product
from evidermis.evidence.protocol import Claim, Protocol
from evidermis.evidence.reference import Reference
from evidermis.evidence.study import Study
from evidermis.evidence.trial import TrialState

__all__ = ["Review"]


@dataclass(frozen=True, slots=True)
class Review:
    """Everything in a review folder. The order of its tuples never carries meaning."""

    protocol: Protocol
    references: tuple[Reference, ...] = ()
    studies: tuple[Study, ...] = ()
    products: tuple[Product, ...] = ()
    background: Background = Background()
    judgements: tuple[Judgement, ...] = ()
    trials: tuple[TrialState, ...] = ()

    def study(self, study_id: str) -> Study | None:
        """The study of that id, or None."""
        return next((study for study in self.studies if study.id == study_id), None)

    def reference(self, reference_id: str) -> Reference | None:
        """The reference of that id, or None."""
        return next((reference for reference in self.references if reference.id == reference_id), None)

    def claim(self, claim_id: str) -> Claim | None:
        """The claim of that id, or None."""
        return next((claim for claim in self.protocol.claims if claim.id == claim_id), None)

    def locator(self, owner: str, locator_id: str) -> Locator | None:
        """The locator of a study, a product or (`background`) the background, or None."""
        held = {s.id: s.locators for s in self.studies} | {p.id: p.locators for p in self.products}
        held["background"] = self.background.locators
        return next((place for place in held.get(owner, ()) if place.id == locator_id), None)

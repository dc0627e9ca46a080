"""The short answer: two to four sentences computed from the verdicts, never written by hand."""

from dataclasses import dataclass

from evidermis.appraisal import Appraisal
from evidermis.evidence.ladders import CERTAINTIES, VERDICTS, Certainty, Verdict
from evidermis.evidence.review import Review

__all__ = ["Standing", "standing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the claims of a review stand, counted. Its sentences are in `templates/short_answer.j2`.

    `by_verdict` goes from supported to contradicted; `pointing` counts claims whose controlled studies point to benefit;
    `families` are the independent ones among the controlled studies of all claims; `tested_products` have a study of their own.
    """

    claims: int
    by_verdict: tuple[tuple[Verdict, tuple[str, ...]], ...]
    compared: int
    pointing: int
    controlled_studies: int
    families: int
    best: Certainty
    uncontrolled: int
    products: int
    tested_products: int

    def count(self, verdict: Verdict) -> int:
        """How many claims have that verdict."""
        return len(dict(self.by_verdict)[verdict])


_SHOWN_FIRST: tuple[Verdict, ...] = tuple(reversed(VERDICTS))


def standing(review: Review, appraisal: Appraisal) -> Standing:
    """The counts behind the short answer. Claims about safety are shown on the page but not counted as promises."""
    promises = {claim.id for claim in review.protocol.claims if claim.kind == "efficacy"}
    answers = [a for a in appraisal.claims if a.claim in promises]
    compared = [a for a in answers if a.controlled]
    studies = {s for a in compared for s in a.controlled}
    certainties = [CERTAINTIES.index(a.certainty) for a in compared]
    return Standing(
        claims=len(answers),
        by_verdict=tuple((v, tuple(a.claim for a in answers if a.verdict == v)) for v in _SHOWN_FIRST),
        compared=len(compared),
        pointing=sum(a.direction == "benefit" for a in compared),
        controlled_studies=len(studies),
        families=sum(bool(studies & set(f.studies)) for f in appraisal.families),
        best=CERTAINTIES[max(certainties, default=0)],
        uncontrolled=sum(a.verdict == "unproven" and not a.controlled for a in answers),
        products=len(appraisal.products),
        tested_products=sum(bool(p.own_studies) for p in appraisal.products),
    )

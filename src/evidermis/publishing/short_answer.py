"""The short answer: two to four sentences computed from the verdicts, never written by hand."""

from collections.abc import Sequence

from evidermis.appraisal import Appraisal, ClaimAnswer
from evidermis.evidence.ladders import CERTAINTIES
from evidermis.evidence.protocol import Claim
from evidermis.evidence.review import Review

__all__ = ["short_answer"]


def short_answer(review: Review, appraisal: Appraisal) -> tuple[str, ...]:
    """Sentences for the top of the page: how many claims stand, what comes closest, what products know of themselves."""
    claims = [claim for claim in review.protocol.claims if claim.kind == "efficacy"]
    answers = [appraisal.claim(claim.id) for claim in claims]
    told = (_standing(answers), _closest(claims, answers), _untested(answers), _shelf(review, appraisal))
    return tuple(sentence for sentence in told if sentence)


def _standing(answers: Sequence[ClaimAnswer]) -> str:
    good = [a for a in answers if a.verdict == "supported"]
    some = [a for a in answers if a.verdict == "promising"]
    if not answers:
        return "This review holds no claim yet."
    if good:
        return f"{len(good)} of {len(answers)} claims are supported by independent trials in people."
    if some:
        return f"None of the {len(answers)} claims is supported yet; {len(some)} {'is' if len(some) == 1 else 'are'} promising."
    return f"Not shown yet: none of the {len(answers)} claims is supported by good evidence in people."


def _closest(claims: Sequence[Claim], answers: Sequence[ClaimAnswer]) -> str:
    compared = [(claim, a) for claim, a in zip(claims, answers, strict=True) if a.controlled_people]
    if not compared:
        return "Nothing has been compared with a control in people."
    best = CERTAINTIES[max(CERTAINTIES.index(a.certainty) for _, a in compared)]
    most = max(a.controlled_people for _, a in compared)
    studies = {s for _, a in compared for s in a.controlled}
    some = "1 controlled study" if len(studies) == 1 else f"{len(studies)} controlled studies"
    bear = f"{some} in people bear on {len(compared)} claims, with at most {most} people on any one"
    return f"{bear}; certainty is at best {best}."


def _untested(answers: Sequence[ClaimAnswer]) -> str:
    never = [a for a in answers if a.verdict == "untested"]
    alone = [a for a in answers if a.verdict == "unproven" and not a.controlled_people]
    parts: list[str] = []
    if never:
        parts.append(f"{len(never)} {'was' if len(never) == 1 else 'were'} never tested in people")
    if alone:
        parts.append(
            f"{len(alone)} {'rests' if len(alone) == 1 else 'rest'} only on people compared with themselves beforehand"
        )
    return f"Of the rest, {' and '.join(parts)}." if parts else ""


def _shelf(review: Review, appraisal: Appraisal) -> str:
    if not review.products:
        return ""
    own = sum(bool(p.own_studies) for p in appraisal.products)
    if own == 0:
        return f"No trial of any of the {len(review.products)} products listed here is known."
    return (
        f"{own} of the {len(review.products)} products listed here {'was' if own == 1 else 'were'} tested themselves."
    )

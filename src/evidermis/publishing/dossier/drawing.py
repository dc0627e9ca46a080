"""A dossier drawn up from a review and its answers."""

from collections import Counter
from collections.abc import Mapping

from evidermis.appraisal import Appraisal, ClaimAnswer, ProductAnswer, ProductClaimAnswer
from evidermis.appraisal.bias import judged_bias
from evidermis.appraisal.gaps import gaps_of
from evidermis.appraisal.wordings import CRITERIA_STANDING, asked_of
from evidermis.evidence.inert import link
from evidermis.evidence.ladders import ProductState
from evidermis.evidence.locator import Locator
from evidermis.evidence.product import Product, ProductClaim
from evidermis.evidence.review import Review
from evidermis.evidence.study import Finding, Study
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.evidence.wording import Wording
from evidermis.publishing.dossier.content import Dossier, DossierClaim, Evidence, Line
from evidermis.publishing.dossier.trials import trials_for
from evidermis.publishing.looking_up import LookUp
from evidermis.publishing.wording import counted

__all__ = ["dossier_of"]

_STANDING = (
    "An ingredient’s evidence is not a product’s: a claim is supported or contradicted only where this very product was tested.",
    f"{CRITERIA_STANDING}.",
    "Unknown is told as unknown. Nothing here is legal or medical advice.",
)


def dossier_of(
    product: Product,
    review: Review,
    appraisal: Appraisal,
    wordings: Mapping[str, Wording],
    vocabulary: Vocabulary,
    made_by: str,
) -> Dossier:
    """The dossier of a product of the review. `wordings` are its claims' sentences taken apart, by the claim's id."""
    look = LookUp(review, appraisal, vocabulary)
    own = next(one for one in appraisal.products if one.product == product.id)
    made = {one.claim: one for one in product.claims}
    protocol, price = review.protocol, product.price
    order = [claim.id for claim in protocol.claims]
    claims = tuple(
        _claim(product, made[one.claim], own, one, appraisal.claim(one.claim), wordings, look)
        for one in sorted(own.claims, key=lambda c: order.index(c.claim))
    )
    return Dossier(
        product=product.id,
        brand=product.brand,
        name=product.name,
        source=look.label("sources", product.source.value) if product.source.value else "not known",
        route=look.label("routes", product.route.value) if product.route.value else "not known",
        note=product.note,
        price=f"{look.shown(price.amount)} {price.currency} for {price.size or 'a size not told'}, seen {price.seen}"
        if price
        else "not known",
        unit_price=own.unit_price,
        card=own.card,
        ingredients=own.identity,
        own_studies=own.own_studies,
        review=protocol.title,
        version=protocol.version,
        searched=protocol.searched,
        published=protocol.published,
        made_by=made_by,
        short=_short(claims),
        standing=_STANDING,
        claims=claims,
        places=tuple(_place(one) for one in product.locators),
    )


def _short(claims: tuple[DossierClaim, ...]) -> str:
    if not claims:
        return "No claim of this product has been read."
    states: Counter[ProductState] = Counter(one.state for one in claims)
    told = ", ".join(f"{n} {state}" for state, n in sorted(states.items(), key=lambda one: (-one[1], one[0])))
    return f"{counted(len(claims), 'claim', 'claims')}: {told}."


def _claim(
    product: Product,
    made: ProductClaim,
    own: ProductAnswer,
    of: ProductClaimAnswer,
    answer: ClaimAnswer,
    wordings: Mapping[str, Wording],
    look: LookUp,
) -> DossierClaim:
    claim = look.claim(of.claim)
    if claim is None:
        raise KeyError(of.claim)
    gaps = gaps_of(product, made, own, of, answer)
    wording = wordings.get(of.claim) or Wording(made.wording, 0, len(made.wording))
    trials = trials_for(gaps, claim, look.review.protocol.thresholds, look.vocabulary)
    return DossierClaim(
        claim=claim.id,
        text=claim.text,
        wording=made.wording,
        seen=made.at,
        state=of.state,
        because=of.steps[0].because,
        verdict=answer.verdict,
        certainty=answer.certainty,
        directness=answer.directness,
        statement=answer.statement,
        people=answer.people,
        compared=answer.controlled_people,
        families=answer.families,
        nearest=_evidence(of, look),
        steps=answer.certainty_steps,
        chain=answer.chain,
        asked=asked_of(wording, ((of.state, answer.verdict),)),
        gaps=gaps,
        trials=trials,
        at_best=_at_best(answer) if trials else "",
    )


def _at_best(answer: ClaimAnswer) -> str:
    """What the first trial could bring at most; two families are asked for before anything is *supported*."""
    if answer.families:
        return "A trial that points to a benefit would be one of two independent families; at most: supported."
    return "One trial alone is one family: at most promising. Supported asks for a second, independent one."


def _evidence(of: ProductClaimAnswer, look: LookUp) -> Evidence | None:
    study = look.study(of.nearest) if of.nearest else None
    if study is None or of.distance is None:
        return None
    counts = set(of.distance.findings)
    report = look.review.reference(study.reports[0].record) if study.reports else None
    url = f"https://doi.org/{report.doi}" if report and report.doi else report.url if report else ""
    return Evidence(
        study=study.id,
        label=study.label,
        title=study.title,
        design=look.label("designs", study.design),
        people=study.people.counted,
        bias=judged_bias(study.bias).level,
        cited=look.cited(study.reports[0].record) if study.reports else study.label,
        link=link(url),
        distance=of.distance,
        results=tuple(_line(study, one, look) for one in study.findings if one.id in counts),
    )


def _line(study: Study, finding: Finding, look: LookUp) -> Line:
    against = study.arm(finding.contrast.against)
    numbers = "; ".join(f"{name.replace('-', ' ')} {look.shown(number)}" for name, number in finding.numbers)
    return Line(
        finding=f"{study.id}/{finding.id}",
        outcome=look.label("outcomes", finding.outcome),
        instrument=look.label("instruments", finding.instrument) if finding.instrument else "unknown",
        time=finding.time or "unknown",
        contrast=f"against {against.label}" if against else "against their own baseline",
        direction=finding.direction,
        numbers=numbers or "no number was read",
    )


def _place(one: Locator) -> str:
    parts = [one.id, one.place, one.reading, link(one.url), f"seen {one.seen}" if one.seen else ""]
    return "; ".join(part for part in parts if part)

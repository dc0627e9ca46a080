"""A product's page against a review: its claims in slots, what is known of each for this product, and what to ask of it."""

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from evidermis.appraisal import ProductClaimAnswer
from evidermis.appraisal.wordings import CRITERIA_STANDING, Asked, Meant, asked_of, meant_by
from evidermis.auditing import lines_of
from evidermis.evidence.errors import BadInput
from evidermis.evidence.ladders import ProductState, Verdict
from evidermis.evidence.locator import Fact
from evidermis.evidence.product import Product, ProductClaim
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary, bundled_vocabulary
from evidermis.evidence.wording import Wording
from evidermis.pipeline import concluded, held_to_arithmetic
from evidermis.reading import PageRead, page_read
from evidermis.review.folder.checking import checked

__all__ = ["PageClaims", "WordingAnswer", "page_claims", "sorted_claims"]


@dataclass(frozen=True, slots=True)
class WordingAnswer:
    """A wording, what is known of each claim that it makes, and the six questions; `state` is the worst of its claims'."""

    wording: Wording
    state: ProductState
    because: str
    claims: tuple[ProductClaimAnswer, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class PageClaims:
    """All of a page. `no_claims` counts its other sentences; `source` and `route` are what the claims were measured from."""

    product: str
    source: str
    route: str
    wordings: tuple[WordingAnswer, ...]
    no_claims: int
    standing: str


def page_claims(folder: Path, page: Path, product: str, today: datetime.date) -> PageClaims:
    """Judge a page (text, Markdown, HTML, DOCX, PDF) as that of a product of the review, or of one that it does not list (`""`).

    `BadInput` where the page holds no text or no product is called so.
    """
    vocabulary = bundled_vocabulary()
    review = held_to_arithmetic(checked(folder, vocabulary, today), vocabulary)
    held = next((one for one in review.products if one.id == product), None)
    if product and held is None:
        mend = f"use one of: {', '.join(one.id for one in review.products)}"
        raise BadInput(f"no product is called {product[:60]!r}", mend=mend)
    return sorted_claims(_text(page), held or Product(id="page", brand="", name=page.stem), review, vocabulary)


def sorted_claims(text: str, product: Product, review: Review, vocabulary: Vocabulary) -> PageClaims:
    """The claims of a page's text, each sorted by what is known of this product.

    What the maker says its vesicles come from is taken from the page where it names one source and the review none.
    """
    read = page_read(text)
    meant = [meant_by(one, review.protocol.claims, vocabulary) for one in read.wordings]
    sold = _as_sold(product, read, meant)
    appraisal = concluded(replace(review, products=(sold,)), vocabulary)
    answers = {one.claim: one for one in appraisal.products[0].claims}
    verdicts: dict[str, Verdict] = {one.claim: one.verdict for one in appraisal.claims}
    found: list[WordingAnswer] = []
    for wording, one in zip(read.wordings, meant, strict=True):
        claims = tuple(answers[name] for name in one.claims)
        asked = asked_of(wording, ((claim.state, verdicts[claim.claim]) for claim in claims))
        state, because = _together(wording, one, claims)
        found.append(WordingAnswer(wording, state, because, claims, asked))
    return PageClaims(product.id, sold.source.value, sold.route.value, tuple(found), read.no_claims, CRITERIA_STANDING)


def _as_sold(product: Product, read: PageRead, meant: list[Meant]) -> Product:
    made = dict.fromkeys(name for one in meant for name in one.claims)
    source = product.source
    if not source.value and len(read.sources) == 1:
        source = Fact(value=read.sources[0], at="page")
    claims = tuple(ProductClaim(claim=name, at="page") for name in made)
    return replace(product, source=source, claims=claims, claims_read=True)


# A wording is worth what the worst of its claims is worth.
_WORST: tuple[ProductState, ...] = ("supported", "indirect only", "not checked", "cannot be checked", "contradicted")


def _together(wording: Wording, meant: Meant, claims: tuple[ProductClaimAnswer, ...]) -> tuple[ProductState, str]:
    if wording.unread:
        return "not checked", f"a person must read it: {meant.because}"
    if not claims:
        return "cannot be checked", meant.because
    worst = max(claims, key=lambda one: _WORST.index(one.state))
    return worst.state, worst.steps[0].because


def _text(page: Path) -> str:
    try:
        return "\n".join(line.text for line in lines_of(page.read_bytes()))
    except OSError as error:
        raise BadInput(error.strerror or "cannot be read", file=str(page), mend="check the path") from error
    except BadInput as error:
        raise BadInput(error.what, file=str(page), place=error.place, mend=error.mend) from error

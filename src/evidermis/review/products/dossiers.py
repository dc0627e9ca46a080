"""The dossier of one product of a review, drawn up from a checked folder or a bundled review."""

import datetime
from pathlib import Path

from evidermis import MADE_BY
from evidermis.evidence.errors import BadInput
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.evidence.wording import Wording
from evidermis.pipeline import concluded, held_to_arithmetic
from evidermis.publishing import Dossier, dossier_of
from evidermis.reading import wording_of
from evidermis.review.bundle import bundled_folder, bundled_names
from evidermis.review.folder.checking import checked

__all__ = ["product_dossier"]


def product_dossier(folder: Path, product: str, today: datetime.date) -> Dossier:
    """The dossier of a product by its id. `BadInput` where there is no such review, or no such product in it."""
    vocabulary = bundled_vocabulary()
    review = held_to_arithmetic(_held(folder, today), vocabulary)
    found = next((one for one in review.products if one.id == product), None)
    if found is None:
        mend = f"use one of: {', '.join(one.id for one in review.products)}" if review.products else "it lists none"
        raise BadInput(f"no product is called {product[:60]!r}", file=str(folder), mend=mend)
    wordings: dict[str, Wording] = {}
    for made in found.claims:
        if found.claims_read and (told := wording_of(made.wording)) is not None:
            wordings[made.claim] = told
    return dossier_of(found, review, concluded(review, vocabulary), wordings, vocabulary, MADE_BY)


def _held(folder: Path, today: datetime.date) -> Review:
    vocabulary = bundled_vocabulary()
    if folder.exists():
        return checked(folder, vocabulary, today)
    if folder.name in bundled_names():
        with bundled_folder(folder.name) as held:
            return checked(held, vocabulary, today)
    mend = f"give a review folder, or a bundled one: {', '.join(bundled_names())}"
    raise BadInput("there is no review here", file=str(folder), mend=mend)

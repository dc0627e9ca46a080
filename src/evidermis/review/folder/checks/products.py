"""Checks of `products.toml`: claims of the protocol, codes, prices with their date."""

from collections.abc import Iterator

from evidermis.evidence.quantity import known
from evidermis.review.folder.checks.inspection import Inspection, repeated
from evidermis.review.folder.checks.studies import told_once
from evidermis.review.folder.faults import Fault

__all__ = ["PRODUCTS"]

_FILE = "products.toml"


def products(look: Inspection) -> Iterator[Fault]:
    """A product makes claims that the protocol holds, and its facts lead to a place."""
    found = look.folder.products
    yield from repeated(look, _FILE, ("products",), [p.id for p in found])
    claims = {c.id for c in look.review.protocol.claims}
    for i, product in enumerate(found):
        yield from look.locators(_FILE, ("products", i, "locators"), product.locators)
        known_places = {one.id for one in product.locators}
        for j, made in enumerate(product.claims):
            if made.claim not in claims:
                what = f"{product.name!r} makes the claim {made.claim!r}, which is not in the protocol"
                mend = "add the claim to review.toml, or correct the id"
                yield look.fault(_FILE, ("products", i, "claims", j, "claim"), "claim", what, mend)
            yield from look.at(_FILE, ("products", i, "claims", j, "at"), made.at, known_places)
        yield from look.code(_FILE, ("products", i, "source"), "sources", product.source.value)
        yield from look.code(_FILE, ("products", i, "route"), "routes", product.route.value)
        yield from told_once(look, _FILE, ("products", i, "vesicle_identity"), product.vesicle_identity)
        for j, one in enumerate(product.vesicle_identity):
            yield from look.at(_FILE, ("products", i, "vesicle_identity", j), one.at, known_places)
        for key in ("source", "route", "ingredients"):
            yield from look.at(_FILE, ("products", i, key), getattr(product, key).at, known_places)


def prices(look: Inspection) -> Iterator[Fault]:
    """A price has a currency, a day on which it was seen, and is not below zero."""
    for i, product in enumerate(look.folder.products):
        if product.price is None:
            continue
        yield from look.past(_FILE, ("products", i, "price", "seen"), product.price.seen)
        if len(product.price.currency) != 3 or not product.price.currency.isupper():
            what = f"{product.price.currency[:20]!r} is no currency"
            yield look.fault(
                _FILE, ("products", i, "price", "currency"), "price", what, "write its ISO 4217 code, such as USD"
            )
        if (amount := known(product.price.amount)) is not None and amount < 0:
            yield look.fault(
                _FILE, ("products", i, "price", "amount"), "price", "a price below zero", "correct the amount"
            )


PRODUCTS = (products, prices)

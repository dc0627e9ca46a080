"""Products on the shelf and what their makers say of them."""

import datetime

from evidermis.evidence.characterised import Characterised
from evidermis.evidence.locator import Fact, Locator
from evidermis.evidence.quantity import Number
from evidermis.evidence.written import written

__all__ = ["Price", "Product", "ProductClaim"]


@written
class Price:
    """What a product cost, where and when it was seen."""

    amount: Number
    currency: str
    seen: datetime.date
    size: str = ""
    at: str = ""


@written
class ProductClaim:
    """A claim of the protocol that this product makes; `wording` paraphrases it and `at` says where it was seen."""

    claim: str
    wording: str = ""
    at: str = ""


@written
class Product:
    """A product. `source` and `route` are vocabulary codes; `""` means its maker does not disclose it, or nobody has read it.

    `ingredients` is the printed list (INCI names) or `""`. `aliases` holds other names the same product was seen under.
    `vesicle_identity` is what its maker tells of the vesicles in it.
    """

    id: str
    brand: str
    name: str
    source: Fact = Fact()
    route: Fact = Fact()
    ingredients: Fact = Fact()
    price: Price | None = None
    claims: tuple[ProductClaim, ...] = ()
    claims_read: bool = False
    vesicle_identity: tuple[Characterised, ...] = ()
    locators: tuple[Locator, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""

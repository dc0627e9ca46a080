"""What a millilitre costs, from a printed price and size; a weight, several contents or an unknown price give the reason."""

import datetime
import re
from dataclasses import dataclass

from evidermis.evidence.product import Price
from evidermis.evidence.quantity import known

__all__ = ["UnitPrice", "price_per_millilitre"]

# The fluid ounce of the United States in millilitres (NIST Handbook 44, appendix C).
_OUNCE = 29.5735295625
_ML = re.compile(r"(?<![\d.,])(\d+(?:[.,]\d+)?)\s*(ml|millilit(?:er|re)s?|cl|l|lit(?:er|re)s?)\b", re.I)
_FLUID = re.compile(r"(?<![\d.,])(\d+(?:[.,]\d+)?)\s*(?:us\s+)?fl\.?\s*oz\b", re.I)
_TIMES = re.compile(r"(?<![\d.,])(\d{1,3})\s*(?:x|×|pcs? of|vials? of|ampoules? of|bottles? of)\s*(?=\d)", re.I)


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """Price of one millilitre in `currency` on the day it was seen; `value` None where none can be told, for the reason given."""

    value: float | None
    currency: str
    seen: datetime.date | None
    because: str


def price_per_millilitre(price: Price | None) -> UnitPrice:
    """The price of a millilitre."""
    if price is None:
        return UnitPrice(None, "", None, "no price was read")
    amount = known(price.amount)
    if amount is None:
        return UnitPrice(None, price.currency, price.seen, "the price is not a known number")
    contents = _millilitres(price.size)
    if contents is None:
        return UnitPrice(None, price.currency, price.seen, "no single content in millilitres is printed")
    return UnitPrice(amount / contents, price.currency, price.seen, f"{amount:g} {price.currency} for {contents:g} ml")


def _millilitres(size: str) -> float | None:
    metric = [_number(one[1]) * _factor(one[2]) for one in _ML.finditer(size)]
    found = metric or [_number(one[1]) * _OUNCE for one in _FLUID.finditer(size)]
    counts = [int(one[1]) for one in _TIMES.finditer(size)]
    if len(found) != 1 or len(counts) > 1 or found[0] <= 0:
        return None
    return found[0] * (counts[0] if counts else 1) or None


def _number(printed: str) -> float:
    return float(printed.replace(",", "."))


def _factor(unit: str) -> float:
    return {"c": 10.0, "l": 1000.0}.get(unit[0].lower(), 1.0)

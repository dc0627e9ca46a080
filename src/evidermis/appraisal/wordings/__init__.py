"""A maker's wordings against a review: which of its claims each one makes, and what it has to be asked."""

from evidermis.appraisal.wordings.criteria import CRITERIA_STANDING, Asked, asked_of
from evidermis.appraisal.wordings.meaning import Meant, meant_by
from evidermis.appraisal.wordings.prices import UnitPrice, price_per_millilitre

__all__ = ["CRITERIA_STANDING", "Asked", "Meant", "UnitPrice", "asked_of", "meant_by", "price_per_millilitre"]

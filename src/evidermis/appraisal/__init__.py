"""How far to trust it: small, named, versioned rules that each return their reason.

:func:`appraise` runs them all over a review; what they conclude are the values of :mod:`evidermis.appraisal.answer`.
"""

from evidermis.appraisal.answer import (
    Appraisal,
    AxisDistance,
    ClaimAnswer,
    HeldOut,
    IntegrityAnswer,
    LinkAnswer,
    OutcomeAnswer,
    ProductAnswer,
    ProductClaimAnswer,
    Step,
    StudyDistance,
)
from evidermis.appraisal.appraise import appraise, studies_in_people
from evidermis.appraisal.vesicles import Card, CardItem, Material
from evidermis.appraisal.wordings import UnitPrice

__all__ = [
    "Appraisal",
    "AxisDistance",
    "Card",
    "CardItem",
    "ClaimAnswer",
    "HeldOut",
    "IntegrityAnswer",
    "LinkAnswer",
    "Material",
    "OutcomeAnswer",
    "ProductAnswer",
    "ProductClaimAnswer",
    "Step",
    "StudyDistance",
    "UnitPrice",
    "appraise",
    "studies_in_people",
]

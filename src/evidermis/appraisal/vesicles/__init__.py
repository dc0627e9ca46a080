"""The identity card of vesicles: what a study or a maker tells of them, what nobody told, and whether they are vesicles at all.

After MISEV2018 (Théry et al. 2018) and MISEV2023 (Welsh et al. 2024). The card counts what is told; it is no mark of quality.
"""

from evidermis.appraisal.vesicles.card import Card, CardItem, Material, Shown, product_card, study_card
from evidermis.appraisal.vesicles.items import IdentityItem, called_exosome, identity_items

__all__ = [
    "Card",
    "CardItem",
    "IdentityItem",
    "Material",
    "Shown",
    "called_exosome",
    "identity_items",
    "product_card",
    "study_card",
]

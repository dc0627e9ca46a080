"""What is in a bottle, as far as its printed list tells: mentions, the names that they match, and whether any is vesicles.

The inventory of names is the user's own copy (CosIng's export, or any table with a column of INCI names); none is bundled.
A list that cannot be read as one list is left unread, with the reason.
"""

from collections.abc import Sequence

from evidermis.appraisal.ingredients.annexes import ABSENCE, AnnexEntry, Annexes, annexes
from evidermis.appraisal.ingredients.carrying import CARRYING, Carrying, carrying
from evidermis.appraisal.ingredients.matching import Inventory, Match
from evidermis.appraisal.ingredients.splitting import IngredientList, ingredient_list

__all__ = [
    "ABSENCE",
    "CARRYING",
    "AnnexEntry",
    "Annexes",
    "Carrying",
    "IngredientList",
    "Inventory",
    "Match",
    "annexes",
    "carrying",
    "ingredient_list",
    "matched",
]


def matched(text: str, inventory: Inventory) -> tuple[IngredientList, Sequence[Match]]:
    """A printed list and the match of each of its mentions, in the printed order; none where the list was left unread."""
    found = ingredient_list(text)
    return found, [inventory.match(mention) for mention in found.mentions]

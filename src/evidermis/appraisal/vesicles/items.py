"""The items of the card and the words it goes by, as `identity.toml` holds them."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from evidermis.evidence.vocabulary import vocabulary_table

__all__ = ["IdentityItem", "called_exosome", "identity_items", "is_imitation", "without_agreed_markers"]


@dataclass(frozen=True, slots=True)
class IdentityItem:
    """What a report can tell. `needed`: the checklist calls it mandatory; `shows`: it tells vesicles from other matter."""

    code: str
    block: str
    label: str
    by: str
    needed: bool = False
    shows: bool = False


@cache
def _written() -> dict[str, Any]:
    return vocabulary_table("identity")


@cache
def identity_items() -> tuple[IdentityItem, ...]:
    """All items, block by block; `block` is the block's label."""
    blocks = {one["code"]: one["label"] for one in _written()["blocks"]}
    return tuple(IdentityItem(**{**one, "block": blocks[one["block"]]}) for one in _written()["items"])


def called_exosome(*names: str) -> bool:
    """Whether any of these names or titles uses the word."""
    return any(re.search(cue, name, re.IGNORECASE) for cue in _written()["called"] for name in names)


def without_agreed_markers(kingdom: str) -> bool:
    """Whether no protein is agreed on that would show vesicles of this kingdom."""
    return kingdom in _written()["no_agreed_markers"]


def is_imitation(kingdom: str) -> bool:
    """Whether material of this kind is made by hand and not released by cells."""
    return kingdom in _written()["imitations"]

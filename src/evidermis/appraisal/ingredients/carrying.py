"""What the name of an ingredient says about vesicles. *Exosome* in a product's name and none in its list is worth a question."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, get_args

from evidermis.evidence.vocabulary import vocabulary_table

__all__ = ["CARRYING", "Carrying", "carrying", "same_names"]

Carrying = Literal["vesicles", "precursor", "carrier", "growth factor", "none"]
CARRYING: tuple[Carrying, ...] = get_args(Carrying)


@cache
def _written() -> dict[str, Any]:
    return vocabulary_table("ingredients")


@cache
def _cues() -> tuple[tuple[Carrying, re.Pattern[str]], ...]:
    return tuple((one["kind"], re.compile("|".join(one["cues"]), re.IGNORECASE)) for one in _written()["carrying"])


def same_names() -> Mapping[str, str]:
    """Names of the same ingredient on labels of two markets, in lower case."""
    return dict(_written()["same"])


def carrying(name: str) -> Carrying:
    """What a name says: vesicles themselves, something that may hold some, a fat that forms spheres, a growth factor, or none."""
    plain = re.sub(r"\s*\(.*?\)", "", name).strip() or name
    for kind, cue in _cues():
        if cue.search(plain):
            return kind
    return "none"

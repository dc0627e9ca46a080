"""The six common criteria of Regulation (EU) No 655/2013 as questions to a wording. No answer of ours declares compliance."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from evidermis.evidence.ladders import ProductState, Verdict
from evidermis.evidence.vocabulary import vocabulary_table
from evidermis.evidence.wording import Sign, Wording

__all__ = ["CRITERIA_STANDING", "Asked", "asked_of"]


@cache
def _written() -> dict[str, Any]:
    return vocabulary_table("criteria")


CRITERIA_STANDING = f"{_written()['instrument']}: {_written()['standing']}"
_BECAUSE: dict[Sign, str] = {
    "approval": "it speaks of an approval",
    "drug-like": "it uses words of medicines",
    "comparison": "it compares with something else",
    "absolute": "it leaves no exception",
    "lasting": "it says that it lasts",
    "ingredient": "it speaks of an ingredient",
    "number": "it prints a number",
    "jargon": "it uses words that few people know",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One criterion's question. `weight` is `open`, since every claim has to answer it, or `pressing` with the reasons why."""

    criterion: str
    label: str
    question: str
    weight: Literal["open", "pressing"]
    because: tuple[str, ...]


def asked_of(wording: Wording, states: Iterable[tuple[ProductState, Verdict]]) -> tuple[Asked, ...]:
    """All six questions to one wording. `states` are what is known of each claim that it makes, for this product."""
    known = tuple(states)
    return tuple(_asked(one, wording, known) for one in _written()["criteria"])


def _asked(written: dict[str, Any], wording: Wording, known: tuple[tuple[ProductState, Verdict], ...]) -> Asked:
    because = [_BECAUSE[sign] for sign in wording.signs if sign in written["signs"]]
    if written["code"] == "evidential-support":
        because += [
            "no study of this product is known" if state != "contradicted" else "a study of this product points away"
            for state in dict.fromkeys(state for state, _ in known)
            if state != "supported"
        ]
    if written["code"] == "honesty":
        because += _beyond(wording, known)
    because = list(dict.fromkeys(because))
    return Asked(
        written["code"], written["label"], written["question"], "pressing" if because else "open", tuple(because)
    )


def _beyond(wording: Wording, known: tuple[tuple[ProductState, Verdict], ...]) -> list[str]:
    """Why a wording goes beyond what is known of its claims."""
    found: list[str] = []
    for verdict in dict.fromkeys(verdict for _, verdict in known):
        if verdict != "supported" and wording.strength == "proven":
            found.append(f"it says proven; this review's verdict is {verdict}")
        elif verdict in ("untested", "not supported", "contradicted"):
            found.append(f"this review's verdict is {verdict}")
    if wording.strength == "users":
        found.append("what users felt, without a comparison, shows no effect")
    return found

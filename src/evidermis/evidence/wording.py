"""What a maker's sentence promises, taken apart into the slots of a claim; what it does not say stays empty."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Sign", "Strength", "Wording"]

# How sure the sentence sounds, weakest first. `users` tells what buyers felt, `proven` that it was shown.
Strength = Literal["may", "helps", "users", "stated", "proven"]
# What makes a sentence a question for whoever answers for the product.
Sign = Literal["approval", "drug-like", "comparison", "absolute", "lasting", "ingredient", "number", "jargon"]


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence and its slots; `text` is the sentence as printed, `start` and `end` its characters in the text read.

    `outcomes`, `populations`, `routes` and `sources` are codes of the vocabulary; `weeks` is the time by which it promises
    something, `percent` a share that it prints. `unread` says why no slot can be trusted, `""` where they can.
    """

    text: str
    start: int
    end: int
    outcomes: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    strength: Strength = "stated"
    weeks: float | None = None
    percent: float | None = None
    signs: tuple[Sign, ...] = ()
    unread: str = ""

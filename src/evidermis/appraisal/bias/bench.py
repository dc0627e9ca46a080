"""Tools for animals and cells. They describe; nothing that they say ever changes a conclusion about people.

SYRCLE (Hooijmans et al. 2014, 10.1186/1471-2288-14-43) forbids a summed score. QUIN (Sheth et al. 2022) is one. OHAT puts studies
in tiers by key questions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from evidermis.evidence.errors import BadInput

__all__ = ["OHAT_ANSWERS", "QUIN_ITEMS", "SYRCLE_ITEMS", "QuinScore", "ohat_tier", "quin", "syrcle"]

SYRCLE_ITEMS = (
    "sequence",
    "baseline",
    "concealment",
    "random housing",
    "blinding of caregivers",
    "random outcome assessment",
    "blinding of assessors",
    "incomplete data",
    "selective reporting",
    "other",
)
QUIN_ITEMS = (
    "aims",
    "sample size",
    "sampling",
    "comparison group",
    "methods",
    "operator",
    "randomisation",
    "measurement of outcome",
    "assessor",
    "blinding",
    "statistics",
    "presentation",
)
OHAT_ANSWERS = ("++", "+", "-", "--", "NR")
_SYRCLE: dict[str, Literal["low", "high", "unclear"]] = {"Y": "low", "N": "high", "U": "unclear"}


@dataclass(frozen=True, slots=True)
class QuinScore:
    """Per cent of what the applicable items could give, and its class: above 70 low risk, 50 to 70 medium, below high."""

    percent: float
    risk: Literal["low", "medium", "high"]
    applicable: int


def syrcle(answers: Mapping[str, tuple[str, ...]]) -> dict[str, Literal["low", "high", "unclear"]]:
    """Each item from the answers to its sub-questions (Y, N, U): any N is high, all Y is low, else unclear. No sum is made."""
    found: dict[str, Literal["low", "high", "unclear"]] = {}
    for item in SYRCLE_ITEMS:
        told = answers.get(item, ("U",))
        if bad := [one for one in told if one not in _SYRCLE]:
            raise BadInput(f"{bad[0]!r} is no answer of SYRCLE", place=item, mend="use Y, N or U")
        found[item] = "high" if "N" in told else "low" if told and set(told) == {"Y"} else "unclear"
    return found


def quin(scores: Mapping[str, int | None]) -> QuinScore:
    """Score twelve items: 2 adequate, 1 inadequate, 0 not told, None not applicable."""
    if unknown := sorted(set(scores) - set(QUIN_ITEMS)):
        raise BadInput(f"QUIN has no item {unknown[0]!r}", mend=f"use {', '.join(QUIN_ITEMS)}")
    given = [scores.get(item, 0) for item in QUIN_ITEMS]
    counted = [one for one in given if one is not None]
    if any(one not in (0, 1, 2) for one in counted) or not counted:
        raise BadInput("an item scores 2, 1 or 0", mend="give None for what does not apply")
    percent = 100 * sum(counted) / (2 * len(counted))
    return QuinScore(percent, "low" if percent > 70 else "medium" if percent >= 50 else "high", len(counted))


def ohat_tier(answers: Mapping[str, str], key: tuple[str, ...]) -> Literal[1, 2, 3]:
    """Tier 1: every key question and most others at low risk; 3: every key question and most others at high; else 2."""
    if bad := [one for one in answers.values() if one not in OHAT_ANSWERS]:
        raise BadInput(f"{bad[0]!r} is no answer of OHAT", mend=f"use {', '.join(OHAT_ANSWERS)}")
    low = {question: answers.get(question, "NR") in ("++", "+") for question in {*answers, *key}}
    others = [is_low for question, is_low in low.items() if question not in key]
    most = sum(others) * 2 > len(others) if others else True
    if all(low[question] for question in key) and most:
        return 1
    few = sum(others) * 2 < len(others) if others else True
    return 3 if not any(low[question] for question in key) and few else 2

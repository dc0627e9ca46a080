"""The cheapest trial that would close a gap: fewest people by the power of the t test, of the designs that can answer the claim.

No smallest worthwhile difference is agreed for these instruments; half a standard deviation is the fallback of the methods
page, at 90 % power and two-sided 5 %. What is assumed is told beside every number.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from evidermis.appraisal.gaps import Gap, GapKind
from evidermis.evidence.protocol import Claim, Thresholds
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.statistics import ASSUMED_CORRELATION, paired_size, parallel_size

__all__ = ["Trial", "cheapest_trial", "trials_for"]

# Half a standard deviation, where no smallest important difference is agreed (methods page).
DIFFERENCE = 0.5
POWER = 0.9
# The rate of harm that a safety count should be able to rule out, and the confidence of that (a house rule).
HARM_RATE, HARM_ERROR = 0.01, 0.05
# One in ten leaves a skincare trial before its end, as a round house figure.
LOSS = 0.1
# Gaps that no single trial of effect closes.
_APART: frozenset[GapKind] = frozenset({"safety", "independence"})


@dataclass(frozen=True, slots=True)
class Trial:
    """The fewest people that would close the gaps named in `closes`; `recruit` allows for losses.

    `weeks_after` is how long people must be followed after treatment ends, `instead` what the next cheapest design needs, and
    `assumes` what the numbers rest on.
    """

    closes: tuple[GapKind, ...]
    design: Literal["two sides of one face", "two groups", "people exposed"]
    people: int
    recruit: int
    weeks_after: float
    instead: str
    assumes: tuple[str, ...]
    must: tuple[str, ...]


def cheapest_trial(gaps: Iterable[Gap], claim: Claim, thresholds: Thresholds, vocabulary: Vocabulary) -> Trial | None:
    """One trial that closes every gap a trial can close, but for safety and independence; None where there is none."""
    kinds: list[GapKind] = [gap.kind for gap in gaps if gap.closed_by == "trial" and gap.kind not in _APART]
    closes = tuple(dict.fromkeys(kinds))
    if not closes:
        return None
    sides = max(_within_person(), thresholds.information_size)
    groups = max(2 * parallel_size(DIFFERENCE, power=POWER), thresholds.parallel_information_size)
    assumes = [
        f"a difference of {DIFFERENCE:g} standard deviations matters (a fallback: none is agreed)",
        f"{100 * POWER:g} % power, two-sided 5 %",
    ]
    split = _can_be_split(claim, vocabulary)
    if split:
        assumes.append(
            f"both sides of a face correlate at {ASSUMED_CORRELATION:g}; at 0 it takes {_within_person(0.0)} people"
        )
    people = sides if split else groups
    return Trial(
        closes=closes,
        design="two sides of one face" if split else "two groups",
        people=people,
        recruit=math.ceil(people / (1 - LOSS)),
        weeks_after=claim.slots.weeks,
        instead=f"two groups: {groups} people" if split else "sides of one face cannot answer this claim",
        assumes=tuple(assumes),
        must=_must(closes, claim),
    )


def trials_for(gaps: Iterable[Gap], claim: Claim, thresholds: Thresholds, vocabulary: Vocabulary) -> tuple[Trial, ...]:
    """The cheapest trial for each trial-sized gap: one for all about effect, one more for independence, a count for safety."""
    listed = tuple(gaps)
    kinds = {gap.kind for gap in listed}
    found: list[Trial] = []
    whole = cheapest_trial(listed, claim, thresholds, vocabulary)
    if whole is not None:
        found.append(whole)
    if "independence" in kinds:
        found.append(_again(claim, thresholds, vocabulary))
    if "safety" in kinds:
        found.append(_exposed(claim))
    return tuple(found)


def _within_person(r: float = ASSUMED_CORRELATION) -> int:
    return paired_size(DIFFERENCE / math.sqrt(2 * (1 - r)), power=POWER)


def _can_be_split(claim: Claim, vocabulary: Vocabulary) -> bool:
    """Whether each side can have its own treatment: not for harms of the whole body, nor for what is given into the blood."""
    codes = [code for code in claim.slots.routes if code not in ("any", "")]
    return claim.kind != "safety" and all(vocabulary.route(code).barrier != "systemic" for code in codes)


def _must(closes: tuple[GapKind, ...], claim: Claim) -> tuple[str, ...]:
    told: list[str] = ["the finished product, as sold, against its own vehicle"]
    told.append("sides or groups left to chance, concealed, and rated by somebody who does not know")
    told.append("registered before the first person, with this outcome as the primary one")
    if "outcome" in closes:
        told.append("an outcome that people themselves notice, beside the instrument")
    if "people" in closes and "any" not in claim.slots.populations:
        told.append("in the people of the claim")
    if "follow-up" in closes:
        told.append(f"measured again {claim.slots.weeks:g} weeks after the last use")
    return tuple(told)


def _again(claim: Claim, thresholds: Thresholds, vocabulary: Vocabulary) -> Trial:
    again = cheapest_trial((Gap("own study", "", "trial"),), claim, thresholds, vocabulary)
    people = again.people if again else 0
    return Trial(
        closes=("independence",),
        design=again.design if again else "two groups",
        people=people,
        recruit=math.ceil(people / (1 - LOSS)),
        weeks_after=claim.slots.weeks,
        instead="",
        assumes=again.assumes if again else (),
        must=("the same again by people who share no author, maker or money with the first",),
    )


def _exposed(claim: Claim) -> Trial:
    people = math.ceil(math.log(HARM_ERROR) / math.log(1 - HARM_RATE))
    return Trial(
        closes=("safety",),
        design="people exposed",
        people=people,
        recruit=math.ceil(people / (1 - LOSS)),
        weeks_after=claim.slots.weeks,
        instead="",
        assumes=(
            f"no harm among {people} people rules out a rate above {100 * HARM_RATE:g} % (exact, one-sided 95 %)",
        ),
        must=("harms looked for in everybody treated, late ones too", "counts by person, never by side"),
    )

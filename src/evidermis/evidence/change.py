"""A typed change of a conclusion, and what it was found to come from.

The kinds, from the one that readers notice most: the *verdict*; the *certainty*; the *direction* of an effect; its
*precision* (an interval that begins or ceases to hold no effect); its *magnitude* (beyond a threshold that the protocol
declares); and the *scope* (what is asked, how near the nearest evidence is, what kind of evidence there is).
"""

import datetime
from dataclasses import dataclass
from typing import Literal, get_args

__all__ = [
    "CHANGE_KINDS",
    "WEIGHTS",
    "Aspect",
    "Cause",
    "CauseKind",
    "ChangeKind",
    "ChangedConclusion",
    "ChangedFigure",
    "Difference",
    "Published",
    "Weight",
]

ChangeKind = Literal["verdict", "certainty", "direction", "precision", "magnitude", "scope"]
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)

# What a change does to the version (https://semver.org), lightest first.
Weight = Literal["none", "patch", "minor", "major"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)

CauseKind = Literal[
    "added",
    "removed",
    "corrected",
    "retraction",
    "retraction taken back",
    "expression of concern",
    "correction notice",
    "registry",
    "judgement",
    "records imported",
    "protocol",
    "vocabulary",
    "rule",
    "program",
]


@dataclass(frozen=True, slots=True)
class Cause:
    """One part of a review that differs: its id (`study:…`, `record:…`, `claim:…`, `rule:…`) and how it differs."""

    part: str
    how: CauseKind


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing about a conclusion that changed, from what to what, and the smallest set of causes found to give it.

    `about` is `""` for the claim as a whole, `outcome:CODE`, `pool:CODE, METRIC, ALLOCATION`, or for the scope `asked`,
    `wording` or `directness`.
    """

    kind: ChangeKind
    about: str
    was: str
    now: str
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedConclusion:
    """A claim of which something changed. `says` is the answer as it is now, `""` where the claim is not asked any more."""

    claim: str
    aspects: tuple[Aspect, ...]
    says: str = ""

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        """Its kinds of change, each once, the weightiest first."""
        return tuple(kind for kind in CHANGE_KINDS if any(one.kind == kind for one in self.aspects))


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A derived value that differs, or rests on other studies. None: it was not there before, or was withdrawn."""

    name: str
    was: str | None
    now: str | None
    without: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All that lies between two snapshots. A claim that is not in `conclusions` is unchanged."""

    before: str
    after: str
    parts: tuple[Cause, ...]
    conclusions: tuple[ChangedConclusion, ...]
    figures: tuple[ChangedFigure, ...]
    weight: Weight

    @property
    def is_empty(self) -> bool:
        """True where nothing at all differs."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Published:
    """One version that readers saw: its number, the day it appeared, and what it changed (None: it was the first)."""

    version: str
    day: datetime.date
    change: Difference | None = None

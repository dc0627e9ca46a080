"""When to stop reading: rules that look at the decisions in the order they were made, each with its reference and promise.

A rule's `seen` are the decisions so far (True: relevant), `total` the records in the pool. A rule never looks at a record, so any
of them holds for any order of reading; what it promises, and on which assumption, is said in `promise`.
"""

# scipy's sparse matrices carry no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeArgument=false, reportUnknownParameterType=false, reportUnknownLambdaType=false

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from evidermis.evidence.errors import BadInput

__all__ = [
    "RULES",
    "Budget",
    "ConsecutiveIrrelevant",
    "HypergeometricTest",
    "Knee",
    "RecallEstimate",
    "Stop",
    "StoppingRule",
    "estimated_recall",
    "stopping_rule",
]


@dataclass(frozen=True, slots=True)
class Stop:
    """Whether to stop, and why or why not yet."""

    stop: bool
    because: str


class StoppingRule(Protocol):
    """One way of deciding that enough has been read."""

    @property
    def name(self) -> str:
        """The rule's name with its settings, as it is written beside an exclusion."""
        ...

    @property
    def reference(self) -> str:
        """Where the rule was published."""
        ...

    @property
    def promise(self) -> str:
        """What holds when the rule says stop, and on which assumption."""
        ...

    def decide(self, seen: Sequence[bool], total: int) -> Stop:
        """Look at the decisions so far."""
        ...


@dataclass(frozen=True, slots=True)
class Budget:
    """Stop after a fixed number of records."""

    records: int
    reference: str = "Stated in the protocol before screening begins"
    promise: str = "The work is bounded; nothing is promised about recall."

    @property
    def name(self) -> str:
        """See `StoppingRule`."""
        return f"budget:{self.records}"

    def decide(self, seen: Sequence[bool], total: int) -> Stop:
        """See `StoppingRule`."""
        return Stop(len(seen) >= self.records, f"{len(seen)} of {self.records} records read")


@dataclass(frozen=True, slots=True)
class ConsecutiveIrrelevant:
    """Stop after so many irrelevant records in a row."""

    in_a_row: int
    reference: str = "Ros, Bjarnason & Runeson 2017, EASE, doi:10.1145/3084226.3084243"
    promise: str = (
        "A habit, not a guarantee: nothing is promised about recall, least of all while relevant records are rare."
    )

    @property
    def name(self) -> str:
        """See `StoppingRule`."""
        return f"consecutive:{self.in_a_row}"

    def decide(self, seen: Sequence[bool], total: int) -> Stop:
        """See `StoppingRule`."""
        row = next((i for i, relevant in enumerate(reversed(seen)) if relevant), len(seen))
        return Stop(any(seen) and row >= self.in_a_row, f"{row} irrelevant in a row, {self.in_a_row} wanted")


@dataclass(frozen=True, slots=True)
class HypergeometricTest:
    """Stop once a recall below the target is implausible, were the records read since any earlier point a random sample.

    For every earlier point the test asks how likely so few relevant records since then would be if so many were still missing
    that recall is below the target; the smallest of these probabilities counts (the paper's *ranked quasi-sampling*). Ranking
    puts relevant records earlier than chance would, so that a sample of what was ranked highest errs on the side of reading on.
    """

    target: float = 0.95
    confidence: float = 0.95
    reference: str = "Callaghan & Müller-Hansen 2020, Syst Rev 9:273, doi:10.1186/s13643-020-01521-4"

    @property
    def name(self) -> str:
        """See `StoppingRule`."""
        return f"hypergeometric:{self.target:g}:{self.confidence:g}"

    @property
    def promise(self) -> str:
        """See `StoppingRule`."""
        level = f"{100 * self.confidence:g} %"
        return (
            f"Recall of at least {100 * self.target:g} % with {level} confidence, if relevant records never come later in the"
            " order than they would by chance."
        )

    def decide(self, seen: Sequence[bool], total: int) -> Stop:
        """See `StoppingRule`."""
        found = int(sum(seen))
        if not found:
            return Stop(False, "nothing relevant found yet")
        if len(seen) >= total:
            return Stop(True, "every record was read")
        p = _implausible(seen, total, self.target)
        return Stop(p < 1 - self.confidence, f"p = {p:.3f} that recall is below {100 * self.target:g} %")


@dataclass(frozen=True, slots=True)
class Knee:
    """Stop where the curve of relevant records found bends: steep before, nearly flat after.

    At every earlier rank the slope up to it is divided by the slope since (with one relevant record more than was found); the
    largest of these counts. Without a `ratio` of one's own, the bend that is asked for depends on how much was found: from 155
    with a single relevant record down to 6 with 150 of them.
    """

    ratio: float | None = None
    at_least: int = 1000
    reference: str = (
        "Cormack & Grossman 2016, SIGIR, doi:10.1145/2911451.2911510 (knee method; least number of records as in"
        " Yang, Lewis & Frieder 2021, doi:10.1145/3469096.3469873)"
    )
    promise: str = "High recall in most of the paper's collections; the slope ratio is a rule of thumb, not a test."

    @property
    def name(self) -> str:
        """See `StoppingRule`."""
        return "knee" if self.ratio is None else f"knee:{self.ratio:g}"

    def decide(self, seen: Sequence[bool], total: int) -> Stop:
        """See `StoppingRule`."""
        found = np.cumsum(np.asarray(seen, dtype=np.int64))
        if len(found) < self.at_least or not found[-1]:
            return Stop(False, f"{len(found)} of the {self.at_least} records that the rule needs")
        ranks = np.arange(1, len(found))
        slopes = (found[:-1] / ranks) / ((1 + found[-1] - found[:-1]) / (len(found) - ranks))
        knee = int(np.argmax(slopes))
        slope = float(slopes[knee])
        wanted = 156.0 - min(int(found[-1]), 150) if self.ratio is None else self.ratio
        return Stop(slope >= wanted, f"slope ratio {slope:.1f} at record {knee + 1}, {wanted:g} wanted")


@dataclass(frozen=True, slots=True)
class RecallEstimate:
    """Recall so far, with an interval; `low` is 0 and `high` 1 where nothing is known."""

    estimate: float
    low: float
    high: float


def estimated_recall(seen: Sequence[bool], total: int, confidence: float = 0.95) -> RecallEstimate:
    """Recall so far, by turning the hypergeometric test round: the recalls that it would not refuse.

    `low` is the highest recall that the test reaches at the `confidence`, one-sided; `estimate` the one it reaches as often as
    not; `high` is always 1, for no sample shows that anything is missing.
    """
    found = int(sum(seen))
    if not found:
        return RecallEstimate(0.0, 0.0, 1.0)
    if len(seen) >= total:
        return RecallEstimate(1.0, 1.0, 1.0)
    low = _highest_refused(seen, total, 1 - confidence)
    return RecallEstimate(max(low, _highest_refused(seen, total, 0.5)), low, 1.0)


def _highest_refused(seen: Sequence[bool], total: int, level: float) -> float:
    """found / (found + missing), for the fewest missing that the test still finds implausible at this level."""
    found, least, most = int(sum(seen)), 1, total - len(seen)
    if _p_missing(seen, total, most) >= level:
        return found / (found + most)
    while least < most:
        middle = (least + most) // 2
        if _p_missing(seen, total, middle) < level:
            most = middle
        else:
            least = middle + 1
    return found / (found + least - 1)


def _implausible(seen: Sequence[bool], total: int, target: float) -> float:
    """The smallest probability of the test's windows that recall is below the target."""
    found = int(sum(seen))
    missing = int(np.floor(found / target - found + 1e-9)) + 1
    return _p_missing(seen, total, missing)


def _p_missing(seen: Sequence[bool], total: int, missing: int) -> float:
    """How likely the fewest-looking window is, were at least `missing` relevant records unread."""
    if missing > total - len(seen):
        return 0.0
    # Loading it takes longer than most verbs, and `check` names rules without asking any.
    from scipy.stats import hypergeom

    relevant = np.asarray(seen, dtype=np.int64)
    since = np.cumsum(relevant[::-1])
    read = np.arange(1, len(relevant) + 1)
    pool = total - len(relevant) + read
    return float(hypergeom.cdf(since, pool, since + missing, read).min())


# name -> how it is written and what it needs.
RULES: dict[str, str] = {
    "budget": "budget:RECORDS",
    "consecutive": "consecutive:RECORDS",
    "hypergeometric": "hypergeometric[:TARGET[:CONFIDENCE]]",
    "knee": "knee[:RATIO]",
}


def stopping_rule(written: str) -> StoppingRule:
    """The rule that `NAME:SETTING…` names. `BadInput` where there is none or its settings are out of range."""
    name, *settings = written.split(":")
    try:
        numbers = [float(setting) for setting in settings]
        match name, numbers:
            case "budget", [records] if records >= 1 and records.is_integer():
                return Budget(int(records))
            case "consecutive", [records] if records >= 1 and records.is_integer():
                return ConsecutiveIrrelevant(int(records))
            case "hypergeometric", []:
                return HypergeometricTest()
            case "hypergeometric", [target] if 0 < target < 1:
                return HypergeometricTest(target)
            case "hypergeometric", [target, confidence] if 0 < target < 1 and 0 < confidence < 1:
                return HypergeometricTest(target, confidence)
            case "knee", []:
                return Knee()
            case "knee", [ratio] if ratio > 0:
                return Knee(ratio)
            case _:
                pass
    except (ValueError, OverflowError):
        pass
    raise BadInput(f"{written[:60]!r} names no stopping rule", mend=f"write {', '.join(RULES.values())}")

"""The multiverse: every defensible way to analyse the same studies, and how many of them support the claim.

A *variant* is one defensible set of effects (one correlation of pairs, one exclusion, one measure). Variants are
crossed with estimators and tests. The share that supports a claim is a description of robustness, not a probability.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.pooling import pool_many

__all__ = ["Analysis", "Fragility", "Multiverse", "Variant", "fisher_exact_p", "fragility_index", "multiverse"]


@dataclass(frozen=True, slots=True)
class Variant:
    """A named set of effects and variances."""

    name: str
    yi: tuple[float, ...]
    vi: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """One path through the choices and its result; `supports` where the whole interval lies on the claimed side."""

    variant: str
    method: str
    test: str
    estimate: float
    ci_lower: float
    ci_upper: float
    studies: int
    supports: bool


@dataclass(frozen=True, slots=True)
class Multiverse:
    """All analyses, sorted by estimate, and the `share` of them that supports the claim."""

    analyses: tuple[Analysis, ...]
    share: float
    lowest: float
    highest: float


def multiverse(
    variants: Sequence[Variant],
    *,
    methods: Sequence[str] = ("DL", "REML", "PM", "SJ"),
    tests: Sequence[str] = ("z", "knha", "adhoc"),
    claim: Literal["above", "below"] = "above",
    threshold: float = 0.0,
    level: float = 0.95,
) -> Multiverse:
    """Fit every variant by every method and test. `claim` says on which side of `threshold` the effect is claimed to
    lie.
    """
    if not variants or not methods or not tests:
        raise BadInput("a multiverse needs variants, methods and tests")
    found: list[Analysis] = []
    for method in methods:
        for test in tests:
            fits = pool_many([v.yi for v in variants], [v.vi for v in variants], method=method, test=test, level=level)
            for at, variant in enumerate(variants):
                low, high = float(fits.ci_lower[at]), float(fits.ci_upper[at])
                supports = low > threshold if claim == "above" else high < threshold
                estimate, k = float(fits.estimate[at]), int(fits.k[at])
                found.append(Analysis(variant.name, method, test, estimate, low, high, k, supports))
    found.sort(key=lambda one: (one.estimate, one.variant, one.method, one.test))
    share = sum(one.supports for one in found) / len(found)
    return Multiverse(tuple(found), share, found[0].estimate, found[-1].estimate)


@dataclass(frozen=True, slots=True)
class Fragility:
    """How many people's outcomes would have to differ for Fisher's test to change sides of `alpha`; None where no
    number would.

    `was_significant` says from which side. For pairs use the discordant counts.
    """

    index: int | None
    was_significant: bool
    p: float


def fragility_index(ai: int, bi: int, ci: int, di: int, *, alpha: float = 0.05) -> Fragility:
    """Walsh's fragility index (2014): outcomes switched in the group with fewer events, one after the other.

    For a non-significant table the reverse index: events moved the way that widens the difference.
    """
    cells = (ai, bi, ci, di)
    if min(cells) < 0 or ai + bi == 0 or ci + di == 0:
        raise BadInput("counts must not be negative, with people in both groups")
    first = fisher_exact_p(*cells)
    was = first < alpha
    a, b, c, d = cells
    first_rate, second_rate = a / (a + b), c / (c + d)
    change_first = a <= c
    raise_events = change_first == (first_rate <= second_rate) if was else change_first != (first_rate <= second_rate)
    for step in range(1, sum(cells) + 1):
        moved = step if raise_events else -step
        a, b, c, d = (ai + moved, bi - moved, ci, di) if change_first else (ai, bi, ci + moved, di - moved)
        if min(a, b, c, d) < 0:
            return Fragility(None, was, first)
        if (fisher_exact_p(a, b, c, d) < alpha) != was:
            return Fragility(step, was, first)
    return Fragility(None, was, first)


def fisher_exact_p(a: int, b: int, c: int, d: int) -> float:
    """Fisher's exact two-sided p: tables as likely as this one, or less."""
    n1, n2, events = a + b, c + d, a + c
    low, high = max(0, events - n2), min(n1, events)
    logs = np.array([_log_choose(n1, k) + _log_choose(n2, events - k) for k in range(low, high + 1)])
    weights: npt.NDArray[np.float64] = np.exp(logs - logs.max())
    here = weights[a - low]
    return float(min(1.0, weights[weights <= here * (1 + 1e-7)].sum() / weights.sum()))


def _log_choose(n: int, k: int) -> float:
    steps = np.arange(1, k + 1)
    return float(np.sum(np.log(n - k + steps) - np.log(steps)))

"""What the comparable effects of a review say together: pooled where that is honest, else why they are not.

Effects stand together only on one outcome, one metric and one kind of allocation (randomised or not). Studies of one
*evidence family* are not independent: each family gives one effect, that of its study with the most people, at its last
measurement. Fewer than two families: no pooled claim. Where effects are not pooled, or cannot be computed, the
directions of their point estimates are told (SWiM, Campbell et al. 2020), one for each family.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import numpy as np

from evidermis.evidence.errors import BadInput
from evidermis.evidence.family import Family
from evidermis.evidence.study import Finding, Study
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.statistics.comparisons import ASSUMED_CORRELATION, Comparison, NotComparable, comparison, is_blocked
from evidermis.statistics.heterogeneity import EXACT
from evidermis.statistics.multiverse import Multiverse, Variant, multiverse
from evidermis.statistics.pair_correlation import GRID
from evidermis.statistics.planning import Information, required_information
from evidermis.statistics.pooling import Pooled, PooledMany, Tau2Interval, pool, tau2_interval
from evidermis.statistics.robustness import LeftOut, cumulative, leave_one_family_out
from evidermis.statistics.sequential import Boundaries, LivingState, living_state, sequential_boundaries
from evidermis.statistics.small_study import Asymmetry, egger
from evidermis.statistics.swim import DirectionRow, Signs, direction_of, people_size, sign_test

__all__ = ["FALLBACK_DIFFERENCE", "Body", "Directions", "Looks", "PairSweep", "Synthesis", "synthesise"]

# Half a standard deviation: what counts as worth seeing where no smallest important difference is agreed.
FALLBACK_DIFFERENCE = 0.5
_FEWEST_FOR_ASYMMETRY = 10


@dataclass(frozen=True, slots=True)
class PairSweep:
    """One within-person effect whose correlation nobody gave: (r, effect, low, high) over the grid, and the `tipping`
    correlations at which its interval touches no effect."""

    study: str
    finding: str
    rows: tuple[tuple[float, float, float, float], ...]
    tipping: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Looks:
    """The pooled z after each study, in order of year, against sequential boundaries for `delta`."""

    delta: float
    z: tuple[float, ...]
    information: Information
    boundaries: Boundaries
    state: LivingState


@dataclass(frozen=True, slots=True)
class Body:
    """Effects that stand together. `pooled` is None where that would claim too much, and `because` says why.

    `effects` holds every effect, `chosen` the positions of those pooled, one a family, in order of year; what follows
    `pooled` is about those.
    """

    outcome: str
    metric: str
    scale: Literal["log", "natural"]
    randomised: bool
    effects: tuple[Comparison, ...]
    families: tuple[str, ...]
    chosen: tuple[int, ...]
    because: str
    pooled: Pooled | None = None
    tau2: Tau2Interval | None = None
    growing: PooledMany | None = None
    left_out: LeftOut | None = None
    universe: Multiverse | None = None
    looks: Looks | None = None
    asymmetry: Asymmetry | None = None


@dataclass(frozen=True, slots=True)
class Directions:
    """Where the controlled findings of one outcome point: a row a study, and the sign test over families."""

    outcome: str
    rows: tuple[DirectionRow, ...]
    signs: Signs


@dataclass(frozen=True, slots=True)
class Synthesis:
    """All of a review's controlled findings in people, as numbers. Sorted by outcome, whatever the order they came in."""

    bodies: tuple[Body, ...] = ()
    directions: tuple[Directions, ...] = ()
    sweeps: tuple[PairSweep, ...] = ()
    without: tuple[NotComparable, ...] = ()

    def effect(self, study: str, finding: str) -> Comparison | None:
        """The effect computed from that finding, or None."""
        every = (one for body in self.bodies for one in body.effects)
        return next((one for one in every if (one.study, one.finding) == (study, finding)), None)


def synthesise(
    studies: Sequence[Study],
    vocabulary: Vocabulary,
    families: Sequence[Family],
    years: Mapping[str, int],
    *,
    robustness: bool = True,
) -> Synthesis:
    """Compute, group and where honest pool the controlled findings of `studies`, which are those in people.

    `years` gives a study's year of publication where it is known. Retracted studies are the caller's to leave out. Without
    `robustness` the effects are pooled all the same, and what tries how firm they are is left out: it takes most of the time.
    """
    found = [
        (study, finding)
        for study in sorted(studies, key=lambda s: s.id)
        for finding in sorted(study.findings, key=lambda f: f.id)
        if _is_controlled(study, finding, vocabulary)
    ]
    tried = [comparison(study, finding, vocabulary) for study, finding in found]
    effects = [one for one in tried if isinstance(one, Comparison)]
    family = {member: one.id for one in families for member in one.studies}
    last = {(study.id, finding.id): finding.weeks or 0.0 for study, finding in found}

    def together(one: Comparison) -> tuple[str, str, bool]:
        return one.outcome, one.metric, one.randomised

    bodies = [
        _body(list(group), family, last, years, robustness)
        for _, group in groupby(sorted(effects, key=together), key=together)
    ]
    return Synthesis(
        tuple(bodies),
        tuple(_directions(found, family, vocabulary)),
        tuple(_sweep(one) for one in effects if one.assumes and robustness),
        tuple(one for one in tried if isinstance(one, NotComparable)),
    )


def _is_controlled(study: Study, finding: Finding, vocabulary: Vocabulary) -> bool:
    design = vocabulary.design(study.design)
    human = vocabulary.population(study.population.code).species == "human"
    against = bool(finding.contrast.against)
    return against and human and design.controlled and not design.synthesis and finding.unit in ("people", "sides")


def _body(
    effects: list[Comparison],
    family: Mapping[str, str],
    last: Mapping[tuple[str, str], float],
    years: Mapping[str, int],
    robustness: bool,
) -> Body:
    effects.sort(key=lambda one: (years.get(one.study, 9999), one.study, one.finding))
    families = tuple(family.get(one.study, one.study) for one in effects)
    chosen = tuple(sorted(_one_a_family(effects, families, last)))
    first = effects[0]
    names = len(chosen)
    because = "one family of studies: no pooled claim" if names < 2 else f"{names} independent families"
    whole = (first.outcome, first.metric, first.scale, first.randomised, tuple(effects), families, chosen, because)
    if names < 2:
        return Body(*whole)
    y, v = (np.array([getattr(effects[at], name) for at in chosen]) for name in ("yi", "vi"))
    fit = pool(y, v, test="adhoc", stopping=EXACT)
    if not robustness:
        return Body(*whole, pooled=fit)
    kept = [families[at] for at in chosen]
    claim = _claimed(first.metric)
    return Body(
        *whole,
        pooled=fit,
        tau2=tau2_interval(y, v, stopping=EXACT),
        growing=cumulative(y, v, test="adhoc", stopping=EXACT),
        left_out=leave_one_family_out(y, v, kept, test="adhoc"),
        universe=multiverse(_variants([effects[at] for at in chosen], kept), claim=claim) if claim else None,
        looks=_looks(y, v) if first.metric == "SD units" else None,
        asymmetry=egger(y, v, effective_n=[effects[at].people for at in chosen])
        if names >= _FEWEST_FOR_ASYMMETRY
        else None,
    )


def _claimed(metric: str) -> Literal["above", "below"] | None:
    """The side on which the treated do better; None where the instrument does not say."""
    if metric.endswith(("fewer is better", "lower is better")):
        return "below"
    return "above" if metric.endswith(("SD units", "more is better", "higher is better")) else None


def _one_a_family(
    effects: Sequence[Comparison], families: Sequence[str], last: Mapping[tuple[str, str], float]
) -> Iterable[int]:
    """The position of each family's effect: most people, then the last measurement, then by name."""
    best: dict[str, int] = {}
    for at, (one, name) in enumerate(zip(effects, families, strict=True)):
        rank = (-one.people, -last[one.study, one.finding], one.study, one.finding)
        if name in best:
            other = effects[best[name]]
            if rank > (-other.people, -last[other.study, other.finding], other.study, other.finding):
                continue
        best[name] = at
    return best.values()


def _variants(effects: Sequence[Comparison], families: Sequence[str]) -> list[Variant]:
    """Every correlation of the grid where one was assumed, and each family left out where two remain."""
    grid = GRID if any(one.assumes for one in effects) else (ASSUMED_CORRELATION,)
    found: list[Variant] = []
    for r in grid:
        values = [one.at_correlation(r) for one in effects]
        name = f"pairs correlated {r:g}" if len(grid) > 1 else "all families"
        found.append(Variant(name, tuple(y for y, _ in values), tuple(v for _, v in values)))
    if len(effects) > 2:
        for at, left in enumerate(families):
            rest = [one.at_correlation(ASSUMED_CORRELATION) for i, one in enumerate(effects) if i != at]
            found.append(Variant(f"without {left}", tuple(y for y, _ in rest), tuple(v for _, v in rest)))
    return found


def _looks(y: np.ndarray, v: np.ndarray) -> Looks | None:
    """Sequential looks, one a study, with the diversity of all of them."""
    information = required_information(y, v, FALLBACK_DIFFERENCE)
    accrued = np.cumsum(1 / v) / information.required
    fractions = sorted({round(min(1.0, float(t)), 6) for t in accrued})
    fits = cumulative(y, v, stopping=EXACT)
    z = [float(e / s) for e, s in zip(fits.estimate, fits.se, strict=True)][: len(fractions)]
    try:
        boundaries = sequential_boundaries(fractions)
    except BadInput:
        return None
    return Looks(FALLBACK_DIFFERENCE, tuple(z), information, boundaries, living_state(z[-1], boundaries))


def _sweep(one: Comparison) -> PairSweep:
    """The effect over the grid of correlations, and where its interval touches no effect."""
    rows: list[tuple[float, float, float, float]] = []
    for r in GRID:
        low, high = _interval(one, r)
        rows.append((r, one.at_correlation(r)[0], low, high))
    steps = np.linspace(GRID[0], GRID[-1], 181)
    holds = [low > 0 or high < 0 for low, high in (_interval(one, float(r)) for r in steps)]
    pairs = zip(steps[:-1], steps[1:], holds[:-1], holds[1:], strict=True)
    return PairSweep(
        one.study, one.finding, tuple(rows), tuple(round(float(a + b) / 2, 3) for a, b, was, now in pairs if was != now)
    )


def _interval(one: Comparison, r: float) -> tuple[float, float]:
    y, v = one.at_correlation(r)
    reach = 1.959964 * float(np.sqrt(v)) if v > 0 else float("nan")
    return y - reach, y + reach


def _directions(
    found: Sequence[tuple[Study, Finding]], family: Mapping[str, str], vocabulary: Vocabulary
) -> Iterable[Directions]:
    """A row a study for each outcome, from directions of point estimates; sources in conflict are left out."""
    towards = {"benefit": 1.0, "harm": -1.0}
    usable = [(study, finding) for study, finding in found if not is_blocked(finding)]
    order = sorted(usable, key=lambda pair: (pair[1].outcome, pair[0].id))
    for outcome, group in groupby(order, key=lambda pair: pair[1].outcome):
        rows: list[DirectionRow] = []
        by_family: dict[str, list[float]] = {}
        for _, one in groupby(group, key=lambda pair: pair[0].id):
            members = list(one)
            study = members[0][0]
            signs = [towards.get(finding.direction, 0.0) for _, finding in members]
            by_family.setdefault(family.get(study.id, study.id), []).extend(signs)
            label = vocabulary.outcome(outcome).label
            size = people_size(study.people.counted)
            rows.append(DirectionRow(study.label, label, direction_of(signs), size, len(signs)))
        yield Directions(outcome, tuple(rows), sign_test([direction_of(signs) for signs in by_family.values()]))

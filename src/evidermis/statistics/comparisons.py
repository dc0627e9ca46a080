"""The effect that one controlled finding allows to be computed, from the numbers that its source gives.

What cannot be computed says why. Effects that cannot stand beside one another are on different *metrics*:

* `SD units`: a difference of means in standard deviations between people (SMD of groups; SMCRPH of sides of one
  person, which is in the same unit);
* `change SD units`: the same in standard deviations of within-person differences (SMCC, d_z), never pooled with the
  former (methods: d_z = d / sqrt(2 (1 - r)));
* `risk ratio` of groups, `odds ratio of pairs` from the margins of pairs (Becker & Balagtas 1993), and the ratio that a
  source prints (`OR`, `HR`, `IRR`, `ROM`), all as logarithms;
* `MD <unit>`: a difference printed with its interval or error, in its own unit.

Standardised differences are turned so that above 0 the treated do better. A ratio is left as it is, and its metric says
which side is better.
"""

import math
import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evidermis.evidence.quantity import Conflict, known
from evidermis.evidence.study import Finding, Study
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.statistics.distributions import normal_quantile, student_quantile
from evidermis.statistics.effect_size import effect_size
from evidermis.statistics.pair_correlation import correlation_of_pairs

__all__ = ["ASSUMED_CORRELATION", "Comparison", "NotComparable", "comparison", "is_blocked"]

# The correlation of the two sides of a person where no source gives it: conservative for halves of a face.
ASSUMED_CORRELATION = 0.5
UNCERTAIN = "no effect with its uncertainty can be computed"
CONTRADICTS = "the direction stated and the numbers given disagree"
_RATIOS = ("RR", "OR", "HR", "IRR", "ROM")
_T_TEST = re.compile(r"\bt[- ]test\b|\bpaired t\b|\bwelch t\b|\bstudent", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One effect `yi` with variance `vi` on the scale of its `metric`.

    `measure` is the effect's name in `MEASURES`, `correlation` that of the pairs (None where groups are compared), and
    `assumes` names the columns to compute it anew for other correlations where that one was assumed.
    """

    study: str
    finding: str
    outcome: str
    metric: str
    measure: str
    yi: float
    vi: float
    people: float
    randomised: bool
    correlation: float | None = None
    assumes: tuple[tuple[str, float], ...] = ()
    turned: bool = False

    @property
    def scale(self) -> Literal["log", "natural"]:
        """Whether the effect is the logarithm of a ratio."""
        return "log" if "ratio" in self.metric else "natural"

    @property
    def interval(self) -> tuple[float, float]:
        """The effect's 95 % interval by the normal, on its scale."""
        reach = float(normal_quantile(0.975)) * math.sqrt(self.vi)
        return self.yi - reach, self.yi + reach

    def at_correlation(self, r: float) -> "tuple[float, float]":
        """Effect and variance had the sides correlated by `r`; as they are where nothing was assumed."""
        if not self.assumes:
            return self.yi, self.vi
        y, v = effect_size(self.measure, {**{name: [x] for name, x in self.assumes}, "ri": [r]})
        return (-float(y[0]) if self.turned else float(y[0])) + 0.0, float(v[0])


@dataclass(frozen=True, slots=True)
class NotComparable:
    """A finding without an effect, and why.

    `blocked`: its numbers are in conflict; `contradicts`: the direction stated and the means disagree.
    """

    study: str
    finding: str
    outcome: str
    because: str
    blocked: bool = False
    contradicts: bool = False


def is_blocked(finding: Finding) -> bool:
    """Whether any number of the finding is in conflict between sources, which holds all of it out."""
    return any(isinstance(number.quantity, Conflict) for _, number in finding.numbers)


def comparison(study: Study, finding: Finding, vocabulary: Vocabulary) -> Comparison | NotComparable:
    """The effect of a finding that compares the treated with something else.

    Tried in this order: means and SDs, counts, a printed effect with its interval or error, an exact p of a t test.
    """
    if is_blocked(finding):
        return NotComparable(study.id, finding.id, finding.outcome, "its numbers are in conflict", blocked=True)
    cells = _Cells(study, finding, vocabulary)
    for attempt in (_from_means, _from_counts, _from_print, _from_p):
        found = attempt(cells)
        if found is not None:
            return found
    because = CONTRADICTS if cells.contradicts else UNCERTAIN
    return NotComparable(study.id, finding.id, finding.outcome, because, contradicts=cells.contradicts)


class _Cells:
    """The numbers of a finding by arm, with the places they stand in."""

    def __init__(self, study: Study, finding: Finding, vocabulary: Vocabulary) -> None:
        self.study, self.finding = study, finding
        design = vocabulary.design(study.design)
        self.pairs = design.pairing in ("within-person", "crossover")
        self.parallel = design.pairing == "parallel"
        self.randomised = design.rung == "randomised-trial"
        instrument = next((one for one in vocabulary.instruments if one.code == finding.instrument), None)
        self.better = instrument.better if instrument else "depends"
        arms = (finding.contrast.of, finding.contrast.against)
        self.of, self.against = (
            {v.what: x for v in finding.values if v.arm == arm and (x := known(v.number)) is not None} for arm in arms
        )

    def people(self, arm: str, cells: dict[str, float]) -> float | None:
        """How many people an arm's numbers come from: pairs where sides are compared."""
        if self.pairs:
            return known(self.finding.analysed) or self.study.people.counted
        found = self.study.arm(arm)
        return cells.get("n") or cells.get("total") or (known(found.people) if found else None)

    @property
    def sizes(self) -> tuple[float, float] | None:
        """People of both arms, or None."""
        first = self.people(self.finding.contrast.of, self.of)
        second = self.people(self.finding.contrast.against, self.against)
        return (first, second) if first and second else None

    def both(self, what: str) -> tuple[float, float] | None:
        """That number of the treated and of the other arm."""
        return (self.of[what], self.against[what]) if what in self.of and what in self.against else None

    def sign(self, difference: float) -> float | None:
        """1 where a larger value is better for the treated, else -1; None where instrument and direction disagree."""
        said = {"benefit": 1.0, "harm": -1.0}.get(self.finding.direction, 0.0)
        by_instrument = {"higher": 1.0, "lower": -1.0}.get(self.better, 0.0)
        by_direction = said * math.copysign(1.0, difference) if difference else 0.0
        if by_instrument and by_direction and by_instrument != by_direction:
            return None
        return by_instrument or by_direction or None

    @property
    def contradicts(self) -> bool:
        """Whether the means say otherwise than the direction that was read."""
        means = self.both("mean")
        known_side = self.better != "depends" and self.finding.direction in ("benefit", "harm")
        return means is not None and means[0] != means[1] and known_side and self.sign(means[0] - means[1]) is None

    def made(self, metric: str, measure: str, y: float, v: float, people: float, **more: object) -> Comparison | None:
        """The comparison, where its numbers are of this world."""
        if not (math.isfinite(y) and math.isfinite(v) and v > 0):
            return None
        one = (
            self.study.id,
            self.finding.id,
            self.finding.outcome,
            metric,
            measure,
            y + 0.0,
            v,
            people,
            self.randomised,
        )
        return Comparison(*one, **more)  # pyright: ignore[reportArgumentType] - the names below are the fields' own


def _computed(measure: str, columns: dict[str, float]) -> tuple[float, float]:
    y, v = effect_size(measure, {name: [x] for name, x in columns.items()})
    return float(y[0]), float(v[0])


def _from_means(cells: _Cells) -> Comparison | None:
    means, sds, sizes = cells.both("mean"), cells.both("sd"), cells.sizes
    if means is None or sds is None or sizes is None or min(sizes) < 2 or min(sds) <= 0:
        return None
    sign = cells.sign(means[0] - means[1])
    if sign is None:
        return None
    columns = {"m1i": means[0], "m2i": means[1], "sd1i": sds[0], "sd2i": sds[1]}
    turned = sign < 0
    if cells.parallel:
        y, v = _computed("SMD", columns | {"n1i": sizes[0], "n2i": sizes[1]})
        return cells.made("SD units", "SMD", sign * y, v, sum(sizes), turned=turned)
    if not cells.pairs:
        return None
    columns |= {"ni": sizes[0]}
    reported = _correlation(cells, sds)
    r = ASSUMED_CORRELATION if reported is None else reported
    y, v = _computed("SMCRPH", columns | {"ri": r})
    assumes = () if reported is not None else tuple(columns.items())
    return cells.made("SD units", "SMCRPH", sign * y, v, sizes[0], correlation=r, assumes=assumes, turned=turned)


def _correlation(cells: _Cells, sds: tuple[float, float]) -> float | None:
    """The correlation of the sides, as printed or from the SD of the differences."""
    if (printed := cells.of.get("correlation")) is not None and -1 < printed < 1:
        return printed
    if (sd := cells.of.get("sd of difference")) is not None and abs(sds[0] - sds[1]) <= sd <= sum(sds):
        return float(np.clip(correlation_of_pairs(sds[0], sds[1], sd), -0.999, 0.999))
    return None


def _from_counts(cells: _Cells) -> Comparison | None:
    events, sizes = cells.both("events"), cells.sizes
    if events is None or sizes is None or any(e > n for e, n in zip(events, sizes, strict=True)):
        return None
    columns = {
        "ai": events[0],
        "bi": sizes[0] - events[0],
        "ci": events[1],
        "di": sizes[1] - events[1],
    }
    better = {"higher": ", more is better", "lower": ", fewer is better"}.get(cells.better, "")
    if cells.parallel:
        y, v = _computed("RR", columns)
        return cells.made(f"risk ratio{better}", "RR", y, v, sum(sizes))
    if not cells.pairs:
        return None
    y, v = _computed("MPORM", columns | {"ri": ASSUMED_CORRELATION})
    assumes = tuple(columns.items())
    return cells.made(
        f"odds ratio of pairs{better}", "MPORM", y, v, sizes[0], correlation=ASSUMED_CORRELATION, assumes=assumes
    )


def _from_print(cells: _Cells) -> Comparison | None:
    finding = cells.finding
    measure, estimate = finding.measure.strip().upper(), known(finding.estimate)
    low, high, se = known(finding.ci_low), known(finding.ci_high), known(finding.se)
    if estimate is None:
        return None
    z = float(normal_quantile(0.975))
    people = sum(cells.sizes) if cells.sizes else known(finding.analysed) or cells.study.people.counted or 0
    if measure in _RATIOS:
        if low is None or high is None or not 0 < low <= estimate <= high:
            return None
        v = (math.log(high / low) / (2 * z)) ** 2
        return cells.made(f"{measure} (ratio)", measure, math.log(estimate), v, people)
    if measure != "MD":
        return None
    if se is None and low is not None and high is not None and low <= estimate <= high:
        se = (high - low) / (2 * z)
    if se is None:
        return None
    unit = finding.estimate.unit if finding.estimate else ""
    better = {"higher": ", higher is better", "lower": ", lower is better"}.get(cells.better, "")
    return cells.made(f"MD {unit or 'in ' + finding.instrument}{better}", "MD", estimate, se**2, people)


def _from_p(cells: _Cells) -> Comparison | None:
    """|t| from an exact two-sided p of a t test; a p that only bounds (p < 0.05) is never a number."""
    p, sizes = known(cells.finding.p), cells.sizes
    side = {"benefit": 1.0, "harm": -1.0}.get(cells.finding.direction)
    if p is None or sizes is None or side is None or not 0 < p < 1 or not _T_TEST.search(cells.finding.test):
        return None
    n1, n2 = sizes
    if cells.pairs:
        if n1 < 3:
            return None
        dz = float(student_quantile(1 - p / 2, n1 - 1)) / math.sqrt(n1)
        y, v = _computed("SMCC", {"m1i": dz, "m2i": 0.0, "sddi": 1.0, "ni": n1})
        return cells.made("change SD units", "SMCC", side * y, v, n1)
    if not cells.parallel or n1 + n2 < 4:
        return None
    d = float(student_quantile(1 - p / 2, n1 + n2 - 2)) * math.sqrt(1 / n1 + 1 / n2)
    y, v = _computed("SMD", {"m1i": d, "m2i": 0.0, "sd1i": 1.0, "sd2i": 1.0, "n1i": n1, "n2i": n2})
    return cells.made("SD units", "SMD", side * y, v, n1 + n2)

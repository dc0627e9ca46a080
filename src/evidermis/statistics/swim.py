"""When not pooling: what can still be said honestly (SWiM, Campbell et al. 2020; Cochrane Handbook ch. 12).

Directions come from point estimates, never from significance. A sign test asks whether more studies point one way than
chance would give; combined p values ask whether there is an effect in at least one study; neither says how large it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evidermis.evidence.errors import BadInput
from evidermis.evidence.quantity import Bound, Known
from evidermis.statistics.distributions import binomial_cdf, chi2_upper, normal_cdf, normal_quantile

__all__ = [
    "CombinedP",
    "DirectionRow",
    "Signs",
    "combine_p",
    "direction_of",
    "direction_table",
    "people_size",
    "sign_test",
    "wilson_interval",
]

Towards = Literal["benefit", "harm", "unclear"]
# Boon & Thomson (2021): outcomes of one domain in one study agree where at least this share points one way.
AGREEMENT = 0.7


def direction_of(effects: Sequence[float], *, higher_is_better: bool = True) -> Towards:
    """One direction for a study's outcomes in a domain; unclear where fewer than 70 % of the point estimates agree."""
    known = [effect for effect in effects if np.isfinite(effect)]
    if not known:
        return "unclear"
    up = sum(effect > 0 for effect in known) / len(known)
    down = sum(effect < 0 for effect in known) / len(known)
    if max(up, down) < AGREEMENT:
        return "unclear"
    return "benefit" if (up > down) == higher_is_better else "harm"


@dataclass(frozen=True, slots=True)
class Signs:
    """Of `clear` studies `favouring` point to benefit: the share with its Wilson interval and the two-sided exact p."""

    favouring: int
    clear: int
    unclear: int
    share: float
    lower: float
    upper: float
    p: float


def wilson_interval(successes: int, trials: int, *, level: float = 0.95) -> tuple[float, float]:
    """Wilson's (1927) interval of a proportion; (0, 1) without trials."""
    if not 0 <= successes <= trials:
        raise BadInput(f"{successes} of {trials} is not a share")
    if trials == 0:
        return 0.0, 1.0
    z = float(normal_quantile((1 + level) / 2))
    p, shrink = successes / trials, 1 + z * z / trials
    centre = (p + z * z / (2 * trials)) / shrink
    reach = z * float(np.sqrt(p * (1 - p) / trials + z * z / (4 * trials * trials))) / shrink
    return max(0.0, centre - reach), min(1.0, centre + reach)


def sign_test(directions: Sequence[Towards], *, level: float = 0.95) -> Signs:
    """The sign test over studies; unclear ones are counted apart and never as benefit."""
    favouring, against = directions.count("benefit"), directions.count("harm")
    clear = favouring + against
    p = min(1.0, 2 * binomial_cdf(min(favouring, against), clear, 0.5)) if clear else 1.0
    low, high = wilson_interval(favouring, clear, level=level)
    share = favouring / clear if clear else float("nan")
    return Signs(favouring, clear, len(directions) - clear, share, low, high, p)


@dataclass(frozen=True, slots=True)
class CombinedP:
    """The p of 'there is an effect in at least one study'. `is_bound`: some p were inequalities, so it is an upper
    limit.
    """

    p: float
    statistic: float
    studies: int
    is_bound: bool


def combine_p(
    one_sided: Sequence[Known | Bound | float], *, rule: Literal["fisher", "stouffer"] = "fisher"
) -> CombinedP:
    """Combine one-sided p values in the direction of benefit. A bound `p < x` counts as x, which can only make the
    result larger; a lower bound (`p > x`, 'not significant') says nothing that can be combined and is refused."""
    values: list[float] = []
    is_bound = False
    for p in one_sided:
        if isinstance(p, Bound):
            if p.relation in (">", ">="):
                raise BadInput(f"p {p} cannot be combined", mend="leave the study out and say so")
            is_bound = True
            values.append(p.limit)
        else:
            values.append(p.value if isinstance(p, Known) else p)
    array = np.array(values)
    if array.size == 0 or not ((array > 0) & (array <= 1)).all():
        raise BadInput("p values must lie above 0 and up to 1", mend="p = 0.000 is a bound: p < 0.001")
    if rule == "fisher":
        statistic = float(-2 * np.log(array).sum())
        return CombinedP(float(chi2_upper(statistic, 2.0 * array.size)), statistic, array.size, is_bound)
    z = float(np.sum(normal_quantile(1 - array)) / np.sqrt(array.size))
    return CombinedP(float(normal_cdf(-z)), z, array.size, is_bound)


@dataclass(frozen=True, slots=True)
class DirectionRow:
    """One cell of the effect-direction plot: study, domain, direction, size class by people treated, number of
    outcomes.
    """

    study: str
    domain: str
    direction: Towards
    size: Literal["large", "medium", "small", "unknown"]
    outcomes: int


def direction_table(
    findings: Sequence[tuple[str, str, float, int | None]], *, higher_is_better: bool = True
) -> tuple[DirectionRow, ...]:
    """Rows from (study, domain, point estimate, people treated): one a study and domain, in the order first met.

    Sizes after Boon & Thomson (2021): large above 300 people in the treated group, medium 50 to 300, small below.
    """
    cells: dict[tuple[str, str], list[tuple[float, int | None]]] = {}
    for study, domain, effect, people in findings:
        cells.setdefault((study, domain), []).append((effect, people))
    rows: list[DirectionRow] = []
    for (study, domain), found in cells.items():
        people = [n for _, n in found if n is not None]
        direction = direction_of([effect for effect, _ in found], higher_is_better=higher_is_better)
        rows.append(DirectionRow(study, domain, direction, people_size(max(people, default=None)), len(found)))
    return tuple(rows)


def people_size(people: int | None) -> Literal["large", "medium", "small", "unknown"]:
    """Boon & Thomson's (2021) size classes of a study by its people: above 300, 50 to 300, below 50."""
    if people is None:
        return "unknown"
    return "large" if people > 300 else "medium" if people >= 50 else "small"

"""How well people agree beyond chance, whoever rated what.

Ratings are rows of units (records) by raters; `None` where a rater did not rate a unit. Coefficients are 1 where all agree and 0
where agreement is what chance would give; they are `None` where chance alone explains everything (one category) or nothing
was rated twice. Kappa's paradox, low kappa at high agreement where one answer is rare, is why Gwet's AC1 stands beside it:
screening is such a case.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evidermis.screening.arrays import Floats

__all__ = ["Agreement", "agreement", "cohen_kappa", "fleiss_kappa", "gwet_ac1", "krippendorff_alpha"]

Rating = Hashable | None
Ratings = Sequence[Sequence[Rating]]
Metric = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The four coefficients over the same ratings, the share of agreeing pairs, and how many units two or more people rated.

    `cohen` only exists for exactly two raters.
    """

    units: int
    observed: float | None
    cohen: float | None
    fleiss: float | None
    gwet: float | None
    krippendorff: float | None


def agreement(ratings: Ratings) -> Agreement:
    """All coefficients at once."""
    shared = [row for row in ratings if sum(one is not None for one in row) >= 2]
    counts = _counts(ratings)
    return Agreement(
        len(shared),
        _observed(counts) if shared else None,
        cohen_kappa(ratings) if ratings and len(ratings[0]) == 2 else None,
        fleiss_kappa(ratings),
        gwet_ac1(ratings),
        krippendorff_alpha(ratings),
    )


def cohen_kappa(ratings: Ratings) -> float | None:
    """Cohen's kappa for two raters, over the units that both rated (Cohen 1960, Educ Psychol Meas 20:37)."""
    pairs = [(row[0], row[1]) for row in ratings if row[0] is not None and row[1] is not None]
    if not pairs:
        return None
    observed = sum(a == b for a, b in pairs) / len(pairs)
    categories = {one for pair in pairs for one in pair}
    firsts, seconds = [a for a, _ in pairs], [b for _, b in pairs]
    chance = sum(firsts.count(one) * seconds.count(one) for one in categories) / len(pairs) ** 2
    return _beyond(observed, chance)


def fleiss_kappa(ratings: Ratings) -> float | None:
    """Fleiss' kappa for any raters (Fleiss 1971, Psychol Bull 76:378), with missing ratings as in Gwet 2014, chapter 2."""
    return _from_counts(ratings, lambda shares: float((shares**2).sum()))


def gwet_ac1(ratings: Ratings) -> float | None:
    """Gwet's AC1 for any raters (Gwet 2008, Br J Math Stat Psychol 61:29; missing ratings as in Gwet 2014, chapter 2)."""

    def chance(shares: Floats) -> float:
        return float((shares * (1 - shares)).sum() / (len(shares) - 1)) if len(shares) > 1 else 1.0

    return _from_counts(ratings, chance)


def krippendorff_alpha(ratings: Ratings, metric: Metric = "nominal") -> float | None:
    """Krippendorff's alpha (Krippendorff 2011, *Computing Krippendorff's Alpha-Reliability*); units rated once do not count.

    For `ordinal`, `interval` and `ratio` the ratings are numbers; `ordinal` looks at their order alone.
    """
    counts = _counts(ratings)
    counts = counts[counts.sum(axis=1) >= 2]
    if not len(counts):
        return None
    per_unit = counts.sum(axis=1, keepdims=True)
    together = (counts / (per_unit - 1)).T @ counts - np.diag((counts / (per_unit - 1)).sum(axis=0))
    totals = together.sum(axis=0)
    far = _distances(_categories(ratings), totals, metric)
    n = totals.sum()
    expected = float((np.outer(totals, totals) * far).sum() / (n - 1))
    return None if expected == 0 else 1 - float((together * far).sum()) / expected


def _distances(categories: Sequence[Hashable], totals: Floats, metric: Metric) -> Floats:
    if metric == "nominal":
        return 1 - np.eye(len(categories))
    if metric == "ordinal":
        middle = np.cumsum(totals) - totals / 2
        return (middle[:, None] - middle[None, :]) ** 2
    values = np.array([float(str(one)) for one in categories])
    apart = (values[:, None] - values[None, :]) ** 2
    if metric == "interval":
        return apart
    sums = (values[:, None] + values[None, :]) ** 2
    return apart / np.where(sums, sums, 1)


def _from_counts(ratings: Ratings, chance: Callable[[Floats], float]) -> float | None:
    counts = _counts(ratings)
    if not (counts.sum(axis=1) >= 2).any():
        return None
    rated = counts[counts.sum(axis=1) >= 1]
    shares = (rated / rated.sum(axis=1, keepdims=True)).mean(axis=0)
    return _beyond(_observed(counts), chance(shares))


def _observed(counts: Floats) -> float:
    several = counts[counts.sum(axis=1) >= 2]
    raters = several.sum(axis=1)
    return float(((several * (several - 1)).sum(axis=1) / (raters * (raters - 1))).mean())


def _beyond(observed: float, chance: float) -> float | None:
    return None if chance >= 1 else (observed - chance) / (1 - chance)


def _categories(ratings: Ratings) -> list[Hashable]:
    found = {one for row in ratings for one in row if one is not None}
    return sorted(found, key=lambda one: (isinstance(one, str), one if isinstance(one, int | float) else 0, str(one)))


def _counts(ratings: Ratings) -> Floats:
    """Units by categories: how many raters chose each."""
    place = {category: i for i, category in enumerate(_categories(ratings))}
    counts = np.zeros((len(ratings), len(place)))
    for row, rated in enumerate(ratings):
        for one in rated:
            if one is not None:
                counts[row, place[one]] += 1
    return counts

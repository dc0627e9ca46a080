"""Number checks: can the numbers that a paper prints have come from data at all?

A check *holds* or *fails*, with the reason and its false-alarm rate: how often it fails for honest numbers rounded in
the usual way. Failing is a question to the authors, never a verdict on them. Sources: Brown & Heathers (2017) for
GRIM, Anaya (2016) and Allard (2018) for GRIMMER, Heathers et al. (2018) for SPRITE.
"""

from dataclasses import dataclass
from math import ceil, comb, floor

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.distributions import normal_cdf, student_quantile

__all__ = [
    "Check",
    "Sample",
    "confidence_interval_check",
    "grim",
    "grimmer",
    "identical_sds",
    "mcnemar_check",
    "mcnemar_p",
    "percentage_check",
    "sd_or_se",
    "sprite",
]
_DUST = 1e-9


@dataclass(frozen=True, slots=True)
class Check:
    """One number check. `holds` is None where the check cannot tell; `false_alarm` is the chance to fail for honest
    numbers, `detection` the share of arbitrary numbers that it would catch (NaN where unknown)."""

    name: str
    holds: bool | None
    because: str
    false_alarm: float
    detection: float = float("nan")


def _decimals(printed: str) -> int:
    whole, _, fraction = printed.strip().partition(".")
    if not (whole.lstrip("+-") + fraction).isdigit():
        raise BadInput(f"{printed!r} is not a printed number", mend="give it as printed, with its trailing zeros")
    return len(fraction)


def _interval(printed: str) -> tuple[float, float]:
    """The values that round to the printed one, by any usual rule for halves."""
    half = 0.5 * 10.0 ** -_decimals(printed)
    return float(printed) - half - _DUST, float(printed) + half + _DUST


def _whole(low: float, high: float) -> range:
    return range(ceil(low), floor(high) + 1)


def grim(mean: str, n: int, *, items: int = 1) -> Check:
    """GRIM: whether a mean of whole numbers (of `items` summed and averaged), as printed, is possible for n people."""
    if n < 1 or items < 1:
        raise BadInput("GRIM needs people and items")
    low, high = _interval(mean)
    possible = bool(_whole(low * n * items, high * n * items))
    detection = max(0.0, 1 - n * items / 10 ** _decimals(mean))
    if detection == 0.0:
        return Check(
            "GRIM", None, f"with {n * items} values every mean to {_decimals(mean)} decimals is possible", 0.0, 0.0
        )
    because = f"a sum of whole numbers over {n * items} {'can' if possible else 'cannot'} give {mean}"
    return Check("GRIM", possible, because, 0.0, detection)


def grimmer(mean: str, sd: str, n: int, *, items: int = 1) -> Check:
    """GRIMMER: whether a mean and SD (n - 1) of whole numbers, as printed, are possible together for n people."""
    if n < 2:
        raise BadInput("an SD needs two people or more")
    low, high = _interval(mean)
    sd_low, sd_high = (max(0.0, end) for end in _interval(sd))
    for total in _whole(low * n * items, high * n * items):
        # In units of 1/items values are whole: their squares sum to a whole number of the parity of their sum.
        least = (n - 1) * (sd_low * items) ** 2 + total**2 / n
        most = (n - 1) * (sd_high * items) ** 2 + total**2 / n
        if any((squares - total) % 2 == 0 for squares in _whole(least - _DUST, most + _DUST)):
            return Check("GRIMMER", True, f"whole numbers of {n} people can give {mean} (SD {sd})", 0.0)
    return Check("GRIMMER", False, f"no whole numbers of {n} people give {mean} (SD {sd})", 0.0)


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample that would give the printed mean and SD, or `values` empty where the search found none."""

    values: tuple[int, ...]
    tried: int


def sprite(
    mean: str, sd: str, n: int, low: int, high: int, generator: np.random.Generator, *, most: int = 20_000
) -> Sample:
    """SPRITE: search whole numbers between `low` and `high` with the printed mean and SD, by moves that keep the mean.

    Finding none is not proof that there is none, unless `grimmer` fails too.
    """
    if n < 2 or low >= high:
        raise BadInput("SPRITE needs two people or more and a scale with two values or more")
    mean_low, mean_high = _interval(mean)
    sd_low, sd_high = _interval(sd)
    tried = 0
    for total in _whole(mean_low * n, mean_high * n):
        if not low * n <= total <= high * n:
            continue
        values = np.full(n, total // n)
        values[: total - int(values.sum())] += 1
        for _ in range(most):
            tried += 1
            spread = float(values.std(ddof=1))
            if sd_low <= spread <= sd_high:
                return Sample(tuple(sorted(int(x) for x in values)), tried)
            _move(values, low, high, spread < sd_low, generator)
    return Sample((), tried)


def _move(values: npt.NDArray[np.int_], low: int, high: int, wider: bool, generator: np.random.Generator) -> None:
    """Raise one value and lower another by 1, apart to widen the spread, together to narrow it."""
    first, second = (int(x) for x in generator.choice(values.size, 2, replace=False))
    up, down = (first, second) if (values[first] >= values[second]) == wider else (second, first)
    apart = int(values[up]) - int(values[down])
    if values[up] < high and values[down] > low and (wider or apart <= -2):
        values[up] += 1
        values[down] -= 1


def percentage_check(printed: str, n: int) -> Check:
    """Whether any count of n people rounds to the printed percentage."""
    if n < 1:
        raise BadInput("a percentage needs people")
    low, high = _interval(printed.rstrip(" %"))
    counts = [k for k in _whole(low * n / 100, high * n / 100) if 0 <= k <= n]
    detection = max(0.0, 1 - (n + 1) / (100 * 10 ** _decimals(printed.rstrip(" %")) + 1))
    because = f"{counts[0]} of {n}" if counts else f"no count of {n} people gives {printed}"
    return Check("percentage", bool(counts), because, 0.0, detection)


def sd_or_se(mean: float, spread: float, n: int, *, low: float, high: float) -> Check:
    """Whether a printed 'SD' can be one on a scale from `low` to `high`, or is more likely a standard error.

    An SD is at most sqrt((mean - low)(high - mean) n / (n - 1)). On the other side, a 'SD' that times sqrt(n) would
    still be an ordinary one (under a third of the scale) while itself below 2 % of the scale is flagged as a possible
    SE; how often that is wrong hangs on how much people differ on that scale, so its false-alarm rate is not known.
    """
    if not low < high or n < 2 or not low <= mean <= high:
        raise BadInput("the mean must lie on the scale, of two people or more")
    limit = float(np.sqrt((mean - low) * (high - mean) * n / (n - 1)))
    if spread > limit * (1 + 1e-9):
        return Check("SD or SE", False, f"no SD on this scale exceeds {limit:.3g} with that mean", 0.0)
    if 0 < spread < 0.02 * (high - low) and spread * np.sqrt(n) < (high - low) / 3:
        return Check(
            "SD or SE", None, f"so small that it may be a standard error (SD {spread * np.sqrt(n):.3g})", np.nan
        )
    return Check("SD or SE", True, f"an SD up to {limit:.3g} is possible", 0.0)


def identical_sds(sds: tuple[str, ...], n: tuple[int, ...]) -> Check:
    """Whether independent groups print the same SD, and how often rounding alone would do that (largest pair)."""
    if len(sds) != len(n) or len(sds) < 2:
        raise BadInput("two groups or more are needed, with their people")
    pairs = [(i, j) for i in range(len(sds)) for j in range(i) if float(sds[i]) == float(sds[j])]
    chance = 0.0
    for i in range(len(sds)):
        for j in range(i):
            sd = max(float(sds[i]), float(sds[j]), _DUST)
            spread = sd * np.sqrt(1 / (2 * max(n[i] - 1, 1)) + 1 / (2 * max(n[j] - 1, 1)))
            unit = 10.0 ** -max(_decimals(sds[i]), _decimals(sds[j]))
            chance = 1 - (1 - chance) * (1 - float(2 * normal_cdf(unit / 2 / spread) - 1))
    because = (
        f"{len(pairs)} pair(s) of equal SDs; by chance at least one in {chance:.1%}" if pairs else "all SDs differ"
    )
    return Check("identical SDs", not pairs, because, chance)


def confidence_interval_check(mean: float, sd: float, n: int, lower: str, upper: str, *, level: float = 0.95) -> Check:
    """Whether a printed interval of a mean follows from its SD and people, to the printed digits (one unit of
    slack).

    Give mean and SD with at least the digits of the interval: coarser ones raise false alarms, see the docs.
    """
    if n < 2:
        raise BadInput("an interval needs two people or more")
    reach = float(student_quantile((1 + level) / 2, n - 1.0)) * sd / float(np.sqrt(n))
    slack = 10.0 ** -min(_decimals(lower), _decimals(upper))
    holds = bool(abs(mean - reach - float(lower)) <= slack and abs(mean + reach - float(upper)) <= slack)
    because = f"{level:.0%} interval from SD and n: {mean - reach:.4g} to {mean + reach:.4g}"
    return Check("confidence interval", holds, because, 0.0)


def mcnemar_p(b: int, c: int) -> float:
    """McNemar's exact two-sided p of b and c discordant pairs."""
    n = b + c
    tail = sum(comb(n, k) for k in range(min(b, c) + 1))
    return min(1.0, 2 * tail / 2**n)


def mcnemar_check(events_1: int, events_2: int, pairs: int, p: str, *, relation: str = "=") -> Check:
    """Whether any table of these margins gives the printed McNemar p (exact, chi-squared, or with Edwards' correction).

    `p` as printed (`0.031`); `relation` `=`, `<` or `>`.
    """
    if not (0 <= events_1 <= pairs and 0 <= events_2 <= pairs):
        raise BadInput("more events than pairs")
    found: list[float] = []
    for b in range(max(0, events_1 - events_2), min(events_1, pairs - events_2) + 1):
        c = b - (events_1 - events_2)
        found.append(mcnemar_p(b, c))
        if b + c:
            gaps = (abs(b - c), max(0, abs(b - c) - 1))
            found.extend(float(2 * normal_cdf(-gap / float(np.sqrt(b + c)))) for gap in gaps)
    low, high = _interval(p)
    limit = float(p)
    holds = {
        "=": any(low <= x <= high for x in found),
        "<": min(found) < limit,
        ">": max(found) > limit,
    }.get(relation)
    if holds is None:
        raise BadInput(f"unknown relation {relation}", mend="use =, < or >")
    because = f"p lies between {min(found):.4g} and {max(found):.4g} for these margins"
    return Check("McNemar", holds, because if holds else f"no table gives p {relation} {p}: {because}", 0.0)

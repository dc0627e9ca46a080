"""Proportions of one group and counts over person-time, with the transformations that make them poolable.

`xi` events among `ni` people (or `xi` and `mi` without), or `xi` events in `ti` person-time; `x1i`, `t1i`, `x2i`,
`t2i` for two groups. Sources: Freeman & Tukey (1950) for the double arcsine and the double root.
"""

from collections.abc import Callable

import numpy as np

from evidermis.evidence.errors import BadInput
from evidermis.statistics.columns import Columns, Settings, with_added
from evidermis.statistics.distributions import Array

__all__ = ["RATES"]

Effect = tuple[Array, Array]


def _proportion(compute: Callable[..., Effect], *, add: bool = True) -> Callable[[Columns, Settings], Effect]:
    def effect(columns: Columns, settings: Settings) -> Effect:
        if columns.has("ni"):
            x, n = columns("xi", "ni")
            m = n - x
        else:
            x, m = columns("xi", "mi")
        if (m < 0).any():
            raise BadInput("more events than people", mend="correct the counts")
        with np.errstate(divide="ignore", invalid="ignore"):
            x, m = with_added(settings, add, x, m)
            return compute(x, m, settings)

    effect.__doc__ = compute.__doc__
    return effect


def proportion(x: Array, m: Array, settings: Settings) -> Effect:
    """PR: raw proportion; `vtype` UB divides by n - 1."""
    n = x + m
    p = x / n
    return p, p * (1 - p) / (n - 1 if settings.vtype == "UB" else n)


def log_proportion(x: Array, m: Array, settings: Settings) -> Effect:
    """PLN: log proportion."""
    n = x + m
    return np.log(x / n), 1 / x - 1 / n


def logit_proportion(x: Array, m: Array, settings: Settings) -> Effect:
    """PLO: log odds."""
    return np.log(x / m), 1 / x + 1 / m


def arcsine_proportion(x: Array, m: Array, settings: Settings) -> Effect:
    """PAS: arcsine square root."""
    n = x + m
    return np.arcsin(np.sqrt(x / n)), 1 / (4 * n)


def double_arcsine(x: Array, m: Array, settings: Settings) -> Effect:
    """PFT: Freeman-Tukey double arcsine (known to mislead where sizes differ much: Schwarzer et al. 2019)."""
    n = x + m
    y = 0.5 * (np.arcsin(np.sqrt(x / (n + 1))) + np.arcsin(np.sqrt((x + 1) / (n + 1))))
    return y, 1 / (4 * n + 2)


def _one_rate(compute: Callable[..., Effect], *, add: bool = True) -> Callable[[Columns, Settings], Effect]:
    def effect(columns: Columns, settings: Settings) -> Effect:
        x, t = columns("xi", "ti")
        _refuse_no_time(t)
        with np.errstate(divide="ignore", invalid="ignore"):
            return compute(with_added(settings, add, x)[0], t)

    effect.__doc__ = compute.__doc__
    return effect


def rate(x: Array, t: Array) -> Effect:
    """IR: events per unit of person-time."""
    return x / t, x / t**2


def log_rate(x: Array, t: Array) -> Effect:
    """IRLN: log rate."""
    return np.log(x / t), 1 / x


def root_rate(x: Array, t: Array) -> Effect:
    """IRS: square root of the rate."""
    return np.sqrt(x / t), 1 / (4 * t)


def double_root_rate(x: Array, t: Array) -> Effect:
    """IRFT: Freeman-Tukey double root of the rate."""
    return 0.5 * (np.sqrt(x / t) + np.sqrt(x / t + 1 / t)), 1 / (4 * t)


def _two_rates(compute: Callable[..., Effect], *, add: bool = True) -> Callable[[Columns, Settings], Effect]:
    def effect(columns: Columns, settings: Settings) -> Effect:
        x1, x2, t1, t2 = columns("x1i", "x2i", "t1i", "t2i")
        _refuse_no_time(t1)
        _refuse_no_time(t2)
        with np.errstate(divide="ignore", invalid="ignore"):
            x1, x2 = with_added(settings, add, x1, x2)
            return compute(x1, x2, t1, t2)

    effect.__doc__ = compute.__doc__
    return effect


def rate_ratio(x1: Array, x2: Array, t1: Array, t2: Array) -> Effect:
    """IRR: log rate ratio."""
    return np.log(x1 / t1) - np.log(x2 / t2), 1 / x1 + 1 / x2


def rate_difference(x1: Array, x2: Array, t1: Array, t2: Array) -> Effect:
    """IRD: rate difference."""
    return x1 / t1 - x2 / t2, x1 / t1**2 + x2 / t2**2


def root_rate_difference(x1: Array, x2: Array, t1: Array, t2: Array) -> Effect:
    """IRSD: difference of root rates."""
    return np.sqrt(x1 / t1) - np.sqrt(x2 / t2), 1 / (4 * t1) + 1 / (4 * t2)


def _refuse_no_time(t: Array) -> None:
    if (t <= 0).any():
        raise BadInput("person-time must be above 0", mend="correct the value")


RATES: dict[str, Callable[[Columns, Settings], Effect]] = {
    "PR": _proportion(proportion),
    "PLN": _proportion(log_proportion),
    "PLO": _proportion(logit_proportion),
    "PAS": _proportion(arcsine_proportion, add=False),
    "PFT": _proportion(double_arcsine, add=False),
    "IR": _one_rate(rate),
    "IRLN": _one_rate(log_rate),
    "IRS": _one_rate(root_rate, add=False),
    "IRFT": _one_rate(double_root_rate, add=False),
    "IRR": _two_rates(rate_ratio),
    "IRD": _two_rates(rate_difference),
    "IRSD": _two_rates(root_rate_difference, add=False),
}

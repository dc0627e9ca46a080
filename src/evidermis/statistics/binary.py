"""Effects on a yes-or-no outcome: two groups, matched pairs, one group, and counts over person-time.

Two groups: `ai` of `ai + bi` had the event in the treated group, `ci` of `ci + di` in the other (`n1i`, `n2i` may
stand in for `bi`, `di`). Matched pairs: `ai` pairs had it under both conditions, `bi` only under the treated, `ci`
only under the other, `di` under neither. Sources: Yusuf et al. (1985) for Peto, Rucker et al. (2009) for the arcsine,
Zou (2007), Liu et al. and Agresti & Min (2004) for pairs, Elbourne et al. (2002) and Becker & Balagtas (1993) where
only the margins are known.
"""

from collections.abc import Callable

import numpy as np

from evidermis.evidence.errors import BadInput
from evidermis.statistics.columns import Columns, Settings, with_added
from evidermis.statistics.distributions import Array, normal_quantile

__all__ = ["BINARY", "table"]

Effect = tuple[Array, Array]


def table(columns: Columns) -> tuple[Array, ...]:
    """The four cells; group sizes may stand in for the cells without the event."""
    if columns.has("bi", "di"):
        cells = columns("ai", "bi", "ci", "di")
    elif columns.has("n1i", "n2i"):
        a, n1, c, n2 = columns("ai", "n1i", "ci", "n2i")
        cells = (a, n1 - a, c, n2 - c)
    else:
        cells = columns("ai", "bi", "ci", "di")
    for cell in cells:
        below = np.flatnonzero(cell < 0)
        if below.size:
            raise BadInput(
                "a cell is below 0: more events than people", place=f"study {below[0] + 1}", mend="correct the counts"
            )
    return cells


def _two_groups(compute: Callable[..., Effect], *, add: bool = True) -> Callable[[Columns, Settings], Effect]:
    """A measure of two independent groups, with the zero-cell rule applied first."""

    def effect(columns: Columns, settings: Settings) -> Effect:
        a, b, c, d = table(columns)
        if settings.drop00:
            silent = ((a == 0) & (c == 0)) | ((b == 0) & (d == 0))
            a, b, c, d = (np.where(silent, np.nan, cell) for cell in (a, b, c, d))
        with np.errstate(divide="ignore", invalid="ignore"):
            y, v = compute(*with_added(settings, add, a, b, c, d), settings)
        return y, v

    effect.__doc__ = compute.__doc__
    return effect


def risk_ratio(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
    """RR: log risk ratio."""
    n1, n2 = a + b, c + d
    return np.log(a / n1) - np.log(c / n2), 1 / a - 1 / n1 + 1 / c - 1 / n2


def odds_ratio(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
    """OR: log odds ratio (Woolf)."""
    return np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d


def risk_difference(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
    """RD: difference of risks; `vtype` UB divides by n - 1."""
    n1, n2 = a + b, c + d
    less = 1.0 if settings.vtype == "UB" else 0.0
    p1, p2 = a / n1, c / n2
    return p1 - p2, p1 * (1 - p1) / (n1 - less) + p2 * (1 - p2) / (n2 - less)


def peto_odds_ratio(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
    """PETO: Peto's one-step log odds ratio, (O - E) / V."""
    n1, n2 = a + b, c + d
    n = n1 + n2
    v = (a + c) * (b + d) * (n1 / n) * (n2 / n) / (n - 1)
    return (a - (a + c) * n1 / n) / v, 1 / v


def arcsine_difference(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
    """AS: difference of arcsine square-root risks; needs no correction for zero cells."""
    n1, n2 = a + b, c + d
    return np.arcsin(np.sqrt(a / n1)) - np.arcsin(np.sqrt(c / n2)), 1 / (4 * n1) + 1 / (4 * n2)


def yules_q(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
    """YUQ: Yule's Q."""
    odds = a * d / (b * c)
    q = (odds - 1) / (odds + 1)
    return q, 0.25 * (1 - q**2) ** 2 * (1 / a + 1 / b + 1 / c + 1 / d)


def yules_y(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
    """YUY: Yule's Y."""
    root = np.sqrt(a * d / (b * c))
    y = (root - 1) / (root + 1)
    return y, (1 - y**2) ** 2 / 16 * (1 / a + 1 / b + 1 / c + 1 / d)


def phi(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
    """PHI: phi coefficient with the large-sample variance; `vtype` ST for fixed group sizes."""
    n1, n2, events, others = a + b, c + d, a + c, b + d
    n = n1 + n2
    y = (a * d - b * c) / np.sqrt(n1 * n2 * events * others)
    if settings.vtype in ("LS", "CS"):
        rows, sides = (n1 - n2) / n, (events - others) / n
        row_product, side_product = n1 * n2 / n**2, events * others / n**2
        mixed = y * (1 + y**2 / 2) * rows * sides / np.sqrt(row_product * side_product)
        return y, (1 - y**2 + mixed - 0.75 * y**2 * (rows**2 / row_product + sides**2 / side_product)) / n
    p1, p2 = a / n1, c / n2
    q1, q2 = 1 - p1, 1 - p2
    both = p2 * q1 + p1 * q2
    inner = (
        4 * n1**3 * p1**2 * p2 * q1**2 * q2
        + 4 * n2**3 * p1 * p2**2 * q1 * q2**2
        + n1 * n2**2 * p2 * q2 * both * (p2 * q1 + p1 * (4 * q1 + q2))
        + n1**2 * n2 * p1 * q1 * both * (p1 * q2 + p2 * (q1 + 4 * q2))
    )
    return y, n**2 * inner / (4 * events**3 * others**3)


def probit_difference(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
    """PBIT: difference of probits, an estimate of a standardised mean difference."""
    n1, n2 = a + b, c + d
    p1, p2 = a / n1, c / n2
    z1, z2 = normal_quantile(p1), normal_quantile(p2)
    weight1, weight2 = (2 * np.pi * p * (1 - p) * np.exp(z**2) / n for p, z, n in ((p1, z1, n1), (p2, z2, n2)))
    return z1 - z2, weight1 + weight2


def _scaled(factor: float) -> Callable[..., Effect]:
    def effect(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
        y, v = odds_ratio(a, b, c, d, settings)
        return factor * y, factor**2 * v

    return effect


def matched_risk_ratio(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
    """MPRR: log ratio of the marginal risks of matched pairs."""
    return np.log((a + b) / (a + c)), (b + c) / ((a + b) * (a + c))


def matched_odds_ratio(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
    """MPOR: log ratio of the marginal odds of matched pairs."""
    n = a + b + c + d
    p1, p2, only1, only2 = (a + b) / n, (a + c) / n, b / n, c / n
    spread = only1 * (1 - only1) + only2 * (1 - only2) + 2 * only1 * only2
    return np.log(p1 / (1 - p1)) - np.log(p2 / (1 - p2)), spread / (n * p1 * (1 - p1) * p2 * (1 - p2))


def matched_risk_difference(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
    """MPRD: difference of the marginal risks of matched pairs."""
    n = a + b + c + d
    only1, only2 = b / n, c / n
    return only1 - only2, (only1 * (1 - only1) + 2 * only1 * only2 + only2 * (1 - only2)) / n


def conditional_odds_ratio(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
    """MPORC: conditional log odds ratio of matched pairs, ln(b / c)."""
    return np.log(b / c), 1 / b + 1 / c


def conditional_peto(a: Array, b: Array, c: Array, d: Array, settings: Settings) -> Effect:
    """MPPETO: Peto's form of the conditional odds ratio."""
    v = (b + c) / 4
    return (b - (b + c) / 2) / v, 1 / v


def odds_ratio_from_margins(columns: Columns, settings: Settings) -> Effect:
    """MPORM: marginal log odds ratio where only the margins and a correlation `ri` are known (Becker & Balagtas 1993).

    Here the rows are the two conditions of the same people: a + b = c + d = pairs.
    """
    r = columns("ri", "ai")[0]
    a, b, c, d = with_added(settings, True, *table(columns))
    y, v = odds_ratio(a, b, c, d, settings)
    n = np.round((a + b + c + d) / 2)
    both = (r * np.sqrt(a * b * c * d) + a * b) / n
    return y, v - 2 * n * (n * both - a * b) / (a * b * c * d)


def odds_ratio_from_margins_elbourne(columns: Columns, settings: Settings) -> Effect:
    """MPORE: log odds ratio of paired margins, with the covariance of the two logits by the delta method (Elbourne et al. 2002).

    `ri` is the correlation of the two yes-or-no values: cov = r / (n sqrt(p1 q1 p2 q2)) for n people.
    """
    r = columns("ri", "ai")[0]
    a, b, c, d = with_added(settings, True, *table(columns))
    y, v = odds_ratio(a, b, c, d, settings)
    n = (a + b + c + d) / 2
    p1, p2 = a / n, c / n
    covariance = r / (n * np.sqrt(p1 * (1 - p1) * p2 * (1 - p2)))
    return y, v - 2 * covariance


BINARY: dict[str, Callable[[Columns, Settings], Effect]] = {
    "RR": _two_groups(risk_ratio),
    "OR": _two_groups(odds_ratio),
    "RD": _two_groups(risk_difference),
    "PETO": _two_groups(peto_odds_ratio),
    "AS": _two_groups(arcsine_difference, add=False),
    "PHI": _two_groups(phi, add=False),
    "YUQ": _two_groups(yules_q),
    "YUY": _two_groups(yules_y),
    "PBIT": _two_groups(probit_difference),
    "OR2D": _two_groups(_scaled(np.sqrt(3) / np.pi)),
    "OR2DL": _two_groups(_scaled(np.sqrt(3) / np.pi)),
    "OR2DN": _two_groups(_scaled(1 / 1.65)),
    "MPRR": _two_groups(matched_risk_ratio),
    "MPOR": _two_groups(matched_odds_ratio),
    "MPRD": _two_groups(matched_risk_difference),
    "MPORC": _two_groups(conditional_odds_ratio),
    "MPPETO": _two_groups(conditional_peto),
    "MPORM": odds_ratio_from_margins,
    "MPORE": odds_ratio_from_margins_elbourne,
}

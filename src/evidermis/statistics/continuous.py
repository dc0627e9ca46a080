"""Effects on a continuous outcome between two parallel groups, each with its sampling variance.

Group 1 is the treated one; an effect is group 1 against group 2. Sources: Hedges (1981) for the standardised mean
difference, Bonett (2009) for unequal variances, Hedges, Gurevitch & Curtis (1999) for the ratio of means, Nakagawa et
al. (2015) for ratios of variability.
"""

from collections.abc import Callable

import numpy as np

from evidermis.evidence.errors import BadInput
from evidermis.statistics.columns import Columns, Settings, bias_correction
from evidermis.statistics.distributions import Array, hypergeometric_2f1, normal_quantile

__all__ = ["PARALLEL", "SINGLE"]

Effect = tuple[Array, Array]
_GROUPS = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")


def _pooled_sd(sd1: Array, n1: Array, sd2: Array, n2: Array) -> Array:
    return np.sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / (n1 + n2 - 2))


def mean_difference(columns: Columns, settings: Settings) -> Effect:
    """MD: difference of means, in the outcome's unit; `vtype` HO assumes equal variances."""
    m1, sd1, n1, m2, sd2, n2 = columns(*_GROUPS)
    if settings.vtype == "HO":
        return m1 - m2, _pooled_sd(sd1, n1, sd2, n2) ** 2 * (1 / n1 + 1 / n2)
    return m1 - m2, sd1**2 / n1 + sd2**2 / n2


def standardized_mean_difference(columns: Columns, settings: Settings) -> Effect:
    """SMD: Hedges' g. `vtype` LS, LS2 or UB (the unbiased variance). Accepts `di` or `ti` in place of means and SDs."""
    n1, n2 = columns("n1i", "n2i")
    if columns.has("di"):
        d = columns("di", "n1i")[0]
    elif columns.has("ti"):
        d = columns("ti", "n1i")[0] * np.sqrt(1 / n1 + 1 / n2)
    else:
        m1, sd1, n1, m2, sd2, n2 = columns(*_GROUPS)
        d = (m1 - m2) / _pooled_sd(sd1, n1, sd2, n2)
    df = n1 + n2 - 2
    j = bias_correction(df)
    g = j * d
    base = 1 / n1 + 1 / n2
    if settings.vtype == "UB":
        return g, base + (1 - (df - 2) / (df * j**2)) * g**2
    if settings.vtype == "LS2":
        return g, j**2 * (base + d**2 / (2 * (n1 + n2)))
    if settings.vtype == "AV":
        known = np.isfinite(g)
        mean = np.sum((g * (n1 + n2))[known]) / np.sum((n1 + n2)[known])
        return g, base + mean**2 / (2 * (n1 + n2))
    return g, base + g**2 / (2 * (n1 + n2))


def smd_unequal_variances(columns: Columns, settings: Settings) -> Effect:
    """SMDH: standardised by the root mean square of the two SDs, variances may differ (Bonett 2009)."""
    m1, sd1, n1, m2, sd2, n2 = columns(*_GROUPS)
    j = bias_correction(n1 + n2 - 2)
    total = sd1**2 + sd2**2
    g = j * (m1 - m2) / np.sqrt(total / 2)
    if settings.vtype == "LS2":
        spread = g**2 * (sd1**4 / n1 + sd2**4 / n2) / (2 * total**2)
        return g, spread + 2 * (sd1**2 / n1 + sd2**2 / n2) / total
    spread = g**2 * (sd1**4 / (n1 - 1) + sd2**4 / (n2 - 1)) / (2 * total**2)
    return g, j**2 * (spread + (sd1**2 / (n1 - 1) + sd2**2 / (n2 - 1)) / (total / 2))


def smd_control_sd(columns: Columns, settings: Settings) -> Effect:
    """SMD1: standardised by the SD of group 2 (Glass' delta)."""
    m1, n1, m2, sd2, n2 = columns("m1i", "n1i", "m2i", "sd2i", "n2i")
    df = n2 - 1
    j = bias_correction(df)
    d = (m1 - m2) / sd2
    g = j * d
    base = 1 / n1 + 1 / n2
    if settings.vtype == "UB":
        return g, base + (1 - (df - 2) / (df * j**2)) * g**2
    if settings.vtype == "LS2":
        return g, j**2 * (base + d**2 / (2 * n2))
    return g, base + g**2 / (2 * n2)


def smd_control_sd_unequal(columns: Columns, settings: Settings) -> Effect:
    """SMD1H: standardised by the SD of group 2, variances may differ."""
    m1, sd1, n1, m2, sd2, n2 = columns(*_GROUPS)
    g = bias_correction(n2 - 1) * (m1 - m2) / sd2
    return g, (sd1**2 / sd2**2) / n1 + 1 / n2 + g**2 / (2 * n2)


def ratio_of_means(columns: Columns, settings: Settings) -> Effect:
    """ROM: log of the ratio of means; only for outcomes on a ratio scale, both means of one sign."""
    m1, sd1, n1, m2, sd2, n2 = columns(*_GROUPS)
    if settings.vtype == "HO":
        pooled = _pooled_sd(sd1, n1, sd2, n2) ** 2
        return log_ratio(m1, m2), pooled / (n1 * m1**2) + pooled / (n2 * m2**2)
    return log_ratio(m1, m2), sd1**2 / (n1 * m1**2) + sd2**2 / (n2 * m2**2)


def log_ratio(m1: Array, m2: Array) -> Array:
    """ln(m1 / m2), refused where the two means do not have one sign."""
    wrong = np.flatnonzero(~(m1 * m2 > 0) & np.isfinite(m1 * m2))
    if wrong.size:
        raise BadInput(
            f"a ratio of the means {m1[wrong[0]]:g} and {m2[wrong[0]]:g} has no logarithm",
            place=f"study {wrong[0] + 1}",
            mend="use a difference of means",
        )
    return np.log(m1 / m2)


def ratio_of_variability(columns: Columns, settings: Settings) -> Effect:
    """VR: log ratio of the SDs."""
    sd1, n1, sd2, n2 = columns("sd1i", "n1i", "sd2i", "n2i")
    half1, half2 = 1 / (2 * (n1 - 1)), 1 / (2 * (n2 - 1))
    return np.log(sd1 / sd2) + half1 - half2, half1 + half2


def ratio_of_coefficients_of_variation(columns: Columns, settings: Settings) -> Effect:
    """CVR: log ratio of the coefficients of variation."""
    m1, sd1, n1, m2, sd2, n2 = columns(*_GROUPS)
    half1, half2 = 1 / (2 * (n1 - 1)), 1 / (2 * (n2 - 1))
    effect = np.log(sd1 / m1) + half1 - np.log(sd2 / m2) - half2
    return effect, half1 + sd1**2 / (n1 * m1**2) + half2 + sd2**2 / (n2 * m2**2)


def _point_biserial(columns: Columns) -> tuple[Array, Array, Array, Array, Array]:
    m1, sd1, n1, m2, sd2, n2 = columns(*_GROUPS)
    d = (m1 - m2) / _pooled_sd(sd1, n1, sd2, n2)
    h = (n1 + n2 - 2) * (1 / n1 + 1 / n2)
    return d, h, d / np.sqrt(d**2 + h), n1, n2


def point_biserial(columns: Columns, settings: Settings) -> Effect:
    """RPB: point-biserial correlation of group and outcome; `vtype` CS for sampling across both groups."""
    d, h, r, n1, n2 = _point_biserial(columns)
    n = n1 + n2
    if settings.vtype == "CS":
        return r, (1 - r**2) ** 2 * (n * r**2 / (4 * n1 * n2) + (2 - 3 * r**2) / (2 * n))
    return r, h**2 / (h + d**2) ** 3 * (1 / n1 + 1 / n2 + d**2 / (2 * n))


def biserial(columns: Columns, settings: Settings) -> Effect:
    """RBIS: biserial correlation (Jacobs & Viechtbauer 2017)."""
    _, _, r, n1, n2 = _point_biserial(columns)
    p1, p2 = n1 / (n1 + n2), n2 / (n1 + n2)
    z = normal_quantile(1 - p1)
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    effect = np.sqrt(p1 * p2) / density * r
    r_cut = np.clip(effect, -1, 1)
    slope = 1.5 + (1 - p1 * z / density) * (1 + p2 * z / density)
    return effect, (p1 * p2 / density**2 - slope * r_cut**2 + r_cut**4) / (n1 + n2 - 1)


def _d_to_log_odds(factor: float) -> Callable[[Columns, Settings], Effect]:
    def effect(columns: Columns, settings: Settings) -> Effect:
        m1, sd1, n1, m2, sd2, n2 = columns(*_GROUPS)
        d = (m1 - m2) / _pooled_sd(sd1, n1, sd2, n2)
        return factor * d, factor**2 * (1 / n1 + 1 / n2 + d**2 / (2 * (n1 + n2)))

    return effect


def single_mean(columns: Columns, settings: Settings) -> Effect:
    """MN: the mean of one group."""
    m, sd, n = columns("mi", "sdi", "ni")
    return m, sd**2 / n


def single_log_mean(columns: Columns, settings: Settings) -> Effect:
    """MNLN: the log of one group's mean."""
    m, sd, n = columns("mi", "sdi", "ni")
    return log_ratio(m, np.ones_like(m)), sd**2 / (n * m**2)


def single_log_cv(columns: Columns, settings: Settings) -> Effect:
    """CVLN: the log coefficient of variation of one group."""
    m, sd, n = columns("mi", "sdi", "ni")
    return np.log(sd / m) + 1 / (2 * (n - 1)), 1 / (2 * (n - 1)) + sd**2 / (n * m**2)


def single_log_sd(columns: Columns, settings: Settings) -> Effect:
    """SDLN: the log standard deviation of one group."""
    sd, n = columns("sdi", "ni")
    return np.log(sd) + 1 / (2 * (n - 1)), 1 / (2 * (n - 1))


def single_standardized_mean(columns: Columns, settings: Settings) -> Effect:
    """SMN: one group's mean in units of its SD."""
    m, sd, n = columns("mi", "sdi", "ni")
    g = bias_correction(n - 1) * m / sd
    return g, 1 / n + g**2 / (2 * n)


def correlation(columns: Columns, settings: Settings) -> Effect:
    """COR: raw correlation."""
    r, n = columns("ri", "ni")
    return r, np.where(n > 3, (1 - r**2) ** 2 / (n - 1), np.nan)


def unbiased_correlation(columns: Columns, settings: Settings) -> Effect:
    """UCOR: Olkin & Pratt's (1958) unbiased correlation; `vtype` UB for the unbiased variance."""
    r, n = columns("ri", "ni")
    n = np.where(n > 4, n, np.nan)
    effect = r * hypergeometric_2f1(0.5, 0.5, (n - 2) / 2, 1 - r**2)
    if settings.vtype == "UB":
        tail = (n - 3) / (n - 2) * (1 - r**2) * hypergeometric_2f1(1.0, 1.0, n / 2, 1 - r**2)
        return effect, effect**2 - (1 - tail)
    return effect, (1 - effect**2) ** 2 / (n - 1)


def fisher_z(columns: Columns, settings: Settings) -> Effect:
    """ZCOR: Fisher's z of a correlation."""
    r, n = columns("ri", "ni")
    with np.errstate(divide="ignore"):
        return np.arctanh(r), np.where(n > 3, 1 / (n - 3), np.nan)


PARALLEL = {
    "MD": mean_difference,
    "SMD": standardized_mean_difference,
    "SMDH": smd_unequal_variances,
    "SMD1": smd_control_sd,
    "SMD1H": smd_control_sd_unequal,
    "ROM": ratio_of_means,
    "VR": ratio_of_variability,
    "CVR": ratio_of_coefficients_of_variation,
    "RPB": point_biserial,
    "RBIS": biserial,
    "D2OR": _d_to_log_odds(np.pi / np.sqrt(3)),
    "D2ORL": _d_to_log_odds(np.pi / np.sqrt(3)),
    "D2ORN": _d_to_log_odds(1.65),
}
SINGLE = {
    "MN": single_mean,
    "MNLN": single_log_mean,
    "CVLN": single_log_cv,
    "SDLN": single_log_sd,
    "SMN": single_standardized_mean,
    "COR": correlation,
    "UCOR": unbiased_correlation,
    "ZCOR": fisher_z,
}

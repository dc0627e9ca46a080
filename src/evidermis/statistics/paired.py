"""Effects on a continuous outcome within persons: two sides of one face, before and after, matched pairs.

A *pair* is one participant with both conditions; `ni` counts participants, never sides. `ri` is the correlation of the
two values within a participant. The *raw-score* forms (SMCR and its kin) measure in units of the SD between people and
can stand beside parallel trials; the *change-score* form (SMCC) measures in units of the SD of differences and must
never be pooled with them: d_z = d / sqrt(2 (1 - r)). Sources: Morris (2008), Bonett (2008), Cousineau (2020),
Lajeunesse (2011), and for the handbook form Cochrane Handbook 5.1, 16.4.6.4.
"""

import numpy as np

from evidermis.statistics.columns import Columns, Settings, bias_correction
from evidermis.statistics.continuous import log_ratio
from evidermis.statistics.distributions import Array

__all__ = ["PAIRED", "difference_sd"]

Effect = tuple[Array, Array]
_PAIRS = ("m1i", "sd1i", "m2i", "sd2i", "ni", "ri")


def difference_sd(sd1: Array, sd2: Array, r: Array) -> Array:
    """The SD of within-person differences from the two SDs and the correlation of pairs."""
    return np.sqrt(np.maximum(0.0, sd1**2 + sd2**2 - 2 * r * sd1 * sd2))


def mean_change(columns: Columns, settings: Settings) -> Effect:
    """MC: mean within-person difference, in the outcome's unit. Accepts `sddi`, the SD of differences, in place of SDs
    and r.
    """
    if columns.has("sddi"):
        m1, m2, sd_difference, n = columns("m1i", "m2i", "sddi", "ni")
    else:
        m1, sd1, m2, sd2, n, r = columns(*_PAIRS)
        sd_difference = difference_sd(sd1, sd2, r)
    return m1 - m2, sd_difference**2 / n


def change_score_standardized(columns: Columns, settings: Settings) -> Effect:
    """SMCC (d_z): standardised by the SD of the differences; `vtype` LS or LS2. Own stratum, see the module."""
    if columns.has("sddi"):
        m1, m2, sd_difference, n = columns("m1i", "m2i", "sddi", "ni")
    else:
        m1, sd1, m2, sd2, n, r = columns(*_PAIRS)
        sd_difference = difference_sd(sd1, sd2, r)
    j = bias_correction(n - 1)
    d = (m1 - m2) / sd_difference
    if settings.vtype == "LS2":
        return j * d, j**2 * (1 / n + d**2 / (2 * n))
    return j * d, 1 / n + (j * d) ** 2 / (2 * n)


def raw_score_standardized(columns: Columns, settings: Settings) -> Effect:
    """SMCR: standardised by SD 1; `vtype` LS, LS2."""
    m1, sd1, m2, n, r = columns("m1i", "sd1i", "m2i", "ni", "ri")
    j = bias_correction(n - 1)
    d = (m1 - m2) / sd1
    if settings.vtype == "LS2":
        return j * d, j**2 * (2 * (1 - r) / n + d**2 / (2 * n))
    return j * d, 2 * (1 - r) / n + (j * d) ** 2 / (2 * n)


def raw_score_unequal(columns: Columns, settings: Settings) -> Effect:
    """SMCRH: standardised by SD 1, the two SDs may differ (Bonett 2008, with the bias factor squared on the
    variance).
    """
    m1, sd1, m2, sd2, n, r = columns(*_PAIRS)
    j = bias_correction(n - 1)
    g = j * (m1 - m2) / sd1
    return g, j**2 * (difference_sd(sd1, sd2, r) ** 2 / (sd1**2 * (n - 1)) + g**2 / (2 * (n - 1)))


def _average_sd(columns: Columns) -> tuple[Array, ...]:
    m1, sd1, m2, sd2, n, r = columns(*_PAIRS)
    average = np.sqrt((sd1**2 + sd2**2) / 2)
    g = bias_correction(2 * (n - 1) / (1 + r**2)) * (m1 - m2) / average
    return g, average, sd1, sd2, n, r


def average_sd(columns: Columns, settings: Settings) -> Effect:
    """SMCRP: standardised by the root mean square of the two SDs (Cousineau 2020)."""
    g, _, _, _, n, r = _average_sd(columns)
    return g, 2 * (1 - r) / n + g**2 * (1 + r**2) / (4 * n)


def average_sd_unequal(columns: Columns, settings: Settings) -> Effect:
    """SMCRPH: as SMCRP, the two SDs may differ (Bonett 2008); the default for within-person trials here."""
    g, average, sd1, sd2, n, r = _average_sd(columns)
    spread = g**2 * (sd1**4 + sd2**4 + 2 * r**2 * sd1**2 * sd2**2) / (8 * average**4 * (n - 1))
    return g, difference_sd(sd1, sd2, r) ** 2 / (average**2 * (n - 1)) + spread


def handbook_form(columns: Columns, settings: Settings) -> Effect:
    """SMCHB: average SD with the variance (1/n + d^2/2n) 2 (1 - r) and no bias factor, as Cochrane Handbook 5.1
    printed it.

    For comparison with older reviews only: it is too small where r > 0.5 and the effect is not 0.
    """
    m1, sd1, m2, sd2, n, r = columns(*_PAIRS)
    d = (m1 - m2) / np.sqrt((sd1**2 + sd2**2) / 2)
    return d, (1 / n + d**2 / (2 * n)) * 2 * (1 - r)


def ratio_of_means(columns: Columns, settings: Settings) -> Effect:
    """ROMC: log ratio of the two means of one group of people (Lajeunesse 2011)."""
    m1, sd1, m2, sd2, n, r = columns(*_PAIRS)
    variance = sd1**2 / (n * m1**2) + sd2**2 / (n * m2**2) - 2 * r * sd1 * sd2 / (m1 * m2 * n)
    return log_ratio(m1, m2), np.maximum(0.0, variance)


def ratio_of_coefficients_of_variation(columns: Columns, settings: Settings) -> Effect:
    """CVRC: log ratio of the coefficients of variation, within persons."""
    m1, sd1, m2, sd2, n, r = columns(*_PAIRS)
    change = (m1**2 * sd2**2 + m2**2 * sd1**2 - 2 * m1 * m2 * r * sd1 * sd2) / (m1**2 * m2**2 * n)
    return np.log(sd1 / m1) - np.log(sd2 / m2), (1 - r**2) / (n - 1) + change


def ratio_of_variability(columns: Columns, settings: Settings) -> Effect:
    """VRC: log ratio of the SDs, within persons."""
    sd1, sd2, n, r = columns("sd1i", "sd2i", "ni", "ri")
    return np.log(sd1 / sd2), (1 - r**2) / (n - 1)


PAIRED = {
    "MC": mean_change,
    "SMCC": change_score_standardized,
    "SMCR": raw_score_standardized,
    "SMCRH": raw_score_unequal,
    "SMCRP": average_sd,
    "SMCRPH": average_sd_unequal,
    "SMCHB": handbook_form,
    "ROMC": ratio_of_means,
    "CVRC": ratio_of_coefficients_of_variation,
    "VRC": ratio_of_variability,
}

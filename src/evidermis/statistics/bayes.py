"""Bayesian normal-normal meta-analysis by numerical integration: what two or three studies need.

With few studies the between-study SD tau cannot be estimated, but a weakly informative prior can say what is plausible:
half-normal or half-Cauchy of a `scale` on the scale of the effects (0.5 for a standardised difference or log odds
ratio: Rover et al. 2021). Given tau everything is normal, so the posterior is a mixture over tau and no sampler is
needed (Rover 2020).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evidermis.evidence.errors import BadInput
from evidermis.statistics.distributions import Array, normal_cdf
from evidermis.statistics.pooling import checked
from evidermis.statistics.root import root_between

__all__ = ["Posterior", "bayesian_pool"]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(400)


@dataclass(frozen=True, slots=True)
class Posterior:
    """Posterior mean, SD and interval of the mean effect; median and interval of tau; the predictive interval of a new
    study's effect; the probability that the mean is above 0; each study's effect shrunken towards the others."""

    mean: float
    sd: float
    ci_lower: float
    ci_upper: float
    tau_median: float
    tau_lower: float
    tau_upper: float
    pi_lower: float
    pi_upper: float
    probability_above_zero: float
    shrunken: tuple[float, ...]


def bayesian_pool(
    yi: npt.ArrayLike,
    vi: npt.ArrayLike,
    *,
    scale: float,
    prior: Literal["half-normal", "half-cauchy"] = "half-normal",
    mean_prior: tuple[float, float] | None = None,
    level: float = 0.95,
) -> Posterior:
    """Posterior of the mean effect and tau. `scale` is the prior's scale of tau, in the unit of the effects;
    `mean_prior` the mean and SD of a normal prior of the mean effect (None: flat). One study is enough where the prior
    is proper for it.
    """
    y, v = checked(yi, vi)
    if not (np.isfinite(scale) and scale > 0):
        raise BadInput("the scale of the prior must be above 0", mend="0.5 suits standardised differences and log odds")
    if mean_prior is not None and not mean_prior[1] > 0:
        raise BadInput("the prior SD of the mean must be above 0")
    density = _Density(y, v, scale, prior, mean_prior)
    tau, weight = density.nodes()
    means, variances = density.conditional(tau)
    centre = float(np.sum(weight * means))
    sd = float(np.sqrt(np.sum(weight * (variances + (means - centre) ** 2))))
    outer = ((1 - level) / 2, (1 + level) / 2)
    if prior == "half-cauchy" and mean_prior is None and y.size < 3:
        sd = float(
            "inf"
        )  # the tail of tau is as heavy as tau^-(k + 1), so the variance does not exist below three studies
    low, high = (_mixture_quantile(q, weight, means, np.sqrt(variances)) for q in outer)
    ahead = np.sqrt(variances + tau**2)
    new_low, new_high = (_mixture_quantile(q, weight, means, ahead) for q in outer)
    tau_low, tau_mid, tau_high = (density.quantile(q) for q in (outer[0], 0.5, outer[1]))
    pull = v[:, None] / (v[:, None] + tau**2)
    shrunken = np.sum(weight * (pull * means + (1 - pull) * y[:, None]), axis=1)
    above = float(np.sum(weight * normal_cdf(means / np.sqrt(variances))))
    return Posterior(
        centre, sd, low, high, tau_mid, tau_low, tau_high, new_low, new_high, above, tuple(shrunken.tolist())
    )


class _Density:
    """The posterior density of tau, and the mean effect given tau."""

    def __init__(self, y: Array, v: Array, scale: float, prior: str, mean_prior: tuple[float, float] | None) -> None:
        self.y, self.v, self.scale, self.prior, self.mean_prior = y, v, scale, prior, mean_prior
        # tau = spread u / (1 - u) sends (0, 1) to (0, infinity), half of it to tau below the spread.
        self.spread = float(np.sqrt(scale * np.sqrt(np.median(v))))
        self.log_top = 0.0
        grid = self._tau((_NODES + 1) / 2)
        self.log_top = float(np.max(self.log_density(grid)))
        self.total = self._integral(1.0)

    def _tau(self, u: Array) -> Array:
        return self.spread * u / (1 - u)

    def log_density(self, tau: Array) -> Array:
        """Log of the unnormalised posterior density of tau."""
        w = 1 / (self.v[:, None] + tau**2)
        total = w.sum(0)
        mean = (w * self.y[:, None]).sum(0) / total
        found = 0.5 * np.log(w).sum(0) - 0.5 * (w * (self.y[:, None] - mean) ** 2).sum(0)
        if self.mean_prior is None:
            found = found - 0.5 * np.log(total)
        else:
            away = 1 / total + self.mean_prior[1] ** 2
            found = found - 0.5 * np.log(total * away) - 0.5 * (mean - self.mean_prior[0]) ** 2 / away
        ratio = (tau / self.scale) ** 2
        return found - (0.5 * ratio if self.prior == "half-normal" else np.log1p(ratio)) - self.log_top

    def _weights(self, end: float) -> tuple[Array, Array]:
        u = end * (_NODES + 1) / 2
        tau = self._tau(u)
        return tau, np.exp(self.log_density(tau)) * self.spread / (1 - u) ** 2 * _WEIGHTS * end / 2

    def _integral(self, end: float) -> float:
        return float(self._weights(end)[1].sum())

    def nodes(self) -> tuple[Array, Array]:
        """Values of tau and their posterior probabilities."""
        tau, weight = self._weights(1.0)
        return tau, weight / weight.sum()

    def quantile(self, q: float) -> float:
        """The value of tau below which a share `q` of the posterior lies."""
        u = root_between(lambda end: self._integral(end) / self.total - q, 0.0, 1.0)
        return float(self.spread * u / (1 - u))

    def conditional(self, tau: Array) -> tuple[Array, Array]:
        """Mean and variance of the mean effect for each tau."""
        w = 1 / (self.v[:, None] + tau**2)
        total = w.sum(0)
        mean = (w * self.y[:, None]).sum(0) / total
        if self.mean_prior is None:
            return mean, 1 / total
        precision = 1 / self.mean_prior[1] ** 2
        return (mean * total + self.mean_prior[0] * precision) / (total + precision), 1 / (total + precision)


def _mixture_quantile(q: float, weight: Array, means: Array, sds: Array) -> float:
    heavy = weight > 1e-300
    weight, means, sds = weight[heavy], means[heavy], sds[heavy]
    reach = 1.0
    centre, sd = float(np.sum(weight * means)), float(np.min(sds))

    def excess(x: float) -> float:
        return float(np.sum(weight * normal_cdf((x - means) / sds))) - q

    while excess(centre - reach * sd) > 0 or excess(centre + reach * sd) < 0:
        reach *= 2
    return root_between(excess, centre - reach * sd, centre + reach * sd)

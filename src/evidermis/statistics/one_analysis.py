"""Fisher's steps to the (restricted) likelihood of one analysis, on flat arrays.

The same steps as for columns of analyses, without the cost of columns: a single fit is what people wait for.
"""

import numpy as np

from evidermis.statistics.distributions import Array

__all__ = ["climbed"]


def climbed(y: Array, v: Array, tau2: float, *, restricted: bool, threshold: float, share: float, most: int) -> float:
    """tau2 after steps from the given one, each cut to `share` and halved while it would end below 0, until a step is
    `threshold` or less.
    """
    ones = np.ones_like(y)
    for _ in range(most):
        step = share * _step(y, v, ones, tau2, restricted)
        if tau2 + step < 0:
            step = _halved(step, tau2)
        tau2 += step
        if abs(step) <= threshold:
            break
    return tau2


def _step(y: Array, v: Array, ones: Array, tau2: float, restricted: bool) -> float:
    """Slope of the log-likelihood in tau2 over its expected information (Harville 1977)."""
    w = 1.0 / (v + tau2)
    total = float(w.dot(ones))
    wr = w * (y - float(w.dot(y)) / total)
    squares, sum2 = float(wr.dot(wr)), float(w.dot(w))
    if not restricted:
        return (squares - total) / sum2
    share = sum2 / total
    return (squares - total + share) / (sum2 - 2 * float((w * w).dot(w)) / total + share * share)


def _halved(step: float, tau2: float) -> float:
    if tau2 == 0:
        return 0.0
    while tau2 + step < 0:
        step /= 2
    return step

"""Brent's root finder for many functions at once, with the stopping rule that R's `uniroot` has.

Published meta-analyses carry the last digits of the program that made them. metafor finds Paule and Mandel's tau2 and
the Q-profile interval by Brent's method (1973, ch. 4) to a tolerance of about 1e-4; taking the same path gives the
same digits.
"""

from collections.abc import Callable

import numpy as np

from evidermis.statistics.distributions import Array

__all__ = ["R_TOLERANCE", "root_between", "roots_between"]

# R's default of `uniroot`: the fourth root of the machine precision.
R_TOLERANCE = float(np.finfo(float).eps ** 0.25)
_MOST_STEPS = 1000


def roots_between(f: Callable[[Array], Array], low: Array, high: Array, tolerance: float) -> Array:
    """For each i the root of f_i between low_i and high_i, where f_i changes sign; `f` maps arrays to arrays."""
    a, b = low.copy(), high.copy()
    fa, fb = f(a), f(b)
    c, fc = a.copy(), fa.copy()
    done = (fa == 0) | (fb == 0)
    b = np.where(fa == 0, a, b)
    for _ in range(_MOST_STEPS):
        previous = b - a
        swap = np.abs(fc) < np.abs(fb)
        a, b, c = np.where(swap, b, a), np.where(swap, c, b), np.where(swap, b, c)
        fa, fb, fc = np.where(swap, fb, fa), np.where(swap, fc, fb), np.where(swap, fb, fc)
        near = 2 * np.finfo(float).eps * np.abs(b) + tolerance / 2
        half = (c - b) / 2
        done |= (np.abs(half) <= near) | (fb == 0)
        if done.all():
            break
        step = _step(a, b, c, fa, fb, fc, previous, near)
        step = np.where(np.abs(step) < near, np.where(step > 0, near, -near), step)
        a, fa = np.where(done, a, b), np.where(done, fa, fb)
        b = np.where(done, b, b + step)
        fb = np.where(done, fb, f(b))
        same = (np.sign(fb) * np.sign(fc) > 0) & ~done
        c, fc = np.where(same, a, c), np.where(same, fa, fc)
    return b


def _step(a: Array, b: Array, c: Array, fa: Array, fb: Array, fc: Array, previous: Array, near: Array) -> Array:
    """The interpolated step where it is safe, half the bracket elsewhere."""
    half, width = (c - b) / 2, c - b
    with np.errstate(divide="ignore", invalid="ignore"):
        t1, t2, ratio = fb / fc, fb / fa, fa / fc
        linear = a == c
        p = np.where(linear, width * t2, t2 * (width * ratio * (ratio - t1) - (b - a) * (t1 - 1)))
        q = np.where(linear, 1 - t2, (ratio - 1) * (t1 - 1) * (t2 - 1))
        q = np.where(p > 0, -q, q)
        p = np.abs(p)
        fits = (p < 0.75 * width * q - np.abs(near * q) / 2) & (p < np.abs(previous * q / 2))
        tried = (np.abs(previous) >= near) & (np.abs(fa) > np.abs(fb))
        return np.where(tried & fits, p / q, half)


def root_between(f: Callable[[float], float], low: float, high: float, tolerance: float = 1e-12) -> float:
    """The root of one function between two places where its signs differ."""
    found = roots_between(lambda x: np.array([f(float(x[0]))]), np.array([low]), np.array([high]), tolerance)
    return float(found[0])

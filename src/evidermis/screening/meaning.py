"""Records by what they are about, rather than by the words they happen to use.

Latent directions of the term matrix (Deerwester et al. 1990, JASIS 41:391) stand for topics; two records are alike where they
lean the same way. Likeness is then bent by an exponential, which makes it local: a record deep among the irrelevant can still
stand beside one relevant record. The bend is a kernel, and its rows are made explicit by landmarks (Williams & Seeger 2001,
*Using the Nyström method*), so that the cost of learning does not grow with the records.
"""

# scipy's sparse matrices carry no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeArgument=false, reportUnknownParameterType=false, reportUnknownLambdaType=false

from collections.abc import Sequence

import numpy as np
from scipy.linalg import eigh
from scipy.sparse import csr_matrix

from evidermis.screening.arrays import Floats, size_of

__all__ = ["local_rows", "topics", "unit"]

# Random projection (Halko, Martinsson & Tropp 2011, SIAM Rev 53:217): directions beyond the wanted, and passes over the matrix.
_SPARE, _PASSES = 20, 4
# Directions are found on at most this many records and hold for the rest.
_SAMPLE = 8_000
# How sharply likeness falls: e⁻⁶ for records that share no topic.
_SHARPNESS = 6.0
_LANDMARKS = 640
_MOST = 100


def topics(rows: csr_matrix, seed: int, wanted: int = _MOST) -> Floats:
    """Each record's place among the `wanted` strongest topics, strongest first (n × at most `wanted`, float32)."""
    n, terms = size_of(rows)
    count = min(wanted, n - 1, terms - 1)
    if count < 1:
        return np.zeros((n, 1), dtype=np.float32)
    draw = np.random.default_rng(seed)
    seen = rows if n <= _SAMPLE else rows[np.sort(draw.permutation(n)[:_SAMPLE])]
    width = min(count + _SPARE, *size_of(seen))
    found = seen @ draw.standard_normal((terms, width)).astype(np.float32)
    for _ in range(_PASSES):
        found = _spread(seen @ (seen.T @ found))
    across = np.asarray((seen.T @ _spread(found)).T, dtype=np.float64)
    strengths, turned = eigh(across @ across.T)
    order = np.argsort(strengths)[::-1][:count]
    directions = across.T @ turned[:, order] / np.sqrt(np.maximum(strengths[order], 1e-12))
    return np.asarray(rows @ _signed(directions).astype(np.float32))


def local_rows(places: Floats, seed: int, grains: Sequence[tuple[int, float]]) -> Floats:
    """Rows whose products are the bent likeness of the records' places among topics (n × at most landmarks, float32).

    Likeness is seen at several grains, from the strongest topics alone to all of them, and averaged.
    """
    n = len(places)
    marks = np.arange(n) if n <= _LANDMARKS else np.sort(np.random.default_rng(seed).permutation(n)[:_LANDMARKS])
    across = np.zeros((n, len(marks)), dtype=np.float32)
    for grain, share in grains:
        leaning = unit(places[:, :grain])
        across += np.float32(share) * np.exp(_SHARPNESS * (leaning @ leaning[marks].T - 1))
    strengths, turned = eigh(across[marks].astype(np.float64), driver="evd")
    sound = strengths > 1e-6 * strengths[-1]
    return across @ (turned[:, sound] / np.sqrt(strengths[sound])).astype(np.float32)


def unit(places: Floats) -> Floats:
    """Places among topics as directions, each of length one (or nothing)."""
    lengths = np.linalg.norm(places, axis=1, keepdims=True)
    return (places / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _spread(columns: Floats) -> Floats:
    return np.linalg.qr(columns)[0]


def _signed(directions: Floats) -> Floats:
    """Each direction with its largest part positive: the sign of a direction is otherwise a matter of rounding."""
    largest = np.abs(directions).argmax(axis=0)
    return directions * np.where(directions[largest, np.arange(directions.shape[1])] < 0, -1, 1)

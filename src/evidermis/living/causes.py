"""The smallest cause of a change, found by trying: Zeller and Hildebrandt's ddmin (2002, IEEE TSE 28:183).

From all parts that differ a set is kept that still brings the change about, and from which no single part can be left out.
There may be several such sets; the one that is found is the same whenever it is looked for.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

__all__ = ["minimal_cause"]


def minimal_cause(parts: Sequence[str], brings_about: Callable[[frozenset[str]], bool]) -> tuple[str, ...]:
    """A 1-minimal subset of `parts` that brings the change about. All of them together must; else it is no cause: ()."""
    kept = sorted(parts)
    if not brings_about(frozenset(kept)):
        return ()
    tried: dict[frozenset[str], bool] = {}

    def does(chosen: Sequence[str]) -> bool:
        key = frozenset(chosen)
        if key not in tried:
            tried[key] = brings_about(key)
        return tried[key]

    pieces = 2
    while len(kept) > 1:
        cut = _cut(kept, pieces)
        rest = [[part for part in kept if part not in set(one)] for one in cut]
        if (smaller := next((one for one in cut if does(one)), None)) is not None:
            kept, pieces = smaller, 2
        elif (smaller := next((one for one in rest if does(one)), None)) is not None:
            kept, pieces = smaller, max(pieces - 1, 2)
        elif pieces >= len(kept):
            break
        else:
            pieces = min(len(kept), 2 * pieces)
    return () if kept and does(()) else tuple(kept)


def _cut(parts: Sequence[str], pieces: int) -> list[list[str]]:
    """`parts` in so many runs of nearly equal length; none is empty."""
    at = [len(parts) * n // pieces for n in range(pieces + 1)]
    return [list(parts[a:b]) for a, b in pairwise(at) if a < b]

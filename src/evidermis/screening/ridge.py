"""Learning from decisions: a weighted ridge on labels +1 and −1, in one view of the records.

The ridge keeps the weights small, so that a handful of decisions moves the order without overturning it; relevant records
together weigh a fixed multiple of the irrelevant ones, however rare they are. Views of terms are solved among the decided
records (their rows are long and sparse), views of meaning among the row's own parts (they are few); both by conjugate gradients
from the last solution, which takes a few passes when some decisions were added.
"""

# scipy's sparse matrices carry no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeArgument=false, reportUnknownParameterType=false, reportUnknownLambdaType=false
# pyright: reportAttributeAccessIssue=false

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from scipy.linalg.blas import ssymv, ssyrk
from scipy.sparse import csr_matrix

from evidermis.screening.arrays import Flags, Floats, size_of

__all__ = ["MeaningView", "TermView", "View", "costs"]

_STRENGTH = 0.01
# All relevant records together weigh this many times all irrelevant ones.
_RELEVANT_TO_IRRELEVANT = 30.0
# Added to every likeness: the offset of the plane.
_OFFSET = 0.5
_PASSES, _ENOUGH = 15, 3e-3
# Rows that are made dense at a time.
_BATCH = 32
_ROOM = 64


def costs(relevant: Flags) -> tuple[float, float]:
    """What each record found relevant weighs, and each found irrelevant."""
    n, found = len(relevant), int(relevant.sum())
    for_relevant = 2 * _STRENGTH * _RELEVANT_TO_IRRELEVANT * n / max(found, 1)
    return for_relevant, 2 * _STRENGTH * n / max(n - found, 1)


class View(Protocol):
    """One way of looking at the records, and what has been learned in it so far."""

    def scores(self, decided: Sequence[int], relevant: Flags) -> Floats:
        """A score for every record (n); higher is nearer to the relevant ones. `decided` only ever grows at its end."""
        ...

    def forget(self) -> None:
        """Forget what was learned, so that `decided` may begin anew."""
        ...


class TermView:
    """Rows of term weights, solved among the decided records."""

    def __init__(self, rows: csr_matrix) -> None:
        self._rows = rows
        self.forget()

    def forget(self) -> None:
        """See `View`."""
        self._likeness = np.zeros((_ROOM, _ROOM), dtype=np.float32)
        self._solution = np.zeros(0, dtype=np.float32)

    def scores(self, decided: Sequence[int], relevant: Flags) -> Floats:
        """See `View`."""
        self._grow(decided)
        size = len(decided)
        likeness = self._likeness[:size, :size]
        ridge = (1 / np.where(relevant, *costs(relevant))).astype(np.float32)
        wanted = np.where(relevant, 1, -1).astype(np.float32)
        self._solution = _solved(
            lambda x: likeness @ x + ridge * x, likeness.diagonal() + ridge, wanted, self._solution
        )
        spread = np.zeros(size_of(self._rows)[0], dtype=np.float32)
        spread[decided] = self._solution
        return self._rows @ (self._rows.T @ spread)

    def likeness_to(self, row: Floats) -> Floats:
        """How alike every record is to a dense row (n)."""
        return self._rows @ row

    def likeness_among(self, row: int) -> Floats:
        """How alike every record is to one of them (n)."""
        return self.likeness_to(self._rows[row].toarray()[0])

    def _grow(self, decided: Sequence[int]) -> None:
        known, size = len(self._solution), len(decided)
        if size > len(self._likeness):
            grown = np.zeros((2 * size, 2 * size), dtype=np.float32)
            grown[:known, :known] = self._likeness[:known, :known]
            self._likeness = grown
        among = self._rows[decided] if size > known else self._rows
        for start in range(known, size, _BATCH):
            stop = min(start + _BATCH, size)
            # Column by column, so that its transpose lies in memory the way the product reads it.
            alike = among @ self._rows[decided[start:stop]].toarray(order="F").T + np.float32(_OFFSET)
            self._likeness[:size, start:stop] = alike
            self._likeness[start:stop, :size] = alike.T
        self._solution = np.append(self._solution, np.zeros(size - known, dtype=np.float32))


class MeaningView:
    """Short dense rows, solved among their parts."""

    def __init__(self, rows: Floats) -> None:
        offset = np.full((len(rows), 1), np.sqrt(_OFFSET))
        self._rows = np.hstack([rows, offset]).astype(np.float32)
        self.forget()

    def forget(self) -> None:
        """See `View`."""
        parts = self._rows.shape[1]
        self._known = 0
        # The upper halves alone, irrelevant and relevant: a call waits for nothing so long as for reading them.
        self._moments = [np.zeros((parts, parts), dtype=np.float32, order="F") for _ in (0, 1)]
        self._sums = np.zeros((2, parts), dtype=np.float32)
        self._plane = np.zeros(parts, dtype=np.float32)

    def scores(self, decided: Sequence[int], relevant: Flags) -> Floats:
        """See `View`."""
        rows, labels = self._rows[decided[self._known :]], relevant[self._known :]
        for kind in (0, 1):
            some = rows[labels == bool(kind)]
            if not len(some):
                continue
            self._moments[kind] = ssyrk(1.0, some.T, beta=1.0, c=self._moments[kind], overwrite_c=True)
            self._sums[kind] += some.sum(axis=0)
        self._known = len(decided)
        toward, against = map(np.float32, costs(relevant))
        irrelevant, those_relevant = self._moments
        wanted = toward * self._sums[1] - against * self._sums[0]
        self._plane = _solved(
            lambda x: ssymv(against, irrelevant, x) + ssymv(toward, those_relevant, x) + x,
            against * irrelevant.diagonal() + toward * those_relevant.diagonal() + 1,
            wanted,
            self._plane,
        )
        return self._rows @ self._plane


def _solved(turn: Callable[[Floats], Floats], diagonal: Floats, wanted: Floats, start: Floats) -> Floats:
    """x with turn(x) = wanted, by conjugate gradients preconditioned with the diagonal of `turn`."""
    found = start
    left = wanted - turn(found)
    scaled = left / diagonal
    heading, size = scaled, float(left @ scaled)
    enough = _ENOUGH**2 * float(wanted @ (wanted / diagonal))
    for _ in range(_PASSES):
        if size <= enough:
            break
        turned = turn(heading)
        step = np.float32(size / float(heading @ turned))
        found = found + step * heading
        left = left - step * turned
        scaled = left / diagonal
        new = float(left @ scaled)
        heading = scaled + np.float32(new / size) * heading
        size = new
    return found

"""The kinds of arrays that screening works with."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

__all__ = ["Counts", "Flags", "Floats", "size_of"]

Floats: TypeAlias = NDArray[np.floating]
Counts: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]


def size_of(rows: csr_matrix) -> tuple[int, int]:
    """Rows and columns of a sparse matrix, which scipy's own type leaves open."""
    shape: Any = rows.shape  # scipy leaves it untyped
    return int(shape[0]), int(shape[1])

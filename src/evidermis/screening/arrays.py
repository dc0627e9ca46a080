"""The kinds of arrays that screening works with."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Counts", "Flags", "Floats"]

Floats: TypeAlias = NDArray[np.floating]
Counts: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

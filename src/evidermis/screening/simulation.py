"""What an order of reading would have been worth: screening replayed on records whose labels are known."""

from collections.abc import Callable, Sequence

from evidermis.screening.pool import Pool
from evidermis.screening.ranker import Ranker

__all__ = ["simulated_order"]

# Until so many relevant records are found each decision counts; later the order is made anew after this share of them.
_FEW, _RENEWED_EVERY = 3, 0.03


def simulated_order(
    pool: Pool,
    labels: Sequence[bool],
    question: str = "",
    seed: int = 1,
    tell: Callable[[int], None] = lambda done: None,
) -> list[int]:
    """The rows in the order in which they would have been shown, each label revealed when its record is.

    `tell` is called with the number of records shown so far whenever the order is made anew.
    """
    ranker = Ranker(pool, question, seed)
    shown: list[int] = []
    found = 0
    while len(shown) < len(pool):
        tell(len(shown))
        few = 1 if found < _FEW else max(1, int(_RENEWED_EVERY * len(shown)))
        for row in ranker.order()[:few]:
            shown.append(row)
            ranker.learn(row, labels[row])
            found += labels[row]
    return shown

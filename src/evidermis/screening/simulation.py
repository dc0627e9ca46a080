"""What an order of reading would have been worth: screening replayed on records whose labels are known."""

from collections.abc import Callable, Sequence

from evidermis.screening.pool import Pool
from evidermis.screening.ranker import Ranker

__all__ = ["simulated_order"]

# While few are decided each decision counts; later the order is made anew after this share of the decisions.
_RENEWED_EVERY = 0.03


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
    while len(shown) < len(pool):
        tell(len(shown))
        found = sum(labels[row] for row in shown)
        few = 1 if found < 3 else max(1, int(_RENEWED_EVERY * len(shown)))
        for row in ranker.order()[:few]:
            shown.append(row)
            ranker.learn(row, labels[row])
            if labels[row] and sum(labels[one] for one in shown) < 3:
                break
    return shown

"""Learning what wordings that compare people with themselves have in common, from labelled ones."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evidermis.reading.sides.learnt import Likeness
from evidermis.reading.sides.likeness import VIEWS, Terms, terms_of

__all__ = ["Example", "learnt_from"]

# A term of fewer wordings than this tells nothing; of the rest, those that tell most are kept.
_LEAST_WORDINGS = 2
_MOST_TERMS = 8_000
_INVERSE_PENALTY = 30.0
_ROUNDS = 4_000


class Example(NamedTuple):
    """A wording's words in lower case, whether it compares people with themselves, and how much it counts (1: fully)."""

    words: Sequence[str]
    within: bool
    counts: float = 1.0


def learnt_from(examples: Iterable[Example]) -> Likeness:
    """Learn from labelled wordings.

    Logistic regression with a quadratic penalty, learnt twice: on all terms, then on those with the greatest weights.
    `ImportError` without scikit-learn.
    """
    held = [(terms_of(one.words), one) for one in examples]
    counts = Counter((view, term) for terms, _ in held for view in VIEWS for term in terms[view])
    kept: list[tuple[str, str]] = sorted(term for term, count in counts.items() if count >= _LEAST_WORDINGS)
    weights, _ = _regression(held, kept)
    order: list[int] = np.argsort(-np.abs(weights), kind="stable")[:_MOST_TERMS].tolist()
    kept = sorted(kept[at] for at in order)
    weights, bias = _regression(held, kept)
    by_view: dict[str, dict[str, float]] = {view: {} for view in VIEWS}
    for (view, term), weight in zip(kept, weights, strict=True):
        by_view[view][term] = float(weight)
    return Likeness(by_view, bias)


def _regression(held: list[tuple[Terms, Example]], kept: list[tuple[str, str]]) -> tuple[NDArray[np.float64], float]:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    places = {term: at for at, term in enumerate(kept)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, (terms, one) in enumerate(held):
        for view, weight in VIEWS.items():
            known = sorted(places[view, term] for term in terms[view] if (view, term) in places)
            rows += [row] * len(known)
            columns += known
            values += [weight / (len(one.words) or 1) ** 0.5] * len(known)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(held), len(kept)))
    # scikit-learn has no types of its own.
    learner: Any = LogisticRegression(C=_INVERSE_PENALTY, max_iter=_ROUNDS)
    learner.fit(
        matrix, np.array([one.within for _, one in held]), sample_weight=np.array([one.counts for _, one in held])
    )
    return np.asarray(learner.coef_, dtype=np.float64)[0], float(learner.intercept_[0])

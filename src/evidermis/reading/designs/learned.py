"""A design model that a user trains on their own labels: words and cues, weighed by logistic regression.

Nothing trained is shipped. A model is a linear one: each design has a weight for each *term* (a word or two of the title,
of the abstract, of its end or of the journal's name, weighed by how rare it is; or a cue of the vocabulary with its
points), so that a prediction can be taken apart. It is kept as numbers and text (npz), never as code to run.
"""

import hashlib
import io
import math
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidermis.evidence.errors import BadInput
from evidermis.reading.designs.by_cues import design_points
from evidermis.reading.facts import DESIGNS, DesignName
from evidermis.reading.text import Cues, Passage, Seen

__all__ = ["DesignModel", "Example", "design_model", "model_as_bytes", "model_from_bytes", "terms_of"]

# Counts (of words) or strengths (of cues) of terms, by view.
Terms = dict[str, dict[str, float]]

# Each view of a report with its weight against the others, found by cross-validation.
_VIEWS = {"title": 1.0, "abstract": 1.0, "end": 0.5, "journal": 0.5, "cue": 0.3}
# Words at the end of an abstract, where conclusions and registrations stand.
_END = 45
# A term seen in fewer reports than this tells nothing.
_LEAST_REPORTS = 2
_MOST_CUE = 3
_CUE_KINDS = ("design", "feature", "people", "enrolment")
_INVERSE_PENALTY = 30.0
_ROUNDS = 300
_FORMAT = "evidermis-design-model-1"


@dataclass(frozen=True, slots=True)
class Example:
    """A report's terms by view, and its design."""

    terms: Terms
    design: DesignName


@dataclass(frozen=True)
class DesignModel:
    """`terms[i]` (as `view term`) has rarity `rarity[i]` and the weight `weights[d, i]` for design `designs[d]`."""

    designs: tuple[DesignName, ...]
    terms: tuple[str, ...]
    rarity: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]
    places: dict[str, int]

    @property
    def name(self) -> str:
        """The first eight hexadecimal digits of the hash of what was learnt."""
        digest = hashlib.sha256("\n".join((*self.designs, *self.terms)).encode())
        digest.update(self.weights.astype(np.float32).tobytes())
        return digest.hexdigest()[:8]

    def shares(self, terms: Terms) -> dict[DesignName, float]:
        """The probability of each design (they sum to 1) for a report's terms."""
        at, values = _row(terms, self.places, self.rarity)
        scores = self.weights[:, at] @ values + self.bias
        raised = np.exp(scores - scores.max())
        return dict(zip(self.designs, (float(s) for s in raised / raised.sum()), strict=True))


def terms_of(passages: tuple[Passage, ...], cues: Cues, seen: dict[str, list[Seen]]) -> Terms:
    """What a model sees of a report: counts of terms, by view."""
    words = {p.field: [_plain(w) for w in p.words] for p in passages}
    abstract = words.get("abstract", [])
    points = design_points(cues.kinds["design"], seen["design"])
    strengths: dict[str, float] = {f"points {design}": points[design] / 10.0 for design in DESIGNS if points[design]}
    counted = Counter(f"{s.cue.code} {s.cue.name}" for kind in _CUE_KINDS for s in seen[kind])
    strengths |= {term: min(count, _MOST_CUE) / _MOST_CUE for term, count in counted.items()}
    return {
        "title": dict(Counter(_one_and_two(words.get("title", [])))),
        "abstract": dict(Counter(_one_and_two(abstract))),
        "end": dict(Counter(abstract[-_END:])),
        "journal": dict(Counter(words.get("journal", []))),
        "cue": strengths,
    }


def design_model(examples: Sequence[Example]) -> DesignModel:
    """Learn from labelled reports. `BadInput` where there are too few to learn from; `ImportError` without scikit-learn."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    designs: tuple[DesignName, ...] = tuple(d for d in DESIGNS if any(e.design == d for e in examples))
    if len(designs) < 2 or len(examples) < 20:
        raise BadInput(
            "has too few labelled reports to learn from", mend="label at least 20 reports of two designs or more"
        )
    reports: Counter[str] = Counter()
    for example in examples:
        reports.update({f"{view} {term}" for view, terms in example.terms.items() for term in terms})
    kept = tuple(sorted(term for term, count in reports.items() if count >= _LEAST_REPORTS))
    places = {term: at for at, term in enumerate(kept)}
    total = len(examples)
    rarity = np.array([1.0 if t.startswith("cue ") else math.log((1 + total) / (1 + reports[t])) + 1.0 for t in kept])
    rows = [_row(example.terms, places, rarity) for example in examples]
    starts = np.cumsum([0, *(len(at) for at, _ in rows)])
    matrix = csr_matrix(
        (np.concatenate([v for _, v in rows]), np.concatenate([at for at, _ in rows]), starts), shape=(total, len(kept))
    )
    # scikit-learn has no types of its own.
    learner: Any = LogisticRegression(C=_INVERSE_PENALTY, max_iter=_ROUNDS, tol=1e-3)
    learner.fit(matrix, np.array([designs.index(e.design) for e in examples]))
    weights, bias = _one_row_a_design(np.asarray(learner.coef_), np.asarray(learner.intercept_))
    return DesignModel(designs, kept, rarity, weights, bias, places)


def model_as_bytes(model: DesignModel) -> bytes:
    """The model as an npz file's bytes: arrays of numbers and text only."""
    held = io.BytesIO()
    np.savez_compressed(
        held,
        format=np.array(_FORMAT),
        designs=np.array(model.designs),
        terms=np.array("\n".join(model.terms)),
        rarity=model.rarity.astype(np.float32),
        weights=model.weights.astype(np.float32),
        bias=model.bias,
    )
    return held.getvalue()


def model_from_bytes(raw: bytes, file: str) -> DesignModel:
    """A model from an npz file's bytes. `BadInput` where it is none; nothing in it is ever run."""
    try:
        with np.load(io.BytesIO(raw), allow_pickle=False) as held:
            if str(held["format"]) != _FORMAT:
                raise BadInput("is a design model of another version", file=file, mend="train it again")
            terms = tuple(str(held["terms"]).split("\n"))
            names = {str(name) for name in held["designs"]}
            designs: tuple[DesignName, ...] = tuple(d for d in DESIGNS if d in names)
            rarity = np.asarray(held["rarity"], dtype=np.float64)
            weights = np.asarray(held["weights"], dtype=np.float64)
            bias = np.asarray(held["bias"], dtype=np.float64)
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise BadInput("is not a design model", file=file, mend="make one with `evidermis train design`") from error
    fits = (
        weights.shape == (len(designs), len(terms)) and rarity.shape == (len(terms),) and bias.shape == (len(designs),)
    )
    if not fits or not (np.isfinite(weights).all() and np.isfinite(rarity).all() and np.isfinite(bias).all()):
        raise BadInput("is a damaged design model", file=file, mend="train it again")
    return DesignModel(designs, terms, rarity, weights, bias, {term: at for at, term in enumerate(terms)})


def _row(
    terms: Terms, places: dict[str, int], rarity: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Places and values of a report's known terms; in each view of words the values have length 1 times its weight."""
    at: list[int] = []
    values: list[float] = []
    for view, weight in _VIEWS.items():
        known = [(places[f"{view} {t}"], n) for t, n in terms[view].items() if f"{view} {t}" in places]
        if view == "cue":
            weighed = [float(n) for _, n in known]
            length = 1.0
        else:
            weighed = [(1.0 + math.log(n)) * float(rarity[place]) for place, n in known]
            length = math.sqrt(sum(v * v for v in weighed)) or 1.0
        at += [place for place, _ in known]
        values += [weight * v / length for v in weighed]
    order = np.argsort(at, kind="stable") if at else np.array([], dtype=np.int64)
    return np.array(at, dtype=np.int64)[order], np.array(values, dtype=np.float64)[order]


def _one_row_a_design(
    weights: NDArray[np.float64], bias: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """With two designs the learner gives one row, for the second; the first is its opposite."""
    if weights.shape[0] > 1:
        return weights, bias
    return np.vstack([-weights / 2, weights / 2]), np.concatenate([-bias / 2, bias / 2])


def _one_and_two(words: list[str]) -> Iterable[str]:
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"


def _plain(word: str) -> str:
    return "#" if word[0].isdecimal() else word

"""What to read first: an order of all records that every decision improves.

Several views of a record (its words, its title, what it is about) each learn from the decisions and vote with their scores on one
scale. Two quiet voices keep speaking: likeness to the question, where one was asked, and signs of a study in people. A record's
year is never looked at. Before the first relevant record is found, the voices alone decide, away from what was found irrelevant.
"""

# scipy's sparse matrices carry no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeArgument=false, reportUnknownParameterType=false, reportUnknownLambdaType=false

from collections.abc import Sequence

import numpy as np

from evidermis.evidence.vocabulary import vocabulary_table
from evidermis.screening.arrays import Floats
from evidermis.screening.meaning import local_rows, topics, unit
from evidermis.screening.pool import Pool
from evidermis.screening.ridge import MeaningView, TermView, View
from evidermis.screening.terms import numbered, term_space

__all__ = ["Ranker"]

# How loudly each view votes.
_WORDS, _TITLES = 1.0, 0.3
_COARSE, _FINE = 0.7, 0.5
# The numbers of topics that coarse and fine likeness are seen by, and their shares of it.
_COARSE_GRAINS, _FINE_GRAINS = ((25, 0.5), (50, 0.5)), ((100, 1.0),)
# The question and the signs of a study in people, beside the views.
_QUESTION, _STUDY = 0.3, 0.2
# Before a relevant record is known: a title like the question, signs of a study beside the question, records unlike the
# irrelevant ones, and records without an abstract later.
_TITLE_ASKED, _STUDY_ASKED, _UNLIKE, _NO_ABSTRACT = 0.5, 0.5, 0.5, 0.5
_AGAINST = 0.5
# After so many irrelevant records in a row, one in so many is taken from where least has been read.
_DRY, _EXPLORED_EVERY = 50, 10


class Ranker:
    """Learns from decisions on the records of a pool. The same pool, seed and decisions give the same scores."""

    def __init__(self, pool: Pool, question: str = "", seed: int = 1) -> None:
        texts = numbered(pool.texts)
        words, titles = term_space(texts), term_space(numbered(pool.titles))
        about = topics(term_space(texts, pairs=False).rows, seed)
        self._words, by_title = TermView(words.rows), TermView(titles.rows)
        self._views: tuple[tuple[View, float], ...] = (
            (self._words, _WORDS),
            (by_title, _TITLES),
            (MeaningView(local_rows(about, seed, _COARSE_GRAINS)), _COARSE),
            (MeaningView(local_rows(about, seed, _FINE_GRAINS)), _FINE),
        )
        asked = self._words.likeness_to(words.row_of(question))
        asked_title = by_title.likeness_to(titles.row_of(question))
        self._asked = _to_one(asked) + _TITLE_ASKED * _to_one(asked_title)
        toward, away = (self._words.likeness_to(words.row_of(cues)) for cues in _cues())
        self._study = _to_one(toward) - _AGAINST * _to_one(away) - _NO_ABSTRACT * pool.without_abstract
        self._is_asked = bool(asked.any() or asked_title.any())
        self._about = unit(about)
        self.forget()

    def forget(self) -> None:
        """Forget every decision, as if none had been learned; what is known of the records stays."""
        n = len(self._about)
        self._rows: list[int] = []
        self._relevant: list[bool] = []
        self._open = np.ones(n, dtype=bool)
        self._nearest_irrelevant, self._nearest_read = np.zeros(n), np.full(n, -1.0, dtype=np.float32)
        self._compared = 0
        self._dry, self._explored_at = 0, 0
        for view, _ in self._views:
            view.forget()

    def learn(self, row: int, relevant: bool) -> None:
        """Take one decision into account: the record in this row was found relevant, or not."""
        self._rows.append(row)
        self._relevant.append(relevant)
        self._open[row] = False
        self._dry, self._explored_at = (0, 0) if relevant else (self._dry + 1, self._explored_at)
        if not relevant and not any(self._relevant):
            self._nearest_irrelevant = np.maximum(self._nearest_irrelevant, self._words.likeness_among(row))

    def scores(self) -> Floats:
        """How promising each record is, decided ones too; comparable within one call only (n)."""
        if not any(self._relevant):
            return self._first_scores()
        relevant = np.array(self._relevant)
        voiced = [(view.scores(self._rows, relevant), loudness) for view, loudness in self._views]
        voiced.append((self._study, _STUDY))
        if self._is_asked:
            voiced.append((self._asked, _QUESTION))
        return np.sum([loudness * self._on_one_scale(scores) for scores, loudness in voiced], axis=0)

    def order(self) -> list[int]:
        """The undecided records, most promising first; equals stand in the order of their rows.

        Now and then in a dry spell the first is the record least like anything read so far, so that no topic stays unseen.
        """
        ranked = np.argsort(-self.scores(), kind="stable")
        found: list[int] = ranked[self._open[ranked]].tolist()
        if found and self._dry >= _DRY and self._dry - self._explored_at >= _EXPLORED_EVERY:
            strangest = self._strangest()
            found.remove(strangest)
            found.insert(0, strangest)
            self._explored_at = self._dry
        return found

    def _strangest(self) -> int:
        """The undecided record whose nearest decided one is farthest."""
        if fresh := self._rows[self._compared :]:
            nearest = (self._about @ self._about[fresh].T).max(axis=1)
            self._nearest_read = np.maximum(self._nearest_read, nearest)
            self._compared = len(self._rows)
        return int(np.argmin(np.where(self._open, self._nearest_read, np.inf)))

    def _first_scores(self) -> Floats:
        voices = self._asked + _STUDY_ASKED * self._study if self._is_asked else self._study
        return voices - _UNLIKE * self._nearest_irrelevant

    def _on_one_scale(self, scores: Floats) -> Floats:
        among = scores[self._open] if self._open.any() else scores
        return (scores - among.mean()) / max(float(among.std()), 1e-9)


def _to_one(likeness: Floats) -> Floats:
    return likeness / max(float(likeness.max(initial=0)), 1e-9)


def _cues() -> tuple[str, str]:
    lists: dict[str, Sequence[str]] = vocabulary_table("first_reading")
    return " ".join(lists["toward"]), " ".join(lists["away"])

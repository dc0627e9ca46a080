"""`check`: everything that must hold of a review folder, told fault by fault, in the order of its files and lines."""

import datetime
from pathlib import Path

from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.review.folder.checks import CHECKS, Inspection
from evidermis.review.folder.faults import Fault, refuse
from evidermis.review.folder.loading import read_folder

__all__ = ["check", "checked"]


def check(path: Path, vocabulary: Vocabulary, today: datetime.date) -> list[Fault]:
    """All faults of a folder, sorted. Where its form is broken, only those faults: the rest is checked once they are mended.

    `BadInput` where there is no review at all.
    """
    return _look(path, vocabulary, today)[1]


def checked(path: Path, vocabulary: Vocabulary, today: datetime.date) -> Review:
    """The review of a folder without faults; `BadInput` names the first fault."""
    review, faults = _look(path, vocabulary, today)
    if faults or review is None:
        raise refuse(faults)
    return review


def _look(path: Path, vocabulary: Vocabulary, today: datetime.date) -> tuple[Review | None, list[Fault]]:
    folder = read_folder(path)
    if folder.review is None:
        return None, sorted(folder.faults)
    look = Inspection(folder, folder.review, vocabulary, today)
    faults = {fault for rule in CHECKS for fault in rule(look)}
    return folder.review, sorted(faults)

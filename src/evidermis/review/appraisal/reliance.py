"""Integrity of a review's studies, and a list of notices held against its records."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from evidermis.appraisal import IntegrityAnswer
from evidermis.appraisal.integrity import ListedNotice, NoticeList, integrity, with_notices
from evidermis.disk import write_file
from evidermis.evidence.inert import written_table
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.pipeline import held_to_arithmetic
from evidermis.review.folder.checking import checked
from evidermis.review.folder.loading import NOTICES

__all__ = ["Relied", "keep_notices", "reliance"]


@dataclass(frozen=True, slots=True)
class Relied:
    """The answers for every study, and what a list says that the folder does not know yet."""

    answers: tuple[IntegrityAnswer, ...]
    listed: tuple[ListedNotice, ...]
    kept: tuple[tuple[str, str], ...]


def reliance(path: Path, today: datetime.date, listed: NoticeList) -> Relied:
    """Integrity of a checked folder with a list laid over it. `kept` pairs every DOI of a known notice with its state."""
    vocabulary = bundled_vocabulary()
    review, found = with_notices(checked(path, vocabulary, today), listed)
    kept = sorted((one.doi.casefold(), one.notice) for one in review.references if one.doi and one.notice != "none")
    return Relied(integrity(held_to_arithmetic(review, vocabulary)), found, tuple(kept))


def keep_notices(path: Path, found: Relied) -> None:
    """Write the notices of this review's records to its folder, where every later run reads them."""
    write_file(path / NOTICES, written_table(("doi", "nature"), found.kept))

"""Risk of bias of a whole review: each study in people with its judgements, as the table that others read."""

import datetime
from pathlib import Path

from evidermis.appraisal import studies_in_people
from evidermis.appraisal.bias import RobvisRow, judged_bias, robvis_row
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.review.folder.checking import checked

__all__ = ["bias_of_review"]


def bias_of_review(path: Path, today: datetime.date) -> list[RobvisRow]:
    """A row for each study in people that is not retracted, by label. The weight is its people, 1 where they are unknown."""
    vocabulary = bundled_vocabulary()
    studies = studies_in_people(checked(path, vocabulary, today), vocabulary)
    rows = [robvis_row(one.label, judged_bias(one.bias), float(one.people.counted or 1)) for one in studies]
    return sorted(rows, key=lambda row: row.study)

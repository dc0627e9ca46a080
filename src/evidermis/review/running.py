"""One review from its folder to its page: load, check, conclude, write in one step."""

import datetime
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from evidermis import __version__
from evidermis.appraisal import Appraisal
from evidermis.evidence.errors import BadInput
from evidermis.evidence.observer import Notice, Observer, silent
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.pipeline import Made, concluded, held_to_arithmetic, run
from evidermis.review.atomic import write_folder
from evidermis.review.bundle import bundled_names, copy_bundled
from evidermis.review.check import checked

__all__ = ["Ran", "appraised", "publish_review", "run_review"]

MADE_BY = f"evidermis {__version__}"


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished run: the review, its conclusions, and where the page is."""

    review: Review
    appraisal: Appraisal
    site: Path


def run_review(path: Path, today: datetime.date, observer: Observer = silent) -> Ran:
    """The whole way. Where `path` does not exist and its name is a bundled review, that is copied there first."""
    if not path.exists():
        if path.name not in bundled_names():
            mend = f"make one with `evidermis new {path.name}`, or use a bundled one: {', '.join(bundled_names())}"
            raise BadInput("there is no review here", file=str(path), mend=mend)
        observer(Notice(stage="copy", what=f"the bundled review {path.name!r} to {path}"))
        copy_bundled(path.name, path)
    return publish_review(path, today, observer)


def publish_review(path: Path, today: datetime.date, observer: Observer = silent) -> Ran:
    """Check a review, draw its conclusions and write its page to `site/`, the old page or the new, never half of one."""
    vocabulary = bundled_vocabulary()
    review = checked(path, vocabulary, today)
    observer(Notice(stage="check", what=f"{path}: no faults"))
    outcome = run(review, vocabulary, made_by=MADE_BY, today=today, observer=observer)
    site = path / "site"
    write_folder(site, {**outcome.files, "made.json": _lineage(outcome.made)})
    return Ran(review, outcome.appraisal, site)


def appraised(path: Path, today: datetime.date) -> tuple[Review, Appraisal]:
    """A checked review as it is answered from, and its conclusions, without writing anything."""
    vocabulary = bundled_vocabulary()
    review = held_to_arithmetic(checked(path, vocabulary, today), vocabulary)
    return review, concluded(review, vocabulary)


def _lineage(made: tuple[Made, ...]) -> bytes:
    rows = [asdict(one) for one in made]
    return (json.dumps({"made": rows}, indent=1, sort_keys=True) + "\n").encode()

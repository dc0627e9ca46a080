"""One review from its folder to its page: load, check, conclude, write in one step."""

import datetime
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from evidermis import MADE_BY
from evidermis.appraisal import Appraisal
from evidermis.disk import held, write_folder
from evidermis.evidence.change import Difference
from evidermis.evidence.errors import BadInput
from evidermis.evidence.observer import Notice, Observer, silent
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.pipeline import Made, concluded, conclusions, held_to_arithmetic, run
from evidermis.review.bundle import bundled_names, copy_bundled
from evidermis.review.folder.checking import checked
from evidermis.review.living.comparing import restored
from evidermis.review.living.editions import next_edition, site_name
from evidermis.review.living.history import History, Publication, chosen

__all__ = ["Again", "Ran", "appraised", "publish_again", "publish_review", "run_review"]


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished run: the review, its conclusions, where the page is, its version and what that changed (None: the first)."""

    review: Review
    appraisal: Appraisal
    site: Path
    version: str
    change: Difference | None


@dataclass(frozen=True, slots=True)
class Again:
    """An earlier page made anew; `is_same` says whether it is the published one to the byte."""

    site: Path
    publication: Publication
    is_same: bool


def run_review(path: Path, today: datetime.date, observer: Observer = silent) -> Ran:
    """The whole way, without keeping the page as a version.

    Where `path` does not exist and its name is a bundled review, that is copied there first.
    """
    if not path.exists():
        if path.name not in bundled_names():
            mend = f"make one with `evidermis new {path.name}`, or use a bundled one: {', '.join(bundled_names())}"
            raise BadInput("there is no review here", file=str(path), mend=mend)
        observer(Notice(stage="copy", what=f"the bundled review {path.name!r} to {path}"))
        copy_bundled(path.name, path)
    return publish_review(path, today, observer, keep=False)


def publish_review(path: Path, today: datetime.date, observer: Observer = silent, *, keep: bool = True) -> Ran:
    """Check a review, draw its conclusions and write its page to `site/`, the old page or the new, never half of one.

    With `keep` the page is written into `history/` as a version that readers saw, unless it is the last one unchanged. One
    process does this at a time; `BadInput` where another is at it for longer than one waits.
    """
    with held(path, observer):
        return _published(path, today, observer, keep=keep)


def _published(path: Path, today: datetime.date, observer: Observer, *, keep: bool) -> Ran:
    vocabulary = bundled_vocabulary()
    review = checked(path, vocabulary, today)
    observer(Notice(stage="check", what=f"{path}: no faults"))
    drawn = conclusions(review, vocabulary)
    edition = next_edition(path, review, drawn, today)
    outcome = run(
        review, vocabulary, made_by=MADE_BY, today=today, versions=edition.versions, drawn=drawn, observer=observer
    )
    files = {**outcome.files, "made.json": _lineage(outcome.made)}
    site = path / "site"
    write_folder(site, files)
    if keep:
        edition.keep(files, MADE_BY)
    return Ran(review, outcome.appraisal, site, edition.version, edition.change)


def publish_again(path: Path, as_of: str, output: Path | None = None, observer: Observer = silent) -> Again:
    """Make an earlier page anew from what `history/` keeps of it; by default beside `site/`, under its day and number.

    A page made by this same program is the same to the byte; another program's rules may give another page, and that is told.
    """
    history = History(path)
    one = chosen(history, path, as_of)
    vocabulary = bundled_vocabulary()
    with restored(history, one) as folder:
        review = checked(folder, vocabulary, one.day)
    versions = history.published(until=one.number)
    outcome = run(review, vocabulary, made_by=MADE_BY, today=one.day, versions=versions, observer=observer)
    files = {**outcome.files, "made.json": _lineage(outcome.made)}
    site = output or path / f"site-{one.day}-{one.version}"
    written = {name.partition("/")[0] for name in files}
    write_folder(site, files, ours=written.__contains__)
    return Again(site, one, site_name(files) == one.site)


def appraised(path: Path, today: datetime.date) -> tuple[Review, Appraisal]:
    """A checked review as it is answered from, and its conclusions, without writing anything."""
    vocabulary = bundled_vocabulary()
    review = held_to_arithmetic(checked(path, vocabulary, today), vocabulary)
    return review, concluded(review, vocabulary)


def _lineage(made: tuple[Made, ...]) -> bytes:
    rows = [asdict(one) for one in made]
    return (json.dumps({"made": rows}, indent=1, sort_keys=True) + "\n").encode()

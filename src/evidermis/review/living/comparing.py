"""The difference of two states of a review: of two folders, of a folder and one of its versions, or of two versions."""

import datetime
import hashlib
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from evidermis.evidence.change import Difference
from evidermis.evidence.errors import BadInput
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.library import kept_files
from evidermis.living import Position, Snapshot, difference, parts_of
from evidermis.pipeline import Conclusions, position_on, snapshot
from evidermis.review.folder.checking import checked
from evidermis.review.folder.loading import load
from evidermis.review.living.history import History, Publication, chosen
from evidermis.review.records.keeping import opened_library

__all__ = ["State", "between", "compared", "library_name", "now", "restored", "state_of", "then"]


@dataclass(frozen=True, slots=True)
class State:
    """A review and its snapshot: as it stands, or as it was published with the snapshot of that day."""

    review: Review
    snapshot: Snapshot


def compared(before: str, after: str, today: datetime.date) -> Difference:
    """What changed from one state to another; each is `FOLDER`, `FOLDER@DAY` or `FOLDER@VERSION`."""
    return between(state_of(before, today), state_of(after, today))


def between(before: State, after: State) -> Difference:
    """What changed between two states, under the change rules of the later one."""
    vocabulary, like = bundled_vocabulary(), after.review.protocol

    def conclude(parts: Mapping[str, object], claim: str) -> Position | None:
        return position_on(parts, claim, like, vocabulary)

    parts = parts_of(before.review), parts_of(after.review)
    return difference(before.snapshot, after.snapshot, *parts, like.schedule.versions, conclude)


def state_of(named: str, today: datetime.date) -> State:
    """The state that a name means. A folder whose own name holds an @ is taken as that folder."""
    path = Path(named)
    if path.exists() or "@" not in named:
        return now(path, checked(path, bundled_vocabulary(), today))
    folder, _, as_of = named.rpartition("@")
    if not Path(folder).is_dir():
        raise BadInput("there is no review here", file=folder, mend="write FOLDER, FOLDER@DAY or FOLDER@VERSION")
    history = History(Path(folder))
    return then(history, chosen(history, Path(folder), as_of))


def now(folder: Path, review: Review, drawn: Conclusions | None = None) -> State:
    """A review as it stands in its folder; `drawn` are its conclusions where they have been drawn already."""
    return State(review, snapshot(review, bundled_vocabulary(), library_name(folder), drawn))


def then(history: History, one: Publication) -> State:
    """A review as it was published: its files read again, and the snapshot that was kept with them."""
    with restored(history, one) as folder:
        return State(load(folder), history.snapshot(one))


@contextmanager
def restored(history: History, one: Publication) -> Generator[Path]:
    """A folder with the files that a publication was made from, gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="evidermis-") as scratch:
        for name, content in history.files(one).items():
            place = PurePosixPath(name)
            if place.is_absolute() or ".." in place.parts:
                raise BadInput(f"{name[:60]!r} leads out of the review", place=f"publication {one.number}")
            path = Path(scratch) / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield Path(scratch)


def library_name(folder: Path) -> str:
    """The name of the set of imported records: SHA-256 of their sorted digests; `""` where nothing was imported."""
    if not (folder / "library.db").exists() and not kept_files(folder / "records"):
        return ""
    with opened_library(folder) as library:
        digests = sorted(library.digests())
    return hashlib.sha256("".join(f"{one}\n" for one in digests).encode()).hexdigest() if digests else ""

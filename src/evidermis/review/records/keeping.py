"""A review's own library: importing into it, and opening it in step with `records/`.

An import copies each file into `records/` first and only then reads it; what is reported as saved is in `records/`, and
whatever happens to `library.db`, the next command brings it back.
"""

import datetime
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evidermis.evidence.errors import BadInput
from evidermis.evidence.observer import Notice, Observer, silent
from evidermis.library import (
    GatheredIndex,
    Held,
    Hit,
    LeftOut,
    Library,
    SearchIndex,
    is_installed,
    keep,
    kept_files,
    looked_at,
    synchronise,
)
from evidermis.review.folder.loading import hand_written

__all__ = ["Imported", "Kept", "Searched", "import_files", "kept", "opened_library", "search_library"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file: where it is kept, whether that is new, what it gave, and what could not be read."""

    file: Path
    kept: Path
    is_new: bool
    held: Held
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the library of a review holds: imported files, their records, those withdrawn since, and what was left out."""

    files: int = 0
    records: int = 0
    withdrawn: int = 0
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search found: `by_hand` among so many records `written` into the review, `hits` among so many imported `records`.

    `withdrawn` are the digests of imported records that their source has withdrawn. Scores of the two cannot be compared.
    """

    by_hand: tuple[Hit, ...]
    written: int
    hits: tuple[Hit, ...]
    records: int
    withdrawn: frozenset[str]


@contextmanager
def opened_library(folder: Path, observer: Observer = silent) -> Generator[Library]:
    """The library of a review, holding what `records/` gives. `BadInput` where there is no review."""
    if not (folder / "review.toml").is_file():
        mend = f"run it inside a review folder, say --review FOLDER, or make one with `evidermis new {folder.name or 'NAME'}`"
        raise BadInput("there is no review here", file=str(folder / "review.toml"), mend=mend)
    with Library(folder / "library.db") as library:
        synchronise(library, folder / "records", observer)
        yield library


def import_files(
    folder: Path, files: Sequence[Path], today: datetime.date, observer: Observer = silent
) -> tuple[Imported, ...]:
    """Import files into a review. All of them are looked at first: where one cannot be read, none is imported."""
    with opened_library(folder, observer) as library:
        looked = [looked_at(file) for file in files]
        places = {one.digest: folder / "records" / one.file for one in library.payloads()}
        fresh: set[str] = set()
        for one in looked:
            if one.digest not in places:
                observer(Notice(stage="keep", what=str(one.file)))
                place = places[one.digest] = keep(one, folder / "records", today.isoformat())
                # The file is there, and its content is known: it need not be hashed again.
                library.name_payload(one.digest, place.name, place.stat().st_size, place.stat().st_mtime_ns)
                fresh.add(one.digest)
        synchronise(library, folder / "records", observer)
        if is_installed():
            observer(Notice(stage="index", what=f"{len(library):,} records"))
            SearchIndex(library, folder / "library.index").refresh()
        return tuple(
            Imported(
                one.file,
                places[one.digest],
                one.digest in fresh and all(one.digest != earlier.digest for earlier in looked[:place]),
                library.held(one.digest),
                library.left_out(one.digest),
            )
            for place, one in enumerate(looked)
        )


def kept(folder: Path, observer: Observer = silent) -> Kept:
    """What has been imported into a review. Where nothing has, no library is made."""
    if not (folder / "library.db").exists() and not kept_files(folder / "records"):
        return Kept()
    with opened_library(folder, observer) as library:
        return Kept(len(library.payloads()), len(library), len(library.withdrawn()), library.left_out())


def search_library(
    folder: Path,
    words: str,
    *,
    like: str = "",
    limit: int = 20,
    years: tuple[int, int] | None = None,
    observer: Observer = silent,
) -> Searched:
    """The records nearest to some words, or most like the one with the id `like`: a hand-written id, or the start of a digest.

    So many (`limit`) of those that people wrote into the review, and as many of those imported.
    """
    written = {reference.id: reference.record for reference in hand_written(folder)}
    with opened_library(folder, observer) as library:
        index = SearchIndex(library, folder / "library.index")
        index.refresh()
        gathered = GatheredIndex(tuple(written.values()))
        if like:
            record = written[like] if like in written else index.record_of(like)
            by_hand, hits = gathered.like(record, limit, years), index.like(record, limit, years)
        else:
            by_hand, hits = gathered.search(words, limit, years), index.search(words, limit, years)
        return Searched(by_hand, len(written), hits, len(library), library.withdrawn())

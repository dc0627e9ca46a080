"""Bringing a library in step with its `records/`: what is there is read once, what is gone is taken out.

Reading goes by batches, each one transaction with the note of how far it came; after a kill the next command goes on behind
the last batch. Two commands may do this at once: whatever the other has stored is left as it is.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from evidermis import MADE_BY
from evidermis.evidence.errors import BadInput
from evidermis.evidence.observer import Notice, Observer, silent
from evidermis.formats import Entry, Unreadable
from evidermis.library.payloads import content_digest, entries, kept_files
from evidermis.library.store import Library, Stored, Work

__all__ = ["BATCH", "reading_of", "synchronise"]

# Entries a transaction: at 2,000 a commit costs nothing beside the reading, and another command waits under a second.
BATCH = 2000


def reading_of(digest: str) -> Work:
    """The work of reading one payload into records: another release may read other ones out of it."""
    return Work("read", 1, MADE_BY, (digest,))


def synchronise(library: Library, records: Path, observer: Observer = silent, batch: int = BATCH) -> None:
    """Make the library hold exactly what the payloads of `records/` give. `BadInput` names a file that is none."""
    # In this order: a file is there before its payload is named, so no import that runs meanwhile looks as if it had left.
    known = library.payloads()
    found = _found(known, records)
    for stored in known:
        if stored.digest not in found:
            library.forget(stored.digest)
    for digest, file in found.items():
        work = reading_of(digest)
        if any(earlier != work for earlier in library.works_on(digest, work.stage)):
            library.forget(digest)
        status = file.stat()
        library.name_payload(digest, file.name, status.st_size, status.st_mtime_ns)
        if not library.steps(work)[1]:
            _read(library, file, work, observer, batch)


def _found(stored_before: tuple[Stored, ...], records: Path) -> dict[str, Path]:
    """The file of each payload by its digest; of two files with one content the first by name."""
    known = {one.file: one for one in stored_before}
    found: dict[str, Path] = {}
    for file in kept_files(records):
        status, stored = file.stat(), known.get(file.name)
        is_same = stored and (stored.size, stored.changed) == (status.st_size, status.st_mtime_ns)
        found.setdefault(stored.digest if stored and is_same else content_digest(file), file)
    return found


def _read(library: Library, file: Path, work: Work, observer: Observer, batch: int) -> None:
    done = library.steps(work)[0]
    (digest,) = work.inputs
    numbered = islice(enumerate(_told(file), 1), done, None)
    while part := list(islice(numbered, batch)):
        library.store(work, digest, part, whole=False)
        if (part[-1][0] // batch) % 10 == 0:
            observer(Notice(stage="import", what=f"{file.name}: {part[-1][0]:,} entries", done=part[-1][0]))
        if library.steps(work)[1]:
            return  # another command has read it to the end
    library.store(work, digest, (), whole=True)


def _told(file: Path) -> Iterator[Entry]:
    """Every entry; where a file breaks off for good, the last entry says so and the earlier ones stay."""
    name = f"records/{file.name}"
    count = 0
    try:
        for entry in entries(file, name):
            count += 1
            yield entry
    except BadInput as error:
        yield Unreadable(name, count + 1, 0, f"the rest cannot be read: {error.what}")

"""What was published, kept so that any earlier page can be made again.

    history/publications.jsonl    one line a publication, only ever added to; each names the line before it
    history/objects/ab/cdef…      files of the review, snapshots and differences, verbatim, by the SHA-256 of their content

Records in `records/` are kept verbatim by content already; of the imported ones only the set's name is written down. An object
is flushed to the disk before a line names it; a line that a power cut broke off was never reported and is written over.
"""

import datetime
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evidermis.disk import write_file
from evidermis.evidence.change import Difference, Published, Weight
from evidermis.evidence.errors import BadInput
from evidermis.living import Snapshot
from evidermis.review.folder.loading import NOTICES, TRIALS
from evidermis.review.folder.screening_lists import FOLDER as LISTS

__all__ = ["History", "Publication", "chosen", "input_files"]

_MEND = "put history/ back from a copy; it is only ever added to"
_SNAPSHOT, _DIFFERENCE, _FILES = TypeAdapter(Snapshot), TypeAdapter(Difference), TypeAdapter(dict[str, str])


@dataclass(frozen=True, slots=True)
class Publication:
    """One line. `day` is the day of publishing, `published` that on which its version first appeared; the rest are digests.

    `files` names the list of input files, `site` all files of the page together, `previous` the line before (`""`: none).
    """

    number: int
    day: datetime.date
    version: str
    published: datetime.date
    weight: Weight
    snapshot: str
    difference: str
    files: str
    site: str
    made_by: str
    previous: str


_PUBLICATION = TypeAdapter(Publication)


def input_files(folder: Path) -> dict[str, bytes]:
    """What the page is made from, by its path in the review folder."""
    named = [
        "review.toml",
        "products.toml",
        "background.toml",
        "records/curated.toml",
        NOTICES,
        TRIALS,
        "judgements.jsonl",
    ]
    named += [f"studies/{path.name}" for path in sorted((folder / "studies").glob("*.toml"))]
    # The log of judgements names these lists, and a folder without them is not whole.
    named += [f"{LISTS}/{path.name}" for path in sorted((folder / LISTS).glob("*.txt"))]
    return {name: (folder / name).read_bytes() for name in named if (folder / name).is_file()}


class History:
    """The history of one review folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "history"
        self._log = self._folder / "publications.jsonl"
        self.publications: tuple[Publication, ...] = tuple(self._read())

    @property
    def last(self) -> Publication | None:
        """The latest publication."""
        return self.publications[-1] if self.publications else None

    def snapshot(self, one: Publication) -> Snapshot:
        """The snapshot of a publication."""
        return _SNAPSHOT.validate_json(self._object(one.snapshot))

    def files(self, one: Publication) -> dict[str, bytes]:
        """The files of the review as they were, by path."""
        return {path: self._object(name) for path, name in self._files(one).items()}

    def published(self, until: int | None = None) -> tuple[Published, ...]:
        """The versions up to a publication's number, oldest first."""
        every = self.publications[: len(self.publications) if until is None else until]
        before = ("", *(one.version for one in every))
        return tuple(
            Published(one.version, one.published, self._change(one))
            for one, earlier in zip(every, before, strict=False)
            if one.version != earlier
        )

    def holds_files(self, one: Publication, files: Mapping[str, bytes]) -> bool:
        """Whether a publication was made from exactly these files."""
        return self._files(one) == {path: _sha256(content) for path, content in files.items()}

    def add(
        self, one: Publication, snapshot: Snapshot, change: Difference | None, files: Mapping[str, bytes]
    ) -> Publication:
        """Keep a publication: its objects, then its line. What the line says of objects is filled in here."""
        named = {path: self._keep(content) for path, content in sorted(files.items())}
        told = {
            **asdict(one),
            "snapshot": self._keep(snapshot.content),
            "difference": self._keep(_DIFFERENCE.dump_json(change)) if change else "",
            "files": self._keep(_FILES.dump_json(named)),
            "number": len(self.publications) + 1,
            "previous": _sha256(_line(self.last)) if self.last else "",
        }
        whole = _PUBLICATION.validate_python(told)
        with self._log.open("ab") as log:
            log.truncate(self._log.read_bytes().rfind(b"\n") + 1)
            log.write(_line(whole))
            log.flush()
            os.fsync(log.fileno())
        self.publications = (*self.publications, whole)
        return whole

    def _change(self, one: Publication) -> Difference | None:
        return _DIFFERENCE.validate_json(self._object(one.difference)) if one.difference else None

    def _files(self, one: Publication) -> dict[str, str]:
        return _FILES.validate_json(self._object(one.files))

    def _keep(self, content: bytes) -> str:
        name = _sha256(content)
        path = self._place(name)
        if not path.is_file():
            write_file(path, content)
        return name

    def _place(self, name: str) -> Path:
        return self._folder / "objects" / name[:2] / name[2:]

    def _object(self, name: str) -> bytes:
        path = self._place(name)
        if not path.is_file():
            raise BadInput("a part of an earlier version is missing", file=str(path), mend=_MEND)
        content = path.read_bytes()
        if _sha256(content) != name:
            raise BadInput("a part of an earlier version is not what was kept", file=str(path), mend=_MEND)
        return content

    def _read(self) -> Iterator[Publication]:
        if not self._log.is_file():
            return
        before = ""
        whole = self._log.read_bytes()
        for number, line in enumerate(whole[: whole.rfind(b"\n") + 1].splitlines(keepends=True), 1):
            try:
                one = _PUBLICATION.validate_json(line)
            except ValidationError as error:
                raise BadInput("is no publication", file=str(self._log), place=f"line {number}", mend=_MEND) from error
            if one.previous != before or one.number != number:
                what = "does not follow the line before it"
                raise BadInput(what, file=str(self._log), place=f"line {number}", mend=_MEND)
            before = _sha256(line)
            yield one


def chosen(history: History, folder: Path, as_of: str) -> Publication:
    """The publication that was current on a day (`2026-11-23`), or the last of a version (`1.2.0`)."""
    try:
        day = datetime.date.fromisoformat(as_of)
        found = [one for one in history.publications if one.day <= day]
    except ValueError:
        found = [one for one in history.publications if one.version == as_of]
    if found:
        return found[-1]
    if not history.publications:
        raise BadInput("nothing has been published yet", file=str(folder), mend=f"run `evidermis publish {folder}`")
    kept = ", ".join(f"{one.version} on {one.day}" for one in history.publications[:20])
    mend = f"take a day like 2026-11-23 or a version; published were {kept}"
    raise BadInput(f"nothing was published as of {as_of[:40]!r}", file=str(folder), mend=mend)


def _line(one: Publication) -> bytes:
    told = json.loads(_PUBLICATION.dump_json(one))
    return (json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

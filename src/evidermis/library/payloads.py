"""The files of `records/`: every import, verbatim, named by source, date and the hash of its content.

The hash is that of the content before any compression, so that a file and the same file gzipped are one payload. What was kept
can be read again at any time; `library.db` can therefore always be rebuilt.
"""

import gzip
import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from evidermis.disk import file_beside
from evidermis.evidence.errors import BadInput
from evidermis.formats import Entry, Unreadable, read
from evidermis.formats.detect import detected_format
from evidermis.formats.lines import opened

__all__ = ["Looked", "content_digest", "entries", "keep", "kept_files", "looked_at"]

# From here on a file is kept gzipped: text of records shrinks to a fifth, and reading it back costs a tenth more.
LARGE_BYTES = 1_000_000
_ENDINGS = {
    "beautyfacts": "json",
    "bibtex": "bib",
    "crossref": "json",
    "csl": "json",
    "csv": "csv",
    "ctgov": "json",
    "endnote-xml": "xml",
    "europepmc": "json",
    "jats": "xml",
    "nbib": "nbib",
    "openalex": "json",
    "pubmed-xml": "xml",
    "ris": "ris",
    "wos": "txt",
}
# What people write in records/ by hand is no payload.
_BY_HAND = frozenset({".toml", ".md"})


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that can be imported: its content's digest, and the source and format its kept copy is named by."""

    file: Path
    digest: str
    source: str
    form: str


def looked_at(file: Path) -> Looked:
    """What a file is. `BadInput` where it cannot be read at all, or holds no record."""
    with _open(file) as stream:
        form = detected_format(opened(stream, str(file)).head, str(file))
    reasons: list[str] = []
    for entry in entries(file, str(file)):
        if not isinstance(entry, Unreadable):
            return Looked(file, content_digest(file), entry.source or form, form)
        reasons.append(f"; the first of {{}} that cannot: {entry}" if not reasons else "")
    why = reasons[0].format(len(reasons)) if reasons else ""
    raise BadInput(f"holds no record that can be read{why}", file=str(file), mend="export the records again")


def entries(file: Path, name: str) -> Iterator[Entry]:
    """Every entry of a file in its order; `name` is what messages call it."""
    with _open(file) as stream:
        yield from read(stream, name)


def content_digest(file: Path) -> str:
    """SHA-256 (hex) of a file's content, gzip undone."""
    found = hashlib.sha256()
    with _open(file) as stream:
        for chunk in opened(stream, str(file)):
            found.update(chunk)
    return found.hexdigest()


def kept_files(records: Path) -> list[Path]:
    """The payloads of a `records/` folder, by name. Hidden and hand-written files are none."""
    if not records.is_dir():
        return []
    found = (path for path in records.iterdir() if path.suffix not in _BY_HAND and not path.name.startswith("."))
    return sorted(path for path in found if path.is_file())


def keep(looked: Looked, records: Path, date: str) -> Path:
    """Copy a file into `records/`, whole or not at all, and flush it to the disk. Its name is there afterwards."""
    source = re.sub(r"[^a-z0-9]+", "-", looked.source.lower()).strip("-")[:40] or looked.form
    is_zipped = _is_zipped(looked.file)
    zip_it = not is_zipped and looked.file.stat().st_size >= LARGE_BYTES
    ending = f"{_ENDINGS[looked.form]}{'.gz' if is_zipped or zip_it else ''}"
    place = records / f"{source}-{date}-{looked.digest[:16]}.{ending}"
    records.mkdir(parents=True, exist_ok=True)
    with file_beside(place) as out:
        _copy(looked.file, out, zip_it=zip_it)
    return place


def _copy(file: Path, out: IO[bytes], *, zip_it: bool) -> None:
    with _open(file) as stream:
        if not zip_it:
            shutil.copyfileobj(stream, out)
            return
        # Neither a name nor a time goes into the archive: the same content gives the same bytes.
        with gzip.GzipFile(filename="", mode="wb", compresslevel=1, fileobj=out, mtime=0) as zipped:
            shutil.copyfileobj(stream, cast("IO[bytes]", zipped), 1 << 20)


def _is_zipped(file: Path) -> bool:
    with _open(file) as stream:
        return stream.read(2) == b"\x1f\x8b"


def _open(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise BadInput(error.strerror or "cannot be read", file=str(file), mend="check the path") from error

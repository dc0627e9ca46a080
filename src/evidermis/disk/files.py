"""Files that appear whole or not at all: written beside their place, flushed to the disk, and renamed over it."""

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

__all__ = ["file_beside", "sync_folder", "write_file"]


@contextmanager
def file_beside(path: Path) -> Generator[BinaryIO]:
    """A file to write to, in a folder that is there; it takes its place at `path` when the block ends well, else it is gone."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.{os.getpid()}.", suffix=".new")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and the folders above it where they are missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with file_beside(path) as file:
        file.write(content)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to the disk, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Outputs that appear whole or not at all: written beside their place, then put there in one step."""

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from evidermis.evidence.errors import BadInput

__all__ = ["written_whole", "written_whole_bytes"]


@contextmanager
def written_whole(path: Path) -> Generator[IO[str]]:
    """A text file to write to; it takes its place at `path` when the block ends well, and leaves nothing when it does not."""
    with _beside(path) as made, made.open("w", encoding="utf-8", newline="\n") as lines:
        yield lines
        lines.flush()
        os.fsync(lines.fileno())


def written_whole_bytes(path: Path, content: bytes) -> None:
    """Write bytes to a file, whole or not at all."""
    with _beside(path) as made, made.open("wb") as held:
        held.write(content)
        held.flush()
        os.fsync(held.fileno())


@contextmanager
def _beside(path: Path) -> Generator[Path]:
    if not path.parent.is_dir():
        raise BadInput("the output's folder does not exist", file=str(path), mend=f"create {path.parent}")
    handle, made = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    beside = Path(made)
    try:
        yield beside
        beside.chmod(0o644)
        os.replace(beside, path)  # noqa: PTH105 - the one call that is atomic on every system
    finally:
        beside.unlink(missing_ok=True)

"""Outputs of commands: they appear whole or not at all, in a folder that is there."""

import io
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from evidermis.disk import file_beside
from evidermis.evidence.errors import BadInput

__all__ = ["written_whole", "written_whole_bytes"]


@contextmanager
def written_whole(path: Path) -> Generator[TextIO]:
    """A text file to write to; it takes its place at `path` when the block ends well, and leaves nothing when it does not."""
    with _output(path) as file:
        lines = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
        yield lines
        # Flushed and let go of: whoever opened the file beneath closes it.
        lines.detach()


def written_whole_bytes(path: Path, content: bytes) -> None:
    """Write bytes to a file, whole or not at all."""
    with _output(path) as file:
        file.write(content)


@contextmanager
def _output(path: Path) -> Generator[BinaryIO]:
    if not path.parent.is_dir():
        raise BadInput("the output's folder does not exist", file=str(path), mend=f"create {path.parent}")
    with file_beside(path) as file:
        yield file

"""Logs that are only ever added to: a line that was reported as added is on the disk, and several programs may add at once."""

import os
import sys
from pathlib import Path

__all__ = ["append_line"]


def append_line(path: Path, line: str) -> None:
    """Add a line to a file and flush it to the disk. A last line that a power cut left without its end is closed first."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        _lock(handle)
        size = os.fstat(handle).st_size
        is_torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        content = (b"\n" if is_torn else b"") + line.encode() + b"\n"
        while content:
            content = content[os.write(handle, content) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    """Wait until nobody else is adding to the file; systems without such locks take turns by their own rules of appending."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)

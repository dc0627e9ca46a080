"""Adding to `judgements.jsonl`, which is only ever added to: what was reported as signed is on the disk.

Each judgement is one line in one write, flushed before the call returns; several commands may sign at once.
"""

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from evidermis.evidence.judgement import Judgement

__all__ = ["LOG", "append_line", "judgement_id", "sign"]

LOG = "judgements.jsonl"


def sign(folder: Path, judgements: Sequence[Judgement]) -> None:
    """Add judgements to the log of a review, all in one write."""
    rows = [{**asdict(one), "time": one.time.isoformat()} for one in judgements]
    append_line(folder / LOG, "\n".join(json.dumps(row, ensure_ascii=False) for row in rows))


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


def judgement_id(kind: str, *parts: str) -> str:
    """A name for a judgement that no other has: the same parts (its time among them) give the same name."""
    name = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"{kind}-{name[:16]}"


def _lock(handle: int) -> None:
    """Wait until nobody else is adding to the file; systems without such locks take turns by their own rules of appending."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)

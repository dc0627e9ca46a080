"""What SQLite says, told in the words of the error tree: one table, by the name of the failure."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from evidermis.evidence.errors import BadInput, Damaged, Defect, EvidermisError

__all__ = ["OURS", "SPOILT", "UNUSABLE", "failures_told"]

# The file itself cannot be trusted.
SPOILT = frozenset({"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT"})
# The file may be sound, but this machine cannot use it now; and what its owner can do about that.
UNUSABLE = {
    "SQLITE_BUSY": ("another command is writing to it", "wait for it to end, then try again"),
    "SQLITE_LOCKED": ("another command is writing to it", "wait for it to end, then try again"),
    "SQLITE_CANTOPEN": ("it cannot be opened", "check the path and its rights"),
    "SQLITE_FULL": ("the disk is full", "make room, then run the command again: it goes on where it stopped"),
    "SQLITE_IOERR": ("the disk does not answer", "check the disk, then run the command again"),
    "SQLITE_PERM": ("it may not be written", "check its rights"),
    "SQLITE_READONLY": ("it may not be written", "check its rights"),
    "SQLITE_PROTOCOL": ("its lock cannot be had", "keep the review on a local disk"),
    "SQLITE_NOLFS": ("the disk cannot hold large files", "keep the review on another disk"),
    "SQLITE_NOMEM": ("memory ran out", "free some memory, then run the command again"),
    "SQLITE_TOOBIG": ("a record is larger than SQLite can hold", "take the record out of the file"),
}
# What can only come from a mistake in this room. Together the three hold every primary code of sqlite.org/rescode.html.
OURS = frozenset(
    {
        "SQLITE_ABORT",
        "SQLITE_AUTH",
        "SQLITE_CONSTRAINT",
        "SQLITE_EMPTY",
        "SQLITE_ERROR",
        "SQLITE_INTERNAL",
        "SQLITE_INTERRUPT",
        "SQLITE_MISMATCH",
        "SQLITE_MISUSE",
        "SQLITE_NOTFOUND",
        "SQLITE_NOTICE",
        "SQLITE_RANGE",
        "SQLITE_SCHEMA",
        "SQLITE_WARNING",
    }
)


@contextmanager
def failures_told(path: Path) -> Generator[None]:
    """Within it, an error of SQLite about the library at `path` becomes one of ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise _told(error, path) from error


def _told(error: sqlite3.Error, path: Path) -> EvidermisError:
    full = getattr(error, "sqlite_errorname", "") or ""
    # An extended name carries its kind in front: SQLITE_IOERR_SHORT_READ.
    name = "_".join(full.split("_")[:2])
    if name in SPOILT:
        return Damaged(f"{path}: the library is damaged ({error}); delete the file: it is rebuilt from records/")
    if name in UNUSABLE:
        what, mend = UNUSABLE[name]
        return BadInput(what, file=str(path), mend=mend)
    return Defect(f"{path}: {full or type(error).__name__}: {error}")

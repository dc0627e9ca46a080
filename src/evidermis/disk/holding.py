"""One writer of a folder at a time, by a lock of the kernel's: it goes with the process that holds it, however that ends.

The folder itself is locked, so nothing is left behind. Where folders cannot be locked (Windows, some network file systems) an
empty file `.lock` in it is.
"""

import errno
import os
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from evidermis.evidence.errors import BadInput
from evidermis.evidence.observer import Notice, Observer, silent

__all__ = ["held"]

# A page takes seconds and a turn that asks services minutes; who waits longer than this should be told.
PATIENCE = 30.0
_PAUSE = 0.1
_FILE = ".lock"
_TAKEN = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)


@contextmanager
def held(folder: Path, observer: Observer = silent, *, patience: float = PATIENCE) -> Generator[None]:
    """Hold a folder against every other process that asks; wait `patience` seconds for one that holds it.

    `BadInput` where it is still held then. Within one process a second hold waits for the first as another process would. What
    is no folder cannot be held: whoever reads it next will say so.
    """
    if not folder.is_dir():
        yield
        return
    handle = _opened(folder)
    try:
        _wait(handle, folder, observer, patience)
        try:
            yield
        finally:
            _let_go(handle)
    finally:
        os.close(handle)


def _wait(handle: int, folder: Path, observer: Observer, patience: float) -> None:
    until = time.monotonic() + patience
    told = False
    while not _taken(handle):
        if time.monotonic() >= until:
            what = "another evidermis is writing to this review"
            raise BadInput(what, file=str(folder), mend="run this again when it is done; nothing was changed")
        if not told:
            observer(Notice(stage="wait", what=f"another evidermis is writing to {folder}"))
            told = True
        time.sleep(_PAUSE)


if sys.platform == "win32":
    import msvcrt

    def _opened(folder: Path) -> int:
        return os.open(folder / _FILE, os.O_RDWR | os.O_CREAT)

    def _taken(handle: int) -> bool:
        return _tried(lambda: msvcrt.locking(handle, msvcrt.LK_NBLCK, 1))

    def _let_go(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _opened(folder: Path) -> int:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _TAKEN:
                return handle
            os.close(handle)
            return os.open(folder / _FILE, os.O_RDWR | os.O_CREAT, 0o644)
        return handle

    def _taken(handle: int) -> bool:
        return _tried(lambda: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB))

    def _let_go(handle: int) -> None:
        # Said aloud, as a process forked in between shares the lock.
        fcntl.flock(handle, fcntl.LOCK_UN)


def _tried(take: Callable[[], object]) -> bool:
    """Whether the lock could be taken now. Taking what one holds already is no error."""
    try:
        take()
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise
    return True

"""Folders of which a power cut leaves the old or the new, never half of either.

A folder is written whole beside its place and then exchanged with the old one in one step of the kernel (Linux and macOS);
elsewhere the old folder is moved aside first, and the next run puts it back if the second move never came.
"""

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from evidermis.disk.files import sync_folder
from evidermis.evidence.errors import BadInput, Defect

__all__ = ["recover", "write_folder"]

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_RENAME_SWAP = 2


def write_folder(path: Path, files: Mapping[str, bytes], *, ours: Callable[[str], bool] | None = None) -> None:
    """Put a folder of exactly these files (relative POSIX paths) at `path`, replacing what was there in one step.

    A place that a person chose may hold what nobody wants to lose: with `ours`, a folder is replaced only where that is true
    of the name of everything that lies in it; `BadInput` where it is not.
    """
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        raise BadInput("this is not a folder", file=str(path), mend="move it away; the page is written here")
    if ours is not None and path.is_dir():
        _refuse_others(path, ours)
    path = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    recover(path)
    fresh = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.{os.getpid()}.", suffix=".new"))
    try:
        fresh.chmod(0o755)
        for name, content in sorted(files.items()):
            _put(fresh, name, content)
        sync_folder(fresh)
        if path.exists():
            _exchange(fresh, path)
        else:
            fresh.rename(path)
        sync_folder(path.parent)
    finally:
        # After the exchange this holds the old folder; after a failure, the unfinished one.
        shutil.rmtree(fresh, ignore_errors=True)


def _refuse_others(path: Path, ours: Callable[[str], bool]) -> None:
    foreign = sorted(one.name for one in path.iterdir() if not ours(one.name))
    if foreign:
        more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        what = f"holds {foreign[0][:60]!r}{more}, which would be lost"
        raise BadInput(what, file=str(path), mend="choose a new folder or an empty one; nothing was changed")


def recover(path: Path) -> None:
    """Clear away what an interrupted write left beside `path`, and put a folder that was moved aside back."""
    aside = path.with_name(f".{path.name}.old")
    if aside.is_dir():
        if path.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(path)
    for left in path.parent.glob(f".{path.name}.*.new"):
        if _is_running(left.name.removeprefix(f".{path.name}.").split(".")[0]):
            continue
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def _is_running(process: str) -> bool:
    """True where the process that began an unfinished write may still be at work on it."""
    if not process.isdigit() or os.name != "posix":
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return int(process) != os.getpid()


def _put(folder: Path, name: str, content: bytes) -> None:
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts:
        raise Defect(f"a page may not write outside its folder: {name}")
    target = folder.joinpath(*relative.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _exchange(fresh: Path, path: Path) -> None:
    one, other = os.fsencode(fresh), os.fsencode(path)
    if sys.platform == "linux":
        system = ctypes.CDLL(None, use_errno=True)
        if hasattr(system, "renameat2") and not system.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE):
            return
    elif sys.platform == "darwin":
        system = ctypes.CDLL(None, use_errno=True)
        if not system.renamex_np(one, other, _RENAME_SWAP):
            return
    # No exchange on this system or file system: two renames, and `recover` closes the gap between them.
    aside = path.with_name(f".{path.name}.old")
    path.rename(aside)
    fresh.rename(path)
    shutil.rmtree(aside, ignore_errors=True)

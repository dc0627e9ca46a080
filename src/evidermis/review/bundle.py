"""The reviews that come with the package, and the starter of a new one."""

from collections.abc import Generator
from contextlib import contextmanager
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from evidermis.disk import write_folder
from evidermis.evidence.errors import BadInput

__all__ = ["bundled_folder", "bundled_names", "copy_bundled", "write_starter"]

_BUNDLED = resources.files("evidermis.review") / "bundled"
_STARTER = resources.files("evidermis.review") / "starter"


def bundled_names() -> tuple[str, ...]:
    """The names of the bundled reviews."""
    return tuple(sorted(one.name for one in _BUNDLED.iterdir() if one.is_dir() and not one.name.startswith("_")))


@contextmanager
def bundled_folder(name: str) -> Generator[Path]:
    """A bundled review as a folder to read from, wherever the package lies."""
    with resources.as_file(_BUNDLED / name) as folder:
        yield folder


def copy_bundled(name: str, path: Path) -> None:
    """Copy a bundled review to `path`, which must not exist; whole or not at all."""
    write_folder(path, _files(_BUNDLED / name))


def write_starter(path: Path, today: str) -> None:
    """Write a commented starter review that passes `check`. `BadInput` where something is there already."""
    if path.exists():
        raise BadInput("something is there already", file=str(path), mend="choose another name; nothing was changed")
    if not path.name.replace("-", "").replace("_", "").isalnum():
        raise BadInput(f"{path.name!r} cannot be a review's name", mend="use letters, digits, - and _")
    files = _files(_STARTER)
    filled = {
        name: text.decode("utf-8").replace("{{NAME}}", path.name).replace("{{TODAY}}", today).encode("utf-8")
        for name, text in files.items()
    }
    write_folder(path, filled)


def _files(folder: Traversable, below: str = "") -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for one in folder.iterdir():
        if one.is_dir():
            found |= _files(one, f"{below}{one.name}/")
        elif not one.name.startswith("."):
            found[below + one.name] = one.read_bytes()
    return found

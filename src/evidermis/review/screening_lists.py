"""The lists of records that a rule left out at once: `screening/HASH.txt`, a record a line, named by the hash of the text."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from evidermis.evidence.errors import BadInput
from evidermis.review.atomic import write_file

__all__ = ["FOLDER", "kept_list", "lists_of"]

FOLDER = "screening"


def lists_of(folder: Path) -> dict[str, tuple[str, ...]]:
    """The lists of records that rules left out, by their hash. `BadInput` where one was changed since."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((folder / FOLDER).glob("*.txt")):
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != path.stem:
            raise BadInput("was changed since it was written", file=str(path), mend="put it back from a copy")
        found[path.stem] = tuple(content.decode().split())
    return found


def kept_list(folder: Path, keys: Sequence[str]) -> str:
    """Keep a list of records and give the hash that names it."""
    content = "".join(f"{key}\n" for key in sorted(keys)).encode()
    name = hashlib.sha256(content).hexdigest()
    write_file(folder / FOLDER / f"{name}.txt", content)
    return name

"""What a folder holds of screening besides its log: the lists of records that rules left out at once.

A list is `screening/HASH.txt`, a record a line, named by the hash of the text.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from evidermis.disk import write_file
from evidermis.evidence.errors import BadInput
from evidermis.evidence.review import Review
from evidermis.screening.decisions import Candidate, Decisions
from evidermis.screening.project import Project

__all__ = ["FOLDER", "kept_list", "lists_of", "screened"]

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


def screened(folder: Path, review: Review, clusters: Sequence[Sequence[str]]) -> Project:
    """Where screening stands for some publications, each given by the keys of its records."""
    candidates = [Candidate(tuple(sorted(keys))) for keys in clusters]
    return Project(candidates, Decisions(review.judgements, lists_of(folder)), review.protocol.screening.people)

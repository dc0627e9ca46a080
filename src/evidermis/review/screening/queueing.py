"""What waits for somebody: imported publications not settled by title and abstract, with what a reader program proposes.

`queue.jsonl` is made anew by each update, one publication a line: its records, its title, and design, rung, people and terms as
they were read, each with its quote. A proposal decides nothing.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from evidermis.disk import write_file
from evidermis.evidence.record import Record
from evidermis.evidence.review import Review
from evidermis.library import Library
from evidermis.linkage import Grouping
from evidermis.reading import bundled_reader, facts_as_json
from evidermis.review.folder.screening_lists import screened
from evidermis.review.records.keeping import opened_library
from evidermis.screening.project import WAITS

__all__ = ["QUEUE", "Waiting", "undecided", "write_queue"]

QUEUE = "queue.jsonl"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A publication that nobody has decided on: the digests of its records, and the first of them."""

    keys: tuple[str, ...]
    record: Record


def undecided(folder: Path, review: Review, grouping: Grouping, library: Library) -> tuple[Waiting, ...]:
    """The imported publications that titles and abstracts have not settled. One that the review holds by hand is decided."""
    by_hand = {reference.id for reference in review.references}
    gone, records = library.withdrawn(), {digest: record for _, digest, record in library.records()}
    clusters = [cluster for cluster in grouping.reports.clusters if by_hand.isdisjoint(cluster)]
    project = screened(folder, review, clusters)
    found: list[Waiting] = []
    for one in project.candidates:
        keys = tuple(key for key in one.keys if key in records and key not in gone)
        if keys and project.outcome(one, "title-abstract").state in WAITS:
            found.append(Waiting(keys, records[keys[0]]))
    return tuple(found)


def write_queue(folder: Path, review: Review, grouping: Grouping) -> int:
    """Write `queue.jsonl` and return how many publications wait."""
    with opened_library(folder) as library:
        waiting = undecided(folder, review, grouping, library)
    reader = bundled_reader() if waiting else None
    lines: list[str] = []
    for one in waiting:
        proposed = facts_as_json(reader.read(one.record)) if reader else {}
        told = {"records": one.keys, "title": one.record.title, "year": one.record.year, "proposed": proposed}
        lines.append(json.dumps(told, ensure_ascii=False) + "\n")
    content = "".join(lines).encode("utf-8", "surrogatepass")
    path = folder / QUEUE
    if not path.exists() or path.read_bytes() != content:
        write_file(path, content)
    return len(waiting)

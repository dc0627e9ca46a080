"""What waits for somebody to read it: imported publications on which nobody has decided, with what a reader program proposes.

`queue.jsonl` is made anew by each update, one publication a line: its records, its title, and design, rung, people and terms as
they were read, each with its quote. A proposal decides nothing.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evidermis.evidence.judgement import Judgement
from evidermis.evidence.record import Record
from evidermis.evidence.review import Review
from evidermis.library import Library
from evidermis.linkage import Grouping
from evidermis.reading import bundled_reader, facts_as_json
from evidermis.review.atomic import write_file
from evidermis.review.keeping import opened_library

__all__ = ["QUEUE", "Waiting", "undecided", "write_queue"]

QUEUE = "queue.jsonl"
_SHORTEST = 12
_DECIDES_NOTHING = ("note", "undo")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A publication that nobody has decided on: the digests of its records, and the first of them."""

    keys: tuple[str, ...]
    record: Record


def undecided(review: Review, grouping: Grouping, library: Library) -> tuple[Waiting, ...]:
    """The imported publications without a decision, in the order of their keys. One that the review holds by hand is decided."""
    by_hand = {reference.id for reference in review.references}
    gone, records = library.withdrawn(), {digest: record for _, digest, record in library.records()}
    decided = _decided(review.judgements)
    found: list[Waiting] = []
    for cluster in grouping.reports.clusters:
        keys = tuple(key for key in cluster if key in records and key not in gone)
        known = by_hand & set(cluster) or any(key[:_SHORTEST] in decided for key in cluster)
        if keys and not known:
            found.append(Waiting(keys, records[keys[0]]))
    return tuple(found)


def _decided(judgements: Iterable[Judgement]) -> frozenset[str]:
    """The starts of the keys on which a person's last word at some stage is a decision."""
    last: dict[tuple[str, str], str] = {}
    for one in sorted(judgements, key=lambda judgement: (judgement.time, judgement.id)):
        kind, _, rest = one.about.partition(":")
        _, _, key = rest.partition("/")
        if kind in ("screening", "settling") and one.author.startswith("human:"):
            last[one.about + one.author, key[:_SHORTEST]] = one.decision
    return frozenset(key for (_, key), decision in last.items() if decision not in _DECIDES_NOTHING)


def write_queue(folder: Path, review: Review, grouping: Grouping) -> int:
    """Write `queue.jsonl` and return how many publications wait."""
    with opened_library(folder) as library:
        waiting = undecided(review, grouping, library)
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

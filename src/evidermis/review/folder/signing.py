"""Adding to `judgements.jsonl`, which is only ever added to: what was reported as signed is on the disk.

Each judgement is one line in one write, flushed before the call returns; several commands may sign at once.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from evidermis.disk import append_line
from evidermis.evidence.judgement import Judgement

__all__ = ["LOG", "judgement_id", "sign"]

LOG = "judgements.jsonl"


def sign(folder: Path, judgements: Sequence[Judgement]) -> None:
    """Add judgements to the log of a review, all in one write."""
    rows = [{**asdict(one), "time": one.time.isoformat()} for one in judgements]
    append_line(folder / LOG, "\n".join(json.dumps(row, ensure_ascii=False) for row in rows))


def judgement_id(kind: str, *parts: str) -> str:
    """A name for a judgement that no other has: the same parts (its time among them) give the same name."""
    name = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"{kind}-{name[:16]}"

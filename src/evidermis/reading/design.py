"""Which design a report has: cues add points to designs, and publication types decide where they are given.

The result is a proposal with its quotes, for a person to confirm. A report may hold several designs; each that names
itself is listed with its own quote, and `rung` belongs to the one listed.
"""

from dataclasses import dataclass

from evidermis.reading.cues import Cue, Seen
from evidermis.reading.passages import Quote

__all__ = ["DESIGNS", "design_points"]

DESIGNS = (
    "systematic-review", "narrative-review", "protocol", "randomised-trial", "human-non-randomised", "case-report",
    "animal", "in-vitro", "ex-vivo", "other",
)  # fmt: skip


def design_points(cues: tuple[Cue, ...], seen: list[Seen]) -> dict[str, float]:
    """Points of each design: each cue's points as often as it is seen, up to its `most`.

    A cue without phrases is presumed; `unless` and `needs` name cues that take it away or that it depends on.
    """
    counts: dict[str, int] = {}
    for one in seen:
        counts[one.cue.name] = counts.get(one.cue.name, 0) + 1
    points = dict.fromkeys(DESIGNS, 0.0)
    for cue in cues:
        count = min(counts.get(cue.name, 0), cue.most) if cue.phrases else 1
        if count and not any(n in counts for n in cue.unless) and all(n in counts for n in cue.needs):
            points[cue.code] += cue.points * count
    return points

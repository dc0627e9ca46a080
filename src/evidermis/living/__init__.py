"""What changed, and what is due: snapshots of a review, the typed difference of two, its causes, and the version it makes."""

from evidermis.living.causes import minimal_cause
from evidermis.living.comparing import Conclude, difference
from evidermis.living.parts import assembled, cause_of, parts_of
from evidermis.living.snapshot import Derived, Pool, Position, Snapshot, position_of, snapshot_of
from evidermis.living.versions import next_version
from evidermis.living.watch import watched, watched_trials

__all__ = [
    "Conclude",
    "Derived",
    "Pool",
    "Position",
    "Snapshot",
    "assembled",
    "cause_of",
    "difference",
    "minimal_cause",
    "next_version",
    "parts_of",
    "position_of",
    "snapshot_of",
    "watched",
    "watched_trials",
]

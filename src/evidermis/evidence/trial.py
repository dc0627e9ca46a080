"""A registered trial as its registry told of it on a day, and what befell it between two days."""

import datetime
from dataclasses import dataclass
from typing import Literal

from evidermis.evidence.written import written

__all__ = ["TrialEvent", "TrialEventKind", "TrialState"]

TrialEventKind = Literal[
    "status", "enrolment", "completion moved", "primary outcome switched", "results posted", "silent", "published"
]


@written
class TrialState:
    """What a registry said of a trial on the day `seen`. Unknown is `""`, None or an empty tuple.

    `completed` is the day (as far as it is told: `2025-06`) on which its primary measurements ended or are to end, `primary`
    are its primary outcomes in the registry's words, `results` says whether it has posted results.
    """

    id: str
    seen: datetime.date
    status: str = ""
    enrolment: int | None = None
    completed: str = ""
    primary: tuple[str, ...] = ()
    results: bool | None = None


@dataclass(frozen=True, slots=True)
class TrialEvent:
    """What befell a trial, from what to what, and on which day it was seen or came true (None: the day is not known)."""

    trial: str
    kind: TrialEventKind
    day: datetime.date | None
    was: str = ""
    now: str = ""

"""How fresh a review is on a day: what was due when, how late it is, and whether the review still lives.

PRISMA-LSR (BMJ 2024;387:e079183) asks a living review for the schedule of its searches and of its other steps, for its status
and for its plan to retire. Three periods is the house's line: of 19 living reviews with a schedule, 8 were later than that.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from evidermis.evidence.days import days_after
from evidermis.evidence.protocol import Protocol

__all__ = ["PERIODS_ALIVE", "Freshness", "Status", "Turn", "called", "freshness", "turns"]

PERIODS_ALIVE = 3

Status = Literal["living", "overdue", "lapsed", "retired"]


@dataclass(frozen=True, slots=True)
class Freshness:
    """`due` is the day of the next search, `late` how many days have gone since (0: none yet), `every` the period in days."""

    due: datetime.date
    late: int
    every: int
    retired: datetime.date | None = None

    @property
    def status(self) -> Status:
        """*Lapsed* from three periods overdue; *retired* where its authors say so."""
        if self.retired:
            return "retired"
        if self.late >= PERIODS_ALIVE * self.every:
            return "lapsed"
        return "overdue" if self.late else "living"

    @property
    def living(self) -> bool:
        """Whether it may still be called living."""
        return self.status in ("living", "overdue")


@dataclass(frozen=True, slots=True)
class Turn:
    """Something done again and again: a search of one source, or a stage. `last` is None where it was never done."""

    kind: Literal["search", "stage"]
    what: str
    every: int
    last: datetime.date | None
    due: datetime.date
    late: int


def freshness(protocol: Protocol, today: datetime.date) -> Freshness:
    """The freshness of the review as a whole, by the day up to which it was searched."""
    schedule = protocol.schedule
    due, late = _due(protocol.searched, schedule.search_every_days, today)
    return Freshness(due, late, schedule.search_every_days, schedule.retired)


def called(title: str, fresh: Freshness) -> str:
    """A title, which says *lapsed* or *retired* in place of *living* once the review is that."""
    if fresh.living:
        return title
    return re.sub(r"\bliving\b", "retired" if fresh.retired else "lapsed", title, count=1, flags=re.IGNORECASE)


def turns(
    protocol: Protocol, today: datetime.date, done: Mapping[str, datetime.date] | None = None
) -> tuple[Turn, ...]:
    """Every turn that the schedule names, the searches first. `done` gives later days for `search:SOURCE` and `stage:NAME`.

    A source's last day is that of its latest search in the protocol; one never searched is due since the review was published.
    """
    done = done or {}
    found: list[Turn] = []
    for one in protocol.schedule.sources:
        days = [search.date for search in protocol.searches if search.source.casefold() == one.source.casefold()]
        found.append(_turn("search", one.source, one.every_days, days, done, protocol, today))
    for one in protocol.schedule.stages:
        days = [one.done] if one.done else []
        found.append(_turn("stage", one.stage, one.every_days, days, done, protocol, today))
    return tuple(found)


def _turn(
    kind: Literal["search", "stage"],
    what: str,
    every: int,
    days: list[datetime.date],
    done: Mapping[str, datetime.date],
    protocol: Protocol,
    today: datetime.date,
) -> Turn:
    later = done.get(f"{kind}:{what}")
    known = [*days, later] if later else days
    last = max(known) if known else None
    due, late = _due(last, every, today) if last else (protocol.published, max(0, (today - protocol.published).days))
    return Turn(kind, what, every, last, due, 0 if protocol.schedule.retired else late)


def _due(last: datetime.date, every: int, today: datetime.date) -> tuple[datetime.date, int]:
    due = days_after(last, every)
    return due, max(0, (today - due).days)

"""How fresh a review is on a day: when something was due, how late it is, and whether the review still lives.

PRISMA-LSR (BMJ 2024;387:e079183) asks a living review for its schedule and its status. Three periods is the house's line: of
19 living reviews with a schedule, 8 were later than that.
"""

import datetime
from dataclasses import dataclass

__all__ = ["PERIODS_ALIVE", "Freshness", "freshness"]

PERIODS_ALIVE = 3


@dataclass(frozen=True, slots=True)
class Freshness:
    """`due` is the day of the next turn, `late` how many days have gone since (0: none yet), `every` the period in days."""

    due: datetime.date
    late: int
    every: int

    @property
    def living(self) -> bool:
        """False where more than three periods have been missed."""
        return self.late <= PERIODS_ALIVE * self.every


def freshness(last: datetime.date, every: int, today: datetime.date) -> Freshness:
    """The freshness of what was done last on a day, and is to be done again every so many days."""
    due = last + datetime.timedelta(days=every)
    return Freshness(due, max(0, (today - due).days), every)

"""Days that outside data and review files count with, up to the last one that the calendar holds."""

import datetime

__all__ = ["days_after"]


def days_after(day: datetime.date, days: int) -> datetime.date:
    """The day so many days later; the calendar's last one (31 December 9999) where it would be later than that.

    A registry's entry may end on that day, and a file may name any period.
    """
    return day + datetime.timedelta(days=min(days, (datetime.date.max - day).days))

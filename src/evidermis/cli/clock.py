"""The only clock of the command line: today, or the day a reproducible build asks for."""

import datetime
import os

from evidermis.evidence.errors import BadInput

__all__ = ["now", "today"]


def today() -> datetime.date:
    """Today in UTC; with SOURCE_DATE_EPOCH set, that day (reproducible-builds.org)."""
    written = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not written:
        return datetime.datetime.now(tz=datetime.UTC).date()
    try:
        return datetime.datetime.fromtimestamp(int(written), tz=datetime.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise BadInput(
            f"SOURCE_DATE_EPOCH is {written[:40]!r}", mend="set it to seconds since 1970, or leave it unset"
        ) from error


def now() -> datetime.datetime:
    """This moment in UTC: when somebody signed. It is never an earlier day's, whatever a reproducible build asks for."""
    return datetime.datetime.now(tz=datetime.UTC)

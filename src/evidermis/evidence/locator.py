"""Where a fact stands, and how well it was read."""

import datetime

from evidermis.evidence.ladders import Reading
from evidermis.evidence.written import written

__all__ = ["Fact", "Locator"]


@written
class Locator:
    """A place in a source.

    `record` is the record read (an id in `records/`), or the record that *reports* the fact where it was read second hand;
    `place` a section, table cell or page; `start` and `end` a character span of the text whose SHA-256 is `text_hash`,
    where the text was at hand. `reading` is `primary` (read in the source itself), `secondary` (read in another's
    account of it: then `record` or `url` is that account) or `to-verify` (not re-read yet).
    """

    id: str
    record: str = ""
    place: str = ""
    reading: Reading
    url: str = ""
    seen: datetime.date | None = None
    start: int | None = None
    end: int | None = None
    text_hash: str = ""
    note: str = ""


@written
class Fact:
    """A short data phrase and where it was read; `value` is `""` where it is unknown."""

    value: str = ""
    at: str = ""

    def __str__(self) -> str:
        return self.value or "unknown"

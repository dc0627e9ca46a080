"""Dates as bibliographies write them, to ISO 8601 as far as they are known."""

import re

from evidermis.formats.remembering import remembered

__all__ = ["is_whole_date", "iso_date", "year_of"]

_MONTHS = {
    name: number
    for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}  # fmt: skip
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_NUMERIC = re.compile(r"^(\d{4})[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?(?!\d)")
_COMPACT = re.compile(r"(1[5-9]\d\d|20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_WORDED = re.compile(r"^(\d{4})[-/ ,]+([A-Za-z]{3})[A-Za-z.]*(?:[-/ ,]+(\d{1,2})(?!\d))?")
_DAY_FIRST = re.compile(r"^(?:(\d{1,2})[ .]+)?([A-Za-z]{3})[A-Za-z.]*(?: +(\d{1,2}))?,? +(\d{4})")


@remembered
def year_of(text: str) -> int | None:
    """The first year (1500 to 2099) that a text names."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


@remembered
def iso_date(text: str) -> str:
    """`2020`, `2020-09` or `2020-09-18` from `2020/09/18`, `20200918`, `2020 Sep 18` …; `""` where no year is named."""
    text = text.strip()
    if found := _COMPACT.fullmatch(text):
        return "-".join(found.groups())
    if found := _NUMERIC.match(text):
        return _joined(found[1], int(found[2]), found[3])
    if found := _WORDED.match(text):
        return _joined(found[1], _MONTHS.get(found[2].lower(), 0), found[3])
    if found := _DAY_FIRST.match(text):
        return _joined(found[4], _MONTHS.get(found[2].lower(), 0), found[1] or found[3])
    year = year_of(text)
    return str(year) if year else ""


@remembered
def is_whole_date(text: str) -> bool:
    """Whether `iso_date` says all that the text says: no season, second month or impossible day was left out."""
    if _COMPACT.fullmatch(text.strip()):
        return True
    words = [word for word in re.split(r"[-/., ]+", text.strip().lower()) if word.strip("0")]
    is_plain = all(
        word.isdigit() or (len(word) > 2 and any(m.startswith(word) for m in _MONTH_NAMES)) for word in words
    )
    date = iso_date(text)
    return bool(date) and is_plain and len(words) == len(date.split("-"))


def _joined(year: str, month: int, day: str | None) -> str:
    if not 1 <= month <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{int(day):02}"

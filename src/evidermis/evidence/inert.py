"""Outside text made inert: for HTML, for spreadsheets, and as links.

HTML escaping itself is the template engine's work; here goes what escaping does not stop: controls that turn text around,
formulas in cells, and addresses that run something.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

__all__ = ["clean", "escaped_json", "json_file", "link", "written_table"]

# C0 and C1 controls (but tab and line feed), zero-width, bidirectional and separator controls, halves of surrogate pairs,
# byte order marks. The joiner U+200D stays: emoji are made with it.
_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def clean(text: str) -> str:
    """`text` without characters that act instead of being read."""
    return _ACTING.sub("", text)


def json_file(value: object, *, in_order: bool = False) -> bytes:
    """A value as a JSON file that is inert wherever it is put; `in_order` sorts the keys of its objects."""
    return (escaped_json(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=in_order)) + "\n").encode()


def escaped_json(text: str) -> str:
    """JSON text in which acting characters are written as escapes: the same values, and nothing to act on a reader's screen."""
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def link(url: str) -> str:
    """`url` where it is a plain web or mail address, else `""`."""
    flat = clean(url).strip()
    return flat if re.fullmatch(r"(https?://|mailto:)[^\s\"'<>`\\]+", flat) else ""


def written_table(head: Sequence[str], rows: Iterable[Sequence[str | float | int | None]]) -> bytes:
    """A CSV table. A text cell that a spreadsheet would run as a formula starts with an apostrophe; numbers stay numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue().encode("utf-8")


def _cell(value: str | float | int | None) -> str | float | int:
    if value is None:
        return ""
    if isinstance(value, str):
        flat = clean(value)
        return f"'{flat}" if flat.startswith(_FORMULA) else flat
    return value

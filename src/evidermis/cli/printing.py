"""How the command line speaks: JSON for programs, tables for people, progress on standard error, nothing that acts.

Text from outside is shown as text: control characters and bidirectional overrides are taken out, so that no title can move
the cursor, colour the screen or turn a line around.
"""

import json
import re
import sys
from typing import TYPE_CHECKING, Any

from evidermis.evidence.observer import Notice, Observer, silent

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["console", "plain", "print_json", "progress", "say", "warn"]

# rich is imported where a table or a colour is wanted: verbs that say one line start faster without it.

# C0 and C1 controls, zero-width and bidirectional controls, line and paragraph separators.
_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def say(text: str) -> None:
    """One line of outside or own text on standard output, without acting characters."""
    sys.stdout.write(_ACTING.sub("", text) + "\n")


def warn(text: str) -> None:
    """One line on standard error, without acting characters."""
    sys.stderr.write(_ACTING.sub("", text) + "\n")


def console() -> "Console":
    """Standard output, for results. Colour only where it is a terminal that wants it."""
    from rich.console import Console

    return Console(highlight=False)


def plain(text: object) -> "Text":
    """Outside text as a `Text` that is not parsed as markup and holds no acting characters."""
    from rich.text import Text

    return Text(_ACTING.sub("", str(text)))


def print_json(value: Any) -> None:
    """One JSON value on standard output, for programs."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True) + "\n")


def progress(quiet: bool = False) -> Observer:
    """An observer that writes a line a stage to standard error; silent when asked."""
    if quiet:
        return silent
    from rich.console import Console

    err = Console(stderr=True, highlight=False)

    def tell(notice: Notice, /) -> None:
        err.print(plain(f"{notice.stage:>9}  {notice.what}"), style="dim")

    return tell

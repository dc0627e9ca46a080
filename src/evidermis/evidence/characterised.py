"""What a source tells of the vesicles it used or sells, item by item."""

from typing import Literal

from evidermis.evidence.written import written

__all__ = ["Characterised", "Told"]

Told = Literal["reported", "not reported", "does not apply"]


@written
class Characterised:
    """One item of a vesicle's identity card (`identity.toml` lists them), as its source tells it.

    `not reported` is for somebody who read all of the source; an item that is not listed has not been read. `value` is a
    short data phrase and `at` the place it was read at.
    """

    item: str
    told: Told = "reported"
    value: str = ""
    at: str = ""

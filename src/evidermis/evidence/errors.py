"""Every way evidermis can fail, by who can mend it.

EvidermisError
├── BadInput        the user: a file, key, record or option is wrong; says where and how to mend it
├── SourceFailed    a service on the network: down, refusing or answering nonsense (never "found nothing")
├── Damaged         the library file: cannot be read or fails its integrity check
└── Defect          us: something that cannot happen did
"""

__all__ = ["BadInput", "Damaged", "Defect", "EvidermisError", "SourceFailed"]


class EvidermisError(Exception):
    """The root of all errors raised on purpose."""


class BadInput(EvidermisError):
    """Input that its author can mend.

    `what` says what is wrong, `file` and `place` (a key, record or line) where, `mend` how to put it right.
    """

    def __init__(self, what: str, *, file: str = "", place: str = "", mend: str = "") -> None:
        self.what, self.file, self.place, self.mend = what, file, place, mend
        where = ", ".join(part for part in (file, place) if part)
        super().__init__(f"{where + ': ' if where else ''}{what}{'; ' + mend if mend else ''}")


class SourceFailed(EvidermisError):
    """A service did not answer as documented. `status` is its HTTP status, or 0 where there was none."""

    def __init__(self, service: str, status: int, what: str) -> None:
        self.service, self.status, self.what = service, status, what
        super().__init__(f"{service} failed{f' with status {status}' if status else ''}: {what}")


class Damaged(EvidermisError):
    """The library file cannot be trusted; it can be deleted and is rebuilt from the review folder."""


class Defect(EvidermisError):
    """A mistake of ours. Please report it with the message."""

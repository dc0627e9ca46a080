"""The door a source comes in by: one small class that turns a query into pages of payload, told apart from how they are fetched.

A *page* is one answer of a service, kept as it came. `next` is what the service (or the source) needs to go on behind
it, so that a harvest that was interrupted goes on there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Fetching", "Page", "Source"]


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: its bytes, how many records the service says the query has, and where to go on (`""`: it was the last)."""

    content: bytes
    found: int
    next: str = ""


class Fetching(Protocol):
    """How a source asks: a body of the form it expects, or `SourceFailed`."""

    @property
    def contact(self) -> str:
        """The e-mail address of who asks, or `""`; every request carries it as its user agent."""
        ...

    def __call__(self, url: str, parameters: Mapping[str, str], *, form: str) -> bytes:
        """The body at an address. `form` is `json` or the name of the element that an XML answer consists of."""
        ...


class Source(Protocol):
    """A service of records. `hosts` are all it is ever asked at; `pause` is the seconds its rules ask for between requests.

    `tells_new` is False where the service cannot be asked for what has come since a day: then each harvest asks for all. `key` is
    the variable of the environment that holds the service's key, `""` where it has none.
    """

    name: str
    hosts: frozenset[str]
    pause: float
    tells_new: bool
    key: str

    def pages(self, fetch: Fetching, query: str, *, since: str, after: str) -> Iterator[Page]:
        """The pages of a query in their order; those of records added or changed from the day `since` on (`""`: all), behind the
        place `after` (`""`: from the first).
        """
        ...

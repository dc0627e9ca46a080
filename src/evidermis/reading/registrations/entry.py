"""The values of a registry entry by their places: what stands at a path, and how many stand under one."""

import re
from collections.abc import Iterator

from evidermis.evidence.content import Content
from evidermis.reading.facts import Told
from evidermis.reading.text import Quote

__all__ = ["Entry"]

_INDEX = re.compile(r"\[(\d+)\]")


class Entry:
    """A registration's values by path; lists are counted once, so that walking it takes time in proportion to it."""

    def __init__(self, content: Content) -> None:
        self._texts = {part.place: part.text for part in content.parts}
        self._lengths: dict[str, int] = {}
        for place in self._texts:
            for index in _INDEX.finditer(place):
                held = place[: index.start()]
                self._lengths[held] = max(self._lengths.get(held, 0), int(index[1]) + 1)

    def text(self, place: str) -> str:
        """What stands at a path, or `""`."""
        return self._texts.get(place, "")

    def told(self, what: str, place: str, value: str | None = None) -> Told | None:
        """What stands at a path, quoted whole; None where nothing does."""
        text = self._texts.get(place)
        if not text:
            return None
        return Told(what, text.strip() if value is None else value, Quote(text, place, 0, len(text)))

    def each(self, place: str) -> Iterator[str]:
        """The path of each item of the list at a path."""
        for number in range(self._lengths.get(place, 0)):
            yield f"{place}[{number}]"

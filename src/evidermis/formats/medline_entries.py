"""MEDLINE as entries: what stands under each tag, before anybody asks what it means.

Most entries are plain: tagged and wrapped lines up to an empty one. They are cut out of whole blocks of text, which is several
times as fast as walking over lines. Whatever is not plain goes through `_Careful`, line by line; it alone defines what an
entry is, and a property holds that both ways give the same.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidermis.formats.lines import REFUSED
from evidermis.formats.unreadable import RECORD_LIMIT

__all__ = ["MedlineEntry", "medline_entries"]

_TAG = re.compile(r"([A-Z][A-Z0-9 ]{3})-(?: (.*)|$)")
_TAGS = re.compile(r"\n([A-Z][A-Z0-9 ]{3})- ")
# A wrapped line begins in column seven.
_WRAP = "\n      "
_PATIENCE = 1 << 20


@dataclass(slots=True)
class MedlineEntry:
    """An entry by its number (from 1) and first line; where it is `refused`, why.

    `values` stand under their `tags`, wrapped lines joined and ends not yet cut. A tag is four columns wide, blanks and all.
    """

    number: int
    line: int
    tags: list[str]
    values: list[str]
    refused: str = ""


def medline_entries(blocks: Iterable[str], patience: int = _PATIENCE) -> Iterator[MedlineEntry]:
    """Every entry of blocks of whole lines, in its order.

    So many characters without an empty line are held in the hope of one; what is longer is read line by line.
    """
    careful = _Careful()
    held = ""
    for block in blocks:
        *pieces, held = (held + block).split("\n\n")
        for piece in pieces:
            entry = None if careful.is_open else _plain(piece, careful)
            if entry is None:
                yield from careful.entries(f"{piece}\n")
            else:
                careful.line += piece.count("\n") + 2
                if entry.tags:
                    careful.number += 1
                    yield entry
        if len(held) > patience:
            yield from careful.entries(held.removesuffix("\n"))
            held = ""
    if held:
        yield from careful.entries(held.removesuffix("\n"))
    yield from careful.rest()


def _plain(piece: str, before: "_Careful") -> MedlineEntry | None:
    """The entry of a text before an empty line, without lines where there is nothing in it; None where it is not plain."""
    head, *parts = _TAGS.split(f"\n{piece}")
    tags, values = parts[::2], parts[1::2]
    if head.strip("\n") or REFUSED in piece or tags.count("PMID") > 1:
        return None
    if piece.count("\n") + 1 != len(head) + len(tags):
        for place, value in enumerate(values):
            if "\n" in value:
                lines = [line.strip(" ") for line in value.split("\n")]
                # Neither tagged nor wrapped, or nothing but blanks.
                if value.count(_WRAP) != len(lines) - 1 or not all(lines[1:]):
                    return None
                values[place] = " ".join(lines)
    return MedlineEntry(before.number + 1, before.line + len(head), tags, values)


class _Careful:
    """Entries line by line: one that begins without an empty line before it, text that stands nowhere, refused lines."""

    def __init__(self) -> None:
        # The line that comes next, and how many entries there were.
        self.line, self.number = 1, 0
        self._begin()

    def _begin(self) -> None:
        self._lines: list[tuple[str, list[str]]] = []
        self._tags: set[str] = set()
        self._start, self._size, self._refused = 0, 0, ""

    @property
    def is_open(self) -> bool:
        return bool(self._lines or self._refused)

    def entries(self, text: str) -> Iterator[MedlineEntry]:
        """What ends within a text of whole lines, the last without its end."""
        for line in text.split("\n"):
            if found := _TAG.match(line):
                if found[1] == "PMID" and "PMID" in self._tags:
                    yield from self.rest()
                self._start = self._start or self.line
                self._tags.add(found[1])
                self._lines.append((found[1], [found[2] or ""]))
                self._grow(len(line))
            elif not line.strip(" ") or not (line.strip() or line.startswith("      ")):
                yield from self.rest()
            elif line.startswith("      ") and self.is_open:
                if self._lines:
                    self._lines[-1][1].append(line[6:])
                self._grow(len(line))
            elif self.is_open or line.startswith(REFUSED):
                self._start = self._start or self.line
                self._refused = self._refused or self._why(line)
            else:
                self.number += 1
                yield MedlineEntry(self.number, self.line, [], [], f"text outside an entry: {line.strip()[:60]!r}")
            self.line += 1

    def rest(self) -> Iterator[MedlineEntry]:
        """The entry that the file ends in."""
        if self.is_open:
            self.number += 1
            tags = [tag for tag, _ in self._lines]
            values = [" ".join(part.strip(" ") for part in parts) for _, parts in self._lines]
            yield MedlineEntry(self.number, self._start, tags, values, self._refused)
        self._begin()

    def _why(self, line: str) -> str:
        return line[1:] if line[0] == REFUSED else f"line {self.line} has no tag: {line.strip()[:60]!r}"

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > RECORD_LIMIT:
            self._lines, self._size, self._refused = [], 0, "the entry is longer than any record"

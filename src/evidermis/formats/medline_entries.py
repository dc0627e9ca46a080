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

__all__ = ["Fields", "MedlineEntry", "People", "medline_entries"]

# The values under each tag in their order, without blanks around them.
Fields = dict[str, list[str]]
# What is said of authors, one after the other: whose place a line tells is known by the lines before it.
People = list[tuple[str, str]]
_TAG = re.compile(r"([A-Z][A-Z0-9 ]{3})-(?: (.*)|$)")
_TAGS = re.compile(r"\n([A-Z][A-Z0-9 ]{3})- ")
_PERSON = frozenset(("FAU ", "AU  ", "AD  ", "AUID", "CN  "))
# A wrapped line begins in column seven.
_WRAP = "\n      "
_PATIENCE = 1 << 20


@dataclass(slots=True)
class MedlineEntry:
    """An entry by its number (from 1) and first line; where it is `refused`, why.

    A tag is four columns wide, blanks and all.
    """

    number: int
    line: int
    fields: Fields
    people: People
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
                if entry.fields or entry.people:
                    careful.number += 1
                    yield entry
        if len(held) > patience:
            yield from careful.entries(held.removesuffix("\n"))
            held = ""
    if held:
        yield from careful.entries(held.removesuffix("\n"))
    yield from careful.rest()


def _plain(piece: str, before: "_Careful") -> MedlineEntry | None:
    """The entry of a text before an empty line, without fields where there is nothing in it; None where it is not plain."""
    head, *parts = _TAGS.split(f"\n{piece}")
    if head.strip("\n") or REFUSED in piece:
        return None
    fields: Fields = {}
    people: People = []
    for tag, value in zip(parts[::2], parts[1::2], strict=True):
        if "\n" in value:
            lines = [line.strip() for line in value.split(_WRAP)]
            # Neither tagged nor wrapped, or nothing but blanks.
            if value.count("\n") != len(lines) - 1 or not all(lines):
                return None
            text = " ".join(lines)
        else:
            text = value.strip()
        if tag in fields:
            fields[tag].append(text)
        elif tag in _PERSON:
            people.append((tag, text))
        else:
            fields[tag] = [text]
    if len(fields.get("PMID", ())) > 1:
        return None
    return MedlineEntry(before.number + 1, before.line + len(head), fields, people)


class _Careful:
    """Entries line by line: one that begins without an empty line before it, text that stands nowhere, refused lines."""

    def __init__(self) -> None:
        # The line that comes next, and how many entries there were.
        self.line, self.number = 1, 0
        self._begin()

    def _begin(self) -> None:
        self._lines: list[tuple[str, list[str]]] = []
        self._has_pmid = False
        self._start, self._size, self._refused = 0, 0, ""

    @property
    def is_open(self) -> bool:
        return bool(self._lines or self._refused)

    def entries(self, text: str) -> Iterator[MedlineEntry]:
        """What ends within a text of whole lines, the last without its end."""
        for line in text.split("\n"):
            if found := _TAG.match(line):
                if found[1] == "PMID" and self._has_pmid:
                    yield from self.rest()
                self._start = self._start or self.line
                self._has_pmid = self._has_pmid or found[1] == "PMID"
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
                yield MedlineEntry(self.number, self.line, {}, [], f"text outside an entry: {line.strip()[:60]!r}")
            self.line += 1

    def rest(self) -> Iterator[MedlineEntry]:
        """The entry that the file ends in."""
        if self.is_open:
            self.number += 1
            entry = MedlineEntry(self.number, self._start, {}, [], self._refused)
            for tag, parts in self._lines:
                value = " ".join(part.strip() for part in parts).strip()
                if tag in _PERSON:
                    entry.people.append((tag, value))
                else:
                    entry.fields.setdefault(tag, []).append(value)
            yield entry
        self._begin()

    def _why(self, line: str) -> str:
        return line[1:] if line[0] == REFUSED else f"line {self.line} has no tag: {line.strip()[:60]!r}"

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > RECORD_LIMIT:
            self._lines, self._size, self._refused = [], 0, "the entry is longer than any record"

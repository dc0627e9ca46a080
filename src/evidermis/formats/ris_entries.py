"""RIS as entries: what stands under each tag, before anybody asks what it means.

Most entries are plain: tagged lines up to `ER`. They are cut out of whole blocks of text by two patterns, which is several times
as fast as walking over lines. Whatever is not plain goes through `_Careful`, line by line; it alone defines what an entry
is, and a property holds that both ways give the same.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidermis.formats.lines import REFUSED
from evidermis.formats.unreadable import RECORD_LIMIT

__all__ = ["Fields", "RisEntry", "ris_entries"]

# The values under each tag, none empty, in their order; tags in the order in which they first appear.
Fields = dict[str, list[str]]
_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}- ?(.*)")
_TAGS = re.compile(r"\n([A-Z][A-Z0-9]) {1,2}- ?")
_END = re.compile(r"\nER {1,2}- *(?=\n)")
# Ovid numbers its entries on lines of their own.
_OVID_NUMBER = re.compile(r"\d+\.|<\d+>")
_PATIENCE = 1 << 20


@dataclass(slots=True)
class RisEntry:
    """An entry by its number (from 1) and first line; where it is `refused`, why."""

    number: int
    line: int
    fields: Fields
    refused: str = ""


def ris_entries(blocks: Iterable[str], patience: int = _PATIENCE) -> Iterator[RisEntry]:
    """Every entry of blocks of whole lines, in its order.

    So many characters without an end mark are held in the hope of one; what is longer is read line by line.
    """
    careful = _Careful()
    # Each text begins with the line end before it, so that every line does.
    held = "\n"
    for block in blocks:
        *pieces, held = _END.split(held + block)
        for piece in pieces:
            lines = piece.count("\n")
            entry = None if careful.is_open else _plain(piece, lines, careful)
            if entry is None:
                yield from careful.entries(f"{piece}\nER  -")
            else:
                careful.line += lines + 1
                if entry.line:
                    careful.number += 1
                    yield entry
        if len(held) > patience:
            yield from careful.entries(held.removesuffix("\n"))
            held = "\n"
    yield from careful.entries(held.removesuffix("\n"))
    yield from careful.rest()


def _plain(piece: str, lines: int, before: "_Careful") -> RisEntry | None:
    """The entry of a text before an end mark, its line 0 where there is nothing in it; None where it is not plain."""
    head, *parts = _TAGS.split(piece)
    # A text of one line end is the file's begin; blank lines stand between entries.
    if (around := head.strip()) and not _OVID_NUMBER.fullmatch(around):
        return None
    tags, values = parts[::2], parts[1::2]
    if REFUSED in piece or "TY" in tags[1:] or "ER" in tags:
        return None
    fields: Fields = {}
    is_whole = lines == len(tags)
    for tag, value in zip(tags, values, strict=True):
        text = value.strip() if is_whole or "\n" not in value else _joined(value.split("\n"))
        if text:
            if tag in fields:
                fields[tag].append(text)
            else:
                fields[tag] = [text]
    return RisEntry(before.number + 1, before.line + head.count("\n") if tags else 0, fields)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(text for line in lines if (text := line.strip().lstrip("\ufeff")))


class _Careful:
    """Entries line by line: one without an end mark, text that stands nowhere, lines that were refused, endless fields."""

    def __init__(self) -> None:
        # The line that comes next, and how many entries there were.
        self.line, self.number = 1, 0
        self._begin()

    def _begin(self) -> None:
        self._lines: dict[str, list[list[str]]] = {}
        self._value: list[str] | None = None
        self._start, self._size, self._refused = 0, 0, ""

    @property
    def is_open(self) -> bool:
        return bool(self._lines or self._refused)

    def entries(self, text: str) -> Iterator[RisEntry]:
        """What ends within a text whose every line begins with a line end."""
        for line in text.split("\n")[1:]:
            if found := _TAG.match(line):
                yield from self._tagged(found[1], found[2].strip())
            elif reason := self._untagged(line):
                if self._value is None and not self._start:
                    self.number += 1
                    yield RisEntry(self.number, self.line, {}, reason)
                else:
                    self._refused = self._refused or reason
            self.line += 1

    def rest(self) -> Iterator[RisEntry]:
        """The entry that the file ends in."""
        if self.is_open:
            self.number += 1
            fields = {
                tag: texts
                for tag, values in self._lines.items()
                if (texts := [text for value in values if (text := _joined(value))])
            }
            yield RisEntry(self.number, self._start, fields, self._refused)
        self._begin()

    def _tagged(self, tag: str, text: str) -> Iterator[RisEntry]:
        if tag == "ER":
            if text:
                self._lines["ER"] = [[text]]
            yield from self.rest()
            return
        if tag == "TY":
            yield from self.rest()
        self._start = self._start or self.line
        self._value = [text]
        self._lines.setdefault(tag, []).append(self._value)
        self._grow(len(text))

    def _untagged(self, line: str) -> str:
        """Adds a line to the field above it; returns why it cannot stand."""
        if line.startswith(REFUSED):
            return line[1:]
        text = line.strip().lstrip("\ufeff")
        if self._value is None:
            return "" if not text or _OVID_NUMBER.fullmatch(text) else f"text outside an entry: {text[:60]!r}"
        if text:
            self._value.append(text)
            self._grow(len(text))
        return ""

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > RECORD_LIMIT:
            self._lines, self._size = {}, 0
            self._value, self._refused = [], "the entry is longer than any record"

"""JSON read one entry at a time, within limits on size and depth, so that one broken entry costs only itself."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from evidermis.evidence.errors import BadInput
from evidermis.formats.lines import Chunks, decoded_lines
from evidermis.formats.unreadable import Unreadable

__all__ = ["Json", "entries_of", "is_deep", "listed", "object_of", "text_in", "texts_in"]

Json = dict[str, object]
# A whole JSON export is held in memory while it is read; registries and reference managers stay far below this.
_TEXT_LIMIT = 256 * 1024 * 1024
_DEPTH_LIMIT = 100
# Python's parser counts the lines before each fault from the file's begin; a file of nothing but faults would take hours.
_MOST_BROKEN = 1000
_SPACE = re.compile(r"[\s,]*")
_KEY = re.compile(r'[\s,]*"((?:[^"\\]|\\.)*+)"\s*:\s*')
_CLOSE = re.compile(r"\s*\}")
_DECODER = json.JSONDecoder()


def entries_of(chunks: Chunks, name: str, inside: tuple[str, ...] = ()) -> Iterator[tuple[int, int, Json | Unreadable]]:
    """Number, line and object of each entry: of a list, JSON lines, one object, or the list at a path `inside` (`a.b`)."""
    text = _whole(chunks, name)
    if is_deep(text):
        raise BadInput("nests deeper than any bibliography", file=name)
    number, line, counted, broken = 0, 1, 0, 0
    for position, value in _values(text, inside):
        line += text.count("\n", counted, position)
        counted = position
        if isinstance(value, _Fault):
            number, broken = number + 1, broken + 1
            yield number, line, Unreadable(name, number, line, f"not valid JSON: {value.reason}")
            if broken == _MOST_BROKEN:
                why = f"the rest is not read: {broken:,} entries before it are no valid JSON"
                yield number + 1, line, Unreadable(name, number + 1, line, why)
                return
            continue
        for entry in _unwrapped(value, inside):
            number += 1
            is_object = isinstance(entry, dict)
            yield number, line, cast("Json", entry) if is_object else Unreadable(name, number, line, "not an object")


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a value is none."""

    reason: str


def _values(text: str, inside: tuple[str, ...]) -> Iterator[tuple[int, object]]:
    """Where each value stands, and the value or its fault: of a list, of a list within an object, or one after the other."""
    position, is_list, is_within = (1 if text.startswith("[") else 0), text.startswith("["), False
    while True:
        position = _end_of(_SPACE, text, position)
        if position >= len(text):
            return
        if is_list and text[position] == "]":
            if not is_within:
                return
            position, is_list, is_within = _behind(text, position + 1, inside[0].count(".") + 1), False, False
            continue
        if not is_list and inside and (begin := _list_within(text, position, inside[0].split("."))) >= 0:
            position, is_list, is_within = begin, True, True
            continue
        try:
            value, end = _DECODER.raw_decode(text, position)
        except (json.JSONDecodeError, RecursionError) as error:
            yield position, _Fault(error.msg if isinstance(error, json.JSONDecodeError) else "nests too deep")
            end = _next_alike(text, position)
            if end < 0:
                return
        else:
            yield position, value
        position = end


def _next_alike(text: str, position: int) -> int:
    """Where the next value begins that stands as far from its line's begin as this one; -1 where none does."""
    before = text[text.rfind("\n", 0, position) + 1 : position]
    indent = before if before.isspace() and len(before) < _DEPTH_LIMIT else ""
    found = text.find(f"\n{indent}{{", position)
    return found + 1 if found >= 0 else -1


def _list_within(text: str, position: int, path: list[str]) -> int:
    """Where the list at a path of an object begins, behind its bracket; -1 where there is none."""
    for key in path:
        if text[position : position + 1] != "{":
            return -1
        position += 1
        while found := _KEY.match(text, position):
            position = found.end()
            if found[1] == key:
                break
            try:
                _, position = _DECODER.raw_decode(text, position)
            except (json.JSONDecodeError, RecursionError):
                return -1
        else:
            return -1
    return position + 1 if text[position : position + 1] == "[" else -1


def _behind(text: str, position: int, braces: int) -> int:
    """Where the object goes on to its end whose list ended here; it has so many braces to close."""
    while braces:
        if found := _KEY.match(text, position):
            try:
                _, position = _DECODER.raw_decode(text, found.end())
            except (json.JSONDecodeError, RecursionError):
                return len(text)
        elif found := _CLOSE.match(text, position):
            position, braces = found.end(), braces - 1
        else:
            break
    return position


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _whole(chunks: Chunks, name: str) -> str:
    parts: list[str] = []
    size = 0
    for line in decoded_lines(chunks):
        size += len(line)
        if line.startswith("\0"):
            raise BadInput(line[1:], file=name, mend="export the records again, one entry a line")
        if size > _TEXT_LIMIT:
            raise BadInput("is larger than 256 MB of JSON", file=name, mend="split the file")
        parts.append(line)
    return "\n".join(parts).lstrip("\ufeff \t\n")


def _unwrapped(value: object, inside: tuple[str, ...]) -> list[object]:
    for path in inside:
        held = value
        for key in path.split("."):
            held = object_of(held).get(key)
        if isinstance(held, list):
            return cast("list[object]", held)
    return [value]


def object_of(value: object) -> Json:
    """An object as it is, anything else as an empty one."""
    return cast("Json", value) if isinstance(value, dict) else {}


def text_in(held: Json, *keys: str) -> str:
    """The first text or number under any of the keys, trimmed; `""` where there is none."""
    return next((found[0].strip() for key in keys if (found := texts_in(held.get(key)))), "")


def is_deep(text: str) -> bool:
    """Whether brackets outside strings nest deeper than an entry's can."""
    depth = 0
    for mark in re.finditer(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', text):
        kind = mark[0]
        if kind in "[{":
            depth += 1
            if depth > _DEPTH_LIMIT:
                return True
        elif kind in "]}":
            depth -= 1
    return False


def listed(value: object) -> list[object]:
    """A list as it is, nothing as an empty list, anything else as a list of one."""
    if isinstance(value, list):
        return cast("list[object]", value)
    return [] if value is None else [value]


def texts_in(value: object) -> list[str]:
    """The strings and numbers of a value or list, as text; nested objects are left out."""
    return [str(item) for item in listed(value) if isinstance(item, str | int | float) and not isinstance(item, bool)]

"""A stream of XML cut into entries at their tags, and each parsed on its own.

So memory does not grow with the file, a broken entry costs only itself, and no document type ever reaches the parser: entities
cannot be declared, files cannot be included, and nothing nests deeper than lxml's own limit (256).
"""

import re
from collections.abc import Iterator

from lxml import etree

from evidermis.formats.lines import Chunks
from evidermis.formats.unreadable import RECORD_LIMIT

__all__ = ["Element", "parsed_root", "xml_entries"]

Element = etree._Element  # pyright: ignore[reportPrivateUsage] - lxml's element has no public name


def xml_entries(
    chunks: Chunks, start: re.Pattern[bytes], frame: re.Pattern[bytes]
) -> Iterator[tuple[int, int, bytes | str]]:
    """Each entry's number, line and bytes, or the reason why it has none.

    `start` matches an entry's opening tag up to the letter after its name, its group 1 the name; what stands between entries and
    does not match `frame` is told.
    """
    buffer, line, number = b"", 1, 0
    for chunk in chunks:
        buffer += chunk
        position = 0
        while found := start.search(buffer, position):
            end_tag = b"</" + found[1] + b">"
            end = buffer.find(end_tag, found.end())
            again = buffer.find(b"<" + found[1] + b">", found.end(), end if end >= 0 else len(buffer))
            if end < 0 and again < 0:
                break
            line += buffer.count(b"\n", position, found.start())
            number += 1
            if stray := _stray(buffer[position : found.start()], frame):
                yield number, line, stray
                number += 1
            stop = again if again >= 0 else end + len(end_tag)
            yield number, line, "the entry is not closed" if again >= 0 else buffer[found.start() : stop]
            line += buffer.count(b"\n", found.start(), stop)
            position = stop
        buffer = buffer[position:]
        if len(buffer) > RECORD_LIMIT:
            number += 1
            yield number, line, "the entry is longer than any record"
            line += buffer.count(b"\n")
            buffer = b""
    if found := start.search(buffer):
        yield number + 1, line, "the file ends inside this entry"
    elif stray := _stray(buffer, frame):
        yield number + 1, line, stray


def _stray(between: bytes, frame: re.Pattern[bytes]) -> str:
    """Why text between entries is not only the file's frame; `""` where it is."""
    if not between.strip():
        return ""
    rest = frame.sub(b"", between).strip()
    return f"text outside an entry: {rest[:60].decode('utf-8', 'replace')!r}" if rest else ""


def parsed_root(entries: list[bytes]) -> Element:
    """The entries as children of one element. `etree.XMLSyntaxError` where one of them is not well formed."""
    # A parser of its own for each batch: lxml parsers remember the names they saw, and hostile files have endless names.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    return etree.fromstring(b"<r>" + b"".join(entries) + b"</r>", parser)

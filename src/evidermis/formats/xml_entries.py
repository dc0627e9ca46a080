"""A stream of XML cut into entries at their tags, and each parsed on its own.

So memory does not grow with the file, a broken entry costs only itself, and no document type ever reaches the parser: entities
cannot be declared, files cannot be included, and nothing nests deeper than lxml's own limit (256). Every byte is looked at a few
times at most, however long an entry that does not end.
"""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from evidermis.formats.unreadable import RECORD_LIMIT

__all__ = ["Element", "flaw", "frame_of", "parsed_root", "xml_entries"]

Element = etree._Element  # pyright: ignore[reportPrivateUsage] - lxml's element has no public name
Entry = tuple[int, int, bytes | str]
# What does not end goes to the end of the text: looking for each end again would take the square of the time.
_PROLOG = (
    rb"<\?.*?(?:\?>|\Z)|<!--.*?(?:-->|\Z)|\xef\xbb\xbf|"
    rb"<!DOCTYPE[^>\[]*(?:\[.*?(?:\]\s*(?=>)|\Z))?(?:>|\Z)"
)
# No tag that an entry begins or ends with is longer.
_TAG_LENGTH = 64


def frame_of(*names: bytes) -> re.Pattern[bytes]:
    """What may stand between entries: the tags of these elements, comments, instructions and a document type."""
    return re.compile(_PROLOG + rb"|</?(?:" + b"|".join(names) + rb")(?![\w-])[^>]*(?:>|\Z)", re.DOTALL)


def xml_entries(chunks: Iterable[bytes], start: re.Pattern[bytes], frame: re.Pattern[bytes]) -> Iterator[Entry]:
    """Each entry's number, line and bytes, or the reason why it has none.

    `start` matches an entry's opening tag up to the letter after its name, its group 1 the name; what stands between entries and
    does not match `frame` is told.
    """
    cutter = _Cutter(start, frame)
    for chunk in chunks:
        yield from cutter.entries(chunk)
    yield from cutter.rest()


def parsed_root(entries: list[bytes]) -> Element:
    """The entries as children of one element. `etree.XMLSyntaxError` where one of them is not well formed."""
    # A parser of its own for each batch: lxml parsers remember the names they saw, and hostile files have endless names.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    return etree.fromstring(b"<r>" + b"".join(entries) + b"</r>", parser)


def flaw(error: etree.XMLSyntaxError) -> str:
    """Why XML cannot be parsed, in one line."""
    return f"not well-formed XML: {' '.join(str(error.msg).split())}"


class _Cutter:
    def __init__(self, start: re.Pattern[bytes], frame: re.Pattern[bytes]) -> None:
        self._start, self._frame = start, frame
        self._buffer = bytearray()
        # What is before this place has been told; the line it stands in; how far the buffer has been looked through.
        self._at, self._line, self._seen = 0, 1, 0
        self._number = 0
        # The tag of an entry that is too long, whose end is looked for without keeping it.
        self._skipped = b""

    def entries(self, chunk: bytes) -> Iterator[Entry]:
        """What ends within this chunk."""
        del self._buffer[: self._at]
        self._buffer += chunk
        self._seen, self._at = max(self._seen - self._at, 0), 0
        if self._skipped and not self._is_over():
            return
        while found := self._start.search(self._buffer, self._at if self._is_open() else self._seen):
            yield from self._outside(found.start())
            stop, is_closed = self._end(found[1], max(found.end(), self._seen))
            if stop < 0:
                break
            self._number += 1
            yield (
                self._number,
                self._line,
                bytes(self._buffer[self._at : stop]) if is_closed else "the entry is not closed",
            )
            self._go_to(stop)
        # A tag may be cut in two at the end.
        self._seen = max(len(self._buffer) - _TAG_LENGTH, self._at)
        if len(self._buffer) - self._at > RECORD_LIMIT:
            found = self._start.match(self._buffer, self._at)
            self._skipped = found[1] if found else b""
            self._number += 1
            yield self._number, self._line, "the entry is longer than any record"
            self._go_to(len(self._buffer) - _TAG_LENGTH)

    def rest(self) -> Iterator[Entry]:
        """What is left at the file's end."""
        if self._is_open():
            yield self._number + 1, self._line, "the file ends inside this entry"
        elif not self._skipped:
            yield from self._outside(len(self._buffer))

    def _is_open(self) -> bool:
        return self._start.match(self._buffer, self._at) is not None

    def _end(self, tag: bytes, since: int) -> tuple[int, bool]:
        """Where an entry ends that began before `since`, and whether by its own end; -1 where that is not known yet."""
        mark = b"</" + tag + b">"
        end = self._buffer.find(mark, since)
        again = self._buffer.find(b"<" + tag + b">", since, end if end >= 0 else len(self._buffer))
        return (again, False) if again >= 0 else (end + len(mark) if end >= 0 else -1, True)

    def _is_over(self) -> bool:
        """Whether the entry that is left out has ended; what follows it comes next."""
        stop, _ = self._end(self._skipped, self._at)
        is_over = stop >= 0
        self._go_to(stop if is_over else max(len(self._buffer) - _TAG_LENGTH, 0))
        if is_over:
            self._skipped = b""
        return is_over

    def _outside(self, stop: int) -> Iterator[Entry]:
        """Tells what stands before an entry and is not only the file's frame."""
        between = bytes(self._buffer[self._at : stop])
        rest = self._frame.sub(b"", between).strip() if between.strip() else b""
        if rest:
            self._number += 1
            yield self._number, self._line, f"text outside an entry: {rest[:60].decode('utf-8', 'replace')!r}"
        self._go_to(stop)

    def _go_to(self, place: int) -> None:
        self._line += self._buffer.count(b"\n", self._at, place)
        self._at = self._seen = place

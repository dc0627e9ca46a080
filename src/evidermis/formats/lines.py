"""Lines of a byte stream in any of the usual encodings, in memory that does not grow with the file.

A line that cannot be a bibliography's (longer than a field may be, or with NUL bytes) comes out as a line that begins
with NUL and says why, so that the reader of the format reports its record and goes on with the next.
"""

import codecs
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from evidermis.evidence.errors import BadInput
from evidermis.formats.unreadable import FIELD_LIMIT

__all__ = ["REFUSED", "Chunks", "decoded_blocks", "decoded_lines", "encoding_of", "opened"]

REFUSED = "\0"
_CHUNK = 1 << 16
_BOMS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# A gzip member shrinks text 1000-fold at most; real exports shrink it 3 to 20-fold.
_RATIO_LIMIT = 200
_FREE = 8 * 1024 * 1024


class Chunks:
    """A stream as chunks, gzip undone, with a look at its head before it is read. `BadInput` for a gzip bomb."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name
        head = stream.read(_CHUNK)
        self._zip = zlib.decompressobj(31) if head[:2] == b"\x1f\x8b" else None
        self._taken, self._given = 0, 0
        self._rest = self._inflated(head)
        self.head = next(self._rest, b"")

    def __iter__(self) -> Iterator[bytes]:
        if self.head:
            yield self.head
        yield from self._rest
        while raw := self._stream.read(_CHUNK):
            yield from self._inflated(raw)
        if self._zip is not None and not self._zip.eof:
            raise BadInput("the gzip file ends before its end", file=self._name, mend="fetch it again")

    def _inflated(self, raw: bytes) -> Iterator[bytes]:
        if self._zip is None:
            if raw:
                yield raw
            return
        while raw:
            try:
                text = self._zip.decompress(raw, _CHUNK)
            except zlib.error as error:
                raise BadInput("the gzip file is damaged", file=self._name, mend="fetch it again") from error
            self._taken += len(raw) - len(self._zip.unconsumed_tail)
            raw = self._zip.unconsumed_tail
            self._given += len(text)
            if self._given > _FREE and self._given > _RATIO_LIMIT * self._taken:
                raise BadInput("unpacks to more than any bibliography: a gzip bomb", file=self._name)
            if text:
                yield text
            if self._zip.eof:
                raw = self._zip.unused_data.lstrip(b"\0")
                if raw[:2] != b"\x1f\x8b":
                    return
                self._zip = zlib.decompressobj(31)


def opened(stream: BinaryIO, name: str) -> Chunks:
    """The stream's chunks; `BadInput` where it is empty or plainly not text."""
    chunks = Chunks(stream, name)
    if not chunks.head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise BadInput("the file is empty", file=name, mend="export the records again")
    return chunks


def encoding_of(head: bytes) -> str:
    """UTF-16 by its mark or by its zeros, else UTF-8 (or what `decoded_lines` falls back to, line by line)."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    sample = head[:4096]
    # Text in Latin letters has a zero in nearly every second byte; a stray zero does not make a file UTF-16.
    if len(sample) > 8 and 0 not in sample[0::2] and sample[1::2].count(0) > len(sample) // 4:
        return "utf-16-le"
    if len(sample) > 8 and 0 not in sample[1::2] and sample[0::2].count(0) > len(sample) // 4:
        return "utf-16-be"
    return "utf-8"


def _utf8_chunks(chunks: Chunks) -> Iterator[bytes]:
    """The chunks, re-encoded as UTF-8 where they are UTF-16, without byte order marks."""
    encoding = encoding_of(chunks.head)
    if encoding == "utf-8":
        first = True
        for chunk in chunks:
            yield chunk.removeprefix(codecs.BOM_UTF8) if first else chunk
            first = False
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for chunk in chunks:
        yield decoder.decode(chunk).replace("\ufeff", "").encode("utf-8", "replace")


def _text(block: bytes) -> str:
    """UTF-8, and where a line is not, that line as Windows-1252: exports pasted together mix the two."""
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(map(_line_text, block.splitlines(keepends=True)))


def _line_text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return line.decode("cp1252")
        except UnicodeDecodeError:
            return line.decode("latin-1")


def _blocks(chunks: Chunks) -> Iterator[bytes]:
    """Blocks that end at a line's end; a line over the limit becomes a refused one."""
    held = b""
    skipping = False
    for chunk in _utf8_chunks(chunks):
        cut = chunk.rfind(b"\n")
        if cut < 0:
            cut = chunk.rfind(b"\r", 0, len(chunk) - 1)
        if cut < 0:
            held = b"" if skipping else held + chunk
            if len(held) > FIELD_LIMIT:
                held, skipping = b"", True
            continue
        block, rest = chunk[: cut + 1], chunk[cut + 1 :]
        if skipping:
            after = max(block.find(b"\n"), block.find(b"\r") if b"\n" not in block else -1)
            block, skipping = b"\0a line is longer than any field\n" + block[after + 1 :], False
            held = b""
        yield held + block
        held = rest
    if skipping:
        yield b"\0a line is longer than any field\n"
    if held:
        yield held


def decoded_blocks(chunks: Chunks) -> Iterator[str]:
    """The text in blocks of whole lines, each ended by LF, whatever the file ends its lines with (LF, CRLF or CR)."""
    for block in _blocks(chunks):
        text = _text(block)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "\0" in text:
            text = "\n".join(map(_checked, text.split("\n")))
        yield text if text.endswith("\n") else f"{text}\n"


def decoded_lines(chunks: Chunks) -> Iterator[str]:
    """Each line without its end."""
    for block in decoded_blocks(chunks):
        yield from block[:-1].split("\n")


def _checked(line: str) -> str:
    return line if "\0" not in line or line[0] == REFUSED else f"{REFUSED}a line holds a NUL byte"

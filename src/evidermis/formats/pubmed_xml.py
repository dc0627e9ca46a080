"""PubMed XML: result sets, single articles, and the yearly baseline and daily update files with their deletions.

The stream is cut into entries at their tags and each batch is parsed by lxml on its own. So memory does not grow with
the file, a broken entry costs only itself, and no document type ever reaches the parser: entities cannot be declared,
files cannot be included. Tried beside it: `pubmed-parser` 0.5 (about a third of the speed).
Element names and meaning: NLM's PubMed DTD of 2025.
"""

import re
from collections.abc import Iterator

from lxml import etree

from evidermis.evidence.record import Record
from evidermis.formats.lines import Chunks
from evidermis.formats.markup import raised
from evidermis.formats.pubmed_article import article_record, book_record
from evidermis.formats.unreadable import RECORD_LIMIT, Deletion, Unreadable

__all__ = ["read_pubmed_xml"]

_START = re.compile(rb"<(PubmedArticle|PubmedBookArticle|DeleteCitation)[\s>]")
_FRAME = re.compile(
    rb"<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|</?Pubmed(?:Book)?ArticleSet[^>]*>|<!--.*?-->|\xef\xbb\xbf", re.DOTALL
)
_BATCH = 32
_EXPONENT = re.compile(rb"(?<=\d)<sup>\s*((?:[-+]|\xe2\x88\x92)?\d{1,6})\s*</sup>")


def read_pubmed_xml(chunks: Chunks, name: str) -> Iterator[Record | Unreadable | Deletion]:
    """Every entry in its order. Reference lists are not kept: a record has no place for them."""
    held: list[tuple[int, int, bytes]] = []
    for number, line, entry in _entries(chunks):
        if isinstance(entry, str):
            yield from _parsed(held, name)
            held = []
            yield Unreadable(name, number, line, entry)
            continue
        held.append((number, line, entry))
        if len(held) >= _BATCH:
            yield from _parsed(held, name)
            held = []
    yield from _parsed(held, name)


def _entries(chunks: Chunks) -> Iterator[tuple[int, int, bytes | str]]:
    """Each entry's number, line and bytes, or the reason why it has none."""
    buffer, line, number = b"", 1, 0
    for chunk in chunks:
        buffer += chunk
        position = 0
        while found := _START.search(buffer, position):
            end_tag = b"</" + found[1] + b">"
            end = buffer.find(end_tag, found.end())
            again = buffer.find(b"<" + found[1] + b">", found.end(), end if end >= 0 else len(buffer))
            if end < 0 and again < 0:
                break
            line += buffer.count(b"\n", position, found.start())
            number += 1
            if stray := _stray(buffer[position : found.start()]):
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
    if found := _START.search(buffer):
        yield number + 1, line, "the file ends inside this entry"
    elif stray := _stray(buffer):
        yield number + 1, line, stray


def _stray(between: bytes) -> str:
    """Why text between entries is not only the file's frame; `""` where it is."""
    if not between.strip():
        return ""
    rest = _FRAME.sub(b"", between).strip()
    return f"text outside an entry: {rest[:60].decode('utf-8', 'replace')!r}" if rest else ""


def _readied(entry: bytes) -> bytes:
    """An entry without its references, its exponents written as such: 10<sup>6</sup> is 10⁶ and never 106."""
    if b"<sup>" in entry:
        entry = _EXPONENT.sub(lambda found: raised(found[1].decode()).encode(), entry)
    first = entry.find(b"<ReferenceList>")
    if first < 0:
        return entry
    last = entry.rfind(b"</ReferenceList>")
    return entry[:first] + entry[last + 16 :] if last > first else entry


def _root(entries: list[bytes]) -> etree._Element:  # pyright: ignore[reportPrivateUsage] - lxml's element has no public name
    # A parser of its own for each batch: lxml parsers remember the names they saw, and hostile files have endless names.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    return etree.fromstring(b"<r>" + b"".join(entries) + b"</r>", parser)


def _parsed(held: list[tuple[int, int, bytes]], name: str) -> Iterator[Record | Unreadable | Deletion]:
    if not held:
        return
    entries = [_readied(entry) for _, _, entry in held]
    try:
        root = _root(entries)
    except etree.XMLSyntaxError:
        for (number, line, _), entry in zip(held, entries, strict=True):
            try:
                yield from _made(_root([entry])[0], name, number, line)
            except etree.XMLSyntaxError as error:
                yield Unreadable(name, number, line, f"not well-formed XML: {error.msg}")
        return
    for (number, line, _), element in zip(held, root, strict=False):
        yield from _made(element, name, number, line)


def _made(
    element: etree._Element,  # pyright: ignore[reportPrivateUsage]
    name: str,
    number: int,
    line: int,
) -> Iterator[Record | Unreadable | Deletion]:
    if element.tag == "DeleteCitation":
        yield from (Deletion("pubmed", child.text or "") for child in element)
        return
    record = article_record(element) if element.tag == "PubmedArticle" else book_record(element)
    yield record or Unreadable(name, number, line, "the entry has neither a title nor a PMID")

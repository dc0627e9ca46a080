"""PubMed XML: result sets, single articles, and the yearly baseline and daily update files with their deletions.

The stream is cut into entries and each batch is parsed on its own (`xml_entries.py`). Tried beside it:
`pubmed-parser` 0.5 (about a third of the speed).
Element names and meaning: NLM's PubMed DTD of 2025.
"""

import re
from collections.abc import Iterator

from lxml import etree

from evidermis.evidence.record import Record
from evidermis.formats.lines import Chunks
from evidermis.formats.markup import raised
from evidermis.formats.pubmed_article import article_record, book_record
from evidermis.formats.unreadable import Deletion, Unreadable
from evidermis.formats.xml_entries import Element, flaw, frame_of, parsed_root, xml_entries

__all__ = ["read_pubmed_xml"]

_START = re.compile(rb"<(PubmedArticle|PubmedBookArticle|DeleteCitation)[\s>]")
_FRAME = frame_of(b"PubmedArticleSet", b"PubmedBookArticleSet")
_BATCH = 32
_EXPONENT = re.compile(rb"(?<=\d)<sup>\s*((?:[-+]|\xe2\x88\x92)?\d{1,6})\s*</sup>")


def read_pubmed_xml(chunks: Chunks, name: str) -> Iterator[Record | Unreadable | Deletion]:
    """Every entry in its order. Reference lists are not kept: a record has no place for them."""
    held: list[tuple[int, int, bytes]] = []
    for number, line, entry in xml_entries(chunks, _START, _FRAME):
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


def _readied(entry: bytes) -> bytes:
    """An entry without its references, its exponents written as such: 10<sup>6</sup> is 10⁶ and never 106."""
    if b"<sup>" in entry:
        entry = _EXPONENT.sub(lambda found: raised(found[1].decode()).encode(), entry)
    first = entry.find(b"<ReferenceList>")
    if first < 0:
        return entry
    last = entry.rfind(b"</ReferenceList>")
    return entry[:first] + entry[last + 16 :] if last > first else entry


def _parsed(held: list[tuple[int, int, bytes]], name: str) -> Iterator[Record | Unreadable | Deletion]:
    if not held:
        return
    entries = [_readied(entry) for _, _, entry in held]
    try:
        root = parsed_root(entries)
    except etree.XMLSyntaxError:
        for (number, line, _), entry in zip(held, entries, strict=True):
            try:
                yield from _made(parsed_root([entry])[0], name, number, line)
            except etree.XMLSyntaxError as error:
                yield Unreadable(name, number, line, flaw(error))
        return
    for (number, line, _), element in zip(held, root, strict=False):
        yield from _made(element, name, number, line)


def _made(
    element: Element,
    name: str,
    number: int,
    line: int,
) -> Iterator[Record | Unreadable | Deletion]:
    if element.tag == "DeleteCitation":
        yield from (Deletion("pubmed", child.text or "") for child in element)
        return
    record = article_record(element) if element.tag == "PubmedArticle" else book_record(element)
    yield record or Unreadable(name, number, line, "the entry has neither a title nor a PMID")

"""Full text in JATS (NISO Z39.96) and its forerunner of NLM: one article, or a set as PubMed Central gives it.

Front matter becomes the record; paragraphs, captions and tables are the content. Element names and meaning: JATS Publishing and
Archiving tag sets 1.0 to 1.3. Reference lists, formulas' sources, pictures and responses to the article are left out.
"""

import html.entities
import re
from collections.abc import Iterator

from lxml import etree

from evidermis.evidence.content import Content, Part, Table
from evidermis.evidence.record import Record
from evidermis.formats.jats_record import article_record
from evidermis.formats.jats_tables import TooLarge, table_of
from evidermis.formats.jats_text import children, local_name, text_of
from evidermis.formats.lines import Chunks
from evidermis.formats.unreadable import Unreadable
from evidermis.formats.xml_entries import Element, flaw, frame_of, parsed_root, xml_entries

__all__ = ["read_jats", "read_jats_content"]

_START = re.compile(rb"<(article)[\s>]")
_FRAME = frame_of(b"pmc-articleset", b"articles", b"collection")
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_NAMES = frozenset([b"amp", b"lt", b"gt", b"quot", b"apos"])
_TEXTS = ("p", "list", "disp-quote", "boxed-text", "def-list", "verse-group", "statement")
_HEADINGS = 160


def read_jats(chunks: Chunks, name: str) -> Iterator[Record | Unreadable]:
    """Every article's record, in their order."""
    for entry in read_jats_content(chunks, name):
        yield entry if isinstance(entry, Unreadable) else entry.record


def read_jats_content(chunks: Chunks, name: str) -> Iterator[Content | Unreadable]:
    """Every article with its paragraphs, captions and tables."""
    for number, line, entry in xml_entries(chunks, _START, _FRAME):
        if isinstance(entry, str):
            yield Unreadable(name, number, line, entry)
            continue
        try:
            article = parsed_root([_NAMED.sub(_character, entry)])[0]
            record = article_record(article)
            if record is None:
                yield Unreadable(name, number, line, "the article has neither a title nor a name of its own")
                continue
            walk = _Walk()
            for part in children(article, "body", "floats-group", "floats-wrap"):
                walk.into(part, local_name(part), ())
            yield Content(record, tuple(walk.parts), tuple(walk.tables))
        except etree.XMLSyntaxError as error:
            yield Unreadable(name, number, line, flaw(error))
        except TooLarge as error:
            yield Unreadable(name, number, line, str(error))


def _character(found: re.Match[bytes]) -> bytes:
    """The characters that HTML and JATS give a name to; other names stay, and are refused."""
    text = html.entities.html5.get(f"{found[1].decode()};") if found[1] not in _XML_NAMES else None
    return "".join(f"&#{ord(letter)};" for letter in text).encode() if text else found[0]


class _Walk:
    """One pass over a body: its texts and tables, each with a place counted among its siblings of the same name."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.tables: list[Table] = []

    def into(self, element: Element, place: str, headings: tuple[str, ...]) -> None:
        """Add what stands in a section. Depth is bounded by the parser."""
        title = next((text_of(one) for one in children(element, "title")), "")
        headings = (*headings, title[:_HEADINGS]) if title else headings
        counts: dict[str, int] = {}
        for child in element:
            name = local_name(child)
            counts[name] = counts.get(name, 0) + 1
            at = f"{place}/{name}[{counts[name]}]"
            if name == "sec":
                self.into(child, at, headings)
            elif name == "table-wrap":
                self._table(child, at)
            elif name in ("table-wrap-group", "fig-group", "alternatives"):
                self.into(child, at, headings)
            elif name == "fig":
                self._caption(child, at, headings)
            elif name in _TEXTS:
                self._text(child, at, headings)

    def _text(self, element: Element, place: str, headings: tuple[str, ...]) -> None:
        if text := text_of(element):
            self.parts.append(Part(place, text, " > ".join(headings)))
        inside = [one for one in element.iter() if local_name(one) in ("table-wrap", "fig")] if len(element) else []
        for number, one in enumerate(inside, 1):
            at = f"{place}/{local_name(one)}[{number}]"
            if local_name(one) == "fig":
                self._caption(one, at, headings)
            else:
                self._table(one, at)

    def _caption(self, figure: Element, place: str, headings: tuple[str, ...]) -> None:
        text = " ".join(filter(None, (text_of(one) for one in children(figure, "caption"))))
        if text:
            self.parts.append(Part(f"{place}/caption", text, " > ".join(headings)))

    def _table(self, wrap: Element, place: str) -> None:
        if table := table_of(wrap, f"{place}({wrap.get('id')})" if wrap.get("id") else place):
            self.tables.append(table)

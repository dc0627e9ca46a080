"""The text of elements of JATS as a reader sees it: citations, pictures and formulas' sources left out, exponents as such."""

import re
from collections.abc import Iterator

from evidermis.formats.markup import raised
from evidermis.formats.xml_entries import Element

__all__ = ["children", "local_name", "text_of"]

# What holds no words of the text, or words that are read in their own place.
_LEFT_OUT = frozenset(
    ["table-wrap", "table-wrap-group", "fig", "fig-group", "graphic", "inline-graphic", "media", "supplementary-material",
     "tex-math", "annotation", "fn", "object-id", "disp-formula-group"]
)  # fmt: skip
_BLOCKS = frozenset(
    ["p", "list-item", "title", "break", "sec", "def-item", "disp-quote", "verse-line", "tr", "td", "th"]
)
_NUMBER = re.compile(r"[-+−]?\d{1,6}")
_MARK = re.compile(r"[a-z]{1,2}(?:,[a-z]{1,2})*|[*†‡§¶#]{1,4}")
_EMPTIED = re.compile(r"\s*[\[(][\s,;–-]*[\])]")


def local_name(element: Element) -> str:
    """An element's name without its namespace."""
    tag = str(element.tag)
    return tag.rpartition("}")[2] if tag[:1] == "{" else tag


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of some names, in order."""
    return (child for child in element if local_name(child) in names)


def text_of(element: Element | None) -> str:
    """The words of an element, with single spaces; `""` for none."""
    if element is None:
        return ""
    pieces: list[str] = []
    _gather(element, pieces)
    text = "".join(pieces)
    if "\0" in text:
        text = (
            _EMPTIED.sub("", text.replace("\0", "")) if re.search(r"[\[(][\s,;–-]*\0", text) else text.replace("\0", "")
        )
    return " ".join(text.split())


def _gather(element: Element, pieces: list[str]) -> None:
    """Add the words inside an element. Depth is bounded by the parser."""
    pieces.append(element.text or "")
    for child in element:
        name = local_name(child)
        if name == "xref" and child.get("ref-type") == "bibr":
            pieces.append("\0")
        elif name == "sup":
            pieces.append(_raised(child, pieces))
        elif name not in _LEFT_OUT:
            is_block = name in _BLOCKS
            pieces.append(" " if is_block else "")
            _gather(child, pieces)
            pieces.append(" " if is_block else "")
        pieces.append(child.tail or "")


def _raised(element: Element, pieces: list[str]) -> str:
    """An exponent as one (10⁶, never 106); a footnote's mark apart from the number it stands at; other marks as they are."""
    inner: list[str] = []
    _gather(element, inner)
    text = "".join(inner)
    if not text.strip("\0 "):
        return "\0"
    before = next((piece.rstrip() for piece in reversed(pieces) if piece.strip()), "")
    if before[-1:].isdigit() and _NUMBER.fullmatch(text.strip()):
        return raised(text.strip())
    if before[-1:] and (before[-1].isdigit() or before[-1] in ")%]") and _MARK.fullmatch(text.strip()):
        return f" {text.strip()}"
    return text

"""DOCX: paragraphs with their styles, from the one part of the archive that holds the text."""

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator

from evidermis.auditing.article import Hint, Line
from evidermis.evidence.errors import BadInput
from evidermis.evidence.inert import clean

__all__ = ["docx_lines"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PART = "word/document.xml"
# What the text of an article may take unpacked; an archive that claims more is refused unread.
_LARGEST_PART = 60_000_000


def docx_lines(raw: bytes) -> list[Line]:
    """The paragraphs of a document. `BadInput` for an archive that is none, is broken, or would unpack beyond bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            held = next((one for one in archive.infolist() if one.filename == _PART), None)
            if held is None:
                raise BadInput("is an archive without a text document", mend="save it as DOCX, PDF, HTML or text")
            if held.file_size > _LARGEST_PART:
                raise BadInput(f"would unpack to {held.file_size // 1_000_000} MB", mend="an article is smaller")
            with archive.open(held) as part:
                text = part.read(_LARGEST_PART + 1)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadInput(f"is a broken archive ({error})", mend="save the document anew") from error
    if len(text) > _LARGEST_PART:
        raise BadInput("unpacks to more than it says", mend="an article is smaller")
    if b"<!DOCTYPE" in text[:4096] or b"<!ENTITY" in text:
        raise BadInput("declares entities, which no document needs", mend="save the document anew")
    try:
        return list(_lines(text))
    except ET.ParseError as error:
        raise BadInput(f"has a broken text part ({error})", mend="save the document anew") from error


def _lines(text: bytes) -> Iterator[Line]:
    number = 0
    for _, element in ET.iterparse(io.BytesIO(text)):  # noqa: S314 - entities were refused above
        if element.tag == f"{_W}p":
            number += 1
            yield Line(clean(" ".join(_text(element).split())), number, _hint(element))
            yield Line("", number)
            element.clear()


def _text(paragraph: ET.Element) -> str:
    found: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
        said = "".join(part.text or "" for part in run if part.tag in (f"{_W}t", f"{_W}tab"))
        raised = run.find(f"{_W}rPr/{_W}vertAlign")
        is_raised = raised is not None and raised.get(f"{_W}val") == "superscript"
        found.append(
            f"[{said.strip()}]"
            if is_raised and said.strip(" ,-–").replace(",", "").replace("-", "").isdigit()
            else said
        )
    return "".join(found).replace("][", ",")


def _hint(paragraph: ET.Element) -> Hint:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "").casefold() if style is not None else ""
    if name == "title":
        return "title"
    if name.startswith("heading"):
        return "heading"
    if "caption" in name:
        return "caption"
    is_listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None or name.startswith("list")
    return "item" if is_listed else ""

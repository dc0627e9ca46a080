"""PDF: its text layer, line by line. A scan has none."""

import io
import re

from evidermis.auditing.article import Line
from evidermis.evidence.errors import BadInput
from evidermis.evidence.inert import clean

__all__ = ["pdf_lines"]

_MOST_PAGES = 300
_HYPHENATED = re.compile(r"(?<=[a-z])-$")


def pdf_lines(raw: bytes) -> list[Line]:
    """The lines of the text layer. `BadInput` for a broken, locked or endless file, and where pypdf is not installed."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise BadInput(
            "is a PDF, and the reader of PDF is not installed", mend="pip install 'evidermis[audit]'"
        ) from error
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadInput("is locked by a password", mend="save it without one")
        if len(reader.pages) > _MOST_PAGES:
            raise BadInput(f"has {len(reader.pages)} pages", mend=f"an article has at most {_MOST_PAGES}")
        pages = [page.extract_text() or "" for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError, IndexError) as error:
        raise BadInput(
            f"is a broken PDF ({type(error).__name__})", mend="print it to PDF anew, or give its text"
        ) from error
    found: list[Line] = []
    for page in pages:
        for text in page.splitlines():
            line = clean(text.strip())
            if found and _HYPHENATED.search(found[-1].text) and line[:1].islower():
                found[-1] = Line(found[-1].text[:-1] + line, found[-1].number)
            else:
                found.append(Line(line, len(found) + 1))
    return found

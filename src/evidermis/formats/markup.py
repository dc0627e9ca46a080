"""Text of records that services give with HTML or JATS marks in it, as plain text: its digits stay what they were.

An exponent is written as one (10⁶, never 106); other marks are left out. What only looks like a mark (`p<0.05`) stays.
"""

import html
import re

from evidermis.evidence.record import Section

__all__ = ["plain_text", "raised", "sections_in"]

_NAMES = (
    "a|abbr|article-title|b|bold|br|em|ext-link|h[1-6]|i|inf|italic|label|li|list|list-item|ol|p|sc|sec|small|span|strong|sub|sup|"
    "table|tbody|td|th|title|tr|u|ul|underline|xref"
)
_REST = r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>"
_MARK = re.compile(rf"</?(?:(?:jats|mml|ns\d):[a-z-]+|{_NAMES}){_REST}", re.IGNORECASE)
# Only behind a digit: cm<sup>2</sup> is written cm2, as PubMed's own text has it.
_RAISED = re.compile(r"(?<=\d)<(?:jats:)?sup>\s*([-+−]?\d{1,6})\s*</(?:jats:)?sup>", re.IGNORECASE)
_HEADING = re.compile(r"<(h[1-6]|(?:jats:)?title)>([^<>]{1,200})</\1>", re.IGNORECASE)
_BREAK = re.compile(rf"</?(?:jats:)?(?:p|br|li|list-item|sec|tr|td){_REST}", re.IGNORECASE)
_SUPERSCRIPT = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")


def raised(number: str) -> str:
    """A whole number in superscript."""
    return number.translate(_SUPERSCRIPT)


def plain_text(marked: str) -> str:
    """A text without its marks and character references, with single spaces."""
    if "<" in marked:
        marked = _RAISED.sub(lambda found: raised(found[1]), marked)
        marked = _MARK.sub("", _BREAK.sub(" ", marked))
    # References are sometimes escaped twice (&amp;lt;).
    text = html.unescape(html.unescape(marked)) if "&" in marked else marked
    return " ".join(text.split())


def sections_in(marked: str) -> tuple[Section, ...]:
    """An abstract by its headings; a lone heading that only says it is an abstract is left out."""
    found: list[Section] = []
    pieces = _HEADING.split(marked)
    labels = ["", *(plain_text(label).rstrip(":") for label in pieces[2::3])]
    for label, body in zip(labels, pieces[::3], strict=True):
        text = plain_text(body)
        if text:
            found.append(Section(text, "" if label.casefold() in ("abstract", "summary") else label))
    return tuple(found)

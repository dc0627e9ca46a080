"""A saved web page: its text with headings, lists, captions and links told apart. Scripts and styles are not even read."""

import re
from html.parser import HTMLParser

from evidermis.auditing.article import Hint, Line
from evidermis.evidence.inert import clean

__all__ = ["is_web_page", "web_lines"]

_PAGE = re.compile(r"<!doctype html|<html[\s>]|<body[\s>]|<article[\s>]|<p[\s>]|<h1[\s>]", re.I)
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "blockquote",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "ul",
        "ol",
        "table",
        "main",
        "header",
        "br",
        "hr",
    }
    | {"figure", "figcaption", "li", "h1", "address", "aside", "pre", "time"}
    | _HEADINGS
)
_UNREAD = frozenset(
    {"script", "style", "noscript", "template", "svg", "nav", "form", "iframe", "object", "select", "button", "footer"}
)
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "source", "wbr", "area", "base", "col", "embed", "track"}
)


def is_web_page(text: str) -> bool:
    """Whether a text is HTML."""
    return bool(_PAGE.search(text[:200_000]))


def web_lines(text: str) -> list[Line]:
    """The lines of a page, in reading order."""
    page = _Page()
    page.feed(text)
    page.close()
    page.end_line()
    return page.lines


class _Page(HTMLParser):
    """Gathers text by blocks. Broken nesting does no harm: an unread element ends with its own end tag or with the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._text: list[str] = []
        self._hint: Hint = ""
        self._unread: list[str] = []
        self._linked = 0
        self._in_link = False
        self._ordered: list[int | None] = []
        self._number = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD and tag not in _VOID:
            self._unread.append(tag)
        elif self._unread:
            return
        elif tag in _BLOCKS:
            self.end_line()
            if tag in ("ul", "ol"):
                self._ordered.append(0 if tag == "ol" else None)
            hints: dict[str, Hint] = {"h1": "title", "li": "item", "figcaption": "caption"}
            self._hint = "heading" if tag in _HEADINGS else hints.get(tag, "")
            if tag == "li" and self._ordered and self._ordered[-1] is not None:
                self._ordered[-1] += 1
                self._text.append(f"{self._ordered[-1]}. ")
                self._hint = ""
        elif tag == "sup":
            self._text.append("\x01")
        elif tag == "a":
            self._in_link = True

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            if tag == self._unread[-1]:
                self._unread.pop()
            return
        if tag in _BLOCKS:
            self.end_line()
            if tag in ("ul", "ol") and self._ordered:
                self._ordered.pop()
        elif tag == "sup":
            self._text.append("\x02")
        elif tag == "a":
            self._in_link = False

    def handle_data(self, data: str) -> None:
        if self._unread:
            return
        self._text.append(data)
        if self._in_link:
            self._linked += len(data.strip())

    def end_line(self) -> None:
        """Close the line that is open."""
        text = " ".join(_raised("".join(self._text)).split())
        text = clean(text)
        if text:
            only = self._linked >= len(text) - 4 > 0 and self._hint in ("", "item")
            self._number += 1
            self.lines.append(Line(text, self._number, "link" if only else self._hint))
            self.lines.append(Line("", self._number))
        self._text, self._hint, self._linked = [], "", 0


def _raised(text: str) -> str:
    """Raised numbers as [numbers], which is how references are marked elsewhere; other raised text stays as it is."""
    marked = re.sub(r"\x01\s*\[?(\d[\d,\s–-]*)\]?\s*\x02", r"[\1]", text)
    return marked.replace("\x01", "").replace("\x02", "")

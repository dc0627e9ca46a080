"""Markdown: the marks that tell headings, lists, tables, quotations, pictures, links and footnotes.

Where a text has no list of references, a link to a paper inside a sentence is one: it is numbered in place and listed at the end.
"""

import re

from evidermis.auditing.article import Line
from evidermis.auditing.documents.plain import plain_lines

__all__ = ["is_markdown", "markdown_lines"]

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"^\s*(?:[-*+]\s+)(?=\S)")
_PICTURE = re.compile(r"^\s*!\[([^\]\n]*)\]\([^)\s]*(?:\s+[\"']([^\"'\n]*)[\"'])?\)\s*$")
_LINK = re.compile(r"!?\[([^\]\n]{0,500})\]\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:\s+[\"'][^\"'\n]{0,300}[\"'])?\)")
_ONLY_LINK = re.compile(r"^\s*(?:[-*+]\s+)?\[[^\]\n]{1,500}\]\([^)\s]{1,2000}\)\s*$")
_FOOTNOTE = re.compile(r"^\[\^(\d{1,3})\]:\s+(.*)$")
_QUOTED = re.compile(r"^\s*(?:>\s?)+")
_RULED = re.compile(r"^[\s|:-]*-{2,}[\s|:-]*$")
_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_PAPER = re.compile(
    r"\[([^\]\n]{1,300})\]\((https?://(?:[\w-]+\.)*(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/(?:pubmed|pmc)"
    r"|pmc\.ncbi\.nlm\.nih\.gov|doi\.org)/[^\s)]{1,300})\)"
)
_LISTED = re.compile(r"^\W*(?:references|bibliography|works cited|sources|\[\^\d+\])\b", re.I | re.M)
_EMPHASIS = re.compile(r"(\*\*|__|\*|(?<!\w)_|`)(?=\S)(.+?)(?<=\S)\1")
_RAISED = re.compile(r"\^(\d[\d,\s–-]{0,30})\^|<sup>\s*(\d[\d,\s–-]{0,30})\s*</sup>", re.I)


def is_markdown(text: str) -> bool:
    """Whether a text is marked as Markdown marks headings, links or footnotes."""
    head = text[:50_000]
    return bool(re.search(r"^#{1,6}\s+\S", head, re.M) or _LINK.search(head) or re.search(r"^\[\^\d+\]:", head, re.M))


def markdown_lines(text: str) -> list[Line]:
    """Lines without their marks; footnotes and linked papers become a list of references at the end."""
    found: list[Line] = []
    notes: list[Line] = []
    first = True
    for line in _read(text):
        if note := _FOOTNOTE.match(line.text):
            notes.append(Line(f"{note[1]}. {_bare(note[2])}", line.number))
        elif heading := _HEADING.match(line.text):
            found.append(Line(_bare(heading[2]), line.number, "title" if first and len(heading[1]) == 1 else "heading"))
            first = first and len(heading[1]) != 1
        elif picture := _PICTURE.match(line.text):
            found.append(Line(_bare(picture[2] or picture[1]), line.number, "caption"))
        elif row := _ROW.match(line.text):
            cells = [cell for cell in map(_bare, row[1].split("|")) if cell]
            found.append(Line("; ".join(cells), line.number, "item"))
        elif _ONLY_LINK.match(line.text):
            found.append(Line(_bare(_ITEM.sub("", line.text)), line.number, "link"))
        elif _ITEM.match(line.text):
            found.append(Line(_bare(_ITEM.sub("", line.text)), line.number, "item"))
        else:
            found.append(Line(_bare(line.text), line.number))
    if notes and not any(line.text.casefold().rstrip(":") == "references" for line in found):
        found.append(Line("References", notes[0].number, "heading"))
    return found + notes


def _read(text: str) -> list[Line]:
    """The lines that are read: without front matter, quotation marks and rules, linked papers numbered and listed behind."""
    lines = plain_lines(text)
    if lines and lines[0].text.strip() == "---":
        end = next((at for at, line in enumerate(lines[1:200], 1) if line.text.strip() == "---"), 0)
        lines = lines[end + 1 :] if end else lines
    said = [Line(_QUOTED.sub("", line.text), line.number) for line in lines]
    said = [line for line in said if not _RULED.match(line.text)]
    if _LISTED.search(text):
        return said
    papers: dict[str, tuple[int, str, int]] = {}
    numbered = [
        Line(_PAPER.sub(lambda m, at=line.number: _numbered(m, papers, at), line.text), line.number) for line in said
    ]
    return numbered + [Line(f"[^{number}]: {told}. {url}", at) for url, (number, told, at) in papers.items()]


def _numbered(link: re.Match[str], papers: dict[str, tuple[int, str, int]], line: int) -> str:
    number, _, _ = papers.setdefault(link[2], (len(papers) + 1, link[1], line))
    return f"{link[1]} [{number}]"


def _bare(text: str) -> str:
    plain = _RAISED.sub(lambda m: f"[{m[1] or m[2]}]", text)
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", plain)).strip()

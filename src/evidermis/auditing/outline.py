"""Lines to blocks: what is heading, text, list, caption, related link and reference.

A format's own hints come first; without them a line is told by its form. A short line without a full stop is a heading, a
longer one stands under a picture, and a title in capitals behind "Related" is a link.
"""

import datetime
import re
from collections.abc import Sequence

from evidermis.auditing.article import Article, Block, BlockKind, Line
from evidermis.auditing.citations import citation
from evidermis.auditing.products import products_in
from evidermis.auditing.words import words

__all__ = ["outlined"]

_REFERENCES = re.compile(
    r"(?:references|bibliography|works cited|literature(?: cited)?|citations|sources(?: cited)?)\s*:?", re.I
)
_RELATED = re.compile(
    r"(?:related(?: ?\w+){0,2}|you (?:might|may) also (?:like|enjoy)|read (?:also|next|more)|see also|more on this)\s*:?",
    re.I,
)
_AFTER = re.compile(
    r"(?:you (?:might|may) also (?:like|enjoy)|talk to (?:me|us)|contact(?: us)?|about the author|share(?: this.*)?"
    r"|comments?|leave a .*|subscribe.*|newsletter.*|disclaimer.*|tags?)\s*:?",
    re.I,
)
_BULLET = re.compile(r"^\s*(?:[•●▪◦‣·*–-]\s*(?=\S)|\(?[a-z0-9]{1,2}[.)]\s+(?=\S))")
_CREDIT = re.compile(
    r"\b(?:image|photo|picture|figure|illustration)\s+(?:credit|source|courtesy)\b|^(?:figure|fig\.)\s*\d", re.I
)
_NUMBERED = re.compile(r"^\s*(?:\[(\d{1,3})\]|(\d{1,3})[.)]\s)\s*")
# References behind the full stop: "word.[1,2]", "word.3".
_MARKS = re.compile(r"(?:\[\^?[\d,\s–-]+\]|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻,]+|(?<=[.!?])\d[\d,\s–-]*)\s*$")
_ENDS = re.compile(r"[.!?…:;]['\"”’)\]]*\s*(?:\d[\d,\s–-]*)?$")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_DATES = (
    re.compile(r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m>[A-Za-z]{3,9})\.?,?\s+(?P<y>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<m>[A-Za-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"),
)
_CUTOFF = re.compile(
    r"\b(?:as (?:of|at)|up to|until|through|searched to|last reviewed(?: in)?)\s+"
    r"((?:the )?(?:end|early|mid|late|beginning)?(?: of)?\s*(?:[A-Z][a-z]+ )?((?:19|20)\d\d))"
)
_REGISTRATION = re.compile(
    r"\b(NCT\d{8}|ISRCTN\d{8}|ACTRN\d{14}|ChiCTR\d{8,12}|IRCT\d{8,}N\d+|DRKS\d{8}|KCT\d{7})\b", re.I
)
# No heading has more words than this.
_LONGEST_HEADING = 12
# Titles stand at the top: a date or a topic label may stand before them.
_TOP = 8


def outlined(lines: Sequence[Line]) -> Article:
    """The article of a document's lines."""
    blocks = _blocks(_joined(lines))
    text = [block for block in blocks if block.kind != "reference"]
    title = _title(blocks)
    cut = next((found for block in text if (found := _CUTOFF.search(block.text))), None)
    printed = [block for block in blocks if block.kind == "reference"]
    numbered = [(m, block) for block in printed for m in [_NUMBERED.match(block.text)]]
    references = tuple(
        citation(int(m[1] or m[2]) if m else at, block.text[m.end() :] if m else block.text, block.line)
        for at, (m, block) in enumerate(numbered, 1)
    )
    whole = " ".join(block.text for block in blocks)
    return Article(
        title=title,
        published=_date(blocks),
        cutoff=cut[1] if cut else "",
        cutoff_year=int(cut[2]) if cut else None,
        blocks=tuple(blocks),
        references=references,
        products=products_in(blocks),
        registrations=tuple(dict.fromkeys(one.upper() for one in _REGISTRATION.findall(whole))),
    )


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Lines that are one paragraph, wrapped, made one; empty lines are left as breaks (empty text)."""
    made: list[Line] = []
    for line in lines:
        text = " ".join(line.text.replace("\u00a0", " ").split())
        before = made[-1] if made else None
        wrapped = (
            before is not None
            and not line.hint
            and not before.hint
            and len(before.text) >= 60
            and text
            and not _ENDS.search(before.text)
            and not _BULLET.match(text)
            and not _NUMBERED.match(text)
        )
        if wrapped and before is not None:
            made[-1] = Line(f"{before.text} {text}", before.number)
        else:
            made.append(Line(text, line.number, line.hint))
    return made


def _blocks(lines: Sequence[Line]) -> list[Block]:
    found: list[Block] = []
    section, mode = "", ""

    def add(kind: BlockKind, text: str, number: int) -> None:
        found.append(Block(len(found) + 1, kind, text, number, section))

    for line in lines:
        text = line.text
        if not text:
            continue
        if _REFERENCES.fullmatch(text):
            section, mode = text, "references"
            add("heading", text, line.number)
        elif mode == "references" and not _AFTER.fullmatch(text):
            if found[-1].kind == "reference" and not _starts_reference(text, found):
                found[-1] = Block(found[-1].number, "reference", f"{found[-1].text} {text}", found[-1].line, section)
            else:
                add("reference", text, line.number)
        elif _AFTER.fullmatch(text) or _RELATED.fullmatch(text):
            mode = "related" if _RELATED.fullmatch(text) else "after"
            if mode == "after" or _AFTER.fullmatch(text):
                section = text
                add("heading", text, line.number)
        elif mode == "related" and (line.hint == "link" or _is_title(text)):
            add("related", text, line.number)
        else:
            mode = mode if mode == "after" else ""
            kind = _kind(line, bool(found))
            body = _BULLET.sub("", text) if kind == "item" else text
            add(kind, body, line.number)
            section = text if kind == "heading" else section
    return found


def _starts_reference(text: str, found: Sequence[Block]) -> bool:
    first = next((block for block in found if block.kind == "reference"), None)
    return first is None or not _NUMBERED.match(first.text) or bool(_NUMBERED.match(text))


def _kind(line: Line, is_later: bool) -> BlockKind:
    text = line.text
    if line.hint in ("title", "heading", "item", "caption"):
        kinds: dict[str, BlockKind] = {"title": "title", "heading": "heading", "item": "item", "caption": "caption"}
        return kinds[line.hint]
    if _CREDIT.search(text):
        return "caption"
    if _BULLET.match(text):
        return "item"
    ends = _MARKS.sub("", text).rstrip("'\"”’)] ").endswith((".", "!", ";"))
    if ends or text.endswith(":"):
        return "paragraph"
    if not is_later:
        return "heading"
    if len(text.split()) <= _LONGEST_HEADING:
        return "heading"
    return "paragraph" if _ENDS.search(text) else "caption"


def _is_title(text: str) -> bool:
    """Whether a line is written as a title is: most of its longer words with capitals, no full stop."""
    told = [word for word in re.findall(r"[^\W_][\w'’-]*", text) if word.lower() not in words("small")]
    if not told or len(text) > 120 or text.endswith("."):
        return False
    return sum(word[0].isupper() or word[0].isdigit() for word in told) / len(told) >= 0.7


def _title(blocks: Sequence[Block]) -> str:
    named = next((block.text for block in blocks if block.kind == "title"), None)
    if named:
        return named
    top = [block.text for block in blocks[:_TOP] if block.kind == "heading" and not _date_in(block.text)]
    return next((text for text in top if len(text.split()) >= 3), top[0] if top else "")


def _date(blocks: Sequence[Block]) -> datetime.date | None:
    return next((found for block in blocks[:_TOP] if (found := _date_in(block.text))), None)


def _date_in(text: str) -> datetime.date | None:
    for form in _DATES:
        if found := form.search(text):
            month = _month(found["m"])
            try:
                return datetime.date(int(found["y"]), month, int(found["d"])) if month else None
            except ValueError:
                continue
    return None


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    return next((at for at, name in enumerate(_MONTHS, 1) if name.startswith(word.lower()[:3])), 0)

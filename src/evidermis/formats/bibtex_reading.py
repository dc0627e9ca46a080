"""BibTeX, as Zotero, Scopus, Web of Science and publishers write it.

Tried: `bibtexparser` 2.1 reads the whole text first and fails on Scopus's field names that hold a space; here an entry that
is not closed costs itself alone, and its line is told. Nothing recurses, so braces may nest as deep as they like.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from evidermis.evidence.record import Author, Record, Section
from evidermis.formats.dates import iso_date, year_of
from evidermis.formats.identifiers import (
    hyphened_issn,
    identifiers_of,
    noted_pmcid,
    noted_pmid,
    registrations_in,
    split_list,
)
from evidermis.formats.labels import labels_in, unlabelled
from evidermis.formats.lines import REFUSED
from evidermis.formats.remainder import restored
from evidermis.formats.unreadable import RECORD_LIMIT, Unreadable

__all__ = ["read_bibtex"]

_START = re.compile(r"^\s*@\s*([A-Za-z]+)\s*[{(]")
# A line that can only begin an entry, even where the one before it was never closed.
_HEAD = re.compile(r"@\w+\{[^=]*,\s*$")
_ASIDE = re.compile(r"\s*@\s*(?:comment|preamble|string)\b", re.IGNORECASE)
# Scopus has names with a space of some kind inside (`funding_text 1`).
_NAME = re.compile(r"[\s,]*([A-Za-z][\w:.+-]*(?:[ \xa0]\w+)?)\s*=\s*")
_KINDS = {"inproceedings": "conference-abstract", "conference": "conference-abstract", "incollection": "chapter",
          "inbook": "chapter", "article": "article", "misc": "other", "online": "web page", "dataset": "registration",
          "unpublished": "preprint"}  # fmt: skip
# What becomes part of the record; all else is a note.
_PLACED = frozenset((
    "", "title", "author", "journal", "journaltitle", "booktitle", "abbrev_source_title", "shortjournal",
    "journal-iso", "year", "date", "month", "volume", "number", "issue", "pages", "abstract", "doi", "pmid",
    "pubmed_id", "pmcid", "pmc", "issn", "keywords", "author_keywords", "note", "annote", "annotation",
    "document_type", "type", "funding_details", "funding", "language", "langid", "publisher", "url", "source",
    "evidermis",
))  # fmt: skip
_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
            "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323"}  # fmt: skip
_ACCENT = re.compile(r"""\{?\\(?:(['`^"~=.])\s*|([cvuHkrd])(?:\s+|(?=\{)))\{?(\\[ij](?![A-Za-z])|[^\W\d_])\}?\}?""")
_LETTERS = {r"\ss": "ß", r"\ae": "æ", r"\AE": "Æ", r"\oe": "œ", r"\OE": "Œ", r"\o": "ø", r"\O": "Ø", r"\aa": "å",
            r"\AA": "Å", r"\l": "ł", r"\L": "Ł", r"\i": "ı", r"\textasciitilde": "~", r"\textasciicircum": "^",
            r"\textbackslash": "\\", r"\textendash": "–", r"\textemdash": "—", r"\textgreater": ">", r"\textless": "<",
            r"\textquoteright": "’", r"\textquoteleft": "‘"}  # fmt: skip
_LETTER = re.compile(
    r"(" + "|".join(re.escape(k) for k in sorted(_LETTERS, key=len, reverse=True)) + r")(?:\{\}|\b\s?|(?![A-Za-z]))"
)
_BACKSLASH = "\ue000"


def read_bibtex(lines: Iterable[str], name: str) -> Iterator[Record | Unreadable]:
    """Every entry in its order. Text between entries is a comment, as BibTeX has it."""
    held: list[str] = []
    number, start, size, depth = 0, 0, 0, 0
    for line_number, line in enumerate(lines, 1):
        if line.startswith(REFUSED) and depth <= 0:
            # It stands in no entry that is still open, so that it is told as one of its own.
            yield from _made("\n".join(held), name, number, start)
            held, start, number = [], 0, number + 1
            yield Unreadable(name, number, line_number, line[1:])
            continue
        if _START.match(line) and (depth <= 0 or _HEAD.match(line)):
            yield from _made("\n".join(held), name, number, start)
            held, size, depth, start = [], 0, 0, line_number
            number += not _ASIDE.match(line)
        if start:
            size += len(line)
            if size <= RECORD_LIMIT:
                held.append(line)
                depth += _opened(line)
            elif held[:1] != [REFUSED]:
                held, depth = [REFUSED], 0
    yield from _made("\n".join(held), name, number, start)


def _opened(line: str) -> int:
    """How many braces a line opens more than it closes."""
    plain = line.replace("\\{", "").replace("\\}", "") if "\\" in line else line
    return plain.count("{") - plain.count("}")


def _made(text: str, name: str, number: int, line: int) -> Iterator[Record | Unreadable]:
    if REFUSED in text:
        reason = (
            "the entry is longer than any record" if text == REFUSED else text.partition(REFUSED)[2].partition("\n")[0]
        )
        yield Unreadable(name, number, line, reason)
        return
    found = _START.match(text)
    if not found or found[1].lower() in {"comment", "preamble", "string"}:
        return
    fields = _fields(text, found.end())
    if isinstance(fields, str):
        yield Unreadable(name, number, line, fields)
        return
    record = _record(found[1].lower(), fields)
    if "evidermis" in fields:
        yield restored(record, fields["evidermis"])
        return
    is_empty = not any((record.title, record.abstract, record.identifiers))
    yield Unreadable(name, number, line, "the entry has no title, abstract or identifier") if is_empty else record


def _fields(text: str, position: int) -> dict[str, str] | str:
    """Field texts by name in lower case, the key under `""`; or why the entry cannot be read."""
    comma = text.find(",", position)
    if comma < 0:
        return "the entry has no fields"
    fields = {"": text[position:comma].strip()}
    position = comma
    while found := _NAME.match(text, position):
        value, position = _value(text, found.end())
        if value is None:
            return f"the field {found[1]} is not closed"
        fields.setdefault(found[1].lower(), value)
    rest = text[position:].strip(" \t\r\n,")
    return (
        fields if rest[:1] in {"}", ")"} else "the entry is not closed" if not rest else f"not a field: {rest[:40]!r}"
    )


def _value(text: str, position: int) -> tuple[str | None, int]:
    """One value, parts joined by `#`, and where it ends."""
    parts: list[str] = []
    while True:
        part, position = _part(text, position)
        if part is None:
            return None, position
        parts.append(part)
        found = re.compile(r"\s*#\s*").match(text, position)
        if not found:
            return "".join(parts), position
        position = found.end()


_DELIMITERS = re.compile(r"\\.|[{}\"]", re.DOTALL)


def _part(text: str, position: int) -> tuple[str | None, int]:
    opening = text[position : position + 1]
    if opening not in {"{", '"'}:
        found = re.compile(r"[^,#}\s]*").match(text, position)
        return (found[0], found.end()) if found and found[0] else (None, position)
    depth = 0
    for mark in _DELIMITERS.finditer(text, position + 1):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            if depth == 0 and opening == "{":
                return text[position + 1 : mark.start()], mark.end()
            depth -= 1
        elif mark[0] == '"' and opening == '"' and depth == 0:
            return text[position + 1 : mark.start()], mark.end()
    return None, position


def _plain(text: str) -> str:
    """TeX to plain text: accents and letters as characters, braces and escapes gone."""
    if "\\" in text:
        text = text.replace("\\textbackslash{}", _BACKSLASH)
        text = _ACCENT.sub(_accented, text)
        text = _LETTER.sub(lambda found: _LETTERS[found[1]], text)
        text = re.sub(r"\\(?:text|emph|mathrm|it|bf|rm|textit|textbf|textsuperscript|textsubscript)\b\s*", "", text)
        text = re.sub(r"\\([&%$#_{}])", lambda f: {"{": "\ue001", "}": "\ue002"}.get(f[1], f[1]), text)
    text = (
        text.replace("{", "").replace("}", "").replace("\ue001", "{").replace("\ue002", "}").replace(_BACKSLASH, "\\")
    )
    return " ".join(text.split())


def _accented(found: re.Match[str]) -> str:
    letter = found[3].lstrip("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[found[1] or found[2]])


def _authors(text: str) -> tuple[Author, ...]:
    return tuple(_author(name) for name in re.split(r"\s+and\s+", text) if name.strip())


def _author(name: str) -> Author:
    if name.strip().startswith("{") and name.strip().endswith("}") and "}" not in name.strip()[1:-1]:
        return Author(_plain(name))
    family, comma, given = name.partition(",")
    if comma:
        return Author(_plain(family), _plain(given))
    given, _, family = _plain(name).rpartition(" ")
    return Author(family, given)


def _record(kind: str, fields: dict[str, str]) -> Record:
    def field(*names: str) -> str:
        return next((text for name in names if (text := _plain(fields.get(name, "")))), "")

    month = field("month")
    date = iso_date(field("date")) or iso_date(f"{field('year')} {month}")
    abstract = field("abstract")
    notes = tuple(text for name in ("note", "annote", "annotation") if (text := field(name)))
    rest = tuple(f"{name}: {text}" for name in fields if name not in _PLACED and (text := field(name)))
    keywords = (*split_list(field("author_keywords")), *split_list(field("keywords")))
    return Record(
        title=field("title"),
        source="scopus" if "scopus" in field("source", "url").lower() else "bibtex",
        source_id=fields[""],
        kind=_KINDS.get(kind, "other"),
        authors=_authors(fields.get("author", "")),
        journal=field("journal", "journaltitle", "booktitle"),
        journal_abbreviation=field("abbrev_source_title", "shortjournal", "journal-iso"),
        year=year_of(field("year", "date")),
        date=date,
        volume=field("volume"),
        issue=field("number", "issue"),
        pages=field("pages").replace("--", "-"),
        abstract=(Section(abstract),) if abstract else (),
        identifiers=identifiers_of(
            doi=field("doi"),
            pmid=field("pmid", "pubmed_id") or noted_pmid(notes),
            pmcid=field("pmcid", "pmc") or noted_pmcid(notes),
            issn=[hyphened_issn(field("issn"))],
        ),
        publication_types=tuple(text for text in [field("document_type", "type")] if text),
        keywords=unlabelled(keywords),
        registrations=registrations_in(abstract),
        funding=tuple(text for text in [field("funding_details", "funding")] if text),
        language=field("language", "langid"),
        publisher=field("publisher"),
        url=fields.get("url", "").replace("\\", "").strip(),
        notes=(*notes, *rest),
        labels=labels_in((*notes, *keywords)),
    )

"""A record made comparable: what differs only in how it was written is made alike, and nothing else is changed.

Titles lose case, accents, punctuation, mark-up and notes of language ("[Chinese]"); authors become a set of name parts,
whatever their order and form; pages, volumes and years become numbers where they are some.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidermis.evidence.record import Author, Record

__all__ = ["Prepared", "prepared"]

_TAGS = re.compile(r"<[^>]{1,40}>")
# A note of language or of translation behind or in front of a title, as databases add them.
_NOTES = re.compile(
    r"[\[(](?:in )?(?:english|chinese|french|german|spanish|italian|japanese|russian|polish|portuguese|korean|turkish|dutch"
    r"|danish|czech|hungarian|swedish|norwegian|hebrew|persian|croatian|serbian|article in [a-z]+)[^\])]*[\])]"
)
_MISSING = {"", "na", "n/a", "nan", "none", "null", "nr", "not available", "unknown", "anonymous"}
_WORDS = re.compile(r"[a-z0-9]+")
_DIGITS = re.compile(r"\d+")
_MONTHS = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b")
_EXTENT = re.compile(r"\d+ ?(p|pp|pages?)\.?")
# What stands behind a journal's own name: its translation, its place, its abbreviation.
_JOURNAL_END = re.compile(r"[=:(]| / ")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ROMAN = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}
# Words that make a notice about a work out of the work: with one of them on one side only, two titles are two works.
_NOTICES = frozenset(
    {
        "addendum",
        "author",
        "authors",
        "comment",
        "commentary",
        "correction",
        "corrections",
        "corrigendum",
        "editorial",
        "errata",
        "erratum",
        "letter",
        "protocol",
        "rebuttal",
        "reply",
        "response",
        "retracted",
        "retraction",
        "withdrawn",
    }
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record as it is compared. Empty strings, empty sets and None are unknown and never count against a pair."""

    key: str
    title: str
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    notices: frozenset[str]
    names: frozenset[str]
    first: str
    journal: tuple[str, ...]
    year: int | None
    volume: str
    number: str
    page: str
    last_page: str
    doi: str
    pmid: str
    abstract: str


def prepared(record: Record, key: str) -> Prepared:
    """The comparable form of a record; `key` names it among the others."""
    title = _folded(record.title)
    words = tuple(_WORDS.findall(_NOTES.sub(" ", title)))
    page, last = _pages(record.pages)
    if page == "1" and not _number(record.volume):
        page = last = ""  # an article ahead of print counts its own pages
    doi = _DOI.search(record.identifier("doi").lower())
    return Prepared(
        key=key,
        title=" ".join(words),
        words=words,
        numbers=tuple(sorted(_numbers(words))),
        notices=frozenset(words[:4] + words[-6:]) & _NOTICES,
        names=_names(record.authors),
        first=next(iter(_name_parts(record.authors[0].family, record.authors[0].given)), "") if record.authors else "",
        journal=tuple(
            _WORDS.findall(_folded(_JOURNAL_END.split(_known(record.journal or record.journal_abbreviation), 1)[0]))
        ),
        year=record.year if record.year and 1500 < record.year < 2200 else None,
        volume=_number(record.volume),
        number=_number(record.issue),
        page=page,
        last_page=last,
        doi=doi[0].rstrip(".,;)") if doi else "",
        pmid=record.identifier("pmid"),
        abstract=" ".join(_WORDS.findall(_folded(record.abstract_text[:600])))[:300],
    )


def _known(text: str) -> str:
    return "" if text.strip().lower() in _MISSING else text


def _folded(text: str) -> str:
    """Lower case without accents, mark-up and entities."""
    text = _known(text)
    if "<" in text or "&" in text:
        text = _TAGS.sub(" ", _unescaped(text))
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def _unescaped(text: str) -> str:
    # The table of 2,000 names is loaded for who has one of them in a record.
    import html

    return html.unescape(text)


def _names(authors: Sequence[Author]) -> frozenset[str]:
    """The parts of all names that are longer than initials. They are folded as one text, which is most of the work."""
    whole = " ".join([f"{author.family} {author.given}" for author in authors])
    return frozenset([part for part in _parts_of(whole) if part not in _MISSING])


def _name_parts(family: str, given: str) -> list[str]:
    """The same of one name, the family name first."""
    return _parts_of(f"{_known(family)} {_known(given)}")


def _parts_of(name: str) -> list[str]:
    return [part for part in _WORDS.findall(_folded(name).replace("'", "").replace("’", "")) if len(part) > 2]


def _numbers(words: Iterable[str]) -> list[str]:
    """The numbers of a title, Roman ones too: part I and part II are two works. A lone i, v or x is one behind "part" only."""
    listed = list(words)
    found = [word.lstrip("0") or "0" for word in listed if word.isdigit()]
    for before, word in pairwise(listed):
        if word in _ROMAN and (len(word) > 1 or before in _PARTS):
            found.append(_ROMAN[word])
    return found


_PARTS = {"part", "phase", "section", "volume", "chapter", "type", "stage", "study", "no", "report"}


def _number(text: str) -> str:
    found = _DIGITS.search(_known(text))
    return found[0].lstrip("0") if found else ""


def _pages(text: str) -> tuple[str, str]:
    """First and last page; a last page in short form (595-7) is written out, a letter before the number is dropped.

    What a spreadsheet has turned into a date ("13-May") says nothing of the page and is kept as it stands; a number of
    pages ("215 p") is no page.
    """
    flat = _known(text).strip().lower()
    if _MONTHS.search(flat):
        return flat, ""
    if _EXTENT.fullmatch(flat):
        return "", ""
    parts = [part.lstrip("0") for part in _DIGITS.findall(flat)]
    if not parts:
        return "", ""
    first = parts[0]
    last = parts[1] if len(parts) > 1 else ""
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first, last

"""A printed reference taken apart, whatever its style: title first, Vancouver, APA, a bare link.

Nothing is guessed: what cannot be told is left empty.
"""

import re

from evidermis.auditing.article import Reference

__all__ = ["citation"]

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+", re.I)
_PMID = re.compile(r"\bPMID:?\s*(\d{1,12})", re.I)
_REGISTRATION = re.compile(r"\b(NCT\d+|ISRCTN\d+|ACTRN\d+|ChiCTR[-\w]+|IRCT\d+N?\d*|DRKS\d+|KCT\d+)\b", re.I)
_LABEL = re.compile(r"\bdoi:?\s*(?=\s|$)|\bPMID:?\s*\d+", re.I)
_URL = re.compile(r"https?://\S+")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
# 12(3):45-67 · 12 (3): 45 · 12(3), 45-67
_PLACE = re.compile(r"(?<![\w.])(?P<v>\d{1,4})\s*\((?P<i>[\w. –-]{1,14})\)\s*[:,]\s*(?P<p>[A-Za-z]{0,4}\d[\w.–-]*)")
# 2015 Feb 1:13:49 · 2015;13:49 · 9: 187
_PLAIN_PLACE = re.compile(r"(?<![\w.])(?P<v>\d{1,4})\s*:\s*(?P<p>[A-Za-z]{0,4}\d[\w.–-]*)")
# 2015 Feb 1:13:49
_DAY_PLACE = re.compile(r"\b\d{1,2}:(?P<v>\d{1,4}):(?P<p>[A-Za-z]{0,4}\d[\w.–-]*)")
_ET_AL = re.compile(r"(?P<a>[^\W\d_][\w'’-]+(?:\s+[^\W\d_][\w'’-]+)?)(?:\s+[A-Z]{1,3})?,?\s+et\.?\s+al\b")
_VANCOUVER = re.compile(r"^(?P<a>[^\W\d_][\w'’ -]+?)\s+[A-Z]{1,3}(?:,|\.|\s+and\b)")
_APA = re.compile(r"^(?P<a>[^\W\d_][\w'’-]+),\s+(?:[A-Z]\.[ -]?)+")
_PARTS = re.compile(r"(?<=[.?!])\s+(?=[^\W\d_]|\d{4})|(?<=[.?!])(?=[A-Z][a-z])")


def citation(number: int, text: str, line: int) -> Reference:
    """The parts of one printed reference."""
    doi, pmid, registered, url = (form.search(text) for form in (_DOI, _PMID, _REGISTRATION, _URL))
    bare = _LABEL.sub(" ", _URL.sub(" ", _DOI.sub(" ", text)))
    place = _PLACE.search(bare) or _DAY_PLACE.search(bare) or _PLAIN_PLACE.search(bare[max(0, len(bare) // 3) :])
    years = [int(year) for year in _YEAR.findall(bare)]
    title, rest = _title(bare)
    groups = place.groupdict() if place else {}
    return Reference(
        number=number,
        text=text.strip(),
        line=line,
        title=title,
        first_author=_first_author(bare, title),
        year=_likeliest_year(years, groups.get("v", "")),
        journal=_journal(rest),
        volume=groups.get("v", ""),
        issue=(groups.get("i") or "").strip(),
        pages=(groups.get("p") or "").rstrip(".;,"),
        doi=doi[0].rstrip(".,;)").lower() if doi else "",
        pmid=pmid[1] if pmid else "",
        registration=registered[1].upper() if registered else "",
        url=url[0].rstrip(".,;)") if url else "",
    )


def _title(text: str) -> tuple[str, str]:
    """The part that reads as a title, and what stands behind it."""
    parts = [part.strip() for part in _PARTS.split(text.strip()) if part.strip()]
    best, longest = 0, 0
    for at, part in enumerate(parts[:4]):
        words = re.findall(r"[^\W\d_]{2,}", part)
        small = sum(word.islower() for word in words)
        is_names = bool(re.search(r"\bet al\b", part)) or len(re.findall(r"\b[A-Z]{1,3}\b(?=,|\.|$)", part)) >= 2
        weight = 0 if is_names or (at and not words) else len(words) + small
        if weight > longest:
            best, longest = at, weight
    title = parts[best].rstrip(".") if longest > 1 else ""
    return title, " ".join(parts[best + 1 :])


def _first_author(text: str, title: str) -> str:
    outside = text.replace(title, " | ", 1) if title else text
    for form in (_ET_AL, _APA, _VANCOUVER):
        if found := form.search(outside.strip(" |.")):
            return found["a"].strip().split(" et ")[0]
    return ""


def _journal(rest: str) -> str:
    """The name between the authors and the year."""
    behind = re.sub(r"^.*?\bet al\.?\s*", "", rest)
    found = re.match(r"\s*([^\d;:(]{3,80}?)[.,;:]?\s*(?:\d|$)", behind)
    return found[1].strip(" .,;") if found else ""


def _likeliest_year(years: list[int], volume: str) -> int | None:
    plain = [year for year in years if str(year) != volume] or years
    return plain[0] if plain else None

"""Figures of results: p values (an inequality stays one), confidence intervals, means with their spread, percent changes.

Each is a proposal with its quote; which outcome and group it belongs to is for a person, or for a table's cell, to say.
"""

import re
from collections.abc import Iterator

from evidermis.reading.facts import Noted
from evidermis.reading.text import Passage, words

__all__ = ["effects_in"]

_NUMBER = r"[-−–]?\d{1,6}(?:[.·]\d{1,6})?"
# Every part is bounded, so that no text, however built, makes a search run back and forth; each pattern begins with its
# rarest letter, and only then asks whether a word begins there, which is much the faster search.
_SMALL = r"0?[.·]\d{1,6}(?:\s?[x×]\s?10-?\d{1,2})?|1[.·]0{1,3}"
_P = re.compile(rf"[pP](?<!\w.)(?:[- ]?values?)?\s{{0,2}}(?P<sign>[<>=≤≥])\s{{0,2}}(?P<value>{_SMALL})")
_CI = re.compile(
    rf"(?P<level>9(?<!\w.)[059](?:[.·]\d)?)\s?%\s?(?:CI|confidence intervals?)\b[^\d<>.;]{{0,12}}?(?P<low>{_NUMBER})\s?%?"
    rf"(?:\s?(?:to|,|;|-|–|—)\s?)(?P<high>{_NUMBER})"
)
_SPREAD = re.compile(rf"(?P<mean>{_NUMBER})\s?%?\s?(?:±|\+/-|\+/−)\s?(?P<spread>{_NUMBER})")
_SPREAD_IS = re.compile(r"\b(?:(?P<sd>standard deviations?|SDs?)|(?P<se>standard errors?|SEMs?|SEs?))\b", re.IGNORECASE)
_CHANGES = words("changes")
_PERCENT = re.compile(
    rf"\b(?P<way>{'|'.join(sorted(_CHANGES))})(?: (?:significantly|markedly|on average))? (?:by|of) "
    r"(?:about |approximately |up to )?(?P<value>\d{1,3}(?:[.·]\d{1,3})?)\s?%"
)
_MEDIAN = re.compile(
    rf"\bmedian\b[^\d.;]{{0,40}}?(?P<median>{_NUMBER})[^\d.;]{{0,20}}\(?(?:IQR|interquartile range)\D{{0,4}}?"
    rf"(?P<iqr>{_NUMBER}(?:\s?[-–]\s?{_NUMBER})?)"
)


def effects_in(passage: Passage) -> list[Noted]:
    """The figures of one passage, in reading order within each kind."""
    text = passage.text
    found: list[Noted] = []
    if "=" in text or "<" in text or ">" in text or "≤" in text or "≥" in text:
        found += [_noted(passage, m, "p", f"{m['sign']}{_plain(m['value'])}") for m in _P.finditer(text)]
    if "%" in text:
        found += [
            _noted(passage, m, "ci", f"{m['level']}%: {_plain(m['low'])}, {_plain(m['high'])}")
            for m in _CI.finditer(text)
        ]
        if not _CHANGES.isdisjoint(passage.words):
            found += [
                _noted(passage, m, "percent-change", f"{m['way']} {_plain(m['value'])}%") for m in _changes(passage)
            ]
    if "±" in text or "+/" in text:
        spread = _spread_is(text)
        for m in _SPREAD.finditer(text):
            found.append(_noted(passage, m, f"mean-{spread}", f"{_plain(m['mean'])}, {_plain(m['spread'])}"))
    if "edian" in text:
        found += [
            _noted(passage, m, "median-iqr", f"{_plain(m['median'])}, {m['iqr']}") for m in _MEDIAN.finditer(text)
        ]
    return found


def _changes(passage: Passage) -> Iterator[re.Match[str]]:
    """Percent changes, tried only where a word of change stands: much the faster search."""
    for word, start in zip(passage.words, passage.starts, strict=True):
        if word in _CHANGES and (found := _PERCENT.match(passage.text, start)):
            yield found


def _spread_is(text: str) -> str:
    """What stands after ±, where the report says it once for all: `sd`, `se`, or `spread` where it is not told."""
    kinds = {"sd" if m["sd"] else "se" for m in _SPREAD_IS.finditer(text)}
    return kinds.pop() if len(kinds) == 1 else "spread"


def _noted(passage: Passage, match: re.Match[str], code: str, value: str) -> Noted:
    return Noted("effect", code, passage.between(match.start(), match.end()), value, "figures")


def _plain(number: str) -> str:
    return number.replace("·", ".").replace("−", "-").replace("–", "-")

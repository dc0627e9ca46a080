"""Doses as they are written: an amount, also as a power of ten or a span, with its unit and what it is told for each of.

`2.0 x 10^10 particles/mL`, `1×10⁹ exosomes per session`, `25–50 µg/mL`, `5 mL`, `0.1% cream`. A superscript that a source
lost ("1010 particles") stays as it stands: nobody can know.
"""

import re
from collections.abc import Iterator
from functools import cache

from evidermis.reading.facts import Noted
from evidermis.reading.text import Passage, listed, words

__all__ = ["doses_in"]

# A report tells a few doses; a text that tells more of them is a table in words.
_MOST = 12
# From the first digit of a span of powers to the last before its unit.
_LONGEST = 48
_PLAIN = r"(?:\d{1,3}(?:[ ,]\d{3}){1,3}|\d{1,6}(?:[.,·]\d{1,6})?)"
_RAISED = r"(?:\^\s?[-−]?\d{1,2}|[⁻⁰¹²³⁴-⁹]{1,3}|\(\d{1,2}\)|[eE]\d{1,2})"
_POWER = rf"(?:(?:{_PLAIN}\s?[x×*]\s?)?10\s?{_RAISED}|{_PLAIN}[eE]\+?\d{{1,2}})"
_NUMBER = re.compile(r"\d(?<![\w.,·^]\d)(?<!\d\s\d)")
# The lists of what stands right after a number that is a dose.
_UNITS = ("dose-units", "dose-scales", "dose-things")
# A passage without any of these words tells no dose.
_NAMED = words("dose-units") | words("dose-things") | {"%"}
_TO = r"\s?(?:-|–|to|and)\s?"


def doses_in(passage: Passage) -> list[Noted]:
    """Each dose that a passage tells, once, in its order."""
    if _NAMED.isdisjoint(passage.words):
        return []
    found: dict[str, Noted] = {}
    for start, end in _spans(passage.text):
        quote = passage.between(start, end)
        found.setdefault(quote.text, Noted("regimen", "dose", quote, quote.text, "dose"))
        if len(found) == _MOST:
            break
    return list(found.values())


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Tried only where a number has its unit at once, from the numbers shortly before it on: much the faster search."""
    dose, done = _dose(), 0
    for hint in _hint().finditer(text):
        at = hint.start()
        if at < done:
            continue
        for number in _NUMBER.finditer(text, max(done, at - _LONGEST), at + 1):
            match = dose.match(text, number.start())
            if match and match.end() > at:
                done = match.end()
                yield match.span()
                break


@cache
def _hint() -> re.Pattern[str]:
    """What every dose has, found faster than a dose: a number and at once its unit, or a power of ten."""
    after = "|".join(_any(name) for name in _UNITS)
    first = re.escape("".join(sorted({name[0].lower() for kind in _UNITS for name in listed(kind)})))
    # What may begin a unit is asked before the units themselves, and a bracket closes a power only where it opened before it.
    return re.compile(
        rf"\d(?:(?=[\s-]?[{first}])[\s-]?(?:{after})\b|(?<=\(.)\)|(?<=\(..)\)|[⁻⁰¹²³⁴-⁹]|\s?[x×*^]|[eE]\d"
        rf"|\s?%\s?(?:{_any('dose-forms')})\b)",
        re.IGNORECASE,
    )


@cache
def _dose() -> re.Pattern[str]:
    """Every part is bounded, so that no text makes the search run back and forth."""
    per = rf"(?:\s?(?:/|per )\s?(?:{_any('dose-bases')})\b)?"
    amount = rf"(?:{_POWER}|{_PLAIN})"
    measured = rf"{amount}(?:{_TO}{amount})?[\s-]?(?:{_any('dose-units')})\b{per}"
    # A few vesicles are no dose, and "45 exosomes" are people who got some.
    many = rf"(?:{_POWER}|{_PLAIN}\s(?:{_any('dose-scales')}))"
    counted = rf"{many}(?:{_TO}{many})?\s?(?:{_any('dose-things')})\b(?:\s(?:particles|vesicles)\b)?{per}"
    share = rf"{_PLAIN}(?:\s?%?{_TO}{_PLAIN})?\s?%\s?(?:exosomes?\s)?(?:{_any('dose-forms')})\b"
    return re.compile(rf"(?:{measured}|{counted}|{share})", re.IGNORECASE)


def _any(name: str) -> str:
    return "|".join(re.escape(word) for word in sorted(listed(name), key=len, reverse=True))

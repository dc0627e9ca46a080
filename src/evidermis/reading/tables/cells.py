"""What the numbers of a cell are: a centre with its spread, events of a total, a percentage, a p value, or not told.

The shape of the cell and the words of its headings decide together; where they do not say whether a bracket holds a standard
deviation or a percentage, the figure is called `bracketed`, and what stands after ± `spread`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from evidermis.reading.facts import Figure
from evidermis.reading.text import Quote

__all__ = ["Hints", "figures_of_cell"]


class Hints(NamedTuple):
    """What headings say of a cell's numbers: `centre` mean, median or events; `spread` sd, se, iqr, range or ci.

    `is_share` where they speak of percentages without saying which number is one.
    """

    centre: str = ""
    spread: str = ""
    is_p: bool = False
    is_effect: bool = False
    is_share: bool = False


# Every part is bounded and begins at a number, so that no cell, however built, takes more than linear time.
_N = r"[-−–+]?\s?\d{1,9}(?:,\d{3}){0,3}(?:[.·]\d{1,8})?"
_SIZE = r"(?:\s{0,2}[(\[]\s?[nN]\s?=\s?(?P<size>\d{1,7})\s?[)\]])?"
_MARKS = r"\s{0,2}(?:[*†‡§¶#^]{1,4}|[a-h](?:,[a-h]){0,3}|[¹²³⁴⁵⁶⁷⁸⁹]{1,3})?"
_PAIR = rf"(?P<low>{_N})\s?%?\s{{0,2}}(?:to|,|;|-|–|—|−|\.\.)\s{{0,2}}(?P<high>{_N})\s?%?"
_SHAPES = tuple(
    (name, re.compile(rf"\s{{0,4}}{shape}{_MARKS}{_SIZE}\s{{0,4}}"))
    for name, shape in (
        ("p", r"[pP]?\s?(?P<sign>[<>=≤≥])\s?(?P<value>\d{0,3}[.·]?\d{1,9})"),
        ("value", rf"(?P<value>{_N})"),
        ("percent", rf"(?P<value>{_N})\s?%"),
        ("plus-minus", rf"(?P<value>{_N})\s?(?P<share>%)?\s{{0,2}}(?:±|\+/-|\+/−)\s{{0,2}}(?P<spread>{_N})\s?%?"),
        ("fraction", rf"(?P<value>\d{{1,7}})\s?/\s?(?P<total>\d{{1,7}})(?:\s?[(\[]\s?(?P<share>{_N})\s?%?\s?[)\]])?"),
        ("bracket-percent", rf"(?P<value>{_N})\s{{0,2}}[(\[]\s?(?P<share>{_N})\s?%\s?[)\]]"),
        ("bracket", rf"(?P<value>{_N})\s?(?P<unit>%)?{_MARKS}\s{{0,2}}[(\[]\s?(?:±\s?)?(?P<spread>{_N})\s?[)\]]"),
        (
            "bracket-pair",
            rf"(?P<value>{_N})\s?(?P<unit>%)?{_MARKS}\s{{0,2}}[,;]?\s?(?:[(\[]|95%\s?CI:?)\s{{0,2}}(?:95%\s?CI:?\s?)?{_PAIR}\s?[)\]]?",
        ),
    )
)
# A cell longer than this is prose.
_LONGEST = 80
_IN_PAIRS = ("iqr", "range", "ci")


def figures_of_cell(text: str, place: str, hints: Hints) -> tuple[Figure, ...]:
    """The figures of a cell, each with the characters it stands at; none where the cell holds words, or nothing."""
    if len(text) > _LONGEST or not any(letter.isdigit() for letter in text):
        return ()
    for name, shape in _SHAPES:
        if found := shape.fullmatch(text):
            return tuple(
                Figure(what, _plain(found[group], sign), Quote(text[start:end], place, start, end))
                for what, group, sign in _names(name, found, hints)
                for start, end in [_trimmed(text, *found.span(group))]
            )
    return ()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end


def _plain(number: str, sign: str) -> str:
    bare = number.replace(" ", "").replace(",", "").replace("·", ".").replace("−", "-").replace("–", "-").lstrip("+")
    return f"{sign}{bare}"


def _names(shape: str, found: re.Match[str], hints: Hints) -> Iterator[tuple[str, str, str]]:
    """What each number is called, the group of the match it stands in, and its relation."""
    if shape == "p":
        # A relation alone is a p value only under its heading: "<5" may be a count.
        is_p = hints.is_p or found[0].lstrip()[:1] in "pP"
        yield ("p" if is_p else "value", "value", found["sign"] if found["sign"] in "<>≤≥" else "")
    elif shape in ("value", "percent"):
        yield (_single(shape, found["value"], hints), "value", "")
    elif shape == "plus-minus":
        yield ("median" if hints.centre == "median" else "mean", "value", "")
        yield (hints.spread if hints.spread in ("sd", "se") else "spread", "spread", "")
    elif shape == "fraction":
        yield ("events", "value", "")
        yield ("total", "total", "")
        if found["share"]:
            yield ("percent", "share", "")
    elif shape == "bracket-percent":
        is_count = "." not in found["value"] and hints.centre in ("", "events")
        yield ("events" if is_count else hints.centre or "value", "value", "")
        yield ("percent", "share", "")
    elif shape == "bracket":
        yield from _bracketed(found, hints)
    else:
        spread = hints.spread if hints.spread in _IN_PAIRS else "between"
        yield (_centre(hints), "value", "")
        yield (f"{spread}-low", "low", "")
        yield (f"{spread}-high", "high", "")
    if found["size"]:
        yield ("analysed", "size", "")


def _single(shape: str, value: str, hints: Hints) -> str:
    if hints.is_p:
        return "p"
    if hints.is_effect:
        return "estimate"
    if shape == "percent":
        return "percent"
    if hints.centre == "events":
        return "events" if "." not in value else "value"
    return hints.centre or "value"


def _centre(hints: Hints) -> str:
    if hints.is_effect or (hints.spread == "ci" and not hints.centre):
        return "estimate"
    if hints.spread == "iqr":
        return "median"
    return "value" if hints.centre == "events" else hints.centre or "value"


def _bracketed(found: re.Match[str], hints: Hints) -> Iterator[tuple[str, str, str]]:
    """Two numbers, one in brackets. Events and their percentage only where a heading says which is which, or the sizes do."""
    first, second = _plain(found["value"], ""), _plain(found["spread"], "")
    can_be_share = 0 <= float(second) <= 100
    if hints.centre == "events" and can_be_share and "." not in first and not found["unit"]:
        yield ("events", "value", "")
        yield ("percent", "spread", "")
    elif found["unit"] or (hints.is_share and not can_be_share):
        yield ("percent", "value", "")
        yield ("bracketed", "spread", "")
    elif hints.spread in ("sd", "se") and hints.centre != "events":
        yield ("median" if hints.centre == "median" else "mean", "value", "")
        yield (hints.spread, "spread", "")
    else:
        yield (_centre(hints), "value", "")
        yield ("bracketed", "spread", "")

"""What the sentences of a product's page promise, as slots of claims. A sentence whose outcome cannot be told is left unread.

Instructions, cautions and questions are no claims. A condition or route that is not named stays unknown; a negated word says
nothing.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import get_args

from evidermis.evidence.vocabulary import vocabulary_text
from evidermis.evidence.wording import Sign, Strength, Wording
from evidermis.reading.text import Cues, bundled_cues, cues_from, passages_of

__all__ = ["PageRead", "page_read", "wording_of"]

_STOP = re.compile(r"(?<=[.!?])[\"”’)\]*]*\s+(?=[\"“‘(]?[A-Z0-9])|\s*[\n\r•✓✔]+\s*|\s+[|·]\s+")
_TIME = re.compile(
    r"\b(?:in|after|within|by|over|for)\s+(?:just\s+|only\s+|as little as\s+)?(\d{1,3})\s*[- ]?(day|week|month)s?\b",
    re.I,
)
_PERCENT = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent\b)", re.I)
_WEEKS = {"day": 1 / 7, "week": 1.0, "month": 52 / 12}
# A line of so few words needs no verb: "For wrinkles and dark spots" claims both.
_SHORT_LINE = 8
_STRENGTHS: tuple[Strength, ...] = ("users", "proven", "may", "helps")
_SIGNS: tuple[Sign, ...] = get_args(Sign)
_LONGEST = 600
# Signs that make a claim of a sentence whatever it is about.
_TELLING: set[Sign] = {"approval", "comparison"}


@dataclass(frozen=True, slots=True)
class PageRead:
    """The claims of a page, and how many of its sentences are none. `sources` are where its vesicles are said to come from."""

    wordings: tuple[Wording, ...]
    no_claims: int
    sources: tuple[str, ...]


@cache
def _cues() -> Cues:
    return Cues({"wording": cues_from(vocabulary_text("wordings"), "wordings.toml")})


def page_read(text: str) -> PageRead:
    """Read the text of a page sentence by sentence."""
    spans = _sentences(text)
    read = [_read(text[start:end], start, end) for start, end in spans]
    claims = tuple(one for one in read if one is not None)
    return PageRead(claims, len(spans) - len(claims), _sources(text))


def wording_of(text: str) -> Wording | None:
    """One sentence taken apart; None where it claims nothing."""
    return _read(text, 0, len(text))


def _sentences(text: str) -> list[tuple[int, int]]:
    stops = [stop.span() for stop in _STOP.finditer(text)]
    cut = zip([0, *(after for _, after in stops)], [*(before for before, _ in stops), len(text)], strict=True)
    return [(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in cut if text[a:b].strip()]


def _read(text: str, start: int, end: int) -> Wording | None:
    if text.rstrip().endswith("?"):
        return None
    seen = _cues().seen(passages_of((("abstract", text),)))["wording"]
    said = {one.cue.code for one in seen}
    codes = [one.cue.code for one in seen if said.isdisjoint(one.cue.unless)]
    told = {kind: _under(kind, codes) for kind in ("outcome", "population", "route", "not")}
    if told["not"] or len(text) > _LONGEST:
        return None
    is_effect = "effect" in codes
    time, share = _TIME.search(text), _PERCENT.search(text)
    signs: tuple[Sign, ...] = tuple(sign for sign in _SIGNS if f"sign.{sign}" in codes or (sign == "number" and share))
    if not told["outcome"]:
        if not (is_effect and _speaks_of_skin(text)) and not set(signs) & _TELLING:
            return None
        return Wording(text, start, end, signs=signs, unread="what it is said to change is not known here")
    if not is_effect and len(text.split()) > _SHORT_LINE:
        return None
    strengths: list[Strength] = [one for one in _STRENGTHS if f"strength.{one}" in codes]
    return Wording(
        text,
        start,
        end,
        outcomes=told["outcome"],
        populations=told["population"],
        routes=told["route"],
        sources=_sources(text),
        strength=strengths[0] if strengths else "stated",
        weeks=round(int(time[1]) * _WEEKS[time[2].lower()], 1) if time else None,
        percent=float(share[1]) if share else None,
        signs=signs,
    )


def _under(kind: str, codes: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.partition(".")[2] for code in codes if code.startswith(f"{kind}.")))


def _speaks_of_skin(text: str) -> bool:
    return bool(re.search(r"\b(?:skin|face|complexion|hair|scalp|tone|texture)\b", text, re.I))


def _sources(text: str) -> tuple[str, ...]:
    """Sources named in the same sentence as the vesicles they are said to give."""
    found: list[str] = []
    for start, end in _sentences(text):
        sentence = text[start:end]
        if re.search(r"exosom|vesicle", sentence, re.I):
            found += [one.cue.code for one in bundled_cues().seen(passages_of((("abstract", sentence),)))["source"]]
    return tuple(dict.fromkeys(found))

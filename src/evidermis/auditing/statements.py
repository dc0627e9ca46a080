"""*Statements*: the sentences of an article with who speaks, how sure, what about, and which references stand behind them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Literal

from evidermis.auditing.article import Article, Block, Reference
from evidermis.reading import Cues, bundled_cues, cues_from, passages_of

__all__ = ["Statement", "Voice", "statements_of"]

Voice = Literal["author", "advertiser", "reported", "study", "study authors"]
_VOICES: tuple[tuple[str, Voice], ...] = (
    ("voice.study-authors", "study authors"),
    ("voice.study", "study"),
    ("voice.reported", "reported"),
    ("voice.advertiser", "advertiser"),
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[⁻,\s]*[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
_LIST = r"\d{1,3}(?:\s?[-–,]\s?\d{1,3})*"
_BRACKETED = re.compile(rf"\[\^?({_LIST})\]")
# A number glued to the end of a longer word, or to its closing sign: "penetrate22", "factors”3,4".
_GLUED = re.compile(rf"(?<=[a-z]{{3}})([)\"”’]?)({_LIST})(?=[\s.,;:)…]|$)")
_ROUND = re.compile(rf"(?<=\s)\(({_LIST})\)")
_NAMED = re.compile(
    r"\b([^\W\d_][\w'’-]+)(?:\s+(?:et al\.?|and\s+[^\W\d_][\w'’-]+|&\s+[^\W\d_][\w'’-]+))?,?\s+\(?((?:19|20)\d\d)\)?"
)
_STOP = re.compile(r"(?<=[.!?…])[\"”’)\]]*(?:\[[\d,\s–-]+\]|\d[\d,–-]*)?\s+(?=[\"“‘(]?[A-Z0-9])|(?<=….)(?=[a-z])")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|vs|al|approx|fig|no|dr|mr|mrs|ms|prof|st|cf|etc)\.$", re.I)
# A list of one pair, 6-15, may stand for no more references than this.
_WIDEST_RANGE = 60


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence. `codes` are what its words say (cues of this room); `sources`, `routes`, `outcomes`, `conditions` are codes
    of the vocabulary; `cites` the numbers of the references attached to it, `nearby` those of the sentences beside it in the same
    block."""

    id: str
    block: Block
    start: int
    end: int
    text: str
    voice: Voice
    codes: frozenset[str]
    sources: frozenset[str]
    routes: frozenset[str]
    outcomes: frozenset[str]
    conditions: frozenset[str]
    cites: tuple[int, ...]
    nearby: tuple[int, ...]

    @property
    def is_question(self) -> bool:
        """Whether it asks rather than states."""
        return self.text.rstrip().endswith("?")

    @property
    def is_hedged(self) -> bool:
        """Whether it says may, could, potential …"""
        return "hedge" in self.codes

    def speaks_of(self, *subjects: str) -> bool:
        """Whether it is about one of `safety`, `delivery`, `price`, `benefit` …"""
        return any(f"about.{subject}" in self.codes for subject in subjects)


@cache
def _cues() -> Cues:
    """The cues of statements beside those of the vocabulary, under one matcher each."""
    text = (resources.files("evidermis.auditing") / "cues" / "statement.toml").read_text(encoding="utf-8")
    return Cues({"statement": cues_from(text, "auditing/cues/statement.toml")})


def statements_of(article: Article) -> tuple[Statement, ...]:
    """The statements of paragraphs, list items and captions, in reading order."""
    found: list[Statement] = []
    for block in article.of_kind("paragraph", "item", "caption"):
        spans = list(_sentences(block.text))
        cited = [_cited(block.text[a:b], article.references) for a, b in spans]
        for at, (start, end) in enumerate(spans):
            nearby = tuple(dict.fromkeys(n for i, list_ in enumerate(cited) if i != at for n in list_))
            found.append(_statement(f"s{len(found) + 1}", block, (start, end), cited[at], nearby))
    return tuple(found)


def _statement(
    name: str, block: Block, span: tuple[int, int], cites: tuple[int, ...], nearby: tuple[int, ...]
) -> Statement:
    text = block.text[span[0] : span[1]]
    passages = passages_of((("abstract", text),))
    codes = frozenset(one.cue.code for one in _cues().seen(passages)["statement"])
    terms = bundled_cues().seen(passages)

    def of(kind: str) -> frozenset[str]:
        return frozenset(one.cue.code for one in terms[kind])

    spoken: list[Voice] = [voice for code, voice in _VOICES if code in codes]
    return Statement(
        name,
        block,
        *span,
        text,
        spoken[0] if spoken else "author",
        codes,
        of("source"),
        of("route"),
        of("outcome"),
        of("population"),
        cites,
        nearby,
    )


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends; a mark of reference behind the full stop belongs to the sentence before."""
    ends = [0]
    for stop in _STOP.finditer(text):
        before = text[ends[-1] : stop.start()]
        if _ABBREVIATED.search(before) or len(before.split()) < 2:
            continue
        ends.append(stop.end())
    ends.append(len(text))
    spans = [(a, b) for a, b in pairwise(ends) if text[a:b].strip()]
    return [(a, a + len(text[a:b].rstrip())) for a, b in spans]


def _cited(text: str, references: Sequence[Reference]) -> tuple[int, ...]:
    """The numbers of the references that a sentence points to."""
    highest = max((one.number for one in references), default=0)
    lists = [found[1] for found in _BRACKETED.finditer(text)]
    lists += [found[0].translate(_SUPERSCRIPTS) for found in _RAISED.finditer(text)]
    lists += [found[1] for found in _ROUND.finditer(text)]
    lists += [found[2] for found in _GLUED.finditer(text) if highest]
    numbers = [number for one in lists for number in _numbers(one, highest)]
    for found in _NAMED.finditer(text):
        name, year = found[1].casefold(), int(found[2])
        numbers += [
            one.number for one in references if one.year == year and one.first_author.casefold().startswith(name)
        ]
    return tuple(dict.fromkeys(numbers))


def _numbers(text: str, highest: int) -> list[int]:
    """`6-8,11` as 6, 7, 8, 11. A list with a number beyond the references is no list of references, unless it is one above."""
    found: list[int] = []
    for part in re.split(r"\s?,\s?", text):
        low, _, high = part.replace("–", "-").partition("-")
        first, last = int(low), int(high) if high.strip() else int(low)
        if last < first or last - first > _WIDEST_RANGE:
            return []
        found += range(first, last + 1)
    return found if highest and found and max(found) <= highest + 20 else []

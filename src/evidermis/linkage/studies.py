"""Reports to studies: which reports tell of one investigation.

A registration number links for certain, and so does a record that names the other (a notice its work, a registration its
results); a preprint and its article and companion reports are linked by agreement of title, authors, number of people, setting
and product. Every link carries its reasons; a weak one is proposed, not made.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import combinations

from rapidfuzz import fuzz

from evidermis.evidence.record import Record
from evidermis.linkage.naming import Naming, naming

__all__ = ["ReportFacts", "StudyLink", "linked_studies", "registration_numbers"]

# The registries of the WHO platform that skin trials use, by the form of their numbers.
_REGISTRIES = re.compile(
    r"NCT\d{8}|IRCT\d{8,}N\d+|ChiCTR[-\w]{6,20}|KCT\d{7}|ACTRN\d{14}|ISRCTN\d{8}|CTRI/\d{4}/\d{2,3}/\d{6}|UMIN\d{9}"
    r"|jRCT\w{10}|DRKS\d{8}|EudraCT[: ]*\d{4}-\d{6}-\d{2}|TCTR\d{11}|RBR-\w{6}",
    re.I,
)
# A link is made at this many points and proposed below it; see `_agreements` for what counts how much (house figures).
MADE, PROPOSED = 5, 3
# So many words in a row do not come together by chance between a registration or preprint and another report.
LONG_PHRASE = 9
# Words that stand in titles of every subject; a key of them would bring a whole library together.
_COMMON_TEXT = """
    the and for with from versus after before among between using during without into their effect effects efficacy effectiveness
    treatment therapy treated patients patient study studies trial trials clinical randomized randomised controlled placebo
    double blind blinded multicenter multicentre prospective retrospective comparison comparative evaluation analysis systematic
    review phase pilot open label safety tolerability outcomes women children adults disease group acute chronic
"""
_COMMON = frozenset(_COMMON_TEXT.split())


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A report and what is known of its investigation. Unknown facts are empty and never speak against a link."""

    key: str
    record: Record
    people: int | None = None
    product: str = ""
    maker: str = ""
    design: str = ""
    outcomes: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class StudyLink:
    """Two reports of one study, with the reasons; `made` is False for a proposal that a person should look at."""

    one: str
    other: str
    made: bool
    points: int
    reasons: tuple[str, ...]


def registration_numbers(record: Record) -> frozenset[str]:
    """Every registration number of a record: its own fields, and its title and abstract as text."""
    told = {i.value for i in record.identifiers if i.scheme in ("nct", "irct", "actrn", "isrctn", "registration")}
    text = " ".join((record.title, record.abstract_text, *record.notes))
    found = {*record.registrations, *told, *_REGISTRIES.findall(text)}
    return frozenset(re.sub(r"\s+", "", one).upper() for one in found if one)


def linked_studies(
    reports: Sequence[ReportFacts], apart: Iterable[tuple[str, str]] = ()
) -> tuple[tuple[tuple[str, ...], ...], tuple[StudyLink, ...]]:
    """Clusters of report keys that are one study each, and the links (made and proposed). Order never matters."""
    ordered = sorted(reports, key=lambda one: one.key)
    ready = [
        _Ready(
            one, registration_numbers(one.record), _plain(one.record.title), _authors(one.record), naming(one.record)
        )
        for one in ordered
    ]
    kept = {frozenset(pair) for pair in apart}
    links: list[StudyLink] = []
    for i, j in _candidates(ready):
        one, other = ready[i], ready[j]
        if frozenset((one.facts.key, other.facts.key)) in kept:
            continue
        points, reasons = _agreements(one, other)
        if points >= PROPOSED:
            links.append(StudyLink(one.facts.key, other.facts.key, points >= MADE, points, tuple(reasons)))
    of = {one.key: one.key for one in ordered}

    def root(key: str) -> str:
        while of[key] != key:
            key = of[key]
        return key

    for link in links:
        if link.made:
            low, high = sorted((root(link.one), root(link.other)))
            of[high] = low
    clusters: dict[str, list[str]] = {}
    for one in ordered:
        clusters.setdefault(root(one.key), []).append(one.key)
    return tuple(tuple(members) for members in clusters.values()), tuple(links)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A report with what its pairs are compared by, made once."""

    facts: ReportFacts
    numbers: frozenset[str]
    title: str
    authors: frozenset[str]
    naming: Naming


def _candidates(ready: Sequence[_Ready]) -> list[tuple[int, int]]:
    """The pairs worth comparing, in order. Reports of which more is known than their record are all compared with each other;
    records alone can only agree by a registration number, a name or a title, so they are compared where they share a key of
    those. What is a key depends on the record alone: another record never hides a pair.
    """
    blocks: dict[object, list[int]] = {}
    for place, one in enumerate(ready):
        for key in {*one.numbers, *one.naming.keys, *_title_keys(one)}:
            blocks.setdefault(key, []).append(place)
    known = [place for place, one in enumerate(ready) if _is_known(one.facts)]
    pairs = {pair for block in (known, *blocks.values()) for pair in combinations(block, 2)}
    return sorted(pairs)


def _is_known(facts: ReportFacts) -> bool:
    return facts.people is not None or bool(facts.product or facts.maker or facts.design)


def _title_keys(one: _Ready) -> set[tuple[str, ...]]:
    """Any three of the title's six longest telling words; of a short title, all its words; and two authors with one such word."""
    words = {word for word in one.title.split() if word not in _COMMON} or set(one.title.split())
    longest = sorted(sorted(words, key=lambda word: (-len(word), word))[:6])
    keys: set[tuple[str, ...]] = set(combinations(longest, min(3, len(longest)))) if longest else set()
    names = [f"{a.family} {a.given[:1]}".casefold() for a in one.facts.record.authors if a.given]
    pairs = combinations(sorted({*names[:3], *names[-1:]}), 2)
    return keys | {(*pair, word) for pair in pairs for word in longest}


def _agreements(one: _Ready, other: _Ready) -> tuple[int, list[str]]:
    shared = one.numbers & other.numbers
    if shared:
        return 10, [f"the same registration number ({', '.join(sorted(shared))})"]
    if named := _named(one, other) or _named(other, one):
        return named
    points, reasons = _titles(one, other)
    authors = one.authors & other.authors
    fewest = min(len(one.authors), len(other.authors))
    if len(authors) >= 2 or (fewest and len(authors) == fewest):
        points += 2
        reasons.append(f"shared authors ({', '.join(sorted(authors))})")
    more, told = _facts_agree(one.facts, other.facts)
    points, reasons = points + more, reasons + told
    if points >= 3 and _is_forerunner(one.facts.record, other.facts.record, "preprint"):
        points += 1
        reasons.append("a preprint and a later report")
    return points, reasons


def _named(one: _Ready, other: _Ready) -> tuple[int, list[str]] | None:
    """What it says that one names the other. A notice about several works is no report of any, so for it titles must agree."""
    about = one.naming.about & other.naming.own
    notices = one.naming.notices & other.naming.own
    if not about and not notices:
        return None
    is_certain = bool(about) and (len(one.naming.about) == 1 or one.facts.record.kind == "registration")
    is_alike = fuzz.token_set_ratio(one.title, other.title) >= 65
    how = "says that it is about the other" if about else "names the other as a notice or version of it"
    return 10 if is_certain or is_alike else PROPOSED, [f"one {how} ({', '.join(sorted(about | notices))})"]


def _facts_agree(one: ReportFacts, other: ReportFacts) -> tuple[int, list[str]]:
    """What is known beside the records."""
    points, reasons = 0, list[str]()
    if one.people is not None and one.people == other.people:
        points += 2 if one.people > 12 else 1
        reasons.append(f"the same number of people ({one.people})")
    elif one.people is not None and other.people is not None:
        points -= 3
    for word, weight in (("product", 2), ("maker", 1), ("design", 1)):
        mine, theirs = getattr(one, word), getattr(other, word)
        if mine and mine.casefold() == theirs.casefold():
            points += weight
            reasons.append(f"the same {word} ({mine})")
        elif mine and theirs and word != "maker":
            points -= 1
    return points, reasons


def _titles(one: _Ready, other: _Ready) -> tuple[int, list[str]]:
    """What two titles say. A preprint's or registration's title is often cut or widened later; two articles of one group
    on one subject also share most words, so for them the whole title must agree."""
    alike = fuzz.token_set_ratio(one.title, other.title)
    if alike < 65:
        return 0, []
    if not _is_forerunner(one.facts.record, other.facts.record, "preprint", "registration"):
        return (3, ["titles alike"]) if fuzz.ratio(one.title, other.title) >= 85 else (1, ["titles of one subject"])
    points, reasons = (3, ["titles alike"]) if alike >= 85 else (1, ["titles of one subject"])
    words, others = one.title.split(), other.title.split()
    phrase = SequenceMatcher(None, words, others, autojunk=False).find_longest_match().size
    if phrase >= LONG_PHRASE:
        points += 2
        reasons.append(f"{phrase} words of both titles run alike, in a forerunner and its report")
    return points, reasons


def _is_forerunner(one: Record, other: Record, *kinds: str) -> bool:
    return one.kind != other.kind and bool({one.kind, other.kind} & set(kinds))


def _plain(title: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", title.lower()))


def _authors(record: Record) -> frozenset[str]:
    return frozenset(f"{a.family} {a.given[:1]}".casefold() for a in record.authors if a.given)

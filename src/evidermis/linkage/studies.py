"""Reports to studies: which reports tell of one investigation.

A registration number links for certain; a preprint and its article, a notice and its work, and companion reports are linked by
agreement of title, authors, number of people, setting and product. Every link carries its reasons; a weak one is proposed, not
made.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from evidermis.evidence.record import Record

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
    kept = {frozenset(pair) for pair in apart}
    links: list[StudyLink] = []
    for i, one in enumerate(ordered):
        for other in ordered[i + 1 :]:
            if frozenset((one.key, other.key)) in kept:
                continue
            points, reasons = _agreements(one, other)
            if points >= PROPOSED:
                links.append(StudyLink(one.key, other.key, points >= MADE, points, tuple(reasons)))
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


def _agreements(one: ReportFacts, other: ReportFacts) -> tuple[int, list[str]]:
    shared = registration_numbers(one.record) & registration_numbers(other.record)
    if shared:
        return 10, [f"the same registration number ({', '.join(sorted(shared))})"]
    points, reasons = _titles(one.record, other.record)
    authors = _authors(one.record) & _authors(other.record)
    fewest = min(len(_authors(one.record)), len(_authors(other.record)))
    if len(authors) >= 2 or (fewest and len(authors) == fewest):
        points += 2
        reasons.append(f"shared authors ({', '.join(sorted(authors))})")
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
    if points >= 3 and _is_forerunner(one.record, other.record, "preprint"):
        points += 1
        reasons.append("a preprint and a later report")
    return points, reasons


def _titles(one: Record, other: Record) -> tuple[int, list[str]]:
    """What two titles say. A preprint's or registration's title is often cut or widened later; two articles of one group
    on one subject also share most words, so for them the whole title must agree."""
    words, others = _plain(one.title), _plain(other.title)
    alike = fuzz.token_set_ratio(words, others)
    if alike < 65:
        return 0, []
    if not _is_forerunner(one, other, "preprint", "registration"):
        return (3, ["titles alike"]) if fuzz.ratio(words, others) >= 85 else (1, ["titles of one subject"])
    points, reasons = (3, ["titles alike"]) if alike >= 85 else (1, ["titles of one subject"])
    phrase = SequenceMatcher(None, words.split(), others.split(), autojunk=False).find_longest_match().size
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

"""Each printed reference held against the records that are known: which one it is, and where the two disagree.

`resolved`: it is that record (small differences are listed). `contradicts`: the title exists, but author, year and place
speak for another work. `ambiguous`: several records are as near. `not found`: none is near. `impossible`: an identifier that
cannot exist.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from evidermis.auditing.article import Reference
from evidermis.evidence.record import Record

__all__ = ["Resolution", "ResolutionState", "resolved"]

ResolutionState = Literal["resolved", "ambiguous", "contradicts", "not found", "impossible"]
# Titles at or above the first are the same; between the two only with author and year; two records nearer to one another than
# the last cannot be told apart by their titles.
_SAME, _NEAR, _APART = 93.0, 82.0, 2.0
# PubMed has not given out higher numbers.
_HIGHEST_PMID = 60_000_000
_WORD = re.compile(r"[^\W_]{3,}")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a printed reference is. `record` is the record's id, `candidates` the ids that were near, `differences` where
    print and record disagree."""

    number: int
    state: ResolutionState
    record: str = ""
    candidates: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    because: str = ""


def resolved(references: Sequence[Reference], records: Sequence[tuple[str, Record]]) -> tuple[Resolution, ...]:
    """Resolve every reference against records given with their ids."""
    index = _Index(records)
    return tuple(_resolve(one, index) for one in references)


class _Index:
    """Records by identifier, and by the rarer words of their titles."""

    def __init__(self, records: Sequence[tuple[str, Record]]) -> None:
        self.records = [record for _, record in records]
        self.ids = [key for key, _ in records]
        self.titles = [_plain(record.title) for record in self.records]
        self.named: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.worded: dict[str, list[int]] = defaultdict(list)
        for at, record in enumerate(self.records):
            for one in record.identifiers:
                self.named[one.scheme, one.value.casefold()].append(at)
            for number in record.registrations:
                self.named["registration", number.casefold()].append(at)
            for word in set(self.titles[at].split()):
                self.worded[word].append(at)

    def by_identifier(self, reference: Reference) -> list[int]:
        """Records that bear the printed DOI, PMID or registration number."""
        asked = (("doi", reference.doi), ("pmid", reference.pmid), ("registration", reference.registration))
        return [at for scheme, value in asked if value for at in self.named.get((scheme, value.casefold()), [])]

    def near(self, title: str) -> list[tuple[float, int]]:
        """Records whose titles share the rarest words of this one, the most alike first."""
        words = sorted(
            {word for word in _plain(title).split() if word in self.worded}, key=lambda w: len(self.worded[w])
        )
        counted: dict[int, int] = defaultdict(int)
        for word in words[:5]:
            for at in self.worded[word]:
                counted[at] += 1
        plain = _plain(title)
        likely = sorted(counted, key=lambda at: -counted[at])[:400]
        scored = [
            (max(fuzz.ratio(plain, self.titles[at]), 0.98 * fuzz.token_sort_ratio(plain, self.titles[at])), at)
            for at in likely
        ]
        return sorted(scored, key=lambda one: (-one[0], self.ids[one[1]]))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _resolve(reference: Reference, index: _Index) -> Resolution:
    if reason := _impossible(reference):
        return Resolution(reference.number, "impossible", because=reason)
    named = list(dict.fromkeys(index.by_identifier(reference)))
    if len(named) == 1:
        return _named(reference, index, named[0])
    near = index.near(reference.title) if reference.title else []
    alike = [(score, at) for score, at in near if score >= _NEAR]
    if not alike:
        return Resolution(reference.number, "not found", because="no record has this title or identifier")
    score, at = alike[0]
    differences = _differences(reference, index.records[at])
    rivals = [other for other, _ in ((o, s) for s, o in alike[1:] if score - s < _APART)]
    if rivals:
        fitting = [o for o in (at, *rivals) if not _differences(reference, index.records[o])]
        if len(fitting) != 1:
            ids = tuple(index.ids[o] for o in (at, *rivals))
            return Resolution(reference.number, "ambiguous", candidates=ids, because="several records are as near")
        return Resolution(reference.number, "resolved", index.ids[fitting[0]])
    if score < _SAME and differences:
        return Resolution(
            reference.number, "not found", candidates=(index.ids[at],), because="the nearest title is another work"
        )
    state: ResolutionState = "contradicts" if len(differences) >= 2 else "resolved"
    return Resolution(reference.number, state, index.ids[at], differences=differences)


def _named(reference: Reference, index: _Index, at: int) -> Resolution:
    """A reference found by its identifier; a title that is another work's contradicts it."""
    record = index.records[at]
    differences = _differences(reference, record)
    if reference.title and fuzz.token_set_ratio(_plain(reference.title), _plain(record.title)) < 60:
        told = f"the identifier belongs to {record.title[:80]!r}"
        return Resolution(reference.number, "contradicts", index.ids[at], differences=(told, *differences))
    return Resolution(reference.number, "resolved", index.ids[at], differences=differences)


def _impossible(reference: Reference) -> str:
    if reference.pmid and (not 0 < int(reference.pmid) < _HIGHEST_PMID or reference.pmid.startswith("0")):
        return f"no PMID is {reference.pmid}"
    if reference.registration.startswith("NCT") and not re.fullmatch(r"NCT\d{8}", reference.registration):
        return f"{reference.registration} has not the eight digits of such a number"
    if re.search(r"\bdoi(?:\.org/|:)\s*(?!10\.)\S", reference.text, re.I):
        return "a DOI begins with 10."
    return ""


def _differences(reference: Reference, record: Record) -> tuple[str, ...]:
    found: list[str] = []
    families = [author.family.casefold() for author in record.authors]
    printed = reference.first_author.casefold()
    if printed and families and not _is_first(printed, families[0]):
        found.append(f"first author printed as {reference.first_author}, in the record {record.authors[0].family}")
    if reference.year and record.year and abs(reference.year - record.year) > 1:
        found.append(f"year printed as {reference.year}, in the record {record.year}")
    if reference.volume and record.volume and reference.volume != record.volume:
        found.append(f"volume printed as {reference.volume}, in the record {record.volume}")
    if reference.pages and record.pages and _first_page(reference.pages) != _first_page(record.pages):
        found.append(f"page or article number printed as {reference.pages}, in the record {record.pages}")
    if reference.doi and (doi := record.identifier("doi")) and reference.doi != doi.lower():
        found.append(f"DOI printed as {reference.doi}, in the record {doi}")
    return tuple(found)


def _is_first(printed: str, family: str) -> bool:
    """Whether a printed name is that family name, whatever stands around it."""
    words = set(_WORD.findall(printed)) or {printed}
    return family in printed or printed in family or bool(words & set(_WORD.findall(family)))


def _first_page(pages: str) -> str:
    return re.split(r"[-–]", pages.casefold(), maxsplit=1)[0].lstrip("e0")

"""Studies to evidence families: studies that are not independent of one another, and why.

Three trials of one maker's material by overlapping authors are one line of evidence, however many papers there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from evidermis.evidence.family import Family

if TYPE_CHECKING:  # their validator takes longer to load than a thousand records take to link
    from evidermis.evidence.review import Review
    from evidermis.evidence.study import Study

__all__ = ["StudyFacts", "evidence_families", "study_facts"]

# Fewer shared names happen by chance among common family names; two full names with initials rarely do.
SHARED_AUTHORS = 2


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """What decides independence: authors as "Family IN", who made the material, who the people were. Empty is unknown."""

    key: str
    label: str
    authors: frozenset[str] = frozenset()
    maker: str = ""
    cohort: str = ""
    people: int | None = None
    material: str = ""


def study_facts(review: "Review", study: "Study") -> StudyFacts:
    """The facts of a curated study. Group names and bare family names are too weak to join on and are left out."""
    references = (review.reference(report.record) for report in study.reports)
    authors = (author for one in references if one for author in one.record.authors)
    treated = [arm.source for arm in study.arms if arm.source]
    return StudyFacts(
        key=study.id,
        label=study.label,
        authors=frozenset(f"{author.family} {author.given}" for author in authors if author.given),
        maker=study.maker.value,
        cohort=study.cohort,
        people=study.people.counted,
        material=treated[0] if treated else "",
    )


def evidence_families(studies: Sequence[StudyFacts]) -> tuple[Family, ...]:
    """The families, sorted by key, each named after its first study. Order never matters."""
    ordered = sorted(studies, key=lambda one: one.key)
    of = {one.key: one.key for one in ordered}

    def root(key: str) -> str:
        while of[key] != key:
            key = of[key]
        return key

    told: list[tuple[str, str]] = []
    for one, other in combinations(ordered, 2):
        for reason in _reasons(one, other):
            told.append((one.key, f"{one.label} and {other.label}: {reason}"))
            low, high = sorted((root(one.key), root(other.key)))
            of[high] = low
    members: dict[str, list[str]] = {}
    for one in ordered:
        members.setdefault(root(one.key), []).append(one.key)
    return tuple(
        Family(first, tuple(keys), tuple(text for key, text in told if key in keys)) for first, keys in members.items()
    )


def _reasons(one: StudyFacts, other: StudyFacts) -> list[str]:
    found: list[str] = []
    if one.cohort and one.cohort == other.cohort:
        found.append(f"the same people (cohort {one.cohort})")
    elif (
        one.people is not None
        and one.people == other.people
        and one.people > 12
        and one.material
        and one.material == other.material
        and one.maker.casefold() == other.maker.casefold() != ""
    ):
        found.append(f"likely the same people: {one.people} in both, of one material and maker")
    if one.maker and one.maker.casefold() == other.maker.casefold():
        found.append(f"material of one maker ({one.maker})")
    shared = one.authors & other.authors
    if len(shared) >= SHARED_AUTHORS:
        found.append(f"{len(shared)} shared authors ({', '.join(sorted(shared))})")
    return found

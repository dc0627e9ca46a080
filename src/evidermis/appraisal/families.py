"""Evidence families: studies that are not independent of one another, and why.

Three trials of one maker's material by overlapping authors are one line of evidence, not three. Only human studies are
joined: a bench paper that shares authors with two trials must not change what is concluded about people.
"""

from itertools import combinations

from evidermis.appraisal.answer import Family
from evidermis.evidence.review import Review
from evidermis.evidence.study import Study

__all__ = ["evidence_families"]

# Fewer shared names happen by chance among common family names; two full names with initials rarely do.
SHARED_AUTHORS = 2


def evidence_families(review: Review, studies: tuple[Study, ...]) -> tuple[Family, ...]:
    """The families among `studies`, each with the reasons that join it, sorted by id; a study alone is a family of one."""
    ordered = sorted(studies, key=lambda s: s.id)
    joined = {s.id: s.id for s in ordered}

    def root(study_id: str) -> str:
        while joined[study_id] != study_id:
            study_id = joined[study_id]
        return study_id

    reasons: list[tuple[str, str]] = []
    names = {s.id: _authors(review, s) for s in ordered}
    for one, other in combinations(ordered, 2):
        for reason in _reasons(one, other, names[one.id] & names[other.id]):
            reasons.append((one.id, f"{one.label} and {other.label}: {reason}"))
            low, high = sorted((root(one.id), root(other.id)))
            joined[high] = low
    members: dict[str, list[str]] = {}
    for study in ordered:
        members.setdefault(root(study.id), []).append(study.id)
    return tuple(
        Family(first, tuple(ids), tuple(text for owner, text in reasons if owner in ids))
        for first, ids in members.items()
    )


def _reasons(one: Study, other: Study, shared: frozenset[str]) -> list[str]:
    found: list[str] = []
    if one.cohort and one.cohort == other.cohort:
        found.append(f"the same people (cohort {one.cohort})")
    if one.maker.value and one.maker.value.casefold() == other.maker.value.casefold():
        found.append(f"material of one maker ({one.maker.value})")
    if len(shared) >= SHARED_AUTHORS:
        found.append(f"{len(shared)} shared authors ({', '.join(sorted(shared))})")
    return found


def _authors(review: Review, study: Study) -> frozenset[str]:
    """Every author with initials of the study's reports; group names and bare family names are too weak to join on."""
    names: set[str] = set()
    for report in study.reports:
        if reference := review.reference(report.record):
            names |= {f"{a.family} {a.given}" for a in reference.record.authors if a.given}
    return frozenset(names)

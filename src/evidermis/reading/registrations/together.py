"""What shows only when several records are read together: how a registration changed, and numbers that differ from its report's.

Records are together by the registry's number, in the order of the versions' own days. A report need not bear the number itself,
where others know of which registration it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from evidermis.evidence.content import Content
from evidermis.reading.facts import Change, ChangeKind, Elsewhere, Facts, Noted, Registration, Told

__all__ = ["seen_together"]

_NUMBER = re.compile(r"\bNCT\d{8}\b")
# What a report's number may be held against: people who entered. Those who finished or were analysed are rightly fewer.
_ENTERED = ("", "randomised", "enrolled", "total")


def seen_together(
    contents: Sequence[Content], facts: Sequence[Facts], numbers: Mapping[str, Sequence[str]] | None = None
) -> list[Facts]:
    """The facts of each content, in the same order, with what the others add: histories and numbers that differ.

    `numbers` tells by a record's digest the registrations of its study, beside those that the record bears itself.
    """
    versions: dict[str, list[int]] = {}
    for at, one in enumerate(facts):
        if one.registration and (number := one.registration.value("number")):
            versions.setdefault(number, []).append(at)
    found = list(facts)
    for numbered in versions.values():
        numbered.sort(key=lambda at: (_day(facts[at].registration), at))
        if len(numbered) > 1:
            held = [one for at in numbered if (one := facts[at].registration)]
            history = tuple(change for was, now in pairwise(held) for change in _changes(was, now))
            found[numbered[-1]] = replace(facts[numbered[-1]], registration=replace(held[-1], history=history))
    for at, content in enumerate(contents):
        if facts[at].registration is None and versions:
            last = [versions[n][-1] for n in _numbers(content, numbers or {}) if n in versions]
            cautions = [c for one in last if (c := _differs(facts[at], facts[one], contents[one]))]
            if cautions:
                found[at] = replace(facts[at], noted=(*facts[at].noted, *cautions))
    return found


def _day(registration: Registration | None) -> str:
    return (registration.value("updated") or registration.value("verified")) if registration else ""


def _numbers(content: Content, known: Mapping[str, Sequence[str]]) -> list[str]:
    record = content.record
    told = [*record.registrations, *_NUMBER.findall(f"{record.title} {record.abstract_text}")]
    return list(dict.fromkeys([*told, *known.get(record.digest, ())]))


def _changes(was: Registration, now: Registration) -> Iterator[Change]:
    """What a later version says otherwise. Case, spacing and the order of outcomes are no change."""
    before, after = _day(was), _day(now)
    plain: tuple[tuple[ChangeKind, str], ...] = (
        ("status", "status"),
        ("enrolment", "enrolment"),
        ("completion moved", "primary-completed"),
    )
    for kind, what in plain:
        old, new = was.of(what), now.of(what)
        if old and new and old.value != new.value:
            yield Change(kind, before, after, old, new)
    old_outcomes, new_outcomes = _primary(was), _primary(now)
    for measure in sorted(new_outcomes.keys() - old_outcomes.keys() if old_outcomes else ()):
        yield Change("primary outcome switched", before, after, None, new_outcomes[measure])
    for measure in sorted(old_outcomes.keys() - new_outcomes.keys() if new_outcomes else ()):
        yield Change("primary outcome switched", before, after, old_outcomes[measure], None)
    posted = now.of("results-posted")
    if posted and not was.of("results-posted"):
        yield Change("results posted", before, after, None, posted)


def _primary(registration: Registration) -> dict[str, Told]:
    return {
        " ".join(one.measure.value.casefold().split()): one.measure
        for one in registration.outcomes
        if one.rank == "primary"
    }


def _differs(report: Facts, entry: Facts, held: Content) -> Noted | None:
    """The caution where a report's people are not those of the registry; None where they agree or cannot be held together."""
    registration, total = entry.registration, report.n_total
    enrolment = registration.of("enrolment") if registration else None
    if total is None or enrolment is None or registration is None:
        return None
    if not enrolment.value.isdecimal() or int(enrolment.value) == total.value:
        return None
    planned = registration.value("enrolment-type") == "planned"
    if total.stage not in _ENTERED and total.value < int(enrolment.value):
        return None
    kind = "planned" if planned else "enrolled"
    value = f"{total.value} here, {enrolment.value} {kind} in {registration.value('number')}"
    against = Elsewhere(held.record.digest, enrolment.quote)
    return Noted("caution", "n-differs-from-registry", total.quote, value, "people-against-registry@1", against)

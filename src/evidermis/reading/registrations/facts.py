"""Facts of a registration: what its fields say stands before what its prose says, and its posted results are results."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from evidermis.evidence.content import Content
from evidermis.evidence.ladders import COMPARATORS
from evidermis.reading.facts import (
    ArmCount,
    DesignName,
    DesignSeen,
    Facts,
    Noted,
    PeopleCount,
    RegisteredArm,
    Registration,
    Role,
    Told,
    rung_of,
)
from evidermis.reading.registrations.entry import Entry
from evidermis.reading.registrations.registry import is_surely_after, registration_of, registry_words
from evidermis.reading.registrations.results import posted_results

__all__ = ["with_registration"]

_FLOW = "resultsSection.participantFlowModule"
_RULE = "registry"


def with_registration(facts: Facts, content: Content, today: datetime.date | None = None) -> Facts:
    """The facts read from an entry's prose, with those of its fields in their place. As they were where it is none."""
    registration = registration_of(content, today)
    if registration is None:
        return facts
    entry = Entry(content)
    arms = tuple(_arms(entry, registration.arms))
    counts = tuple(_counts(entry, registration))
    enrolled = next((one for one in counts if one.stage == "enrolled"), None)
    told = {arm.comparator for arm in registration.arms}
    comparators = [rung for rung in COMPARATORS if rung in told]
    noted = (*_noted(registration), *facts.noted)
    kept = replace(
        facts,
        registration=registration,
        results=tuple(posted_results(entry)),
        n_total=enrolled,
        n_arms=arms,
        counts=counts,
        comparator=comparators[-1] if comparators else facts.comparator,
        noted=(*noted, *_cautions(registration)),
    )
    return _with_design(kept, registration)


def _with_design(facts: Facts, registration: Registration) -> Facts:
    """The design that allocation and kind of study tell; as it was read from the prose where they tell none."""
    kind, allocation = registration.of("kind"), registration.of("allocation")
    design: DesignName | None = None
    shown = allocation or kind
    is_intervention = kind is not None and kind.value == "interventional"
    if is_intervention and allocation:
        design = "randomised-trial" if allocation.value == "randomised" else "human-non-randomised"
    elif kind and kind.value == "observational":
        design, shown = "human-non-randomised", kind
    if design is None or shown is None:
        return facts
    is_controlled = len(registration.arms) > 1 or facts.is_within_person
    rung = rung_of(design, is_controlled) if is_intervention else None
    first = DesignSeen(design, rung, 0.0, _RULE, shown.quote)
    others = tuple(one for one in facts.designs if one.design != design)
    return replace(facts, design=design, rung=rung, designs=(first, *others))


def _counts(entry: Entry, registration: Registration) -> Iterator[PeopleCount]:
    enrolment = registration.of("enrolment")
    if enrolment and enrolment.value.isdecimal():
        planned = registration.value("enrolment-type") == "planned"
        untold = not registration.value("enrolment-type")
        stage = "planned" if planned else "" if untold else "enrolled"
        yield PeopleCount(int(enrolment.value), "people", stage, enrolment.quote)
    for period in entry.each(f"{_FLOW}.periods"):
        for milestone in entry.each(f"{period}.milestones"):
            stage = entry.text(f"{milestone}.type").strip().lower()
            for count in entry.each(f"{milestone}.achievements"):
                told = entry.told("count", f"{count}.numSubjects")
                if told and told.value.isdecimal() and stage in ("started", "completed"):
                    yield PeopleCount(int(told.value), "people", stage, told.quote)


def _arms(entry: Entry, arms: tuple[RegisteredArm, ...]) -> Iterator[ArmCount]:
    """Who started in each group of the first period, where the registry has posted that."""
    titles = {entry.text(f"{group}.id"): f"{group}.title" for group in entry.each(f"{_FLOW}.groups")}
    first = next(entry.each(f"{_FLOW}.periods"), "")
    for milestone in entry.each(f"{first}.milestones") if first else ():
        if entry.text(f"{milestone}.type").strip().upper() != "STARTED":
            continue
        for count in entry.each(f"{milestone}.achievements"):
            told = entry.told("count", f"{count}.numSubjects")
            label = entry.text(titles.get(entry.text(f"{count}.groupId"), ""))
            if told and told.value.isdecimal() and int(told.value) and label:
                comparator = _comparator(label, arms)
                role: Role = "control" if comparator else "intervention"
                yield ArmCount(role, int(told.value), label, comparator, told.quote)


def _comparator(title: str, arms: tuple[RegisteredArm, ...]) -> str:
    """The comparator of the one registered arm whose label shares all its words with the group's title, or the other way."""
    words = set(title.casefold().split())
    alike = [arm for arm in arms if (own := set(arm.label.value.casefold().split())) <= words or words <= own]
    return alike[0].comparator or "" if len(alike) == 1 else ""


def _noted(registration: Registration) -> Iterator[Noted]:
    words = registry_words()
    for told in registration.told:
        code = words.get(f"noted.{told.what}", {}).get(told.quote.text.strip(), "")
        if code:
            kind, _, name = code.partition(".")
            yield Noted(kind, name, told.quote, rule=_RULE)
    for arm in registration.arms:
        if arm.comparator and arm.kind:
            yield Noted("comparator", arm.comparator, arm.kind.quote, rule=_RULE)


def _cautions(registration: Registration) -> Iterator[Noted]:
    registered = registration.of("registered")
    for what, code in (("completed", "registered-after-completion"), ("started", "registered-after-start")):
        told = registration.of(what)
        is_past = told is not None and registration.value(f"{what}-type") != "planned"
        if registered and told and is_past and is_surely_after(registered.value, told.value):
            yield _caution(code, registered, f"registered {registered.value}, {what} {told.value}")
            break
    standing = registration.results
    if standing and standing.state in ("overdue", "posted late") and standing.rests_on:
        value = f"{standing.state} by {standing.days} days on {standing.on}: {standing.because}"
        yield _caution(
            "results-overdue" if standing.state == "overdue" else "results-late", standing.rests_on[0], value
        )


def _caution(code: str, told: Told, value: str) -> Noted:
    return Noted("caution", code, told.quote, value, _RULE)

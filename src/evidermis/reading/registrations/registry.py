"""What a registration says: people planned or enrolled, arms, masking, outcomes, dates, and whether its results are due.

Results are due a year after the primary measurements ended: 42 CFR 11.44 for trials under the FDA's rule, the WHO's statement of
2017 for all others. The day that counts is the entry's own (its version, else its last update), or the one the caller names.
"""

import calendar
import datetime
from collections.abc import Iterator
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from evidermis.evidence.content import Content
from evidermis.evidence.days import days_after
from evidermis.evidence.ladders import COMPARATORS, Comparator
from evidermis.evidence.vocabulary import vocabulary_table
from evidermis.reading.facts import PlannedMeasure, RegisteredArm, Registration, ResultsState, Standing, Told
from evidermis.reading.registrations.entry import Entry

__all__ = ["day_of", "is_surely_after", "registration_of", "registry_words"]

_DAYS_TO_REPORT = 365
_ARMS = "protocolSection.armsInterventionsModule.armGroups"
_GIVEN = "protocolSection.armsInterventionsModule.interventions"
_OUTCOMES: tuple[tuple[str, Literal["primary", "secondary", "other"]], ...] = (
    ("protocolSection.outcomesModule.primaryOutcomes", "primary"),
    ("protocolSection.outcomesModule.secondaryOutcomes", "secondary"),
    ("protocolSection.outcomesModule.otherOutcomes", "other"),
)
_Words = dict[str, dict[str, str]]


@cache
def registry_words() -> _Words:
    """Every table of `registry.toml` by its dotted name (`places`, `words.masking`, `noted.model` …)."""
    tables = vocabulary_table("registry")
    nested = {
        f"{group}.{name}": table for group in ("words", "noted") for name, table in dict(tables.pop(group)).items()
    }
    return TypeAdapter(_Words).validate_python(tables | nested)


def registration_of(content: Content, today: datetime.date | None = None) -> Registration | None:
    """The registration that a content holds; None where it holds none."""
    if content.record.kind != "registration" or not content.parts:
        return None
    entry = Entry(content)
    told = tuple(_told(entry))
    registration = Registration(told, tuple(_arms(entry)), tuple(_outcomes(entry)))
    return Registration(told, registration.arms, registration.outcomes, _standing(registration, today))


def _told(entry: Entry) -> Iterator[Told]:
    words = registry_words()
    for what, path in words["places"].items():
        for place in entry.each(path[:-2]) if path.endswith("[]") else (path,):
            if text := entry.text(place).strip():
                value = words.get(f"words.{what}", {}).get(text, _plain(text) if text.isupper() else text)
                if told := entry.told(what, place, value):
                    yield told


def _plain(text: str) -> str:
    return text.lower().replace("_", " ") if not text.startswith("NCT") else text


def _arms(entry: Entry) -> Iterator[RegisteredArm]:
    """Each arm with what it is given: the interventions it names, else those that name it."""
    ladder = registry_words()["words.comparator"]
    for arm in entry.each(_ARMS):
        label = entry.told("label", f"{arm}.label")
        if label is None:
            continue
        kind = entry.text(f"{arm}.type")
        named = [told for place in entry.each(f"{arm}.interventionNames") if (told := entry.told("given", place))]
        given = named or [
            told
            for one in entry.each(_GIVEN)
            if any(entry.text(place) == label.value for place in entry.each(f"{one}.armGroupLabels"))
            and (told := entry.told("given", f"{one}.name"))
        ]
        rung = ladder.get(kind) or _rung_by_name(given)
        comparator: Comparator | None = next((c for c in COMPARATORS if c == rung), None)
        yield RegisteredArm(
            label,
            entry.told("kind", f"{arm}.type", _plain(kind)),
            comparator,
            tuple(given),
            entry.told("description", f"{arm}.description"),
        )


def _rung_by_name(given: list[Told]) -> str:
    """The comparator that all an arm is given are named as: a placebo alone compares, whatever type the entry gives the arm."""
    names = registry_words()["names"]
    rungs = [next((names[word] for word in one.value.casefold().split() if word in names), "") for one in given]
    return rungs[0] if rungs and len(set(rungs)) == 1 else ""


def _outcomes(entry: Entry) -> Iterator[PlannedMeasure]:
    for path, rank in _OUTCOMES:
        for one in entry.each(path):
            if measure := entry.told("measure", f"{one}.measure"):
                yield PlannedMeasure(rank, measure, entry.told("time", f"{one}.timeFrame"))


def _standing(registration: Registration, today: datetime.date | None) -> Standing:
    ended = registration.of("primary-completed") or registration.of("completed")
    seen = next((t for what in ("seen", "updated", "verified") if (t := registration.of(what))), None)
    now = today or (day_of(seen.value, last=False) if seen else None)
    on = now.isoformat() if now else ""
    posted = registration.of("results-posted") or registration.of("results-submitted")
    due = day_of(ended.value, last=True) if ended else None
    due = days_after(due, _DAYS_TO_REPORT) if due else None
    rests_on = tuple(one for one in (ended, posted) if one)
    if registration.value("has-results") == "true" or registration.of("results-posted"):
        day = day_of(registration.value("results-submitted") or (posted.value if posted else ""), last=False)
        if due and day and day > due and registration.value("kind") in ("", "interventional"):
            return Standing(
                "posted late", on, "first sent in later than a year after the end", rests_on, (day - due).days
            )
        return Standing("posted", on, "the registry shows results", rests_on)
    if posted:
        return Standing("submitted", on, "sent in, not yet through the registry's check", rests_on)
    status = registration.of("status")
    if status and status.value == "withdrawn":
        return Standing("none to come", on, "withdrawn before anybody was enrolled", (status,))
    if registration.value("kind") not in ("", "interventional"):
        return Standing("unknown", on, "no rule asks for the results of what is no trial", rests_on)
    noted: tuple[tuple[str, ResultsState], ...] = (("results-waived", "waived"), ("delay-certified", "delay certified"))
    for what, state in noted:
        if (told := registration.of(what)) and told.value != "false":
            return Standing(state, on, f"the registry notes it: {what}", (told, *rests_on))
    if due is None or now is None:
        return Standing("unknown", on, "the end of the primary measurements, or the day, is not told", rests_on)
    if now <= due:
        return Standing("not yet due", on, f"due on {due.isoformat()}", rests_on)
    planned = registration.value("primary-completed-type") == "planned"
    because = "a year after the planned end" if planned else "a year after the primary measurements ended"
    return Standing("overdue", on, f"{because}, no results", rests_on, (now - due).days)


def day_of(told: str, *, last: bool) -> datetime.date | None:
    """The first or last day that a date as far as it is told can mean; None for what is no date."""
    try:
        year, month, day = ([int(part) for part in told.split("-")] + [0, 0])[:3]
        ends = month or (12 if last else 1)
        return datetime.date(year, ends, day or (calendar.monthrange(year, ends)[1] if last else 1))
    except ValueError:
        return None


def is_surely_after(told: str, other: str) -> bool:
    """Whether a date, as far as it is told, is after another whatever the days left untold."""
    first, end = day_of(told, last=False), day_of(other, last=True)
    return first is not None and end is not None and first > end

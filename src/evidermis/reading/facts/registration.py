"""What a registration says of a trial, as values with their places; the entry's own fields are the words that are quoted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from evidermis.evidence.ladders import Comparator
from evidermis.reading.facts.results import Told
from evidermis.reading.text import Quote

__all__ = ["Change", "ChangeKind", "PlannedMeasure", "RegisteredArm", "Registration", "ResultsState", "Standing"]

ResultsState = Literal[
    "posted",
    "posted late",
    "submitted",
    "overdue",
    "not yet due",
    "delay certified",
    "waived",
    "none to come",
    "unknown",
]
ChangeKind = Literal["status", "enrolment", "completion moved", "primary outcome switched", "results posted"]


@dataclass(frozen=True, slots=True)
class RegisteredArm:
    """An arm as registered: its label, its type in the registry's words, what it is given, and how it is described."""

    label: Told
    kind: Told | None
    comparator: Comparator | None
    given: tuple[Told, ...] = ()
    description: Told | None = None


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """An outcome as registered: `rank` is primary, secondary or other."""

    rank: Literal["primary", "secondary", "other"]
    measure: Told
    time: Told | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether results are posted or overdue, on which day that was so, and why. `days` counts from the day they were due."""

    state: ResultsState
    on: str
    because: str
    rests_on: tuple[Told, ...] = ()
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two versions of a registration; `was` stands in the earlier one, of the day `before`."""

    kind: ChangeKind
    before: str
    after: str
    was: Told | None
    now: Told | None


@dataclass(frozen=True, slots=True)
class Registration:
    """All that was read of a registration. `told` holds what stands once (status, masking, dates …), by its kind."""

    told: tuple[Told, ...]
    arms: tuple[RegisteredArm, ...] = ()
    outcomes: tuple[PlannedMeasure, ...] = ()
    results: Standing | None = None
    history: tuple[Change, ...] = ()

    def of(self, what: str) -> Told | None:
        """The first that was told of one kind."""
        return next((one for one in self.told if one.what == what), None)

    def value(self, what: str) -> str:
        """What was told of one kind, or `""`."""
        told = self.of(what)
        return told.value if told else ""

    def quotes(self) -> Iterator[Quote]:
        """The words of every member that stands in this version."""
        yield from (one.quote for one in self.told)
        for arm in self.arms:
            yield from (one.quote for one in (arm.label, arm.kind, *arm.given, arm.description) if one)
        for outcome in self.outcomes:
            yield from (one.quote for one in (outcome.measure, outcome.time) if one)
        yield from (one.quote for change in self.history if (one := change.now))

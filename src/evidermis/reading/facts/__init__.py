"""What can be said of a report? Facts as values, each with the words it was read from, and their form as JSON."""

from evidermis.reading.facts.arms import ArmCount, Role
from evidermis.reading.facts.as_json import facts_as_json
from evidermis.reading.facts.designs import BENCH, DESIGNS, DesignName, DesignSeen, rung_of
from evidermis.reading.facts.registration import (
    Change,
    ChangeKind,
    PlannedMeasure,
    RegisteredArm,
    Registration,
    ResultsState,
    Standing,
)
from evidermis.reading.facts.report import Apart, Asked, Elsewhere, Facts, Noted, PeopleCount
from evidermis.reading.facts.results import Figure, Result, Told

__all__ = [
    "BENCH",
    "DESIGNS",
    "Apart",
    "ArmCount",
    "Asked",
    "Change",
    "ChangeKind",
    "DesignName",
    "DesignSeen",
    "Elsewhere",
    "Facts",
    "Figure",
    "Noted",
    "PeopleCount",
    "PlannedMeasure",
    "RegisteredArm",
    "Registration",
    "Result",
    "ResultsState",
    "Role",
    "Standing",
    "Told",
    "facts_as_json",
    "rung_of",
]

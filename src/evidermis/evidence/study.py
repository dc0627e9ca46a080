"""A *study*: what one or several records report about one investigation, with every fact tied to a locator."""

import datetime
from typing import Literal

from evidermis.evidence.characterised import Characterised
from evidermis.evidence.ladders import Comparator, Direction
from evidermis.evidence.locator import Fact, Locator
from evidermis.evidence.quantity import Figure, Number, known
from evidermis.evidence.written import written

__all__ = [
    "Arm",
    "Bias",
    "BiasAnswer",
    "BiasLevel",
    "Contrast",
    "Finding",
    "People",
    "Plan",
    "PlannedOutcome",
    "Population",
    "Report",
    "Study",
    "Value",
]

BiasLevel = Literal["low", "some concerns", "high", "not assessed"]


@written
class Report:
    """A record that reports the study, and what it is to it."""

    record: str
    role: Literal["article", "preprint", "registration", "abstract", "erratum", "companion", "letter"] = "article"


@written
class People:
    """How many. `sides` counts faces' halves or other sites; n sides of one face are never n people.

    `randomised` and `analysed` count people; `unit` says what a side is ("half face").
    """

    randomised: Number | None = None
    analysed: Number | None = None
    sides: Number | None = None
    unit: str = ""

    @property
    def counted(self) -> int | None:
        """People analysed, else randomised or enrolled; None where neither is a known number."""
        for number in (self.analysed, self.randomised):
            if (n := known(number)) is not None:
                return int(n)
        return None


@written
class Population:
    """Who was studied: `code` from the vocabulary, the rest as short phrases."""

    code: str
    label: str = ""
    sex: Fact = Fact()
    age: Fact = Fact()
    phototype: Fact = Fact()
    country: Fact = Fact()


@written
class Arm:
    """What one group, or one side of the face, received. Empty strings are unknown.

    `source`, `preparation` and `route` are vocabulary codes; `comparator` is set for an arm that is compared against.
    """

    id: str
    label: str
    source: str = ""
    preparation: str = ""
    dose: str = ""
    vehicle: str = ""
    route: str = ""
    with_: str = ""
    schedule: str = ""
    comparator: Comparator | None = None
    people: Number | None = None
    sides: Number | None = None
    product: str = ""
    at: str = ""


@written
class Contrast:
    """Which arm against which; without `against` the contrast is with the same arm's baseline."""

    of: str
    against: str = ""


@written
class Value:
    """A number of one arm: what it is (`mean`, `sd`, `median`, `iqr`, `events`, `total`, `percent change` …)."""

    arm: str
    what: str
    number: Number


@written
class Finding:
    """study x outcome x time point x contrast: direction, numbers as reported, analysed n, locators.

    `direction` is from the treated person's point of view and comes from the point estimate, not from significance.
    `weeks` counts from the first treatment, `weeks_after` from the last. `subgroup` marks a part of the people.
    `rank` is the one that the report gives its outcome.
    """

    id: str
    outcome: str
    contrast: Contrast
    direction: Direction
    at: tuple[str, ...]
    instrument: str = ""
    time: str = ""
    weeks: float | None = None
    weeks_after: float | None = None
    analysed: Number | None = None
    unit: Literal["people", "sides", "cells or samples", "animals"] = "people"
    subgroup: str = ""
    measure: str = ""
    estimate: Number | None = None
    ci_low: Number | None = None
    ci_high: Number | None = None
    se: Number | None = None
    p: Number | None = None
    test: str = ""
    rank: Literal["", "primary", "secondary"] = ""
    values: tuple[Value, ...] = ()
    note: str = ""

    @property
    def numbers(self) -> tuple[tuple[str, Figure], ...]:
        """Every number with its name: `p`, `ci_low` …, and `mean-treated` for a value of an arm."""
        own = (self.analysed, self.estimate, self.ci_low, self.ci_high, self.se, self.p)
        named = zip(("analysed", "estimate", "ci_low", "ci_high", "se", "p"), own, strict=True)
        values = ((f"{value.what}-{value.arm}", value.number) for value in self.values)
        return tuple((name, number) for name, number in (*named, *values) if number is not None)


@written
class PlannedOutcome:
    """An outcome (a vocabulary code) that was planned before results were known, and its rank."""

    outcome: str
    rank: Literal["primary", "secondary"]
    at: str = ""


@written
class Plan:
    """What was registered or planned, and when. Unknown dates are None; `when` is for sources that tell only the order."""

    registered: datetime.date | None = None
    started: datetime.date | None = None
    completed: datetime.date | None = None
    when: Literal["", "before start", "after start", "after completion"] = ""
    people: Number | None = None
    outcomes: tuple[PlannedOutcome, ...] = ()
    at: str = ""


@written
class BiasAnswer:
    """The answer to one signalling question of a risk-of-bias tool (`1.1`, `W.3`), and the place it was read at.

    `by` is `""` for who signed the study's bias, `human:…` for somebody else; an answer by a `rule:` or `model:` is a proposal
    and judges nothing until a person takes it over. `note` holds the words that it rests on.
    """

    question: str
    answer: Literal["Y", "PY", "PN", "N", "NI", "NA"]
    at: str = ""
    note: str = ""
    by: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether a person gave it."""
        return self.by == "" or self.by.startswith("human:")


@written
class Bias:
    """The overall risk-of-bias answer for the study's effect, by whom, and why. `tool` names the instrument.

    With `answers` to the questions of `rob2`, `rob2-adherence`, `rob2-crossover` or `within-person`, the algorithm judges
    every domain; `overall` beside them is a person's, and where it differs `by` and `because` say whose and why.
    """

    tool: str = ""
    overall: BiasLevel = "not assessed"
    by: str = ""
    because: str = ""
    domains: tuple[tuple[str, BiasLevel, str], ...] = ()
    answers: tuple[BiasAnswer, ...] = ()


@written
class Study:
    """One investigation. `design` is a vocabulary code and carries the rung.

    `cohort` names the people: studies that share it share people, who are counted once. `maker` made the tested
    material; `affiliated` says whether authors belong to it. `duration_weeks` is the last measurement after baseline and
    `after_treatment_weeks` the last one after treatment ended (None: unknown; 0: none after the end).
    """

    id: str
    label: str
    title: str
    design: str
    reports: tuple[Report, ...]
    locators: tuple[Locator, ...]
    arms: tuple[Arm, ...]
    findings: tuple[Finding, ...]
    population: Population
    people: People = People()
    registrations: tuple[str, ...] = ()
    cohort: str = ""
    maker: Fact = Fact()
    affiliated: Fact = Fact()
    funding: Fact = Fact()
    blinding: Fact = Fact()
    setting: Fact = Fact()
    duration_weeks: float | None = None
    after_treatment_weeks: float | None = None
    vesicle_identity: tuple[Characterised, ...] = ()
    bias: Bias = Bias()
    plan: Plan = Plan()
    flags: tuple[Fact, ...] = ()
    note: str = ""

    def arm(self, arm_id: str) -> Arm | None:
        """The arm of that id, or None."""
        return next((arm for arm in self.arms if arm.id == arm_id), None)

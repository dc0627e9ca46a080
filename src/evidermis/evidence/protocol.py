"""The *protocol*: what a review asks, how it will answer, and how it is kept alive."""

import datetime
from typing import Literal

from evidermis.evidence.change import ChangeKind
from evidermis.evidence.ladders import Comparator
from evidermis.evidence.written import written

__all__ = [
    "Change",
    "ChangeRules",
    "Claim",
    "Contact",
    "Exclusion",
    "Flow",
    "Person",
    "Protocol",
    "Question",
    "Related",
    "Schedule",
    "Screening",
    "Search",
    "Slots",
    "SourceTurn",
    "StageTurn",
    "Thresholds",
]


@written
class Question:
    """The review's question as PICO."""

    text: str
    population: str
    intervention: str
    comparator: str
    outcomes: str


@written
class Slots:
    """What a claim speaks of, one slot an axis of distance. `any` covers a whole class; `""` is not said (unknown).

    `sources`, `routes` and `populations` hold vocabulary codes or `any`.
    """

    sources: tuple[str, ...] = ("any",)
    preparation: str = "any"
    dose: str = "any"
    vehicle: str = "any"
    routes: tuple[str, ...] = ("any",)
    co_intervention: str = "none"
    populations: tuple[str, ...] = ("any",)
    comparator: Comparator = "vehicle-or-placebo"
    weeks: float = 12.0


@written
class Claim:
    """What is said to be true, in our own words, and the outcomes that would show it.

    `mechanisms` are bench outcomes that would make it plausible; they can never show it. `setting` groups claims on the
    page (*skincare alone*, *after a procedure*); `advertised` says whether it is made in public for the products, and
    `seen` where.
    """

    id: str
    text: str
    outcomes: tuple[str, ...]
    mechanisms: tuple[str, ...] = ()
    setting: str = "skincare alone"
    kind: Literal["efficacy", "safety"] = "efficacy"
    advertised: bool = True
    slots: Slots = Slots()
    seen: str = ""


@written
class Thresholds:
    """Figures the rules of certainty need, declared before looking at results.

    `information_size` is the number of people one within-person body of evidence needs (see methods in the docs);
    `parallel_information_size` the same for two groups together.
    """

    information_size: int = 42
    parallel_information_size: int = 168
    because: str = ""


@written
class Search:
    """One search that was run: where, when, with which query, and how many records it gave."""

    source: str
    date: datetime.date
    query: str
    found: int
    note: str = ""


@written
class Exclusion:
    """How many reports left at full text, and why."""

    reason: str
    n: int


@written
class Flow:
    """The PRISMA 2020 numbers of the current version; `check` refuses numbers that do not add up.

    `registers` are those of the identified that came from registers of trials; None where they were not told apart.
    """

    identified: int
    registers: int | None = None
    duplicates: int = 0
    automation: int = 0
    screened: int
    excluded: int
    sought: int
    not_retrieved: int = 0
    assessed: int
    exclusions: tuple[Exclusion, ...] = ()
    included_reports: int
    included_studies: int


@written
class ChangeRules:
    """Which kinds of change make a new major or minor version, and how far a pooled effect must move to have moved.

    `difference` counts for effects that are differences, in their own unit (0.2 standard deviations is small by Cohen's
    convention); `ratio` for ratios (1.25: a quarter more, or a fifth less).
    """

    major: tuple[ChangeKind, ...] = ("verdict", "certainty", "direction", "precision")
    minor: tuple[ChangeKind, ...] = ("magnitude", "scope")
    difference: float = 0.2
    ratio: float = 1.25


@written
class Screening:
    """How records are chosen: how many people decide on each, when reading may stop, and the reasons for leaving one out.

    Two people are the habit of systematic reviews; one is what a folder means that does not say.

    `stop` names a stopping rule and its settings, stated before screening begins; `reasons` are offered by number.
    """

    people: int = 1
    stop: str = "hypergeometric:0.95:0.95"
    reasons: tuple[str, ...] = (
        "not in people",
        "other intervention",
        "no comparison",
        "other outcome",
        "not a report of a study",
        "other population",
    )


@written
class SourceTurn:
    """A source that is searched again and again. With a `query`, `evidermis update` asks it, where it is a known service."""

    source: str
    every_days: int
    query: str = ""


@written
class StageTurn:
    """A step after the search that is done again and again, and the day on which it was last done (None: never)."""

    stage: Literal[
        "screening",
        "reading",
        "risk of bias",
        "synthesis",
        "certainty",
        "retraction check",
        "trial watch",
        "publication",
    ]
    every_days: int
    done: datetime.date | None = None


@written
class Schedule:
    """How the review is kept: the period between searches, of each source and of each later stage, what makes a new version,
    and when it retires.

    `change_rules` says in words what `versions` says in kinds of change; older reviews have the words alone. `retired` is the
    day from which the review is not kept up any more, by the rule in `retire_when`.
    """

    search_every_days: int
    sources: tuple[SourceTurn, ...] = ()
    stages: tuple[StageTurn, ...] = ()
    retired: datetime.date | None = None
    change_rules: tuple[str, ...] = ()
    versions: ChangeRules = ChangeRules()
    retire_when: str


@written
class Person:
    """Somebody answerable for the review, with their interests."""

    name: str
    role: str
    interests: str


@written
class Contact:
    """Where readers write to."""

    label: str
    url: str


@written
class Related:
    """A neighbouring question readers may want; `url` is empty until that review exists."""

    title: str
    url: str = ""


@written
class Change:
    """One entry of the conclusions' change log."""

    version: str
    date: datetime.date
    what: str
    claims: tuple[str, ...] = ()


@written
class Protocol:
    """`review.toml`. `searched` is the date up to which evidence was looked for, `url` where the page's folder is published."""

    name: str
    title: str
    topic: str
    version: str
    published: datetime.date
    searched: datetime.date
    question: Question
    eligibility: tuple[str, ...]
    claims: tuple[Claim, ...]
    schedule: Schedule
    contact: Contact
    thresholds: Thresholds = Thresholds()
    screening: Screening = Screening()
    searches: tuple[Search, ...] = ()
    flow: Flow | None = None
    people: tuple[Person, ...] = ()
    related: tuple[Related, ...] = ()
    changes: tuple[Change, ...] = ()
    unchecked: tuple[str, ...] = ()
    url: str = ""

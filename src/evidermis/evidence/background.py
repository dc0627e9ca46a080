"""What a reader needs around the answers: facts, harms, notices and trials, each with its place."""

import datetime
from typing import Literal

from evidermis.evidence.locator import Locator
from evidermis.evidence.written import written

__all__ = ["Background", "BackgroundFact", "Harm", "Registration", "RegulatoryNotice", "Topic"]

Topic = Literal[
    "what it is", "sources", "cargo", "mechanism", "delivery", "barrier", "limits", "guidance", "market", "how we read"
]


@written
class BackgroundFact:
    """One statement in our own words. `at` names locators; a statement without one says whose judgement it is in `by`."""

    id: str
    topic: Topic
    text: str
    at: tuple[str, ...] = ()
    by: str = ""


@written
class Harm:
    """A reported harm: what, after which route, in how many people out of how many (empty: unknown)."""

    id: str
    text: str
    route: str
    at: tuple[str, ...]
    people: int | None = None
    exposed: int | None = None
    serious: bool = False
    record: str = ""


@written
class RegulatoryNotice:
    """What a regulator has said. Information with its date, not legal advice."""

    id: str
    jurisdiction: str
    text: str
    date: datetime.date | None = None
    at: tuple[str, ...]


@written
class Registration:
    """A registered trial to watch. `completed` is the day, as far as it is told, on which its primary measurements ended or
    were to end; `results` says whether the registry has results of it (None: unknown).
    """

    id: str
    title: str
    status: str
    status_seen: datetime.date | None = None
    enrolment: int | None = None
    completed: str = ""
    results: bool | None = None
    route: str = ""
    source: str = ""
    condition: str = ""
    at: tuple[str, ...]
    study: str = ""
    record: str = ""
    note: str = ""


@written
class Background:
    """`background.toml`."""

    locators: tuple[Locator, ...] = ()
    facts: tuple[BackgroundFact, ...] = ()
    harms: tuple[Harm, ...] = ()
    notices: tuple[RegulatoryNotice, ...] = ()
    registrations: tuple[Registration, ...] = ()

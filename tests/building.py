"""Small reviews made by hand, for tests: a vocabulary of a few words and functions that fill in what a test does not care for."""

import datetime
from dataclasses import replace
from typing import Any

from evidermis.evidence.background import Background
from evidermis.evidence.locator import Fact, Locator
from evidermis.evidence.product import Product, ProductClaim
from evidermis.evidence.protocol import Claim, Contact, Protocol, Question, Schedule, Slots
from evidermis.evidence.quantity import Bound, Conflict, Figure, Known, Quantity, Stated, Unknown
from evidermis.evidence.reference import Reference
from evidermis.evidence.review import Review
from evidermis.evidence.study import Arm, Bias, Contrast, Finding, People, Population, Report, Study, Value
from evidermis.evidence.vocabulary import Design, Instrument, Outcome, Route, Source, Vocabulary
from evidermis.evidence.vocabulary import Population as PopulationTerm

DAY = datetime.date(2026, 1, 15)

WORDS = Vocabulary(
    designs=(
        Design(
            code="rct-sides",
            label="split-face trial",
            rung="randomised-trial",
            pairing="within-person",
            controlled=True,
        ),
        Design(code="rct", label="parallel trial", rung="randomised-trial", pairing="parallel", controlled=True),
        Design(code="cohort", label="controlled cohort", rung="human-controlled", pairing="parallel", controlled=True),
        Design(code="single-arm", label="before and after", rung="human-uncontrolled"),
        Design(code="mice", label="mouse study", rung="animal", controlled=True),
        Design(code="cells", label="cell study", rung="in-vitro", controlled=True),
        Design(code="overview", label="systematic review", rung="systematic-review", synthesis=True),
    ),
    sources=(
        Source(code="fat", label="human fat cells", group="mesenchymal", kingdom="human"),
        Source(code="cord", label="human cord cells", group="mesenchymal", kingdom="human"),
        Source(code="platelet", label="human platelets", group="blood", kingdom="human"),
        Source(code="medium", label="conditioned medium", group="mesenchymal", kingdom="human", is_vesicle=False),
        Source(code="rose", label="rose", group="plant", kingdom="plant"),
    ),
    routes=(
        Route(code="leave-on", label="leave-on", barrier="intact"),
        Route(code="cream", label="night cream", barrier="intact"),
        Route(code="needling", label="after microneedling", barrier="opened"),
        Route(code="laser", label="after ablative laser", barrier="ablated"),
        Route(code="injection", label="injection", barrier="bypassed"),
    ),
    outcomes=(
        Outcome(code="pigment", label="pigment"),
        Outcome(code="wrinkles", label="wrinkles"),
        Outcome(code="melanogenesis", label="melanogenesis", link="mechanism"),
        Outcome(code="penetration", label="penetration", link="delivery"),
        Outcome(code="harm", label="harm", link="safety"),
    ),
    instruments=(
        Instrument(
            code="seen", label="people's own rating", outcomes=("pigment",), better="higher", kind="patient-important"
        ),
        Instrument(
            code="scale", label="a clinician's scale", outcomes=("pigment",), better="lower", kind="clinician scale"
        ),
        Instrument(code="meter", label="a meter", outcomes=("pigment",), better="lower", kind="instrument"),
    ),
    populations=(
        PopulationTerm(code="spots", label="people with dark spots", group="pigment", species="human"),
        PopulationTerm(code="melasma", label="people with melasma", group="pigment", species="human"),
        PopulationTerm(code="ageing", label="people with ageing skin", group="ageing", species="human"),
        PopulationTerm(code="mouse", label="mice", group="animal", species="mouse"),
        PopulationTerm(code="melanocytes", label="pigment cells", group="cells", species="human cells"),
    ),
    cargo=(),
)


def figure(value: float | str | Quantity | None) -> Figure:
    """A figure from a number, a bound such as "<0.01", or None for unknown."""
    if value is None:
        return Figure(quantity=Unknown())
    if isinstance(value, str):
        return Figure(quantity=Bound(relation="<", limit=float(value.strip("< "))))
    if isinstance(value, int | float):
        return Figure(quantity=Known(value=float(value)))
    return Figure(quantity=value)


CONFLICT = Figure(
    quantity=Conflict(stated=(Stated(at="abstract", words="greater"), Stated(at="abstract", quantity=Known(value=0.4))))
)


def finding(direction: str = "benefit", **changes: Any) -> Finding:
    """A controlled finding on pigment."""
    whole: dict[str, Any] = {
        "id": "melanin",
        "outcome": "pigment",
        "contrast": Contrast(of="treated", against="control"),
        "direction": direction,
        "at": ("abstract",),
    }
    whole.update(instrument="meter")
    return Finding(**{**whole, **changes})


def study(
    name: str = "one-2020", *, n: int | None = 30, findings: tuple[Finding, ...] | None = None, **changes: Any
) -> Study:
    """A small split-face trial of leave-on vesicles from fat cells, unless told otherwise."""
    treated = Arm(id="treated", label="serum", source="fat", route="leave-on", with_="none")
    control = Arm(id="control", label="vehicle", comparator="vehicle-or-placebo")
    whole: dict[str, Any] = {
        "id": name,
        "label": name.title(),
        "title": f"A trial called {name}",
        "design": "rct-sides",
        "reports": (Report(record=name),),
        "locators": (Locator(id="abstract", record=name, place="abstract", reading="primary"),),
        "arms": (treated, control),
        "findings": findings if findings is not None else (finding(),),
        "population": Population(code="spots"),
        "people": People(randomised=figure(n), analysed=figure(n), sides=figure(None if n is None else 2 * n)),
        "bias": Bias(tool="RoB 2", overall="low", by="human:test", because="made so"),
        "after_treatment_weeks": 12.0,
    }
    return Study(**{**whole, **changes})


def arms(**changes: Any) -> tuple[Arm, Arm]:
    """The two arms of `study`, the treated one changed."""
    treated, control = study().arms
    return replace(treated, **changes), control


def reference(name: str, **changes: Any) -> Reference:
    """A record of that id."""
    return Reference(**{"id": name, "title": f"About {name}", "year": 2020, **changes})


def claim(name: str = "dark-spots", **changes: Any) -> Claim:
    """A claim about leave-on skincare and dark spots."""
    slots = Slots(routes=("leave-on",), populations=("spots",))
    return Claim(**{"id": name, "text": "It fades dark spots", "outcomes": ("pigment",), "slots": slots, **changes})


def protocol(*claims: Claim, **changes: Any) -> Protocol:
    """A protocol with these claims."""
    whole: dict[str, Any] = {
        "name": "test",
        "title": "Does it work? A living review",
        "topic": "test",
        "version": "1.0.0",
        "published": DAY,
        "searched": DAY,
        "question": Question(
            text="Does it?", population="adults", intervention="it", comparator="vehicle", outcomes="pigment"
        ),
        "eligibility": ("studies in people",),
        "claims": claims or (claim(),),
        "schedule": Schedule(search_every_days=90, retire_when="it is settled"),
        "contact": Contact(label="Write", url="mailto:test@example.org"),
    }
    return Protocol(**{**whole, **changes})


def review(*studies: Study, **changes: Any) -> Review:
    """A review of these studies, each with a record of its own name."""
    whole: dict[str, Any] = {
        "protocol": protocol(),
        "references": tuple(reference(s.id) for s in studies),
        "studies": studies,
        "background": Background(),
    }
    return Review(**{**whole, **changes})


def product(name: str = "serum", **changes: Any) -> Product:
    """A product whose maker says everything and claims to fade dark spots."""
    whole: dict[str, Any] = {
        "id": name,
        "brand": "Brand",
        "name": name,
        "source": Fact(value="fat", at="page"),
        "route": Fact(value="leave-on", at="page"),
        "claims": (ProductClaim(claim="dark-spots", wording="fades spots", at="page"),),
        "claims_read": True,
        "locators": (Locator(id="page", reading="primary", url="https://example.org"),),
    }
    return Product(**{**whole, **changes})


def value(arm: str, what: str, number: float) -> Value:
    """A value of an arm."""
    return Value(arm=arm, what=what, number=figure(number))

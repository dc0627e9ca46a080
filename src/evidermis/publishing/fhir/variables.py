"""PICO as EvidenceVariable: what the review asks, what each claim speaks of, and whom and what each study had."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from evidermis.evidence.ladders import Comparator
from evidermis.evidence.protocol import Claim, Slots
from evidermis.evidence.review import Review
from evidermis.evidence.study import Arm, Study
from evidermis.evidence.vocabulary import Population, Route, Source, Vocabulary
from evidermis.publishing.fhir.terms import Json, Namer, coded, compact, pointer, said, worded

__all__ = ["VariableRole", "asked_variables", "observed_variables", "outcome_variables", "variable_definition"]

VariableRole = Literal["population", "exposure", "comparator", "outcome"]
_ROLES: dict[VariableRole, str] = {
    "population": "population",
    "exposure": "exposure",
    "comparator": "referenceExposure",
    "outcome": "measuredVariable",
}
_COMPARATORS: dict[Comparator, str] = {
    "baseline-only": "no comparison but with before",
    "untreated": "no treatment",
    "vehicle-or-placebo": "vehicle or placebo",
    "active": "another active treatment",
    "standard-of-care": "standard of care",
}


def variable_definition(role: VariableRole, *, intended: str = "", observed: str = "", display: str = "") -> Json:
    """One `variableDefinition` of an Evidence: the variable that was meant, and the one that was seen."""
    return compact(
        {
            "description": said(display),
            "variableRole": coded("variable-role", _ROLES[role]),
            "intended": pointer(intended, display) if intended else None,
            "observed": pointer(observed, display) if observed else None,
        }
    )


def asked_variables(review: Review, vocabulary: Vocabulary, name: Namer) -> Iterator[Json]:
    """What the review asks about as a whole, and what each claim does."""
    question = review.protocol.question
    for role, text in (
        ("population", question.population),
        ("exposure", question.intervention),
        ("comparator", question.comparator),
        ("outcome", question.outcomes),
    ):
        if said(text):
            yield _variable(name("variable", "question", role), f"The review's {role}", text)
    for claim in review.protocol.claims:
        yield from _of_claim(claim, vocabulary, name)


def _of_claim(claim: Claim, vocabulary: Vocabulary, name: Namer) -> Iterator[Json]:
    slots, text = claim.slots, said(claim.text)
    people = [("population", label) for label in _labels(slots.populations, vocabulary.population)]
    yield _variable(name("variable", "claim", claim.id, "population"), f"Population of: {text}", "", people)
    yield _variable(
        name("variable", "claim", claim.id, "exposure"), f"Exposure of: {text}", "", _slots(slots, vocabulary)
    )
    told = _COMPARATORS[slots.comparator]
    yield _variable(name("variable", "claim", claim.id, "comparator"), f"Comparator of: {text}", told)


def _slots(slots: Slots, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    found = [("vesicle source", label) for label in _labels(slots.sources, vocabulary.source)]
    found += [("route", label) for label in _labels(slots.routes, vocabulary.route)]
    phrases = (
        ("preparation", slots.preparation),
        ("dose", slots.dose),
        ("vehicle", slots.vehicle),
        ("co-intervention", slots.co_intervention),
    )
    return found + [(what, text) for what, text in phrases if text not in ("", "any")]


def _labels(codes: Iterable[str], term: Callable[[str], Source | Route | Population]) -> list[str]:
    """Words for codes; `any` and the unknown say nothing."""
    return [term(code).label for code in codes if code not in ("", "any")]


def outcome_variables(outcomes: Iterable[str], vocabulary: Vocabulary, name: Namer) -> Iterator[Json]:
    """An EvidenceVariable for each outcome."""
    for code in sorted(set(outcomes)):
        term = vocabulary.outcome(code)
        yield _variable(name("variable", "outcome", code), term.label, term.plain)


def observed_variables(study: Study, vocabulary: Vocabulary, name: Namer) -> Iterator[Json]:
    """A study's people and each of its arms, as they were."""
    population = study.population
    told = [("condition", vocabulary.population(population.code).label)]
    facts = (("sex", population.sex), ("age", population.age), ("phototype", population.phototype))
    told += [(what, fact.value) for what, fact in (*facts, ("country", population.country)) if said(fact.value)]
    label = f"People of {study.label}"
    yield _variable(name("variable", "study", study.id, "people"), label, population.label, told, actual=True)
    for arm in study.arms:
        of = name("variable", "study", study.id, "arm", arm.id)
        yield _variable(of, f"{arm.label or arm.id} ({study.label})", "", _of_arm(arm, vocabulary), actual=True)


def _of_arm(arm: Arm, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    told = [
        ("vesicle source", vocabulary.source(arm.source).label if arm.source else ""),
        ("preparation", arm.preparation),
        ("dose", arm.dose),
        ("vehicle", arm.vehicle),
        ("route", vocabulary.route(arm.route).label if arm.route else ""),
        ("co-intervention", arm.with_),
        ("schedule", arm.schedule),
        ("comparator", _COMPARATORS[arm.comparator] if arm.comparator else ""),
    ]
    return [(what, text) for what, text in told if said(text)]


def _variable(
    of: str, title: str, description: str, told: Iterable[tuple[str, str]] = (), *, actual: bool = False
) -> Json:
    """One resource; each told pair is a characteristic by its kind and value."""
    characteristics = [
        {"definitionByTypeAndValue": {"type": worded(what), "valueCodeableConcept": worded(text)}}
        for what, text in told
    ]
    return compact(
        {
            "resourceType": "EvidenceVariable",
            "id": of,
            "title": said(title),
            "status": "active",
            "description": said(description),
            "actual": actual,
            "characteristic": characteristics,
        }
    )

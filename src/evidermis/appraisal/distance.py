"""How far a study is from a claim, axis by axis.

Each axis is a small function of the claim's slot and the study's fact; it returns a level and the reason. *Unknown* is a
level of its own and never counts as near. A slot `any` claims a whole class: one tested member of it is *near*, not exact.

The levels follow the match matrix of the methods page (house rules, after GRADE's directness domains).
"""

from evidermis.appraisal.answer import AxisDistance, StudyDistance
from evidermis.appraisal.rungs import comparator_of, rung_of
from evidermis.evidence.ladders import (
    AXES,
    COMPARATORS,
    Axis,
    Comparator,
    Distance,
    furthest_level,
    highest_rung,
    is_human,
    nearest_level,
    nearness,
)
from evidermis.evidence.protocol import Claim, Slots
from evidermis.evidence.study import Arm, Finding, Study
from evidermis.evidence.vocabulary import Barrier, Vocabulary

__all__ = ["DECIDING_AXES", "deciding_axes", "distance", "material_level", "route_level", "tested_arm"]

Level = tuple[Distance, str]

# The axes that decide whether evidence applies at all; the others lower certainty but do not put a study out of reach.
DECIDING_AXES: tuple[Axis, ...] = ("source", "route", "population")
# What is settled at once where the tested thing is the product itself.
_OF_THE_MATERIAL: tuple[Axis, ...] = ("source", "preparation", "dose", "vehicle")
# A claim to be better or safer than another treatment can only be tested against a treatment.
_TREATMENTS: tuple[Comparator, ...] = ("active", "standard-of-care")
_OPENED: tuple[Barrier, ...] = ("opened", "ablated")
_BY_KIND: dict[str, Level] = {
    "patient-important": ("exact", "an outcome that people themselves notice"),
    "clinician scale": ("near", "a clinician's scale stands for what people notice"),
    "instrument": ("far", "an instrument's reading stands for what people notice"),
    "bench": ("very far", "a bench measure says nothing of what people notice"),
}


def distance(
    claim: Claim, study: Study, findings: tuple[Finding, ...], vocabulary: Vocabulary, product: str = ""
) -> StudyDistance:
    """All ten axes between a claim and the findings of one study that bear on it (at least one).

    `product` is the id of the product that makes the claim: where the study tested that very product, what it is made of,
    how much and in what are exact, disclosed or not. Nothing else makes a source exact.
    """
    arm = tested_arm(study, findings)
    slots = claim.slots
    measured: dict[Axis, Level] = {
        "source": _source(slots, arm, vocabulary),
        "preparation": _phrase(slots.preparation, arm.preparation, "preparation"),
        "dose": _phrase(slots.dose, arm.dose, "dose"),
        "vehicle": _phrase(slots.vehicle, arm.vehicle, "vehicle"),
        "route": _route(slots, arm, vocabulary),
        "co-intervention": _co_intervention(slots, arm),
        "population": _population(slots, study, vocabulary),
        "outcome": _outcome(findings, vocabulary),
        "comparator": _comparator(slots, study, findings),
        "duration": _duration(slots, study),
    }
    if product and arm.product == product:
        measured |= dict.fromkeys(_OF_THE_MATERIAL, ("exact", "this very product was tested"))
    axes = tuple(AxisDistance(axis, *measured[axis]) for axis in AXES)
    overall = furthest_level(measured[axis][0] for axis in deciding_axes(claim))
    rung = highest_rung(rung_of(study, f, vocabulary) for f in findings)
    reach = is_human(rung) and overall != "very far"
    return StudyDistance(claim.id, study.id, rung, axes, overall, reach, tuple(sorted(f.id for f in findings)))


def tested_arm(study: Study, findings: tuple[Finding, ...]) -> Arm:
    """The arm that these findings are about."""
    return study.arm(findings[0].contrast.of) or study.arms[0]


def deciding_axes(claim: Claim) -> tuple[Axis, ...]:
    """The axes that decide whether evidence applies to a claim."""
    return (*DECIDING_AXES, "comparator") if claim.slots.comparator in _TREATMENTS else DECIDING_AXES


def material_level(slots: Slots, arm: Arm, vocabulary: Vocabulary) -> Distance:
    """The worse of source and route, the two axes on which products that make one claim differ."""
    return furthest_level((_source(slots, arm, vocabulary)[0], _route(slots, arm, vocabulary)[0]))


def route_level(slots: Slots, arm: Arm, vocabulary: Vocabulary) -> Distance:
    """The route alone, which decides where the product itself was tested."""
    return _route(slots, arm, vocabulary)[0]


def _source(slots: Slots, arm: Arm, vocabulary: Vocabulary) -> Level:
    if not arm.source or arm.source == "undisclosed":
        return "unknown", "the study does not say what its vesicles come from"
    tested = vocabulary.source(arm.source)
    if "" in slots.sources or "undisclosed" in slots.sources:
        return "unknown", "what the claim's material comes from is not disclosed"
    if not tested.is_vesicle:
        level: Distance = "far" if tested.kingdom == "human" else "very far"
        return level, f"{tested.label} was tested, which is not vesicles"
    if "any" in slots.sources:
        return "near", f"the claim covers any source; {tested.label} was tested"
    return min((_source_pair(code, arm.source, vocabulary) for code in slots.sources), key=_first)


def _source_pair(claimed: str, tested: str, vocabulary: Vocabulary) -> Level:
    one, other = vocabulary.source(claimed), vocabulary.source(tested)
    if claimed == tested:
        return "near", f"the same source ({other.label}), not shown to be the same material"
    if one.group == other.group and one.is_vesicle == other.is_vesicle:
        return "near", f"{other.label} was tested, of the same group as {one.label}"
    if one.kingdom == other.kingdom:
        return "far", f"{other.label} was tested, not {one.label}"
    return "very far", f"{other.label} was tested; {one.label} belongs to another kingdom"


def _route(slots: Slots, arm: Arm, vocabulary: Vocabulary) -> Level:
    if not arm.route:
        return "unknown", "the study does not say how the material was given"
    tested = vocabulary.route(arm.route)
    if "" in slots.routes:
        return "unknown", "how the claim's product is used is not known"
    if "any" in slots.routes:
        return "near", f"the claim covers any route; {tested.label} was tested"
    if arm.route in slots.routes:
        return "exact", f"{tested.label}, as claimed"
    barriers: list[Barrier] = [vocabulary.route(code).barrier for code in slots.routes]
    level = nearest_level(_barrier_pair(barrier, tested.barrier) for barrier in barriers)
    return (
        level,
        f"{tested.label} ({tested.barrier} barrier) was tested, the claim is for a barrier that is {barriers[0]}",
    )


def _barrier_pair(claimed: Barrier, tested: Barrier) -> Distance:
    if "unknown" in (claimed, tested):
        return "unknown"
    if claimed == tested or (claimed in _OPENED and tested in _OPENED):
        return "near"
    beneath: tuple[Barrier, ...] = ("bypassed", "systemic")
    if (claimed in beneath) != (tested in beneath) and "intact" in (claimed, tested):
        return "very far"
    return "far"


def _population(slots: Slots, study: Study, vocabulary: Vocabulary) -> Level:
    tested = vocabulary.population(study.population.code)
    if tested.species != "human":
        return "very far", f"{tested.label} are not people"
    if "any" in slots.populations:
        return "near", f"the claim covers anybody; {tested.label} were studied"
    if study.population.code in slots.populations:
        return "exact", f"{tested.label}, as claimed"
    if tested.group in {vocabulary.population(code).group for code in slots.populations}:
        return "near", f"{tested.label} were studied, a neighbouring condition"
    return "far", f"{tested.label} were studied, another condition"


def _outcome(findings: tuple[Finding, ...], vocabulary: Vocabulary) -> Level:
    named = [vocabulary.instrument(f.instrument).kind for f in findings if f.instrument]
    if not named:
        return "unknown", "how the outcome was measured is not known"
    return min((_BY_KIND[kind] for kind in named), key=_first)


def _comparator(slots: Slots, study: Study, findings: tuple[Finding, ...]) -> Level:
    found = max((comparator_of(study, f) for f in findings), key=lambda c: _COMPARED[c])
    if found == slots.comparator:
        return "exact", f"compared with {found}, as the claim needs"
    if slots.comparator in _TREATMENTS and found not in _TREATMENTS:
        return "very far", f"compared with {found}; the claim is about another treatment"
    if found == "baseline-only":
        return "very far", "compared only with the same people before treatment, which shows no effect"
    if found == "untreated":
        return "far", "compared with no treatment, so expectation and the vehicle are not ruled out"
    return "near", f"compared with {found}"


# Which comparison tells most about the material itself; a plain ladder of its own, since an active comparator is not
# "more placebo" than a vehicle.
_COMPARED = {c: (3 if c == "vehicle-or-placebo" else min(COMPARATORS.index(c), 2)) for c in COMPARATORS}


def _co_intervention(slots: Slots, arm: Arm) -> Level:
    if not arm.with_:
        return "unknown", "whether anything else was done is not known"
    alone = arm.with_ == "none"
    if slots.co_intervention == "none":
        return ("exact", "used alone, as claimed") if alone else ("far", f"used together with {arm.with_}")
    if slots.co_intervention == "any":
        return "near", "the claim covers any co-treatment"
    return ("far", "used alone") if alone else ("exact", f"used together with {arm.with_}, as claimed")


def _phrase(claimed: str, tested: str, word: str) -> Level:
    if not tested:
        return "unknown", f"the study's {word} is not known"
    if not claimed:
        return "unknown", f"the {word} behind the claim is not disclosed"
    if claimed == "any":
        return "near", f"the claim covers any {word}; one was tested ({tested})"
    if claimed.casefold() == tested.casefold():
        return "exact", f"the same {word}"
    return "far", f"another {word} was tested ({tested})"


def _duration(slots: Slots, study: Study) -> Level:
    after = study.after_treatment_weeks
    if after is None:
        return "unknown", "how long after treatment people were followed is not known"
    if after >= slots.weeks:
        return "exact", f"followed for {after:g} weeks after treatment"
    # A third of the claimed time is the house's line between a short and a very short look.
    level: Distance = "near" if after >= slots.weeks / 3 else "far"
    return level, f"followed for {after:g} weeks after treatment, {slots.weeks:g} would show that it lasts"


def _first(level: Level) -> int:
    return nearness(level[0])

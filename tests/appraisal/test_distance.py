"""Distance, as properties: each slot moves its own axis, nothing but the same thing is exact, and more is never nearer."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import WORDS, arms, claim, finding, product, review, study
from evidermis.appraisal import StudyDistance
from evidermis.appraisal.distance import distance
from evidermis.evidence.ladders import AXES, Axis, Distance, nearness
from evidermis.evidence.protocol import Slots
from evidermis.evidence.study import Population, Study
from evidermis.pipeline import concluded

SOURCES = ("fat", "cord", "platelet", "medium", "rose")
VESICLES = ("fat", "cord", "platelet", "rose")
ROUTES = ("leave-on", "cream", "needling", "laser", "injection")
PEOPLE = ("spots", "melasma", "ageing")
PHRASES = ("", "any", "one", "other")
AXIS_OF: dict[str, Axis] = {
    "sources": "source",
    "preparation": "preparation",
    "dose": "dose",
    "vehicle": "vehicle",
    "routes": "route",
    "co_intervention": "co-intervention",
    "populations": "population",
    "comparator": "comparator",
    "weeks": "duration",
}
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "sources": st.lists(st.sampled_from((*SOURCES, "any", "", "undisclosed")), min_size=1, max_size=3).map(tuple),
    "preparation": st.sampled_from(PHRASES),
    "dose": st.sampled_from(PHRASES),
    "vehicle": st.sampled_from(PHRASES),
    "routes": st.lists(st.sampled_from((*ROUTES, "any", "")), min_size=1, max_size=3).map(tuple),
    "co_intervention": st.sampled_from(("none", "any", "laser")),
    "populations": st.lists(st.sampled_from((*PEOPLE, "any")), min_size=1, max_size=3).map(tuple),
    "comparator": st.sampled_from(("baseline-only", "untreated", "vehicle-or-placebo", "active", "standard-of-care")),
    "weeks": st.floats(1, 52),
}
slots = st.builds(Slots, **VALUES)


@st.composite
def studies(draw: st.DrawFn) -> Study:
    treated = arms(
        source=draw(st.sampled_from(("", *SOURCES))),
        route=draw(st.sampled_from(("", *ROUTES))),
        with_=draw(st.sampled_from(("", "none", "laser"))),
        preparation=draw(st.sampled_from(("", "one"))),
        dose=draw(st.sampled_from(("", "one"))),
        vehicle=draw(st.sampled_from(("", "one"))),
        product=draw(st.sampled_from(("", "serum", "another"))),
    )
    instrument = draw(st.sampled_from(("", "seen", "scale", "meter")))
    return study(
        arms=treated,
        findings=(finding(instrument=instrument),),
        population=Population(code=draw(st.sampled_from((*PEOPLE, "mouse")))),
        after_treatment_weeks=draw(st.one_of(st.none(), st.floats(0, 60))),
    )


def measured(wanted: Slots, one: Study, of: str = "") -> StudyDistance:
    return distance(claim(slots=wanted), one, one.findings, WORDS, of)


@given(slots, studies(), st.sampled_from(sorted(AXIS_OF)), st.data())
def test_one_slot_of_a_claim_moves_its_own_axis_and_no_other(
    wanted: Slots, one: Study, name: str, data: st.DataObject
) -> None:
    before, after = measured(wanted, one), measured(replace(wanted, **{name: data.draw(VALUES[name])}), one)
    moved = {a.axis for a, b in zip(before.axes, after.axes, strict=True) if a != b}
    assert moved <= {AXIS_OF[name]}


@given(slots, studies(), st.sampled_from(("", "serum")))
def test_all_axes_are_exact_only_for_the_same_product_people_outcome_and_schedule(
    wanted: Slots, one: Study, of: str
) -> None:
    found = measured(wanted, one, of)
    if any(axis.level != "exact" for axis in found.axes):
        return
    arm = one.arms[0]
    assert of and arm.product == of
    assert arm.route in wanted.routes
    assert one.population.code in wanted.populations
    assert one.findings[0].instrument == "seen"
    assert one.after_treatment_weeks is not None and one.after_treatment_weeks >= wanted.weeks


def test_the_same_product_on_the_same_people_is_exact_on_every_axis() -> None:
    wanted = Slots(sources=("fat",), routes=("leave-on",), populations=("spots",))
    one = study(arms=arms(product="serum"), findings=(finding(instrument="seen"),))
    assert {axis.level for axis in measured(wanted, one, "serum").axes} == {"exact"}


@given(slots, studies())
def test_a_source_is_never_exact_but_for_the_product_itself(wanted: Slots, one: Study) -> None:
    assert measured(wanted, one).level("source") != "exact"
    assert measured(wanted, one, "nobody's").level("source") != "exact"


@pytest.mark.parametrize(
    ("slot", "codes", "axis"),
    [("sources", SOURCES, "source"), ("routes", ROUTES, "route"), ("populations", PEOPLE, "population")],
)
@given(data=st.data(), one=studies())
def test_a_claim_that_also_covers_more_is_never_further(
    slot: str, codes: tuple[str, ...], axis: Axis, data: st.DataObject, one: Study
) -> None:
    few = data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=3))
    more = few + data.draw(st.lists(st.sampled_from(codes), max_size=2))
    narrow, wide = (measured(Slots(**{slot: tuple(held)}), one).level(axis) for held in (few, more))  # pyright: ignore[reportArgumentType]
    assert nearness(wide) <= nearness(narrow)


@given(st.floats(0, 60), st.floats(0, 60), st.floats(1, 52))
def test_a_longer_look_is_never_further_and_a_longer_claim_never_nearer(one: float, other: float, weeks: float) -> None:
    def level(after: float, claimed: float) -> int:
        return nearness(measured(Slots(weeks=claimed), study(after_treatment_weeks=after)).level("duration"))

    short, long = sorted((one, other))
    assert level(long, weeks) <= level(short, weeks)
    assert level(one, weeks) <= level(one, weeks + 1)


@given(st.lists(st.sampled_from(("", "seen", "scale", "meter")), min_size=1, max_size=4))
def test_the_nearest_outcome_measured_counts(instruments: list[str]) -> None:
    told = tuple(finding(id=f"f{at}", instrument=name) for at, name in enumerate(instruments))
    levels: dict[str, Distance] = {"": "unknown", "seen": "exact", "scale": "near", "meter": "far"}
    named = [levels[name] for name in instruments if name]
    assert measured(Slots(), study(findings=told)).level("outcome") == min(named, key=nearness, default="unknown")


@pytest.mark.parametrize("axis", ["source", "route", "population"])
@given(data=st.data())
def test_two_materials_routes_or_peoples_are_as_far_from_one_another_either_way(
    axis: Axis, data: st.DataObject
) -> None:
    codes = {"source": VESICLES, "route": ROUTES, "population": PEOPLE}[axis]
    one, other = data.draw(st.sampled_from(codes)), data.draw(st.sampled_from(codes))

    def level(claimed: str, tested: str) -> Distance:
        if axis == "source":
            return measured(Slots(sources=(claimed,)), study(arms=arms(source=tested))).level(axis)
        if axis == "route":
            return measured(Slots(routes=(claimed,)), study(arms=arms(route=tested))).level(axis)
        return measured(Slots(populations=(claimed,)), study(population=Population(code=tested))).level(axis)

    assert level(one, other) == level(other, one)


@given(slots, studies())
def test_every_axis_is_told_once_with_a_reason(wanted: Slots, one: Study) -> None:
    found = measured(wanted, one)
    assert tuple(axis.axis for axis in found.axes) == AXES
    assert all(axis.because for axis in found.axes)


def test_a_products_own_study_is_exact_on_what_it_is_made_of() -> None:
    own = study(arms=arms(product="serum", source="", dose=""))
    (found,) = concluded(review(own, products=(product(),)), WORDS).products
    line = found.claims[0].distance
    assert line is not None
    assert [line.level(axis) for axis in ("source", "preparation", "dose", "vehicle")] == ["exact"] * 4

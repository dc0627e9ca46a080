"""The six links of a claim: what may stand in for what, what lasts, and how many people a count of harms speaks for."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import WORDS, arms, claim, figure, finding, product, protocol, review, study, value
from evidermis.appraisal import ClaimAnswer, LinkAnswer
from evidermis.appraisal.exposure import upper_limit
from evidermis.evidence.background import Background, Harm
from evidermis.evidence.study import Contrast, Finding, Population, Study
from evidermis.pipeline import concluded

SEEN = {"instrument": "seen", "ci_low": figure(0.2), "ci_high": figure(0.8), "measure": "MD"}
MECHANISM = claim(mechanisms=("melanogenesis",))


def answer(*studies: Study, **changes: Any) -> ClaimAnswer:
    whole = review(*studies, protocol=protocol(MECHANISM), products=(product(),), **changes)
    return concluded(whole, WORDS).claim("dark-spots")


def link(found: ClaimAnswer, name: str) -> LinkAnswer:
    return next(one for one in found.chain if one.link == name)


def trial(name: str, *, sold: str = "", n: int = 100, direction: str = "benefit", **changes: Any) -> Study:
    found = (finding(direction, **{**SEEN, **changes}),)
    return study(name, n=n, findings=found, arms=arms(product=sold))


def bench(outcome: str, direction: str) -> Study:
    one = finding(direction, outcome=outcome, unit="cells or samples")
    return study(f"bench-{outcome}", design="cells", population=Population(code="melanocytes"), findings=(one,))


BENCH = st.lists(
    st.builds(
        bench, st.sampled_from(("penetration", "melanogenesis")), st.sampled_from(("benefit", "harm", "unclear"))
    ),
    max_size=2,
    unique_by=lambda one: one.id,
)


def test_controlled_evidence_on_the_finished_product_stands_in_for_delivery_and_mechanism() -> None:
    found = answer(trial("a-2020", sold="serum"), trial("b-2021", sold="serum"))
    assert found.verdict == "supported"
    for name in ("delivery", "mechanism"):
        one = link(found, name)
        assert (one.state, one.strength) == ("shown", "randomised-trial")
        assert "stands in (A-2020, B-2021)" in one.because


def test_one_family_stands_in_for_part_only() -> None:
    found = answer(trial("a-2020", sold="serum"))
    assert (found.verdict, link(found, "delivery").state) == ("promising", "partly shown")


@pytest.mark.parametrize("name", ["delivery", "mechanism"])
def test_a_trial_of_mere_material_stands_in_for_nothing(name: str) -> None:
    found = answer(trial("a-2020"), trial("b-2021"))
    assert found.verdict == "supported"
    assert link(found, name).state == "unknown"


def test_bench_work_that_points_away_is_never_covered_up() -> None:
    found = answer(trial("a-2020", sold="serum"), trial("b-2021", sold="serum"), bench("melanogenesis", "harm"))
    assert link(found, "mechanism").state == "against"


@given(BENCH, st.sampled_from(("benefit", "harm", "no difference", "unclear")), st.sampled_from(("", "serum")))
def test_nothing_stands_in_for_efficacy_durability_or_safety(benches: list[Study], direction: str, sold: str) -> None:
    alone, beside = (answer(trial("a-2020", sold=sold, direction=direction), *more) for more in ([], benches))
    for name in ("efficacy", "durability", "safety"):
        assert link(alone, name) == link(beside, name)
    state = {"supported": "shown", "promising": "partly shown", "unproven": "not shown", "untested": "unknown"}
    assert link(beside, "efficacy").state == state.get(beside.verdict, "against")


@given(BENCH)
def test_no_bench_study_shows_delivery_or_mechanism_whole(benches: list[Study]) -> None:
    found = answer(*benches)
    for name in ("delivery", "mechanism"):
        assert link(found, name).state != "shown"
        assert link(found, name).strength in ("", "in-vitro", "ex-vivo", "animal")
    assert (found.verdict, link(found, "efficacy").state) == ("untested", "unknown")


@given(st.one_of(st.none(), st.floats(0, 60)), st.sampled_from(("benefit", "no difference", "harm")))
def test_only_a_controlled_benefit_after_the_end_of_treatment_lasts(weeks: float | None, direction: str) -> None:
    found = link(answer(trial("a-2020", direction=direction, weeks_after=weeks)), "durability")
    if not weeks:
        assert found.state == "unknown"
    elif direction != "benefit":
        assert found.state == "not shown"
    else:
        assert found.state == ("shown" if weeks >= 12 else "partly shown")


@given(st.floats(1, 60))
def test_an_uncontrolled_look_later_on_shows_nothing_that_lasts(weeks: float) -> None:
    alone = study(findings=(finding(contrast=Contrast(of="treated"), weeks_after=weeks),))
    assert link(answer(alone), "durability").state == "unknown"


def harmed(name: str, events: int, total: int, what: str = "events", **changes: Any) -> Finding:
    told = (value("treated", what, events), value("treated", "total", total))
    return finding("no difference", **{"id": name, "outcome": "harm", "values": told, **changes})


def with_harms(*harms: Finding, name: str = "a-2020", **changes: Any) -> Study:
    return study(name, findings=(finding(), *harms), **changes)


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_more_people_without_harm_bound_the_rate_lower(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert upper_limit(0, high) <= upper_limit(0, low)
    assert 1 - (1 - upper_limit(0, one)) ** one == pytest.approx(0.95)


@given(st.integers(0, 60), st.integers(1, 60))
def test_the_limit_is_that_of_clopper_and_pearson(events: int, people: int) -> None:
    from scipy.stats import beta

    events = min(events, people)
    wanted = 1.0 if events == people else float(beta.ppf(0.95, events + 1, people - events))
    assert upper_limit(events, people) == pytest.approx(wanted, abs=1e-9)


def test_people_exposed_are_added_up_over_studies_and_a_cohort_counts_once() -> None:
    two = answer(with_harms(harmed("ae", 0, 25)), with_harms(harmed("ae", 0, 28), name="b-2021"))
    assert "no event counted in 53 treated people (a-2020, b-2021)" in link(two, "safety").because
    same = answer(
        with_harms(harmed("ae", 0, 25), cohort="one"), with_harms(harmed("ae", 0, 28), name="b-2021", cohort="one")
    )
    assert "no event counted in 28 treated people (b-2021)" in link(same, "safety").because


def test_harms_of_several_kinds_are_between_the_most_of_one_and_all_of_them() -> None:
    told = link(answer(with_harms(harmed("rash", 2, 40), harmed("granuloma", 1, 40))), "safety").because
    assert "2 to 3 with an event among 40 treated people" in told
    assert f"{100 * upper_limit(3, 40):.1f} %" in told


def test_sides_are_not_people_exposed() -> None:
    assert link(answer(with_harms(harmed("ae", 0, 50, unit="sides"))), "safety").state == "unknown"


def test_serious_harms_alone_are_called_serious() -> None:
    found = link(answer(with_harms(harmed("ae", 0, 28, "serious events"))), "safety")
    assert "no serious event counted in 28 treated people" in found.because
    assert "10.1 %" in found.because
    many = link(answer(with_harms(harmed("ae", 0, 5000, "serious events"))), "safety")
    assert many.state == "partly shown"


def test_safety_is_shown_once_a_count_rules_out_one_in_a_hundred_and_no_serious_harm_is_reported() -> None:
    enough = with_harms(harmed("ae", 0, 299))
    assert link(answer(enough), "safety").state == "shown"
    assert link(answer(with_harms(harmed("ae", 0, 298))), "safety").state == "partly shown"
    serious = Background(harms=(Harm(id="scar", text="a scar", route="leave-on", at=(), serious=True),))
    found = link(answer(enough, background=serious), "safety")
    assert (found.state, "scar" in found.because) == ("partly shown", True)


@given(st.integers(0, 40), st.integers(40, 400))
def test_an_event_more_never_makes_it_safer(events: int, people: int) -> None:
    states = ("not shown", "unknown", "partly shown", "shown")
    fewer, more = (
        link(answer(with_harms(harmed("ae", n, people))), "safety").state for n in (events, min(events + 1, people))
    )
    assert states.index(more) <= states.index(fewer)


def test_a_study_out_of_reach_exposes_nobody() -> None:
    far = replace(with_harms(harmed("ae", 0, 500)), arms=arms(source="rose"))
    near = with_harms(harmed("ae", 0, 20), name="b-2021")
    slots = replace(MECHANISM.slots, sources=("fat",))
    whole = review(far, near, protocol=protocol(replace(MECHANISM, slots=slots)))
    assert "20 treated people" in link(concluded(whole, WORDS).claim("dark-spots"), "safety").because

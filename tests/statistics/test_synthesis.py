"""What the findings of a review say together: pooled only where that is honest."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from building import CONFLICT, WORDS, arms, figure, finding, study, value
from evidermis import statistics as st
from evidermis.evidence.family import Family
from evidermis.evidence.study import Finding, Study

Sided = tuple[float, float]


def sides(treated: Sided, control: Sided, **changes) -> Finding:
    """Means and SDs on a meter where lower is better."""
    values = [
        value(arm, what, x)
        for arm, pair in (("treated", treated), ("control", control))
        for what, x in zip(("mean", "sd"), pair, strict=True)
    ]
    return finding("benefit", values=tuple(values), **changes)


def trials(count: int, *, n: int = 20, difference: float = 2.0) -> list[Study]:
    return [
        study(f"trial-{at}", n=n, findings=(sides((10.0 + 0.1 * at, 2.0), (10.0 + difference, 2.0), weeks=12.0),))
        for at in range(count)
    ]


def alone(studies: list[Study]) -> list[Family]:
    return [Family(one.id, (one.id,), ()) for one in studies]


def synthesis(studies: list[Study], families: list[Family] | None = None) -> st.Synthesis:
    years = {one.id: 2015 + at for at, one in enumerate(studies)}
    return st.synthesise(studies, WORDS, alone(studies) if families is None else families, years)


def test_the_effect_of_two_groups_is_hedges_g() -> None:
    people = tuple(replace(arm, people=figure(n)) for arm, n in zip(arms(), (27, 18), strict=True))
    groups = study(design="rct", arms=people, findings=(sides((10.74, 2.5), (15.78, 3.26)),))
    (body,) = synthesis([groups]).bodies
    assert (body.effects[0].yi, body.effects[0].vi) == pytest.approx((1.7527, 0.12673), abs=5e-5)


def test_counts_of_two_groups_give_the_log_risk_ratio() -> None:
    people = tuple(replace(arm, people=figure(n)) for arm, n in zip(arms(), (27, 18), strict=True))
    events = finding(instrument="scale", values=(value("treated", "events", 0), value("control", "events", 3)))
    (body,) = synthesis([study(design="rct", arms=people, findings=(events,))]).bodies
    assert np.exp(body.effects[0].yi) == pytest.approx(0.0969, abs=5e-5)
    assert np.exp(body.effects[0].interval) == pytest.approx((0.0053, 1.7713), abs=5e-4)
    assert body.scale == "log"


def test_a_p_that_only_bounds_gives_no_effect() -> None:
    bounded = finding(p=figure("<0.01"), test="paired t test")
    assert synthesis([study(findings=(bounded,))]).bodies == ()


def test_an_exact_p_of_a_paired_t_test_gives_its_own_metric() -> None:
    (body,) = synthesis([study(n=25, findings=(finding(p=figure(0.02), test="paired t test"),))]).bodies
    assert body.metric == "change SD units"
    # t = 2.4922 on 24 degrees of freedom; d_z = t / 5, times J(24).
    assert body.effects[0].yi == pytest.approx(2.4922 / 5 * 0.968365, abs=1e-4)


def test_an_exact_p_of_a_test_nobody_named_gives_none() -> None:
    assert synthesis([study(findings=(finding(p=figure(0.02)),))]).bodies == ()


def test_a_conflict_holds_a_finding_out_of_everything() -> None:
    blocked = sides((10, 2), (12, 2), p=CONFLICT)
    found = synthesis([study(findings=(blocked,))])
    assert (found.bodies, found.directions) == ((), ())
    assert found.without[0].blocked


def test_one_family_makes_no_pooled_claim() -> None:
    studies = trials(3)
    (body,) = synthesis(studies, [Family("trial-0", tuple(one.id for one in studies), ("one maker",))]).bodies
    assert body.pooled is None
    assert "no pooled claim" in body.because


def test_independent_families_are_pooled_once_each() -> None:
    studies = trials(4)
    families = [Family("trial-0", ("trial-0", "trial-1"), ("one maker",)), *alone(studies[2:])]
    (body,) = synthesis(studies, families).bodies
    assert body.pooled is not None
    assert body.pooled.k == 3
    assert len(body.effects) == 4


def test_a_family_speaks_through_its_largest_study() -> None:
    small, large = trials(1)[0], replace(trials(1, n=50)[0], id="large", label="Large")
    other = replace(trials(1)[0], id="other", label="Other")
    families = [Family("large", ("large", "trial-0"), ("one maker",)), Family("other", ("other",), ())]
    (body,) = synthesis([small, large, other], families).bodies
    assert {body.effects[at].study for at in body.chosen} == {"large", "other"}


def test_trials_and_cohorts_never_stand_together() -> None:
    people = tuple(replace(arm, people=figure(20)) for arm in arms())
    groups = [
        study(name, design=design, arms=people, findings=(sides((10, 2), (12, 2)),))
        for name, design in (("a", "rct"), ("b", "cohort"))
    ]
    assert [len(body.effects) for body in synthesis(groups).bodies] == [1, 1]


def test_change_from_baseline_is_never_an_effect() -> None:
    before = sides((10, 2), (12, 2))
    assert (
        synthesis([study(findings=(replace(before, contrast=replace(before.contrast, against="")),))]) == st.Synthesis()
    )


def test_a_reported_sd_of_differences_ends_the_guessing() -> None:
    known = sides((10, 2), (12, 2))
    known = replace(known, values=(*known.values, value("treated", "sd of difference", 2.0)))
    found = synthesis([study(findings=(known,))])
    assert found.sweeps == ()
    assert found.bodies[0].effects[0].correlation == pytest.approx(0.5)


def test_the_sweep_tips_where_the_interval_touches_no_effect() -> None:
    (sweep,) = synthesis([study(n=12, findings=(sides((11, 2), (12, 2)),))]).sweeps
    (tip,) = sweep.tipping
    effect = synthesis([study(n=12, findings=(sides((11, 2), (12, 2)),))]).bodies[0].effects[0]
    y, v = effect.at_correlation(tip)
    assert abs(y) / v**0.5 == pytest.approx(1.96, abs=0.05)


def test_directions_count_families_not_studies() -> None:
    studies = trials(3)
    (told,) = synthesis(studies, [Family("f", tuple(one.id for one in studies), ("one maker",))]).directions
    assert (told.signs.favouring, told.signs.clear, len(told.rows)) == (1, 1, 3)


def test_information_against_the_boundaries_is_told_where_effects_are_pooled() -> None:
    (body,) = synthesis(trials(3)).bodies
    assert body.looks is not None
    assert len(body.looks.z) == len(body.looks.boundaries.fractions)


def test_the_order_of_studies_never_matters() -> None:
    studies = trials(3)
    years = {one.id: 2015 + at for at, one in enumerate(studies)}
    assert len({repr(st.synthesise(order, WORDS, alone(studies), years)) for order in permutations(studies)}) == 1


@settings(max_examples=25)
@given(some.floats(0.5, 5), some.floats(0.5, 5), some.floats(-5, 5), some.integers(3, 60))
def test_turning_the_instrument_round_turns_nothing_else(a: float, b: float, shift: float, n: int) -> None:
    """Lower is better on `meter`, higher on `seen`: mirrored means give the same effect."""
    low = study(n=n, findings=(replace(sides((shift, a), (0, b)), direction="no difference"),))
    mirrored = replace(sides((-shift, a), (0, b)), direction="no difference", instrument="seen")
    high = study(n=n, findings=(mirrored,))
    one, other = (synthesis([held]).bodies[0].effects[0] for held in (low, high))
    assert (one.yi, one.vi) == pytest.approx((other.yi, other.vi))

"""Conversions from what papers print, checks of printed numbers, and what is said where nothing is pooled."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from evidermis import statistics as st
from evidermis.evidence.errors import BadInput
from evidermis.evidence.quantity import Bound, Known

SAMPLES = some.lists(some.integers(0, 10), min_size=3, max_size=40)


def test_the_ways_to_an_sd_agree():
    sd, n, difference = 1.8426, 10, 0.5
    se = sd / math.sqrt(n)
    reach = 2.262157 * se
    assert st.sd_from_se(se, n) == pytest.approx(sd)
    assert st.sd_from_interval(difference - reach, difference + reach, n) == pytest.approx(sd, rel=1e-6)
    assert st.sd_from_difference(difference, difference / se, n) == pytest.approx(sd)
    assert st.t_from_f(2.25, 1) == 1.5


def test_an_exact_p_gives_a_value_and_an_inequality_only_a_bound():
    exact = st.difference_from_p(0.5, Known(value=0.04), math.inf)
    bound = st.difference_from_p(0.5, Bound(relation="<", limit=0.04), math.inf)
    assert isinstance(exact, Known)
    assert isinstance(bound, Bound)
    assert (bound.relation, bound.limit) == ("<", exact.value)
    assert exact.value == pytest.approx(0.5 / 2.053749, rel=1e-6)


def test_a_ratio_must_stand_in_the_middle_of_its_interval():
    found = st.RatioInterval(0.5, 0.25, 1.0).log()
    assert [found.estimate, found.se] == pytest.approx([math.log(0.5), math.log(4) / 3.919928], rel=1e-6)
    for ratio in ((0.3, 0.25, 1.0), (-0.5, -1.0, 0.2), (0.5, 0.6, 1.0)):
        with pytest.raises(BadInput):
            st.RatioInterval(*ratio).log()


def test_wan_2014_divisor_of_ten_people_and_luo_s_mean():
    found = st.mean_and_sd_from_median(st.FiveNumbers(median=5, n=10, q1=4, q3=4 + 2 * 1.16279 / 2 * 2))
    assert found.sd == pytest.approx(2 * 1.16279 / 1.16279, rel=1e-4)
    assert st.mean_and_sd_from_median(st.FiveNumbers(median=5, n=10, q1=4, q3=6)).mean == pytest.approx(5)
    assert st.mean_and_sd_from_median(st.FiveNumbers(median=4.1, n=10, q1=4, q3=6)).is_skewed
    with pytest.raises(BadInput, match="width"):
        st.mean_and_sd_from_median(st.FiveNumbers(median=5, n=10))


def test_cliffs_delta_of_a_mann_whitney_u():
    assert st.cliffs_delta(86.5, 10, 10) == pytest.approx(0.73)


@settings(deadline=None)
@given(SAMPLES)
def test_honest_whole_numbers_never_fail_a_check(sample):
    values = np.array(sample)
    n, mean, sd = values.size, f"{values.mean():.2f}", f"{values.std(ddof=1):.2f}"
    assert st.grim(mean, n).holds in (True, None)
    assert st.grimmer(mean, sd, n).holds
    assert st.sd_or_se(float(values.mean()), float(values.std(ddof=1)), n, low=0, high=10).holds is not False
    hits = int((values > 5).sum())
    assert st.percentage_check(f"{100 * hits / n:.1f}", n).holds


@pytest.mark.parametrize(
    ("mean", "n", "holds"),
    [("3.45", 20, True), ("3.47", 20, False), ("5.19", 28, False), ("5.18", 28, True), ("2.57", 200, None)],
)
def test_grim(mean, n, holds):
    assert st.grim(mean, n).holds is holds


def test_grim_catches_the_share_of_arbitrary_means_that_it_says():
    caught = np.mean([st.grim(f"{x / 100:.2f}", 25).holds is False for x in range(1000)])
    assert caught == pytest.approx(st.grim("3.45", 25).detection, abs=0.02)


def test_grimmer_catches_an_sd_that_no_whole_numbers_have():
    assert st.grimmer("3.50", "1.29", 4).holds
    assert not st.grimmer("3.50", "1.40", 4).holds


def test_sprite_finds_a_sample_with_the_printed_numbers():
    found = st.sprite("3.45", "1.19", 20, 1, 7, np.random.default_rng(3))
    assert f"{np.mean(found.values):.2f}" == "3.45"
    assert f"{np.std(found.values, ddof=1):.2f}" == "1.19"
    assert st.sprite("3.45", "6.00", 20, 1, 7, np.random.default_rng(3), most=500).values == ()


def test_a_percentage_that_fits_no_count():
    assert not st.percentage_check("33.5%", 20).holds
    assert st.percentage_check("35%", 20).because == "7 of 20"


def test_an_sd_beyond_its_scale_is_impossible_and_a_tiny_one_may_be_an_se():
    assert st.sd_or_se(2, 5, 20, low=0, high=5).holds is False
    assert st.sd_or_se(50, 0.8, 30, low=0, high=100).holds is None


@settings(deadline=None)
@given(some.integers(0, 12), some.integers(0, 12), some.integers(0, 12), some.integers(0, 12))
def test_the_mcnemar_p_of_any_table_is_possible_for_its_margins(both, first, second, neither):
    pairs = both + first + second + neither
    if pairs:
        p = f"{st.mcnemar_p(first, second):.3f}"
        assert st.mcnemar_check(both + first, both + second, pairs, p).holds


def test_a_mcnemar_p_that_no_table_of_the_margins_gives():
    assert not st.mcnemar_check(8, 6, 10, "0.001").holds
    assert not st.mcnemar_check(8, 6, 10, "0.05", relation="<").holds
    assert st.mcnemar_p(0, 6) == pytest.approx(0.03125)


def test_a_reported_t_test_is_recomputed_with_its_rounding():
    good = st.recompute_p("t", "2.20", "0.037", df1=28)
    assert good.holds
    assert st.recompute_p("t", "2.20", "0.05", df1=28, relation="<").holds
    wrong = st.recompute_p("t", "1.20", "0.03", df1=28)
    assert (wrong.holds, wrong.is_decision_error) == (False, True)
    assert st.recompute_p("t", "2.20", "0.018", df1=28).one_sided_would_hold
    assert st.recompute_p("F", "4.84", "0.036", df1=1, df2=28).holds
    assert st.recompute_p("chi2", "3.84", "0.050", df1=1).holds
    assert st.recompute_p("z", "1.96", "0.050").holds
    assert st.recompute_p("r", ".50", "0.025", df1=18).holds


def test_a_printed_interval_follows_from_sd_and_people():
    assert st.confidence_interval_check(5.0, 2.0, 25, "4.17", "5.83").holds
    assert not st.confidence_interval_check(5.0, 2.0, 25, "4.60", "5.40").holds


def test_identical_sds_carry_their_chance():
    found = st.identical_sds(("2.31", "2.31"), (30, 30))
    assert found.holds is False
    assert 0.005 < found.false_alarm < 0.05
    assert st.identical_sds(("2.31", "2.30"), (30, 30)).holds


def test_baseline_p_values_fail_at_their_nominal_rate():
    generator = np.random.default_rng(5)
    alarms = [not st.baseline_p_values(generator.uniform(size=12), alpha=0.05).holds for _ in range(2000)]
    assert np.mean(alarms) == pytest.approx(0.05, abs=0.015)
    assert not st.baseline_p_values([0.98, 0.97, 0.99, 0.96, 0.99]).holds


def test_the_correlation_of_pairs_is_derived_or_refused():
    assert st.correlation_of_pairs(2.38, 2.21, 1.8426) == pytest.approx(0.68, abs=5e-4)
    with pytest.raises(BadInput, match="standard error"):
        st.correlation_of_pairs(2.0, 2.0, 6.0)


def test_a_sweep_names_the_correlation_where_the_conclusion_tips():
    columns = {"m1i": [9.6, 10.7], "sd1i": [2.0, 2.2], "m2i": [9.0, 10.2], "sd2i": [2.1, 2.0], "ni": [20, 25]}
    found = st.sweep_correlation("MC", columns, method="EE", test="z")
    (tipping,) = found.tipping
    y, v = st.effect_size("MC", {**columns, "ri": [tipping] * 2})
    at = st.pool(y, v, method="EE", test="z")
    assert min(abs(at.ci_lower), abs(at.ci_upper)) < 1e-8
    assert not found.is_robust
    known = st.sweep_correlation("MC", {**columns, "ri": [0.6, 0.6]}, method="EE", test="z")
    assert known.is_robust
    assert len({fit.se for fit in known.fits}) == 1


def test_signs_are_counted_from_clear_directions_only():
    found = st.sign_test(["benefit"] * 8 + ["harm"] + ["unclear"] * 3)
    assert (found.clear, found.unclear, found.p) == (9, 3, pytest.approx(0.0390625))
    assert [found.lower, found.upper] == pytest.approx([0.5650, 0.9801], abs=5e-5)
    assert st.sign_test([]).p == 1.0


def test_directions_need_seventy_per_cent_agreement():
    assert st.direction_of([1, 2, -1]) == "unclear"
    assert st.direction_of([1, 2, 3, -1]) == "benefit"
    assert st.direction_of([1, 2, 3, -1], higher_is_better=False) == "harm"


def test_fisher_s_combination_takes_bounds_as_bounds_and_refuses_lower_ones():
    exact = st.combine_p([0.01, 0.2, 0.03])
    assert exact.p == pytest.approx(0.0034783, abs=1e-7)
    bound = st.combine_p([Bound(relation="<", limit=0.01), 0.2, 0.03])
    assert (bound.p, bound.is_bound) == (exact.p, True)
    with pytest.raises(BadInput):
        st.combine_p([Bound(relation=">", limit=0.05)])


def test_the_effect_direction_table_has_one_row_a_study_and_domain():
    findings = [("A", "pigment", 0.3, 40), ("A", "pigment", 0.1, 40), ("B", "pigment", -0.2, 400)]
    rows = st.direction_table([*findings, ("B", "wrinkles", 0.2, None)])
    assert [(r.study, r.domain, r.direction, r.size, r.outcomes) for r in rows] == [
        ("A", "pigment", "benefit", "small", 2),
        ("B", "pigment", "harm", "large", 1),
        ("B", "wrinkles", "benefit", "unknown", 1),
    ]


def test_the_multiverse_counts_the_analyses_that_support_the_claim():
    clear = st.Variant("all", (0.5, 0.6, 0.55), (0.01, 0.01, 0.02))
    torn = st.Variant("without the maker's", (-0.2, 0.6), (0.01, 0.01))
    found = st.multiverse([clear, torn], methods=("DL", "REML"), tests=("z", "adhoc"))
    assert (len(found.analyses), found.share) == (8, 0.5)
    assert {one.variant for one in found.analyses if one.supports} == {"all"}


def test_walsh_2014_fragility_index_of_a_barely_significant_table():
    assert st.fisher_exact_p(1, 9, 8, 2) == pytest.approx(0.0054775, abs=1e-6)
    found = st.fragility_index(1, 9, 8, 2)
    assert (found.was_significant, found.index) == (True, 2)
    assert st.fragility_index(5, 5, 5, 5).was_significant is False

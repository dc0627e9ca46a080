"""Effect sizes: properties, and the figures of published examples."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from evidermis import statistics as st
from evidermis.evidence.errors import BadInput

MEANS = some.floats(0.5, 50)
SDS = some.floats(0.1, 10)


def one(measure, **columns):
    y, v = st.effect_size(measure, {name: [value] for name, value in columns.items()})
    return float(y[0]), float(v[0])


@settings(deadline=None)
@given(MEANS, SDS, MEANS, SDS, some.integers(3, 90))
def test_pairs_without_correlation_have_the_variance_of_parallel_groups(m1, sd1, m2, sd2, n):
    paired = one("MC", m1i=m1, sd1i=sd1, m2i=m2, sd2i=sd2, ni=n, ri=0)
    parallel = one("MD", m1i=m1, sd1i=sd1, n1i=n, m2i=m2, sd2i=sd2, n2i=n)
    assert paired == pytest.approx(parallel)
    assert one("ROMC", m1i=m1, sd1i=sd1, m2i=m2, sd2i=sd2, ni=n, ri=0) == pytest.approx(
        one("ROM", m1i=m1, sd1i=sd1, n1i=n, m2i=m2, sd2i=sd2, n2i=n)
    )


@settings(deadline=None)
@given(MEANS, SDS, MEANS, SDS, some.integers(3, 90), some.floats(0, 0.89))
def test_a_higher_correlation_of_pairs_never_widens_the_mean_difference(m1, sd1, m2, sd2, n, r):
    low, high = (one("MC", m1i=m1, sd1i=sd1, m2i=m2, sd2i=sd2, ni=n, ri=x)[1] for x in (r, r + 0.1))
    assert high <= low


@settings(deadline=None)
@given(MEANS, SDS, MEANS, SDS, some.integers(4, 90), some.floats(-0.9, 0.9), some.floats(0.01, 100))
def test_standardised_effects_do_not_depend_on_the_unit(m1, sd1, m2, sd2, n, r, unit):
    for measure in ("SMCC", "SMCR", "SMCRH", "SMCRP", "SMCRPH"):
        plain = one(measure, m1i=m1, sd1i=sd1, m2i=m2, sd2i=sd2, ni=n, ri=r)
        scaled = one(measure, m1i=m1 * unit, sd1i=sd1 * unit, m2i=m2 * unit, sd2i=sd2 * unit, ni=n, ri=r)
        assert scaled == pytest.approx(plain, rel=1e-6)
    for measure in ("SMD", "SMDH", "SMD1"):
        for vtype in ("LS", "LS2"):
            y, v = st.effect_size(measure, m1i=[m1, m1 * unit], sd1i=[sd1, sd1 * unit], n1i=[n, n], m2i=[m2, m2 * unit],
                                  sd2i=[sd2, sd2 * unit], n2i=[n, n], vtype=vtype)  # fmt: skip
            assert (y[0], v[0]) == pytest.approx((y[1], v[1]), rel=1e-6)


@settings(deadline=None)
@given(*(some.integers(0, 40),) * 4)
def test_swapping_the_groups_mirrors_a_table(a, b, c, d):
    for measure in ("RR", "OR", "RD", "PETO"):
        y, v = one(measure, ai=a, bi=b, ci=c, di=d)
        mirrored, w = one(measure, ai=c, bi=d, ci=a, di=b)
        assert (-mirrored, w) == pytest.approx((y, v), nan_ok=True)


@pytest.mark.parametrize(("df", "j"), [(9, 0.913875), (20, 0.961945), (24, 0.968365), (27, 0.971919), (50, 0.984912)])
def test_hedges_exact_correction(df, j):
    d = one("SMCR", m1i=1, sd1i=1, m2i=0, ni=df + 1, ri=0.5)[0]
    assert d == pytest.approx(j, abs=5e-7)


def test_cochrane_handbook_5_1_section_16_4_6_4():
    pair = {"m1i": 7.0, "sd1i": 2.38, "m2i": 6.5, "sd2i": 2.21, "ni": 10, "ri": 0.68}
    md, variance = one("MC", **pair)
    assert (md, round(variance**0.5, 4), round((variance * 10) ** 0.5, 4)) == (0.5, 0.5827, 1.8426)
    d, v = one("SMCHB", **pair)
    assert (round(d, 4), round(v**0.5, 4)) == (0.2177, 0.2560)


@pytest.mark.parametrize(
    ("r", "morris", "handbook"),
    [
        (0, 0.2915, 0.3),
        (0.3, 0.2470, 0.2510),
        (0.5, 0.2121, 0.2121),
        (0.7, 0.1703, 0.1643),
        (0.8, 0.1449, 0.1342),
        (0.9, 0.1140, 0.0949),
    ],
)
def test_the_two_forms_of_the_variance_agree_only_at_one_half(r, morris, handbook):
    j = st.effect_size("SMCR", m1i=[1], sd1i=[1], m2i=[0], ni=[25], ri=[0]).yi[0]
    scaled = one("SMCR", m1i=0.5 / j, sd1i=1, m2i=0, ni=25, ri=r)[1]
    assert scaled**0.5 == pytest.approx(morris, abs=6e-5)
    assert one("SMCHB", m1i=0.5, sd1i=1, m2i=0, sd2i=1, ni=25, ri=r)[1] ** 0.5 == pytest.approx(handbook, abs=6e-5)


def test_risk_ratios_with_a_zero_cell():
    y, v = one("RR", ai=0, bi=27, ci=3, di=15)
    assert [round(float(np.exp(x)), 4) for x in (y, y - 1.96 * v**0.5, y + 1.96 * v**0.5)] == pytest.approx(
        [0.0969, 0.0053, 1.7713], abs=2e-4
    )
    y, v = one("RR", ai=1, bi=32, ci=3, di=20)
    assert [round(float(np.exp(x)), 4) for x in (y, y - 1.96 * v**0.5, y + 1.96 * v**0.5)] == pytest.approx(
        [0.2323, 0.0257, 2.0961], abs=2e-4
    )


def test_the_change_score_form_is_the_raw_form_over_the_root_of_twice_one_less_r():
    pair = {"m1i": 3.0, "sd1i": 2.0, "m2i": 1.0, "sd2i": 2.0, "ni": 4000, "ri": 0.75}
    assert one("SMCC", **pair)[0] == pytest.approx(one("SMCRP", **pair)[0] / (2 * 0.25) ** 0.5, rel=1e-3)


def test_margins_give_the_matched_variance_where_the_correlation_is_that_of_the_table():
    a, b, c, d = 20, 12, 5, 13
    n = a + b + c + d
    p1, p2 = (a + b) / n, (a + c) / n
    r = (a / n - p1 * p2) / (p1 * (1 - p1) * p2 * (1 - p2)) ** 0.5
    matched = one("MPOR", ai=a, bi=b, ci=c, di=d)
    margins = one("MPORE", ai=a + b, bi=c + d, ci=a + c, di=b + d, ri=r)
    assert margins == pytest.approx(matched)


@pytest.mark.parametrize(
    ("measure", "columns", "words"),
    [
        ("SMDX", {}, "unknown measure"),
        ("SMD", {"m1i": [1]}, "missing"),
        ("MC", {"m1i": [1], "m2i": [1], "sd1i": [-1], "sd2i": [1], "ni": [3], "ri": [0]}, "sd1i cannot be -1"),
        ("MC", {"m1i": [1], "m2i": [1], "sd1i": [1], "sd2i": [1], "ni": [3], "ri": [1.2]}, "ri cannot be 1.2"),
        ("RR", {"ai": [1, 2], "bi": [1, 2, 3], "ci": [1], "di": [1]}, "length"),
        ("RR", {"ai": [9], "n1i": [5], "ci": [1], "n2i": [5]}, "more events than people"),
        ("ROM", {"m1i": [-1], "m2i": [1], "sd1i": [1], "sd2i": [1], "n1i": [3], "n2i": [3]}, "no logarithm"),
        ("MC", {"m1i": ["x"], "m2i": [1], "sd1i": [1], "sd2i": [1], "ni": [3], "ri": [0]}, "not a number"),
    ],
)
def test_impossible_columns_are_refused(measure, columns, words):
    with pytest.raises(BadInput, match=words):
        st.effect_size(measure, columns)


def test_a_missing_value_gives_a_missing_effect():
    y, v = st.effect_size("MD", m1i=[1, np.nan], sd1i=[1, 1], n1i=[5, 5], m2i=[0, 0], sd2i=[1, 1], n2i=[5, 5])
    assert np.isfinite([y[0], v[0]]).all()
    assert np.isnan([y[1], v[1]]).all()


def test_a_reported_d_or_t_stands_in_for_means_whatever_its_sign():
    y, _ = st.effect_size("SMD", di=[-0.5], n1i=[20], n2i=[20])
    t, _ = st.effect_size("SMD", ti=[-0.5 * 10**0.5], n1i=[20], n2i=[20])
    assert y[0] == pytest.approx(t[0])
    assert y[0] < 0
    with pytest.raises(BadInput, match="below 0"):
        st.effect_size("RR", ai=[1], bi=[-2], ci=[1], di=[3])

"""Boundaries, information, power: known tables, and what must hold for any numbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from evidermis import statistics as st
from evidermis.evidence.errors import BadInput

FRACTIONS = some.lists(some.floats(0.02, 1.0), min_size=1, max_size=5, unique_by=lambda x: round(x, 2)).map(sorted)


@pytest.mark.parametrize(
    ("fractions", "boundaries"),
    [
        ([0.25, 0.5, 0.75, 1.0], [4.3326, 2.9631, 2.3590, 2.0141]),
        ([0.2, 0.4, 0.6, 0.8, 1.0], [4.877, 3.357, 2.680, 2.290, 2.031]),
        ([1.0], [1.9600]),
    ],
)
def test_lan_demets_o_brien_fleming_boundaries(fractions, boundaries):
    found = st.sequential_boundaries(fractions, with_futility=False).efficacy
    assert found == pytest.approx(boundaries, abs=5.1e-4 if len(fractions) == 5 else 5e-5)


@settings(deadline=None, max_examples=15)
@given(FRACTIONS)
def test_boundaries_never_allow_more_than_the_naive_test_and_spend_what_they_say(fractions):
    found = st.sequential_boundaries(fractions)
    assert all(z >= 1.9599 for z in found.efficacy)
    assert all(0 <= inner <= outer for inner, outer in zip(found.futility, found.efficacy, strict=True))
    assert found.spent[-1] <= 0.05 + 1e-12
    assert list(found.spent) == sorted(found.spent)


def test_futility_meets_efficacy_at_full_information():
    found = st.sequential_boundaries([0.25, 0.5, 0.75, 1.0])
    assert found.futility[-1] == pytest.approx(found.efficacy[-1], abs=1e-8)
    assert found.drift > 1.959964 + 1.281552


@pytest.mark.parametrize(
    ("z", "fractions", "state"),
    [
        (0.9, [0.25], "below all"),
        (2.2, [0.25, 0.5], "early, unsafe"),
        (-3.1, [0.25, 0.5], "crosses boundary"),
        (0.3, [0.25, 0.5, 0.75], "futile"),
        (1.5, [0.25, 0.5, 0.75, 1.0], "information reached"),
    ],
)
def test_the_five_states_of_a_living_review(z, fractions, state):
    assert st.living_state(z, st.sequential_boundaries(fractions)) == state


@pytest.mark.parametrize("fractions", [[], [0.5, 0.4], [0.0], [1.1], [0.3, 0.3]])
def test_looks_out_of_order_are_refused(fractions):
    with pytest.raises(BadInput):
        st.sequential_boundaries(fractions)


def test_required_information_of_within_person_trials():
    assert [round(st.required_pairs(dz)) for dz in (0.2, 0.3, 0.5)] == [263, 117, 42]
    assert [round(st.required_pairs(dz, d2=0.5) - 0.01) for dz in (0.2, 0.3, 0.5)] == [525, 233, 84]


def test_diversity_is_never_below_i2():
    y, v = [0.1, 0.9, 0.4, -0.3, 0.7], [0.05, 0.1, 0.03, 0.08, 0.2]
    assert st.diversity(y, v, method="DL") >= st.pool(y, v, method="DL").i2 / 100 - 1e-12


def test_the_information_fraction_counts_inverse_variances():
    found = st.required_information([0.5, 0.5], [0.04, 0.04], 0.5)
    assert (found.accrued, found.d2) == (pytest.approx(50), pytest.approx(0))
    assert found.fraction == 1.0
    assert st.required_information([0.5, 0.5], [0.4, 0.4], 0.5).fraction == pytest.approx(5 / 42.03, abs=1e-3)


@pytest.mark.parametrize(
    ("n", "at_80", "at_90"),
    [
        (10, 0.996, 1.155),
        (20, 0.660, 0.764),
        (21, 0.643, 0.744),
        (25, 0.584, 0.676),
        (28, 0.549, 0.636),
        (40, 0.454, 0.526),
        (60, 0.368, 0.425),
    ],
)
def test_detectable_differences_of_the_paired_t_test(n, at_80, at_90):
    assert [round(st.detectable_difference(n, power=power), 3) for power in (0.8, 0.9)] == [at_80, at_90]


def test_power_and_sizes_of_the_paired_t_test():
    assert [round(st.paired_power(0.5, n), 3) for n in (21, 25, 28)] == [0.587, 0.670, 0.723]
    sizes = {dz: (st.paired_size(dz), st.paired_size(dz, power=0.9)) for dz in (0.2, 0.3, 0.4, 0.5, 0.8)}
    assert sizes == {0.2: (199, 265), 0.3: (90, 119), 0.4: (52, 68), 0.5: (34, 44), 0.8: (15, 19)}


def test_the_two_sample_size_of_the_textbook():
    assert st.parallel_size(0.5) == 64


@settings(deadline=None, max_examples=60)
@given(some.floats(0, 5), some.integers(2, 400))
def test_power_is_a_share_that_starts_at_alpha_and_grows(dz, n):
    power = st.paired_power(dz, n)
    assert 0.05 - 1e-6 <= power <= 1
    assert st.paired_power(dz + 0.1, n) >= power - 1e-9
    assert st.paired_power(0.0, n) == pytest.approx(0.05, abs=1e-6)


def test_the_trial_that_would_settle_it_is_the_smallest_that_does():
    y, v = [0.2, 0.5, 0.3, 0.1], [0.04, 0.05, 0.06, 0.1]
    found = st.settling_trial(y, v, effect=0.5, variance_of_one=1.0)
    assert found.people is not None
    settles = st.pool([*y, 0.5], [*v, 1 / found.people], test="adhoc")
    one_less = st.pool([*y, 0.5], [*v, 1 / (found.people - 1)], test="adhoc")
    assert settles.ci_lower > 0 >= one_less.ci_lower


def test_no_trial_settles_two_studies_that_contradict_each_other():
    assert st.settling_trial([-2.0, 2.0], [0.01, 0.01], effect=0.3, variance_of_one=1.0).people is None

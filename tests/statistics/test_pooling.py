"""What pooling must hold for any data, and published analyses by name."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra import numpy as arrays

from evidermis import statistics as st
from evidermis.evidence.errors import BadInput

METHODS = some.sampled_from(st.METHODS)
TESTS = some.sampled_from(["z", "t", "knha", "adhoc"])
EFFECTS = some.integers(1, 12).flatmap(
    lambda k: some.tuples(
        arrays.arrays(float, k, elements=some.floats(-5, 5).map(lambda x: round(x, 3))),
        arrays.arrays(float, k, elements=some.floats(0.01, 4).map(lambda x: round(x, 4))),
    )
)
FIGURES = ("estimate", "se", "ci_lower", "ci_upper", "p", "tau2", "i2", "h2", "q", "q_p")


def close(a, b, tolerance=1e-7):
    return np.allclose(a, b, rtol=tolerance, atol=tolerance, equal_nan=True)


@settings(deadline=None, max_examples=60)
@given(EFFECTS, METHODS, TESTS)
def test_valid_input_never_gives_nan(data, method, test):
    fit = st.pool(*data, method=method, test=test)
    assert all(np.isfinite(getattr(fit, name)) for name in FIGURES)
    assert fit.ci_lower <= fit.estimate <= fit.ci_upper
    assert 0 <= fit.i2 < 100
    assert fit.tau2 >= 0


@settings(deadline=None, max_examples=60)
@given(EFFECTS, METHODS, TESTS, some.sampled_from([0.001, 0.1, 7.0, 1000.0]))
def test_a_change_of_unit_changes_only_the_unit(data, method, test, factor):
    y, v = data
    fit, scaled = (
        st.pool(y, v, method=method, test=test, stopping=st.EXACT),
        st.pool(factor * y, factor**2 * v, method=method, test=test, stopping=st.EXACT),
    )
    assert close(scaled.estimate / factor, fit.estimate, 1e-6)
    assert close(scaled.tau2 / factor**2, fit.tau2, 1e-5)
    assert close(scaled.i2, fit.i2, 1e-4)


@settings(deadline=None, max_examples=60)
@given(EFFECTS, METHODS, TESTS)
def test_a_change_of_sign_mirrors_the_result(data, method, test):
    y, v = data
    fit, mirrored = st.pool(y, v, method=method, test=test), st.pool(-y, v, method=method, test=test)
    assert close([-mirrored.estimate, -mirrored.ci_upper, mirrored.tau2], [fit.estimate, fit.ci_lower, fit.tau2])


@settings(deadline=None, max_examples=60)
@given(EFFECTS, METHODS, TESTS, some.randoms(use_true_random=False))
def test_the_order_of_studies_never_matters(data, method, test, random):
    y, v = data
    order = list(range(y.size))
    random.shuffle(order)
    fit, shuffled = (st.pool(*one, method=method, test=test) for one in ((y, v), (y[order], v[order])))
    assert close([shuffled.estimate, shuffled.se, shuffled.tau2], [fit.estimate, fit.se, fit.tau2], 1e-6)


@settings(deadline=None, max_examples=40)
@given(some.lists(EFFECTS, min_size=1, max_size=12), METHODS, TESTS)
def test_a_batch_gives_what_each_fit_gives(data, method, test):
    many = st.pool_many([y for y, _ in data], [v for _, v in data], method=method, test=test)
    for at, (y, v) in enumerate(data):
        one = st.pool(y, v, method=method, test=test)
        assert all(close(getattr(many, name)[at], getattr(one, name), 1e-6) for name in FIGURES)


@settings(deadline=None, max_examples=40)
@given(EFFECTS, some.sampled_from(["DL", "REML", "PM", "ML", "EB"]))
def test_without_heterogeneity_every_method_is_the_equal_effect_model(data, method):
    _, v = data
    fit, equal = st.pool(np.full(v.size, 0.3), v, method=method), st.pool(np.full(v.size, 0.3), v, method="EE")
    assert close([fit.tau2, fit.estimate, fit.se], [0, equal.estimate, equal.se], 1e-6)


@settings(deadline=None, max_examples=40)
@given(EFFECTS)
def test_the_ad_hoc_interval_is_never_narrower_than_student_s(data):
    floor, student = st.pool(*data, test="adhoc"), st.pool(*data, test="t")
    assert floor.se >= student.se * (1 - 1e-12)


def test_the_reml_estimate_is_the_highest_point_of_its_likelihood():
    y, v = np.array([0.1, 0.9, 0.4, -0.3, 0.7]), np.array([0.05, 0.1, 0.03, 0.08, 0.2])

    def height(tau2):
        w = 1 / (v + tau2)
        mean = np.sum(w * y) / w.sum()
        return -0.5 * (np.log(v + tau2).sum() + np.log(w.sum()) + np.sum(w * (y - mean) ** 2))

    best = st.pool(y, v, method="REML", stopping=st.EXACT).tau2
    assert all(height(best) >= height(best + step) for step in (-1e-3, -1e-5, 1e-5, 1e-3))


def test_a_single_study_keeps_its_own_interval_and_says_so():
    fit = st.pool([0.4], [0.04], test="knha")
    assert (fit.estimate, round(fit.se, 12), fit.tau2) == (0.4, 0.2, 0.0)
    assert "one study" in fit.notes[0]


def test_two_studies_warn_of_the_critical_value():
    assert "12.7" in st.pool([0.4, 0.5], [0.04, 0.05]).notes[0]


@pytest.mark.parametrize(
    ("yi", "vi", "words"),
    [
        ([], [], "nothing to pool"),
        ([0.1], [0.0], "above 0"),
        ([0.1, 0.2], [0.1, -1], "study 2"),
        ([0.1, np.nan], [0.1, 1], "study 2"),
        ([0.1, np.inf], [0.1, 1], "study 2"),
        ([0.1, 0.2], [0.1], "variances"),
        (["a"], [1], "numbers"),
        ([[0.1, 0.2]], [[0.1, 0.2]], "variance"),
    ],
)
def test_invalid_effects_are_refused_with_the_place(yi, vi, words):
    with pytest.raises(BadInput, match=words):
        st.pool(yi, vi)


@pytest.mark.parametrize("option", [{"method": "XX"}, {"test": "no"}, {"level": 1.0}, {"pi_df": "k"}])
def test_unknown_choices_are_refused(option):
    with pytest.raises(BadInput):
        st.pool([0.1, 0.2], [0.1, 0.1], **option)


# The thirteen BCG trials (Colditz et al. 1994): vaccinated cases and others, unvaccinated cases and others.
BCG = {
    "ai": [4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27],
    "bi": [119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886],
    "ci": [11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29],
    "di": [128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825],
}


def test_colditz_1994_bcg_vaccine():
    y, v = st.effect_size("RR", BCG)
    reml = st.pool(y, v, stopping=st.EXACT, test="z")
    assert round(st.pool(y, v, stopping=st.EXACT, method="EE").estimate, 4) == -0.4303
    assert (
        round(st.pool(y, v, stopping=st.EXACT, method="DL").tau2, 4),
        round(st.pool(y, v, stopping=st.EXACT, method="DL").estimate, 4),
    ) == (
        0.3088,
        -0.7141,
    )
    assert (
        round(st.pool(y, v, stopping=st.EXACT, method="PM").tau2, 4),
        round(st.pool(y, v, stopping=st.EXACT, method="PM").estimate, 4),
    ) == (
        0.3181,
        -0.7150,
    )
    assert [round(x, 4) for x in (reml.tau2, reml.estimate, reml.se, reml.ci_lower, reml.ci_upper)] == [
        0.3132,
        -0.7145,
        0.1798,
        -1.0669,
        -0.3622,
    ]
    assert round(reml.q, 4) == 152.2330
    hartung = st.pool(y, v, stopping=st.EXACT, test="knha")
    assert (round(hartung.ci_lower, 4), round(hartung.ci_upper, 4)) == (-1.1084, -0.3206)
    wald = {rule: st.pool(y, v, stopping=st.EXACT, test="z", pi_df=rule) for rule in ("k-2", "k-1")}
    assert [round(x, 4) for x in (wald["k-2"].pi_lower, wald["k-2"].pi_upper)] == [-2.0084, 0.5793]
    assert [round(x, 4) for x in (wald["k-1"].pi_lower, wald["k-1"].pi_upper)] == [-1.9953, 0.5663]
    interval = st.tau2_interval(y, v, stopping=st.EXACT)
    assert [round(x, 4) for x in (interval.lower, interval.upper)] == [0.1197, 1.1115]
    assert [round(x, 1) for x in (interval.i2_lower, interval.i2_upper)] == [81.9, 97.7]
    egger = st.egger(y, v)
    assert [round(x, 3) for x in (egger.statistic, egger.df, egger.p)] == [-1.401, 11, 0.189]


def test_rover_2015_shows_why_the_knapp_hartung_scale_needs_a_floor():
    y, v = [0.54, 0.56, 0.58], [0.046, 0.041, 0.050]
    fits = {test: st.pool(y, v, test=test) for test in ("z", "knha", "adhoc")}
    ends = {test: (round(fit.ci_lower, 4), round(fit.ci_upper, 4)) for test, fit in fits.items()}
    assert ends == {"z": (0.3185, 0.8005), "knha": (0.5112, 0.6078), "adhoc": (0.0304, 1.0886)}


def test_leaving_out_a_family_leaves_out_all_its_studies():
    y, v = [0.1, 0.5, 0.6, 0.9], [0.02, 0.03, 0.02, 0.05]
    left = st.leave_one_family_out(y, v, ["a", "b", "b", "c"])
    assert left.families == ("a", "b", "c")
    assert left.fits.estimate[1] == pytest.approx(st.pool([0.1, 0.9], [0.02, 0.05]).estimate)
    with pytest.raises(BadInput, match="two independent"):
        st.leave_one_family_out(y, v, ["a"] * 4)


def test_cumulative_fits_can_follow_the_years():
    y, v = np.array([0.1, 0.5, 0.6]), np.array([0.02, 0.03, 0.02])
    by_year = st.cumulative(y, v, order=[2020, 2010, 2015])
    assert by_year.estimate[0] == 0.5
    assert by_year.estimate[-1] == pytest.approx(st.pool(y, v).estimate)

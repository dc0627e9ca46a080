"""Multilevel and stratified models against metafor and clubSandwich, and the Bayesian model against brute force."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from evidermis import statistics as st
from evidermis.evidence.errors import BadInput

REFERENCE = json.loads(Path(__file__).with_name("metafor.json").read_text(encoding="utf-8"))
MULTI = REFERENCE["multi"]
Y, V, STUDY, X = ([row[name] for row in MULTI] for name in ("yi", "vi", "study", "x"))


def same(fit, wanted):
    assert fit.beta == pytest.approx(np.atleast_1d(wanted["beta"]), abs=1e-6)
    assert fit.se == pytest.approx(np.atleast_1d(wanted["se"]), abs=1e-6)
    assert [fit.between_studies, fit.within_studies] == pytest.approx(wanted["sigma2"], abs=1e-6)
    assert fit.log_likelihood == pytest.approx(wanted["log_likelihood"], abs=1e-9)
    assert fit.q == pytest.approx(wanted["q"], rel=1e-9)


def test_three_levels():
    same(st.three_level(Y, V, STUDY), REFERENCE["three_level"])
    same(st.three_level(Y, V, STUDY, method="ML"), REFERENCE["three_level_ml"])


def test_correlated_and_hierarchical_effects_with_a_moderator():
    design = np.column_stack([np.ones(len(Y)), X])
    fit = st.three_level(Y, V, STUDY, design, rho=0.6)
    same(fit, REFERENCE["che"])
    wanted = REFERENCE["che_cr2"]
    assert fit.robust.se == pytest.approx(wanted["se"], rel=1e-6)
    assert fit.robust.df == pytest.approx(wanted["df"], rel=1e-5)
    assert fit.robust.p == pytest.approx(wanted["p"], rel=1e-5)
    assert fit.robust.is_reliable.tolist() == [True, False]
    assert "below 4" in fit.notes[0]


def test_cluster_robust_tests():
    wanted = REFERENCE["three_level_cr2"]
    robust = st.three_level(Y, V, STUDY).robust
    assert [robust.se[0], robust.df[0], robust.p[0]] == pytest.approx(
        [wanted["se"], wanted["df"], wanted["p"]], rel=1e-5
    )
    simple = st.three_level(Y, V, STUDY, correction="CR1").robust
    assert [simple.se[0], simple.p[0]] == pytest.approx(
        [REFERENCE["three_level_robust"][k] for k in ("se", "p")], rel=1e-5
    )


def test_one_effect_a_study_is_the_two_level_model():
    y, v = REFERENCE["sets"]["mixed"]["yi"], REFERENCE["sets"]["mixed"]["vi"]
    three, two = st.three_level(y, v, list(range(len(y)))), st.pool(y, v, stopping=st.EXACT)
    assert three.between_studies + three.within_studies == pytest.approx(two.tau2, rel=1e-6)
    assert three.beta[0] == pytest.approx(two.estimate, rel=1e-6)


def test_one_study_with_many_effects_gives_no_pooled_claim():
    with pytest.raises(BadInput, match="independent studies"):
        st.three_level([0.1, 0.2], [0.1, 0.1], ["a", "a"])


def test_mantel_haenszel_and_peto():
    table = REFERENCE["table"]
    cells = [table[name] for name in ("ai", "bi", "ci", "di")]
    for measure, wanted in REFERENCE["mantel_haenszel"].items():
        found = st.mantel_haenszel(*cells, measure=measure)
        assert [found.estimate, found.se, found.q] == pytest.approx(
            [wanted["estimate"], wanted["se"], wanted["q"]], rel=1e-9
        )
    found, wanted = st.peto(*cells), REFERENCE["peto"]
    assert [found.estimate, found.se, found.q] == pytest.approx(
        [wanted["estimate"], wanted["se"], wanted["q"]], rel=1e-9
    )


def test_no_events_in_one_group_leave_no_ratio():
    with pytest.raises(BadInput, match="no events"):
        st.mantel_haenszel([0, 0], [10, 12], [2, 3], [8, 9])


@pytest.mark.parametrize("prior", ["half-normal", "half-cauchy"])
@pytest.mark.parametrize(("y", "v"), [([0.2, 0.9], [0.04, 0.05]), ([0.1, 0.5, -0.2, 0.9], [0.04, 0.1, 0.02, 0.2])])
def test_the_posterior_is_that_of_a_plain_grid(prior, y, v):
    y, v, scale = np.array(y), np.array(v), 0.5
    tau = np.linspace(0, 60, 120_001)[1:]
    w = 1 / (v[:, None] + tau**2)
    total = w.sum(0)
    mean = (w * y[:, None]).sum(0) / total
    log = 0.5 * np.log(w).sum(0) - 0.5 * np.log(total) - 0.5 * (w * (y[:, None] - mean) ** 2).sum(0)
    log += -0.5 * (tau / scale) ** 2 if prior == "half-normal" else -np.log1p((tau / scale) ** 2)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    found = st.bayesian_pool(y, v, scale=scale, prior=prior)
    assert found.mean == pytest.approx(float(np.sum(weight * mean)), abs=2e-3)
    assert found.tau_median == pytest.approx(float(tau[np.searchsorted(np.cumsum(weight), 0.5)]), abs=2e-3)
    if prior == "half-normal":
        assert found.sd == pytest.approx(
            float(np.sqrt(np.sum(weight * (1 / total + (mean - found.mean) ** 2)))), abs=1e-3
        )


@settings(deadline=None, max_examples=25)
@given(some.floats(-2, 2), some.floats(0.01, 1), some.floats(0.05, 2))
def test_the_posterior_of_mirrored_effects_is_mirrored(y, v, scale):
    one = st.bayesian_pool([y, 0.3], [v, 0.1], scale=scale)
    other = st.bayesian_pool([-y, -0.3], [v, 0.1], scale=scale)
    assert [-other.mean, -other.ci_upper, other.tau_median] == pytest.approx(
        [one.mean, one.ci_lower, one.tau_median], abs=1e-6
    )
    assert one.ci_lower < one.mean < one.ci_upper
    assert one.pi_lower < one.ci_lower


def test_a_tight_prior_of_tau_gives_the_equal_effect_model():
    found, equal = (
        st.bayesian_pool([0.2, 0.4], [0.04, 0.05], scale=1e-4),
        st.pool([0.2, 0.4], [0.04, 0.05], method="EE"),
    )
    assert [found.mean, found.ci_lower, found.ci_upper] == pytest.approx(
        [equal.estimate, equal.ci_lower, equal.ci_upper], abs=1e-5
    )


def test_subgroups_of_equal_means_do_not_differ():
    found = st.subgroup_test([0.1, 0.3, 0.1, 0.3], [0.02] * 4, ["a", "a", "b", "b"])
    assert (found.q_between, found.studies) == (pytest.approx(0, abs=1e-12), (2, 2))
    assert found.estimate == pytest.approx([0.2, 0.2])

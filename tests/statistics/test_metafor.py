"""Agreement with R's metafor on data made for the purpose; `validation/metafor` holds the script that made the numbers."""

import json
from pathlib import Path

import numpy as np
import pytest

from evidermis import statistics as st

REFERENCE = json.loads(Path(__file__).with_name("metafor.json").read_text(encoding="utf-8"))
MIXED = REFERENCE["sets"]["mixed"]["yi"], REFERENCE["sets"]["mixed"]["vi"]


def worst(found, wanted) -> float:
    found, wanted = np.atleast_1d(np.asarray(found, float)), np.atleast_1d(np.array(wanted, dtype=float))
    known = np.isfinite(wanted)
    return float(np.max(np.abs(found[known] - wanted[known]) / np.maximum(1, np.abs(wanted[known])), initial=0.0))


@pytest.mark.parametrize("fit", REFERENCE["fits"], ids=lambda f: f"{f['set']}-{f['method']}-{f['test']}")
def test_every_estimator_and_test_gives_what_metafor_gives(fit):
    data = REFERENCE["sets"][fit["set"]]
    found = st.pool(data["yi"], data["vi"], method=fit["method"], test=fit["test"], stopping=st.EXACT)
    # metafor's threshold is absolute: against variances of 1e-6 even 1e-13 leaves the seventh digit open.
    near = 1e-5 if fit["set"] == "tiny" else 1e-8
    for name, wanted in fit.items():
        if name not in ("set", "method", "test") and wanted not in (None, "NA", {}, []):
            assert worst(getattr(found, name), wanted) < near, name


@pytest.mark.parametrize("fit", REFERENCE["default_stop"], ids=lambda f: f"{f['set']}-{f['method']}")
def test_the_metafor_stopping_rule_reproduces_default_fits_to_the_last_digits(fit):
    data = REFERENCE["sets"][fit["set"]]
    found = st.pool(data["yi"], data["vi"], method=fit["method"], stopping=st.METAFOR)
    assert worst([found.tau2, found.estimate, found.i2], [fit["tau2"], fit["estimate"], fit["i2"]]) < 1e-11


@pytest.mark.parametrize("case", REFERENCE["effects"], ids=lambda c: f"{c['measure']}-{c['options']}")
def test_every_measure_gives_what_escalc_gives(case):
    options = case["options"] if isinstance(case["options"], dict) else {}
    found = st.effect_size(case["measure"], case["columns"], **options)
    for got, wanted in zip(found, (case["yi"], case["vi"]), strict=True):
        wanted = np.array([np.nan if value in (None, "NA", "Inf", "-Inf", "NaN") else value for value in wanted], float)
        assert worst(got, wanted) < 1e-12
        assert np.isnan(got[~np.isfinite(wanted)]).all()


def test_leave_one_out_and_cumulative_fits():
    for found, wanted in (
        (st.leave_one_out(*MIXED, stopping=st.EXACT), REFERENCE["leave_one_out"]),
        (st.cumulative(*MIXED, stopping=st.EXACT), REFERENCE["cumulative"]),
    ):
        for name in ("estimate", "se", "tau2"):
            assert worst(getattr(found, name), wanted[name]) < 1e-8


@pytest.mark.parametrize(("test", "key"), [("z", "influence"), ("knha", "influence_knha")])
def test_influence(test, key):
    found = st.influence(*MIXED, test=test, stopping=st.EXACT)
    names = {
        "rstudent": "rstudent",
        "dffits": "dffits",
        "cook.d": "cooks",
        "cov.r": "covariance_ratio",
        "tau2.del": "tau2_without",
        "QE.del": "q_without",
        "hat": "hat",
    }
    for theirs, wanted in REFERENCE[key].items():
        assert worst(getattr(found, names[theirs]), wanted) < 1e-7, theirs


def test_baujat_coordinates():
    x, y = st.baujat(*MIXED, stopping=st.EXACT)
    assert max(worst(x, REFERENCE["baujat"]["x"]), worst(y, REFERENCE["baujat"]["y"])) < 1e-7


@pytest.mark.parametrize("case", REFERENCE["regression"], ids=lambda c: f"{c['method']}-{c['test']}")
def test_meta_regression(case):
    found = st.meta_regression(*MIXED, REFERENCE["X"], method=case["method"], test=case["test"], stopping=st.EXACT)
    for name in ("beta", "se", "p", "tau2", "qm", "qm_p", "qe", "i2"):
        assert worst(getattr(found, name), case[name]) < 1e-7, name
    if isinstance(case["r2"], float | int) and case["method"] != "EE":
        assert worst(found.r2, case["r2"]) < 1e-5


@pytest.mark.parametrize("method", ["REML", "ML"])
def test_meta_regression_stops_where_published_fits_do(method):
    found = st.meta_regression(*MIXED, REFERENCE["X"], method=method)
    for name, wanted in REFERENCE["regression_default_stop"][method].items():
        if isinstance(wanted, float | int | list):
            assert worst(getattr(found, name), wanted) < 1e-9, name


def test_small_study_tests():
    egger, mixed, begg = st.egger(*MIXED), st.egger_mixed(*MIXED), st.begg(*MIXED)
    assert worst([egger.statistic, egger.df, egger.p], [REFERENCE["egger"][k] for k in ("t", "df", "p")]) < 1e-9
    assert worst([mixed.statistic, mixed.p], [REFERENCE["egger_mixed"][k] for k in ("z", "p")]) < 1e-5
    assert worst([begg.statistic, begg.p], [REFERENCE["begg"][k] for k in ("tau", "p")]) < 1e-12


def test_trim_and_fill():
    wanted = REFERENCE["trim_and_fill"]
    found = st.trim_and_fill(*MIXED)
    assert (found.k0, found.side) == (wanted["k0"], wanted["side"])
    assert worst([found.fit.estimate, found.fit.se], [wanted["estimate"], wanted["se"]]) < 1e-10
    assert st.trim_and_fill(*MIXED, estimator="R0").k0 == REFERENCE["trim_and_fill_R0"]["k0"]


def test_q_profile_interval():
    found, wanted = st.tau2_interval(*MIXED, stopping=st.EXACT), REFERENCE["tau2_interval"]
    for name in ("lower", "upper", "i2_lower", "i2_upper"):
        assert worst(getattr(found, name), wanted[name]) < 1e-9

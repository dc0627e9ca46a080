"""Tables of effects: every honest way to give an effect is read, every ambiguous one is refused; and the verb."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from commands import evidermis
from evidermis import statistics as st
from evidermis.evidence.errors import BadInput


def rows(text):
    header, *lines = [line.split(",") for line in text.strip().split("\n")]
    return [dict(zip(header, line, strict=True)) for line in lines]


def test_a_standard_error_and_its_square_are_told_apart():
    error = st.effects_from_table(rows("study,yi,sei\nA,0.5,0.2"))
    variance = st.effects_from_table(rows("study,yi,vi\nA,0.5,0.04"))
    assert error.vi == pytest.approx(variance.vi)


def test_a_ratio_is_read_through_its_logarithm():
    table = st.effects_from_table(rows("study,rr,ci_lower,ci_upper\nA,0.5,0.25,1"))
    assert (table.scale, table.measure) == ("log", "RR")
    assert table.yi == pytest.approx(np.log([0.5]))
    assert table.vi == pytest.approx((np.log(4) / (2 * 1.959964)) ** 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("study,rr,sei\nA,0.5,0.2", "natural scale"),
        ("study,rr,ci_lower,ci_upper,sei\nA,0.5,0.2,1,0.3", "which is meant"),
        ("study,rr,or,ci_lower,ci_upper\nA,0.5,0.5,0.2,1", "rr and or"),
        ("study,yi,vi,sei\nA,0.5,0.2,0.3", "more than once"),
        ("study,yi\nA,0.5", "cannot be weighed"),
        ("study,effect,vi\nA,0.5,1", "no column of effects"),
        ("study,yi,sei\nA,<0.5,1", "line 2"),
        ("study,yi,sei\nA,0.1,1\nB,=1+1,1", "line 3"),
        ("study,yi,ci_lower,ci_upper\nA,0.5,0.6,0.9", "outside its own interval"),
        ("study,rr,ci_lower,ci_upper\nA,-0.5,-0.9,-0.1", "above 0"),
    ],
)
def test_ambiguous_or_impossible_tables_are_refused(text, words):
    with pytest.raises(BadInput, match=words):
        st.effects_from_table(rows(text))


def test_rows_without_effect_or_error_are_listed_with_their_reason():
    table = st.effects_from_table(rows("study,yi,vi\nA,0.5,0.1\nB,NA,0.1\nC,0.2,\nD,0.2,0"))
    assert table.studies == ("A",)
    assert [(row.line, row.study, row.because) for row in table.left_out] == [
        (3, "B", "no effect"),
        (4, "C", "no variance"),
        (5, "D", "variance 0 is not above 0"),
    ]


@settings(deadline=None)
@given(some.text(max_size=20))
def test_any_cell_is_a_number_missing_or_refused(cell):
    try:
        table = st.effects_from_table([{"study": "A", "yi": cell, "vi": "1"}])
    except BadInput:
        return
    assert len(table.studies) + len(table.left_out) == 1


def run(*words):
    return evidermis("pool", *words, status=None)


def test_the_verb_prints_one_json_object(tmp_path):
    table = tmp_path / "effects.csv"
    table.write_text("study,yi,vi\nA,0.1,0.02\nB,0.3,0.03\nC,0.5,0.01\n,,\nD,,0.01\n", encoding="utf-8")
    done = run(str(table), "--json", "--method", "DL", "--test", "z")
    found = json.loads(done.stdout)
    fit = st.pool([0.1, 0.3, 0.5], [0.02, 0.03, 0.01], method="DL")
    assert (done.returncode, found["estimate"], found["k"]) == (0, fit.estimate, 3)
    assert found["left_out"][0]["study"] == "D"
    assert found["is_pooled_claim"]


def test_the_verb_makes_no_pooled_claim_of_one_family(tmp_path):
    table = tmp_path / "effects.csv"
    table.write_text("study,family,yi,vi\nA,maker,0.1,0.02\nB,maker,0.3,0.03\n", encoding="utf-8")
    assert "No pooled claim" in run(str(table)).stdout
    assert json.loads(run(str(table), "--json").stdout)["is_pooled_claim"] is False


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"study,yi,vi\nA,0.1,0.2\nA,0.2,0.2\n", "more than one effect"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"study,yi,vi\n", "no rows"),
        (b"study,yi,vi\nA,x,1\n", "line 2"),
    ],
)
def test_the_verb_ends_bad_input_with_one_line_and_status_2(tmp_path, content, words):
    table = tmp_path / "effects.csv"
    table.write_bytes(content)
    done = run(str(table))
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


MANY = "study,yi,vi\n" + "\n".join(f"S{at // 2},{0.2 + 0.05 * (at % 5)},{0.02 + 0.005 * (at % 3)}" for at in range(16))


def test_several_effects_of_a_study_are_fitted_in_clusters(tmp_path):
    table = tmp_path / "many.csv"
    table.write_text(MANY)
    refused = run(str(table))
    assert refused.returncode == 2
    assert "--cluster" in refused.stderr
    found = json.loads(run(str(table), "--cluster", "--json").stdout)
    fit = st.three_level(
        *(st.effects_from_table(rows(MANY)).yi, st.effects_from_table(rows(MANY)).vi),
        [f"S{at // 2}" for at in range(16)],
        rho=0.6,
    )
    assert found["ci_lower"] == pytest.approx(float(fit.robust.ci_lower[0]))
    assert (found["clusters"], found["effects"]) == (8, 16)


def test_the_verb_writes_its_pictures_with_their_data(tmp_path):
    table = tmp_path / "effects.csv"
    table.write_text("study,year,yi,vi\nA,2010,0.1,0.02\nB,2012,0.3,0.03\nC,2011,0.5,0.01")
    assert run(str(table), "--pictures", str(tmp_path / "figures")).returncode == 0
    made = {path.name for path in (tmp_path / "figures").iterdir()}
    assert made == {f"{n}.{k}" for n in ("forest", "cumulative", "funnel", "multiverse") for k in ("svg", "csv")}
    assert "\n+ C," in (tmp_path / "figures" / "cumulative.csv").read_text().replace("'+", "+")


def test_pictures_of_one_family_hold_no_summary(tmp_path):
    table = tmp_path / "effects.csv"
    table.write_text("study,family,yi,vi\nA,x,0.1,0.02\nB,x,0.3,0.03\nC,x,0.5,0.01")
    run(str(table), "--pictures", str(tmp_path / "figures"))
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {"forest.svg", "forest.csv"}
    assert "pooled" not in (tmp_path / "figures" / "forest.csv").read_text()

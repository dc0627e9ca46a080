"""`evidermis bias`, run as a person runs it: a review or a robvis table in, a robvis table and pictures out."""

import json
from pathlib import Path

from commands import evidermis

TABLE = "Study,D1,D2,D3,D4,D5,Overall,Weight\nA 2020,Low,some concerns,High,No information,Low,High,20\n"


def test_a_table_goes_in_and_comes_out_with_its_pictures(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(TABLE, encoding="utf-8")
    done = evidermis("bias", "in.csv", "--output", "out.csv", "--pictures", "drawn", "--json", cwd=tmp_path)
    (row,) = json.loads(done.stdout)
    assert row["domains"] == ["low", "some concerns", "high", "no information", "low"]
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[1].startswith("A 2020,Low,Some concerns")
    assert {p.name for p in (tmp_path / "drawn").iterdir()} == {
        "bias.svg",
        "bias.csv",
        "bias-summary.svg",
        "bias-summary.csv",
    }


def test_the_bundled_review_tells_what_was_signed_and_that_no_domain_was_answered(tmp_path: Path) -> None:
    evidermis("review", "exosomes", "--quiet", cwd=tmp_path)
    rows = {row["study"]: row for row in json.loads(evidermis("bias", "exosomes", "--json", cwd=tmp_path).stdout)}
    assert (rows["Cho 2020"]["overall"], rows["Cho 2020"]["weight"]) == ("some concerns", 21.0)
    assert set(rows["Cho 2020"]["domains"]) == {"no information"}


def test_a_table_of_something_else_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Study,D1\nA,Green\n", encoding="utf-8")
    assert "in.csv, line 2: 'Green' is no judgement" in evidermis("bias", "in.csv", cwd=tmp_path, status=2).stderr


def test_proposals_from_a_review_carry_their_words_and_their_locator(tmp_path: Path) -> None:
    evidermis("review", "exosomes", "--quiet", cwd=tmp_path)
    found = {
        one["study"]: one
        for one in json.loads(evidermis("bias", "exosomes", "--proposals", "--json", cwd=tmp_path).stdout)
    }
    answers = {one["question"]: one for one in found["cho-2020"]["answers"]}
    assert (answers["4.3"]["answer"], answers["4.3"]["note"], answers["4.3"]["at"]) == (
        "PN",
        "double-blind",
        "abstract",
    )
    assert {one["by"] for one in found["cho-2020"]["answers"]} == {"rule:bias-proposals@1"}
    assert "1.1" not in answers


def test_proposals_from_records_quote_the_record_verbatim(tmp_path: Path) -> None:
    abstract = "Thirty women took part in this randomised, double-blind, split-face trial with sealed opaque envelopes."
    (tmp_path / "records.csv").write_text(f'id,title,abstract\none,A trial of a serum,"{abstract}"\n', encoding="utf-8")
    (one,) = json.loads(evidermis("bias", "records.csv", "--proposals", "--json", cwd=tmp_path).stdout)
    assert one["assessed"]["tool"] == "within-person"
    told = {answer["question"]: answer for answer in one["answers"]}
    assert told["1.2"]["answer"] == "PY"
    field, span = told["1.2"]["at"].split()
    start, end = map(int, span.split("-"))
    assert (field, abstract[start:end]) == ("abstract", told["1.2"]["note"])

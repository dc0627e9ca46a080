"""`evidermis diff` and `publish --as-of` as a person runs them."""

import json
from pathlib import Path

import pytest

from commands import evidermis


@pytest.fixture(scope="module")
def retracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the bundled review, published, and then told of a retraction."""
    path = tmp_path_factory.mktemp("retracted")
    evidermis("review", "exosomes", "-q", cwd=path)
    evidermis("publish", "exosomes", "-q", cwd=path)
    notices = path / "exosomes" / "notices.csv"
    notices.write_text("doi,nature\n10.1111/jocd.15872,Retraction\n", encoding="utf-8")
    return path


def test_diff_tells_what_changed_since_the_last_version_and_why(retracted: Path) -> None:
    told = evidermis("diff", "exosomes", cwd=retracted).stdout
    assert told.startswith("minor: ")
    assert "because the record Park 2023 was retracted" in told
    assert "derived values differ" in told


def test_diff_as_json_is_one_object_with_typed_changes(retracted: Path) -> None:
    found = json.loads(evidermis("diff", "exosomes", "--json", cwd=retracted).stdout)
    assert found["parts"] == [{"part": "record:park-2023", "how": "retraction"}]
    kinds = {aspect["kind"] for one in found["conclusions"] for aspect in one["aspects"]}
    assert kinds <= {"verdict", "certainty", "direction", "precision", "magnitude", "scope"}
    assert found["figures"]


def test_a_state_that_does_not_exist_is_one_line_and_status_2(retracted: Path) -> None:
    for words in (("nowhere",), ("exosomes@7.0.0", "exosomes"), ("nowhere@1.0.0", "exosomes")):
        done = evidermis("diff", *words, cwd=retracted, status=2)
        assert done.stderr.count("\n") == 1


def test_publish_as_of_leaves_the_page_of_today_alone(retracted: Path) -> None:
    index = retracted / "exosomes" / "site" / "index.html"
    before = index.read_bytes()
    told = json.loads(
        evidermis("publish", "exosomes", "--as-of", "2026-11-23", "--output", "then", "--json", cwd=retracted).stdout
    )
    assert told["same"] is True
    assert (retracted / "then" / "index.html").is_file()
    assert index.read_bytes() == before


def test_a_page_that_another_program_made_is_told_with_status_1(tmp_path: Path) -> None:
    evidermis("new", "mine", cwd=tmp_path)
    evidermis("publish", "mine", "-q", cwd=tmp_path)
    log = tmp_path / "mine" / "history" / "publications.jsonl"
    line = json.loads(log.read_text(encoding="utf-8"))
    line["site"], line["made_by"] = "0" * 64, "evidermis 0.0.1"
    log.write_text(json.dumps(line, sort_keys=True) + "\n", encoding="utf-8")
    done = evidermis("publish", "mine", "--as-of", "0.1.0", "-q", cwd=tmp_path, status=1)
    assert "it was made by evidermis 0.0.1" in " ".join(done.stdout.split())


def test_status_names_what_is_overdue_source_by_source_and_stage_by_stage(tmp_path: Path) -> None:
    evidermis("new", "mine", cwd=tmp_path)
    protocol = tmp_path / "mine" / "review.toml"
    turns = """
[[schedule.sources]]
source = "pubmed"
every_days = 7
query = "snail mucin"

[[schedule.stages]]
stage = "retraction check"
every_days = 30
done = 2026-01-31

[[schedule.stages]]
stage = "publication"
every_days = 30

[contact]"""
    protocol.write_text(protocol.read_text(encoding="utf-8").replace("[contact]", turns, 1), encoding="utf-8")
    evidermis("publish", "mine", "-q", cwd=tmp_path)
    found = json.loads(evidermis("status", "mine", "--json", cwd=tmp_path).stdout)
    late = {turn["what"]: (turn["last"], turn["late"]) for turn in found["turns"]}
    assert late == {"pubmed": ("", 0), "retraction check": ("2026-01-31", 266), "publication": ("2026-11-23", 0)}
    assert "retraction check" in {one["what"] for one in found["next"]}


def test_a_period_of_no_days_and_a_threshold_that_stops_nothing_are_faults(tmp_path: Path) -> None:
    evidermis("new", "mine", cwd=tmp_path)
    protocol = tmp_path / "mine" / "review.toml"
    wrong = '[[schedule.sources]]\nsource = "pubmed"\nevery_days = 0\n\n[schedule.versions]\nratio = 1.0\n\n[contact]'
    protocol.write_text(protocol.read_text(encoding="utf-8").replace("[contact]", wrong, 1), encoding="utf-8")
    told = evidermis("check", "mine", cwd=tmp_path, status=1).stdout
    assert "schedule.sources[0].every_days" in told
    assert "schedule.versions.ratio" in told

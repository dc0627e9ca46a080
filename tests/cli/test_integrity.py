"""`evidermis integrity`, run as a person runs it: a list is laid over the bundled review, kept, and read by later runs."""

import json
import subprocess
import sys
from pathlib import Path

from commands import evidermis


def test_a_listed_retraction_is_told_kept_and_leaves_the_answer(tmp_path: Path) -> None:
    evidermis("review", "exosomes", "--quiet", cwd=tmp_path)
    cho = next(
        one
        for one in (tmp_path / "exosomes/records/curated.toml").read_text().split("[[records]]")
        if 'id = "cho-2020"' in one
    )
    doi = cho.split('doi = "')[1].split('"')[0]
    (tmp_path / "list.csv").write_text(f'"doi","retractionwatch"\n"{doi.upper()}","Retraction"\n', encoding="utf-8")
    done = evidermis("integrity", "exosomes", "--notices", "list.csv", "--keep", cwd=tmp_path, status=1)
    assert "listed: cho-2020" in done.stdout
    assert evidermis("integrity", "exosomes", "--notices", "list.csv", cwd=tmp_path).returncode == 0
    answers = json.loads(evidermis("review", "exosomes", "--json", cwd=tmp_path).stdout)["claims"]
    assert next(one for one in answers if one["id"] == "dark-spots")["controlled_people"] == 28
    kept = (tmp_path / "exosomes/notices.csv").read_text(encoding="utf-8")
    assert f"{doi.casefold()},retracted" in kept
    # Known retractions that the list lacks stay what they were.
    assert "10.1111/iwj.14295,retracted" in kept


def test_the_bundled_review_asks_why_a_trial_was_registered_late(tmp_path: Path) -> None:
    evidermis("review", "exosomes", "--quiet", cwd=tmp_path)
    told = {
        one["study"]: one["state"]
        for one in json.loads(evidermis("integrity", "exosomes", "--json", cwd=tmp_path).stdout)["studies"]
    }
    assert told["amini-2025"] == "serious concern"
    assert told["iwj-2023-retracted"] == "retracted"


def test_a_notice_that_a_harvested_record_carries_is_minded(tmp_path: Path) -> None:
    evidermis("review", "exosomes", "--quiet", cwd=tmp_path)
    curated = (tmp_path / "exosomes/records/curated.toml").read_text()
    doi = (
        next(one for one in curated.split("[[records]]") if 'id = "cho-2020"' in one).split('doi = "')[1].split('"')[0]
    )
    work = {"DOI": doi, "title": ["A serum"], "updated-by": [{"DOI": "10.5555/n", "type": "retraction"}]}
    page = {"status": "ok", "message-type": "work-list", "message": {"total-results": 1, "items": [work]}}
    (tmp_path / "page.json").write_text(json.dumps(page), encoding="utf-8")
    evidermis("import", "page.json", "--review", "exosomes", cwd=tmp_path)
    done = evidermis("integrity", "exosomes", cwd=tmp_path, status=1)
    assert "listed: cho-2020" in done.stdout
    assert "is retracted" in done.stdout


def test_asking_crossref_offline_is_one_clear_line(tmp_path: Path) -> None:
    evidermis("review", "exosomes", "--quiet", cwd=tmp_path)
    environment = {"HTTPS_PROXY": "http://127.0.0.1:9", "PATH": ""}
    command = [sys.executable, "-m", "evidermis", "integrity", "exosomes", "--crossref"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "crossref failed" in done.stderr


def test_a_saved_answer_of_crossref_is_a_list_of_notices(tmp_path: Path) -> None:
    """On the work itself (`updated-by`), and in the notice about it (`update-to`)."""
    evidermis("review", "exosomes", "--quiet", cwd=tmp_path)
    curated = (tmp_path / "exosomes/records/curated.toml").read_text().split("[[records]]")
    cho, kwon = (
        next(one for one in curated if f'id = "{name}"' in one).split('doi = "')[1].split('"')[0]
        for name in ("cho-2020", "kwon-2020")
    )
    corrected = {"DOI": cho.upper(), "updated-by": [{"DOI": "10.5555/n", "type": "correction"}]}
    notice = {"DOI": "10.5555/m", "update-to": [{"DOI": kwon, "type": "retraction"}]}
    (tmp_path / "page.json").write_text(json.dumps({"message": {"items": [corrected, notice]}}), encoding="utf-8")
    (tmp_path / "one.json").write_text(json.dumps({"message": notice}), encoding="utf-8")
    told = evidermis("integrity", "exosomes", "--notices", "page.json", cwd=tmp_path, status=1).stdout
    assert f"cho-2020 ({cho}) is corrected" in told
    assert f"kwon-2020 ({kwon}) is retracted" in told
    assert "kwon-2020" in evidermis("integrity", "exosomes", "--notices", "one.json", cwd=tmp_path, status=1).stdout


def test_json_that_is_no_answer_of_crossref_is_refused_in_one_line(tmp_path: Path) -> None:
    evidermis("review", "exosomes", "--quiet", cwd=tmp_path)
    for broken in ('{"message": {"items": [{"title": ["x"]}]}}', '{"message": {"items": [{'):
        (tmp_path / "page.json").write_text(broken, encoding="utf-8")
        done = evidermis("integrity", "exosomes", "--notices", "page.json", cwd=tmp_path, status=2)
        assert done.stderr.count("\n") == 1
        assert "page.json" in done.stderr

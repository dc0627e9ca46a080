"""The verbs of a review, run as a person runs them: as processes, with their streams and exit status."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commands import COMMAND, DAY, ENVIRONMENT, evidermis


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made")
    evidermis("review", "exosomes", cwd=path)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_review_copies_the_bundled_review_and_writes_its_page(made: Path) -> None:
    assert (made / "exosomes" / "review.toml").is_file()
    assert (made / "exosomes" / "site" / "index.html").is_file()
    found = json.loads((made / "exosomes" / "site" / "review.json").read_text(encoding="utf-8"))
    spots = next(claim for claim in found["claims"] if claim["id"] == "dark-spots")
    assert (spots["verdict"], spots["certainty"]) == ("unproven", "very low")


def test_review_prints_the_verdicts_on_standard_output_and_progress_on_standard_error(made: Path) -> None:
    done = evidermis("review", "exosomes", cwd=made)
    assert "Exosome skincare fades dark spots" in done.stdout
    assert "very low" in done.stdout
    assert "appraise" in done.stderr
    assert "appraise" not in done.stdout


def test_review_gives_the_same_bytes_again(made: Path, tmp_path: Path) -> None:
    """In a process of its own: another seed of hashing."""
    subprocess.run([*COMMAND, "review", "exosomes", "--quiet"], cwd=tmp_path, env=ENVIRONMENT, check=True)
    assert contents(tmp_path / "exosomes") == contents(made / "exosomes")


def test_json_is_one_object_and_nothing_else(made: Path) -> None:
    done = evidermis("review", "exosomes", "--json", cwd=made)
    found = json.loads(done.stdout)
    assert done.stderr == ""
    assert {claim["verdict"] for claim in found["claims"]} == {"unproven", "untested"}


def test_a_folder_that_is_edited_is_kept_and_answered_again(tmp_path: Path) -> None:
    evidermis("review", "exosomes", "-q", cwd=tmp_path)
    study = tmp_path / "exosomes" / "studies" / "cho-2020.toml"
    study.unlink()
    flow = tmp_path / "exosomes" / "review.toml"
    flow.write_text(
        flow.read_text(encoding="utf-8").replace("included_studies = 44", "included_studies = 43"), encoding="utf-8"
    )
    found = json.loads(evidermis("review", "exosomes", "--json", cwd=tmp_path).stdout)
    spots = next(claim for claim in found["claims"] if claim["id"] == "dark-spots")
    assert spots["directness"] == "far"
    assert not study.exists()


def test_new_check_and_review_work_one_after_another(tmp_path: Path) -> None:
    evidermis("new", "snail-mucin", cwd=tmp_path)
    assert "no faults" in evidermis("check", "snail-mucin", cwd=tmp_path).stdout
    evidermis("review", "snail-mucin", cwd=tmp_path)
    assert (tmp_path / "snail-mucin" / "site" / "index.html").is_file()


def test_new_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    done = evidermis("new", "mine", cwd=tmp_path, status=2)
    assert done.stderr.count("\n") == 1
    assert "something is there already" in done.stderr


def test_check_finds_a_fault_with_status_1_and_review_refuses_it_with_status_2(tmp_path: Path) -> None:
    evidermis("review", "exosomes", "-q", cwd=tmp_path)
    page = contents(tmp_path / "exosomes" / "site")
    study = tmp_path / "exosomes" / "studies" / "cho-2020.toml"
    study.write_text(study.read_text(encoding="utf-8").replace('"benefit"', '"positive"', 1), encoding="utf-8")
    told = evidermis("check", "exosomes", cwd=tmp_path, status=1)
    assert "studies/cho-2020.toml:" in told.stdout
    assert json.loads(evidermis("check", "exosomes", "--json", cwd=tmp_path, status=1).stdout)["faults"]
    refused = evidermis("review", "exosomes", "-q", cwd=tmp_path, status=2)
    assert refused.stderr.count("\n") == 1
    assert "studies/cho-2020.toml" in refused.stderr
    assert contents(tmp_path / "exosomes" / "site") == page


def test_no_review_is_one_line_and_status_2(tmp_path: Path) -> None:
    for verb in ("review", "check", "status", "publish", "explain"):
        done = evidermis(verb, "nowhere", cwd=tmp_path, status=2)
        assert done.stderr.count("\n") == 1
        assert "there is no review here" in done.stderr


def test_explain_prints_the_tree_down_to_places_and_rule_versions(made: Path) -> None:
    told = evidermis("explain", "exosomes", "verdict:dark-spots", cwd=made).stdout
    assert "[imprecision@1]" in told
    assert "locator:cho-2020/abstract" in told
    tree = json.loads(evidermis("explain", "exosomes", "certainty:pores", "--json", cwd=made).stdout)
    assert tree["id"] == "certainty:pores"


def test_every_id_on_the_page_can_be_explained(made: Path) -> None:
    listed = set(evidermis("explain", "exosomes", cwd=made).stdout.split())
    assert {"verdict:dark-spots", "number:kwon-2020/ecca/p", "product:inkey-hydro-glow"} <= listed


def test_status_says_what_is_in_and_what_is_next(made: Path) -> None:
    told = evidermis("status", "exosomes", cwd=made).stdout
    assert "45 studies" in told
    assert "settle 2 conflicts" in told
    done = evidermis("status", "exosomes", "--json", cwd=made, SOURCE_DATE_EPOCH=str(int(DAY) + 400 * 86400))
    assert json.loads(done.stdout)["overdue_days"] == 310


def test_publish_is_known_to_status_as_up_to_date(tmp_path: Path) -> None:
    evidermis("new", "quiet", cwd=tmp_path)
    before = json.loads(evidermis("status", "quiet", "--json", cwd=tmp_path).stdout)
    assert "publish" in {one["what"] for one in before["next"]}
    evidermis("publish", "quiet", cwd=tmp_path)
    after = json.loads(evidermis("status", "quiet", "--json", cwd=tmp_path).stdout)
    assert "publish" not in {one["what"] for one in after["next"]}


@pytest.mark.parametrize(
    "moment",
    [1.2, 1.8, *(pytest.param(t / 10, marks=pytest.mark.slow) for t in (3, 7, 10, 14, 16, 20, 22, 24, 26, 30))],
)
def test_a_review_killed_at_any_moment_leaves_the_old_page_or_the_new_one(
    moment: float, made: Path, tmp_path: Path
) -> None:
    evidermis("review", "exosomes", "-q", cwd=tmp_path)
    folder = tmp_path / "exosomes"
    old = contents(folder / "site")
    protocol = folder / "review.toml"
    protocol.write_text(
        protocol.read_text(encoding="utf-8").replace("Do exosomes", "Will exosomes", 1), encoding="utf-8"
    )
    command = [*COMMAND, "review", "exosomes", "-q"]
    with subprocess.Popen(command, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.DEVNULL) as running:
        time.sleep(moment)
        running.send_signal(signal.SIGKILL)
    left = contents(folder / "site")
    evidermis("review", "exosomes", "-q", cwd=tmp_path)
    new = contents(folder / "site")
    assert left in (old, new)
    assert [p.name for p in folder.iterdir() if p.name.startswith(".")] == []


def test_a_pipe_that_closes_early_is_no_error(made: Path) -> None:
    command = f"{sys.executable} -m evidermis explain exosomes | head -n 1"
    done = subprocess.run(command, shell=True, cwd=made, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "claim:dark-spots"
    assert "Traceback" not in done.stderr


def test_a_place_that_cannot_be_written_is_one_line_and_status_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for words in (("new", "file/inside"), ("review", "file/exosomes", "-q")):
        done = evidermis(*words, cwd=tmp_path, status=2)
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stderr

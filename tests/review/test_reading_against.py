"""Reading a review's own words, held against its studies: agreed, not said, or different with a reason."""

import json
import shutil
from pathlib import Path

import pytest

from evidermis.cli import main
from evidermis.review.bundle import bundled_folder
from evidermis.review.reading.agreeing import READINGS, Compared, compared_review


@pytest.fixture(scope="module")
def exosomes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "exosomes"
    with bundled_folder("exosomes") as folder:
        shutil.copytree(folder, path)
    return path


@pytest.fixture(scope="module")
def found(exosomes: Path) -> tuple[Compared, ...]:
    return compared_review(exosomes)


def test_every_difference_on_the_bundled_review_has_a_reason(found: tuple[Compared, ...]) -> None:
    assert [(one.study, one.what, one.read) for one in found if one.state == "differs" and not one.because] == []


def test_what_is_read_agrees_nine_times_in_ten_where_anything_is_said(found: tuple[Compared, ...]) -> None:
    for what, least in (("design", 0.8), ("rung", 0.8), ("source", 0.95), ("route", 0.85), ("within-person", 0.95)):
        said = [one.state for one in found if one.what == what and one.state != "not said"]
        assert said.count("agrees") / len(said) >= least, what


def test_no_study_on_animals_or_cells_is_read_as_one_in_people(found: tuple[Compared, ...]) -> None:
    lifted = [one for one in found if one.what == "rung" and one.entry in ("animal", "in-vitro", "ex-vivo")]
    assert lifted
    assert not any(one.read.startswith(("human", "randomised")) for one in lifted)


def test_no_rung_in_people_is_read_too_high(found: tuple[Compared, ...]) -> None:
    in_people = [one for one in found if one.what == "rung" and one.entry.startswith("human")]
    assert not any(one.read == "randomised-trial" for one in in_people)


def test_each_difference_shows_the_words_it_rests_on(found: tuple[Compared, ...]) -> None:
    assert all(one.quote for one in found if one.state == "differs")


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr("sys.argv", ["evidermis", *map(str, words)])
    with pytest.raises(SystemExit) as stopped:
        main()
    return int(stopped.value.code or 0)


def test_the_verb_prints_it_and_ends_with_1_where_a_reason_is_missing(
    exosomes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "read", exosomes, "--compare", "--json") == 0
    assert {one["state"] for one in json.loads(capsys.readouterr().out)} == {"agrees", "not said", "differs"}
    bare = tmp_path / "bare"
    shutil.copytree(exosomes, bare)
    (bare / READINGS).unlink()
    assert run(monkeypatch, "read", bare, "--compare") == 1
    assert "no reason is given" in capsys.readouterr().out


def test_a_reason_for_nothing_is_refused(
    exosomes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(exosomes, kept)
    with (kept / READINGS).open("a", encoding="utf-8") as file:
        file.write('\n[[readings]]\nstudy = "cho-2020"\nwhat = "route"\nread = "mask"\nbecause = "none"\n')
    assert run(monkeypatch, "read", kept, "--compare") == 2
    assert "cho-2020, route, mask" in capsys.readouterr().err


def test_facts_want_a_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "read", tmp_path / "records.csv") == 2
    assert "--output" in capsys.readouterr().err

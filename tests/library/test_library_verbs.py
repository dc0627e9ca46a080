"""`evidermis import`, `search` and `status` as a person runs them."""

import json
from pathlib import Path

import pytest

from articles import ARTICLE
from commands import evidermis
from evidermis.review.bundle import write_starter
from records import file_of


@pytest.fixture
def review(tmp_path: Path) -> Path:
    write_starter(tmp_path / "mine", "2026-11-23")
    return tmp_path / "mine"


def test_import_search_and_status_work_one_after_another(review: Path, tmp_path: Path) -> None:
    file_of(tmp_path / "a.nbib", [1, 2, 3], "nbib")
    told = evidermis("import", tmp_path / "a.nbib", cwd=review).stdout
    assert "3 records, 3 of them new" in told
    assert "nothing added" in evidermis("import", tmp_path / "a.nbib", cwd=review).stdout
    found = json.loads(evidermis("search", "number", "2", "--json", cwd=review).stdout)
    assert (found["records"], [hit["source_id"] for hit in found["hits"]]) == (3, ["10000002"])
    shown = evidermis("search", "number", "--review", "mine", cwd=tmp_path).stdout.splitlines()
    assert len(shown) == 3
    like = evidermis("search", "--like", shown[0].split()[0], cwd=review).stdout.splitlines()
    assert set(like) <= set(shown[1:])
    held = json.loads(evidermis("status", "mine", "--json", cwd=tmp_path).stdout)["held"]
    assert (held["imported files"], held["imported records"]) == (1, 3)


def test_status_makes_no_library_where_nothing_was_imported(review: Path, tmp_path: Path) -> None:
    evidermis("status", "mine", cwd=tmp_path)
    assert not (review / "library.db").exists()


def test_what_is_left_out_is_told_on_standard_error_and_by_status(review: Path, tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_bytes(b"TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\nTI  - b\0\nER  - \n")
    told = evidermis("import", tmp_path / "a.ris", "--quiet", cwd=review)
    assert "1 left out" in told.stdout
    assert "record 2, line 4" in told.stderr
    todo = json.loads(evidermis("status", "mine", "--json", cwd=tmp_path).stdout)["next"]
    assert any("could not be read" in one["what"] and "record 2, line 4" in one["because"] for one in todo)


@pytest.mark.parametrize(
    "words",
    [
        ("import", "nowhere.ris"),
        ("import", "."),
        ("import", "review.toml"),
        ("search",),
        ("search", "a", "--like", "b"),
        ("search", "("),
        ("search", "a", "--years", "soon"),
        ("search", "a", "--review", "nowhere"),
    ],
)
def test_bad_input_is_one_line_and_status_2(review: Path, words: tuple[str, ...]) -> None:
    done = evidermis(*words, cwd=review, status=2)
    assert done.stderr.startswith("evidermis: ")
    assert done.stderr.count("\n") == 1
    assert not done.stdout


def test_a_damaged_library_is_one_line_and_status_2_and_comes_back_when_deleted(review: Path, tmp_path: Path) -> None:
    evidermis("import", file_of(tmp_path / "a.ris", [1, 2]), cwd=review)
    (review / "library.db").write_bytes(b"no library at all" * 100)
    done = evidermis("search", "number", cwd=review, status=2)
    assert done.stderr.count("\n") == 1
    (review / "library.db").unlink()
    assert len(evidermis("search", "number", cwd=review).stdout.splitlines()) == 2


def test_a_full_text_is_imported_as_its_record_and_kept_whole(review: Path, tmp_path: Path) -> None:
    (tmp_path / "article.xml").write_text(ARTICLE, encoding="utf-8")
    assert "1 records, 1 of them new" in evidermis("import", tmp_path / "article.xml", cwd=review).stdout
    (kept,) = [file for file in (review / "records").iterdir() if file.name.endswith((".xml", ".xml.gz"))]
    assert kept.stat().st_size > 0

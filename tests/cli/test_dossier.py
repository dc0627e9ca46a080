"""`evidermis dossier` from the outside: files that appear whole and equal each time, and one line for what can be mended."""

import json
import subprocess
from pathlib import Path

import pytest

from commands import evidermis

pytest.importorskip("typst")


def run(*words: str, cwd: Path, day: int = 1795392000) -> subprocess.CompletedProcess[str]:
    return evidermis(*words, cwd=cwd, status=None, SOURCE_DATE_EPOCH=str(day))


def test_a_bundled_product_has_a_dossier_whose_bytes_do_not_hang_on_the_day(tmp_path: Path) -> None:
    first = run("dossier", "inkey-hydro-glow", cwd=tmp_path)
    assert (first.returncode, first.stderr) == (0, "")
    pdf = (tmp_path / "inkey-hydro-glow.pdf").read_bytes()
    again = run("dossier", "inkey-hydro-glow", "--output", "again.pdf", cwd=tmp_path, day=1800000000)
    assert again.returncode == 0
    assert pdf == (tmp_path / "again.pdf").read_bytes()
    assert (tmp_path / "inkey-hydro-glow.json").read_bytes() == (tmp_path / "again.json").read_bytes()


def test_json_goes_to_standard_output_and_no_file_is_written(tmp_path: Path) -> None:
    done = run("dossier", "anteage-mdx", "--json", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert found["product"] == "anteage-mdx"
    assert {one["state"] for one in found["claims"]} == {"not checked"}
    assert list(tmp_path.iterdir()) == []


def test_a_product_that_is_not_there_ends_as_one_line(tmp_path: Path) -> None:
    done = run("dossier", "nothing", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no product is called 'nothing'; use one of: anteage-mdx" in done.stderr


def test_a_review_that_is_not_there_ends_as_one_line(tmp_path: Path) -> None:
    done = run("dossier", "serum", "--review", "none", cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no review here" in done.stderr

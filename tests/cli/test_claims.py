"""`evidermis claims` from the outside: what it prints, its status, and that a hostile page only ever is text."""

import json
import subprocess
from pathlib import Path

import pytest

from commands import evidermis

PAGE = "Exosomes of Centella asiatica brighten skin in 4 weeks.\nClinically proven to erase wrinkles.\nApply daily.\n"


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return evidermis(*words, cwd=cwd, status=None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    held = tmp_path_factory.mktemp("claims")
    done = run("review", "exosomes", cwd=held)
    assert done.returncode == 0, done.stderr
    (held / "page.txt").write_text(PAGE, encoding="utf-8")
    return held


def test_a_page_of_a_product_that_nobody_tested_is_indirect_at_best(folder: Path) -> None:
    done = run("claims", "exosomes", "page.txt", "--json", cwd=folder)
    found = json.loads(done.stdout)
    assert (done.returncode, found["source"], found["no_claims"]) == (0, "centella", 1)
    assert {one["state"] for one in found["wordings"]} == {"indirect only"}
    assert all(len(one["asked"]) == 6 for one in found["wordings"])


def test_the_lines_never_declare_compliance(folder: Path) -> None:
    told = run("claims", "exosomes", "page.txt", "--product", "inkey-hydro-glow", cwd=folder).stdout
    assert "nothing here declares that a claim complies" in told
    assert "it says proven; this review's verdict is" in told


def test_a_product_that_is_not_there_ends_as_one_line(folder: Path) -> None:
    done = run("claims", "exosomes", "page.txt", "--product", "none", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no product is called 'none'" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_page_that_would_turn_the_screen_is_told_as_text(folder: Path) -> None:
    (folder / "hostile.html").write_text(
        "<!doctype html><html><body><script>alert(1)</script><p>Fades \x1b[2J dark spots \u202egpj.exe</p></body></html>",
        encoding="utf-8",
    )
    told = run("claims", "exosomes", "hostile.html", cwd=folder).stdout
    assert "\x1b" not in told and "\u202e" not in told and "alert" not in told
    assert "dark spots" in told

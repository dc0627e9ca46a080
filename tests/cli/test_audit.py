"""`evidermis audit` as people and build services call it."""

import json
import subprocess
from pathlib import Path

import pytest

from articles_of_auditing import DEFECTS, clean, spoilt
from commands import evidermis


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return evidermis(*words, cwd=folder, status=None)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    rung = next(defect for defect in DEFECTS if defect.rule == "rung-stretched")
    path = tmp_path / "post.md"
    path.write_text(spoilt(rung, 5), encoding="utf-8")
    return path


def test_the_json_is_one_object_with_findings(article: Path) -> None:
    found = json.loads(run(article.parent, "audit", "post.md", "--json").stdout)
    assert "rung-stretched" in {one["rule"] for one in found["findings"]}


def test_a_finding_at_the_named_severity_guards_a_build(article: Path) -> None:
    assert run(article.parent, "audit", "post.md", "--fail-on", "high").returncode == 1
    assert run(article.parent, "audit", "post.md").returncode == 0
    (article.parent / "clean.md").write_text(clean(), encoding="utf-8")
    assert run(article.parent, "audit", "clean.md", "--fail-on", "low").returncode == 0


def test_a_page_and_sarif_are_written(article: Path) -> None:
    run(article.parent, "audit", "post.md", "--page", "a.html", "--sarif", "a.sarif")
    assert "Findings, in reading order" in (article.parent / "a.html").read_text(encoding="utf-8")
    assert json.loads((article.parent / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_a_draft_review_passes_check(article: Path) -> None:
    assert run(article.parent, "audit", "post.md", "--to-review", "drafted").returncode == 0
    checked = run(article.parent, "check", "drafted")
    assert (checked.returncode, checked.stdout.strip()) == (0, "drafted: no faults")


def test_a_draft_never_overwrites(article: Path) -> None:
    (article.parent / "drafted").mkdir()
    refused = run(article.parent, "audit", "post.md", "--to-review", "drafted")
    assert refused.returncode == 2
    assert "nothing was changed" in refused.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("audit", "nothing.txt"), "there is no article here"),
        (("audit", "post.md", "--review", "no-such"), "there is no review here"),
        (("audit", "post.md", "--keep"), "cannot keep an article"),
    ],
)
def test_bad_input_gets_one_line(article: Path, words: tuple[str, ...], said: str) -> None:
    refused = run(article.parent, *words)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_status_names_the_sentences_whose_evidence_has_changed(article: Path) -> None:
    folder = article.parent
    run(folder, "review", "exosomes", "--quiet")
    assert run(folder, "audit", "post.md", "--review", "exosomes", "--keep").returncode == 0
    before = json.loads(run(folder, "status", "exosomes", "--json").stdout)
    assert not any("of the article" in one["what"] for one in before["next"])
    study = folder / "exosomes" / "studies" / "kwon-2020.toml"
    study.write_text(study.read_text(encoding="utf-8").replace("number = 16", "number = 15"), encoding="utf-8")
    after = json.loads(run(folder, "status", "exosomes", "--json").stdout)
    (told,) = [one for one in after["next"] if "of the article" in one["what"]]
    assert "kwon-2020" in told["because"]

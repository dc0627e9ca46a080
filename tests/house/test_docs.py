"""The documents are true: every command in them runs, every file they link to exists, every number of the README holds."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.S | re.M)
# Commands whose input is the reader's own, or that set up a machine: only their form is checked.
OWN_INPUT = {
    "ingredients",
    "claims",
    "read",
    "audit",
    "pool",
    "dedupe",
    "simulate",
    "screen",
    "train",
    "import",
    "convert",
    "harvest",
    "update",
    "search",
}


def commands(document: Path) -> list[str]:
    found: list[str] = []
    for block in BLOCK.findall(document.read_text(encoding="utf-8")):
        console = block.startswith("$ ")
        for line in block.splitlines():
            if console and not line.startswith("$ "):
                continue
            found.append(line.removeprefix("$ ").split("  #")[0].strip())
    return [line for line in found if line and not line.startswith("#")]


def test_every_command_of_the_readme_runs(tmp_path: Path) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795392000"}
    ran = 0
    for line in commands(ROOT / "README.md"):
        words = shlex.split(line)
        if words[0] != "evidermis" or words[1] in OWN_INPUT:
            continue
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}: {done.stderr}"
        ran += 1
    assert ran >= 8


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_a_document_exists(document: Path) -> None:
    from evidermis.cli.app import VERBS

    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for line in commands(document):
        words = shlex.split(line)
        if words[0] == "evidermis":
            assert words[1] in VERBS, line
        elif words[0] == "make":
            assert words[1] in targets, line
        elif words[0] == "python" and words[1].endswith(".py"):
            assert (ROOT / words[1]).is_file(), line


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_the_numbers_of_the_readme_are_those_of_the_bundled_review() -> None:
    from evidermis.review.folder.loading import load

    review = load(ROOT / "src" / "evidermis" / "review" / "bundled" / "exosomes")
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    unread = sum(one.reading == "to-verify" for s in review.studies for one in s.locators)
    unread += sum(one.reading == "to-verify" for one in review.background.locators)
    assert (
        f"{len(review.protocol.claims)} claims, {len(review.references)} records, {len(review.studies)} studies" in text
    )
    assert f"{unread} places are still to be verified" in text


def test_no_file_names_a_machine_or_an_index() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    machine = re.compile(r"(?<![\w.])/(?:work|farm|root|home)/[a-z]|--index-url|--extra-index|find-links")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if (
            path.suffix in {".py", ".md", ".toml", ".txt", ".cfg", ".yml", ""}
            and path.is_file()
            and path != Path(__file__)
        ):
            assert not machine.search(path.read_text(encoding="utf-8", errors="replace")), name

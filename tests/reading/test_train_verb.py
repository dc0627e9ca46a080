"""`train design` learns from the user's own labels, and `read --model` uses what it learnt."""

import json
from pathlib import Path

import pytest

from evidermis.cli import main
from evidermis.evidence.errors import BadInput
from evidermis.reading import design_of_label, model_from_bytes

# A label that the cues alone would not give: here every report about snails is called a protocol.
ROWS = [(f"Snail mucin, note {n}", "Snails were kept in jars.", "protocol") for n in range(15)]
ROWS += [(f"Rose serum, trial {n}", "Sixty women were randomised to serum or vehicle.", "RCT") for n in range(15)]


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr("sys.argv", ["evidermis", *map(str, words)])
    with pytest.raises(SystemExit) as stopped:
        main()
    return int(stopped.value.code or 0)


def write(file: Path, rows: list[tuple[str, str, str]]) -> Path:
    lines = [f'{n},"{title}","{abstract}",{label}' for n, (title, abstract, label) in enumerate(rows)]
    file.write_text("\n".join(["id,title,abstract,design", *lines]) + "\n", encoding="utf-8")
    return file


def test_a_trained_model_reads_by_the_users_labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    labelled, model, facts = write(tmp_path / "labelled.csv", ROWS), tmp_path / "design.model", tmp_path / "facts.jsonl"
    assert run(monkeypatch, "train", "design", labelled, "--output", model) == 0
    fresh = write(tmp_path / "fresh.csv", [("Snail mucin again", "Snails were kept in a box.", "")])
    assert run(monkeypatch, "read", fresh, "--model", model, "--output", facts) == 0
    read = json.loads(facts.read_text(encoding="utf-8"))
    assert read["design"] == "protocol"
    assert read["reader"].startswith("cues@2+design-model@")


def test_training_twice_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    labelled = write(tmp_path / "labelled.csv", ROWS)
    for name in ("one", "two"):
        assert run(monkeypatch, "train", "design", labelled, "--output", tmp_path / name) == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_label_that_names_no_design_is_told_with_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    labelled = write(tmp_path / "labelled.csv", [*ROWS[:3], ("a", "b", "astrology")])
    assert run(monkeypatch, "train", "design", labelled, "--output", tmp_path / "model") == 2
    assert "row 4" in capsys.readouterr().err
    assert not (tmp_path / "model").exists()


def test_too_few_labels_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "train", "design", write(tmp_path / "few.csv", ROWS[:3]), "--output", tmp_path / "m") == 2


@pytest.mark.parametrize("raw", [b"", b"not a model", b"PK\x03\x04 broken", b"\x80\x04K\x01."])
def test_a_file_that_is_no_model_is_refused(raw: bytes) -> None:
    with pytest.raises(BadInput):
        model_from_bytes(raw, "model")


@pytest.mark.parametrize(
    ("label", "design"),
    [("RCT", "randomised-trial"), ("Case Reports", "case-report"), ("in_vitro", "in-vitro"), ("moon", None)],
)
def test_labels_of_other_files_mean_our_designs(label: str, design: str | None) -> None:
    assert design_of_label(label) == design

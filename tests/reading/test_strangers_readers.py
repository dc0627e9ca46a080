"""Readers of others come in by an entry point, and what they propose counts only where its words stand in the record."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evidermis.cli import main
from evidermis.evidence.record import Record, Section
from evidermis.reading import Quote, bundled_reader, verified

RECORD = Record(
    title="A randomised trial of 30 women", abstract=(Section("Each used the serum on one cheek."),), source_id="1"
)
READER = """
from evidermis.reading import Facts, PeopleCount, Quote

class Guessing:
    name = "guessing@1"
    def read(self, record):
        true = PeopleCount(30, "people", "", Quote("30 women", "title", 22, 30))
        return Facts(record.source_id, self.name, n_total=true, counts=(true, PeopleCount(9, "people", "", Quote("nine", "title", 0, 4))))
"""


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of others, as it stands when it is installed."""
    (tmp_path / "guessing.py").write_text(READER, encoding="utf-8")
    told = tmp_path / "guessing-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: guessing\nVersion: 1.0\n", encoding="utf-8")
    (told / "entry_points.txt").write_text("[evidermis.readers]\nguessing = guessing:Guessing\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def read(monkeypatch: pytest.MonkeyPatch, folder: Path, *more: str) -> tuple[int, list[dict]]:
    file, output = folder / "records.csv", folder / "facts.jsonl"
    file.write_text("pmid,title,abstract\n1,A randomised trial of 30 women,They used it.\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["evidermis", "read", str(file), "--output", str(output), *more])
    with pytest.raises(SystemExit) as stopped:
        main()
    lines = output.read_text(encoding="utf-8").splitlines() if output.exists() else []
    return int(stopped.value.code or 0), [json.loads(line) for line in lines]


def test_a_reader_of_others_reads_and_its_false_quotes_are_kept_apart(
    stranger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, facts = read(monkeypatch, stranger, "--reader", "guessing")
    assert status == 0
    assert (facts[0]["reader"], facts[0]["n_total"]["value"]) == ("guessing@1", 30)
    assert [count["value"] for count in facts[0]["counts"]] == [30]
    assert [(one["value"], "verbatim" in one["reason"]) for one in facts[0]["apart"]] == [("9", True)]


def test_our_own_reader_comes_in_by_the_same_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, tmp_path)[1] == read(monkeypatch, tmp_path, "--reader", "cues")[1]


def test_an_unknown_reader_is_one_line_that_names_those_there_are(
    stranger: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read(monkeypatch, stranger, "--reader", "oracle")[0] == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "cues" in error
    assert "guessing" in error


def test_what_stands_is_left_as_it_is() -> None:
    facts = bundled_reader().read(RECORD)
    assert facts.n_total is not None
    assert verified(facts, RECORD) == facts


def test_a_design_whose_words_are_not_there_takes_its_rung_along() -> None:
    facts = bundled_reader().read(RECORD)
    shifted = replace(
        facts,
        designs=tuple(replace(d, quote=Quote(d.quote.text, d.quote.field, 1, 2)) for d in facts.designs),
    )
    held = verified(shifted, RECORD)
    assert (held.design, held.rung) == ("", None)
    assert [one.kind for one in held.apart] == ["design"] * len(facts.designs)

"""The verb `read`: files in, one line of facts a record out."""

import json
from pathlib import Path

import pytest

from evidermis.cli import main

ROWS = 'pmid,title,abstract\n7,"A randomised trial","Sixty women were randomised."\n8,"Vesicles in mice","Mice were injected."\n'


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr("sys.argv", ["evidermis", *map(str, words)])
    with pytest.raises(SystemExit) as stopped:
        main()
    return int(stopped.value.code or 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_row_becomes_one_line_of_facts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, delimiter: str
) -> None:
    file, output = tmp_path / "records.csv", tmp_path / "facts.jsonl"
    file.write_text(ROWS.replace(",", delimiter).replace("women", "wömen women"), encoding=encoding)
    assert run(monkeypatch, "read", file, "--output", output) == 0
    facts = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [(f["id"], f["design"]) for f in facts] == [("7", "randomised-trial"), ("8", "animal")]
    assert facts[0]["n_total"]["value"] == 60


def test_json_lines_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, output = tmp_path / "records.jsonl", tmp_path / "facts.jsonl"
    file.write_text(json.dumps({"pmid": "9", "text": "A randomised trial of 40 men."}) + "\n", encoding="utf-8")
    assert run(monkeypatch, "read", file, "--output", output) == 0
    assert json.loads(output.read_text(encoding="utf-8"))["n_total"]["value"] == 40


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - A randomised trial of 40 men\nID  - 9\nER  - \nTY  - JOUR\nER  - \n",
        "PMID- 9\nOWN - NLM\nTI  - A randomised trial of 40 men\n\nOWN - NLM\n",
        '[{"id": "9", "title": "A randomised trial of 40 men"}, {"id": "8"}]',
        "Title,Abstract\nA randomised trial of 40 men,\n,\n",
    ],
)
def test_whatever_can_be_imported_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file, output = tmp_path / "records", tmp_path / "facts.jsonl"
    file.write_text(text, encoding="utf-8")
    assert run(monkeypatch, "read", file, "--output", output) == 0
    (facts,) = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    assert facts["n_total"]["value"] == 40
    assert facts["id"] == ("9" if "9" in text else "1")  # a row without a name has its number
    assert capsys.readouterr().err.count("left out") == ("9" in text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,colour\na,b\n", "title"),
        ("id,title,abstract\n,a,b\n", "id"),
        ("", "no records"),
        ("{not json\n", "line 1"),
    ],
)
def test_input_that_holds_no_records_is_one_line_and_leaves_no_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    file, output = tmp_path / "records.csv", tmp_path / "facts.jsonl"
    file.write_text(text, encoding="utf-8")
    assert run(monkeypatch, "read", file, "--output", output) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == [file]

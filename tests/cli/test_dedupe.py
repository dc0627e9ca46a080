"""`evidermis dedupe` as a person runs it."""

import csv
import json
import subprocess
from pathlib import Path

from commands import evidermis

TABLE = """record_id,title,author,year,journal,volume,pages,doi
a1,Topical vesicles for dark spots of the face,"Kim, H. and Lee, S.",2021,Journal of Cosmetic Dermatology,20,1123-1131,10.1000/x
a2,TOPICAL VESICLES FOR DARK SPOTS OF THE FACE,Kim H; Lee S,2021,J Cosmet Dermatol,20,1123-31,NA
b1,=cmd|' /C calc'!A0 and the barrier of dry winter skin,"Meyer, R.",2019,Dermatology,3,7-9,
"""


def dedupe(*words: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
    return evidermis("dedupe", *words, status=status)


def test_clusters_hold_every_id_once(tmp_path: Path) -> None:
    (tmp_path / "records.csv").write_text(TABLE, encoding="utf-8")
    told = dedupe(
        tmp_path / "records.csv", "--output", tmp_path / "out.csv", "--links", tmp_path / "links.csv", "--json"
    )
    with (tmp_path / "out.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert sorted(row["record_id"] for row in rows) == ["a1", "a2", "b1"]
    assert len({row["cluster"] for row in rows}) == 2
    assert json.loads(told.stdout) == {"records": 3, "reports": 2, "links": 1, "doubts": 0}
    assert "title +5" in (tmp_path / "links.csv").read_text(encoding="utf-8")


def test_bad_input_is_one_line_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "twice.csv").write_text(TABLE.replace("a2,", "a1,"), encoding="utf-8")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    for name in ("twice.csv", "empty.csv", "missing.csv"):
        done = dedupe(tmp_path / name, "--output", tmp_path / "out.csv", status=2)
        assert done.stderr.count("\n") == 1
        assert name in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_one_record_a_report_is_written_with_what_another_had(tmp_path: Path) -> None:
    table = (
        TABLE.replace(",doi\n", ",doi,abstract\n")
        .replace("10.1000/x\n", "10.1000/x,\n")
        .replace("NA\n", "NA,Ten people.\n")
    )
    (tmp_path / "records.csv").write_text(table, encoding="utf-8")
    dedupe(tmp_path / "records.csv", "--output", tmp_path / "out.csv", "--reports", tmp_path / "reports.ris")
    told = (tmp_path / "reports.ris").read_text(encoding="utf-8")
    assert told.count("TY  - ") == 2
    assert "Ten people." in told
    assert "10.1000/x" in told
    assert "one report of table a1, table a2" in told
    unknown = dedupe(
        tmp_path / "records.csv", "--output", tmp_path / "o.csv", "--reports", tmp_path / "reports.txt", status=2
    )
    assert "no format is known" in unknown.stderr
    assert not (tmp_path / "o.csv").exists()

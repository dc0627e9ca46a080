"""`evidermis convert` as a person runs it."""

import subprocess
from pathlib import Path

from commands import evidermis


def convert(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return evidermis("convert", *words, status=None)


def test_what_is_left_out_is_told_and_the_rest_is_written(tmp_path: Path) -> None:
    (tmp_path / "in.ris").write_bytes(b"TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\nTI  - b\0\nER  - \n")
    ran = convert(tmp_path / "in.ris", tmp_path / "out.bib")
    assert ran.returncode == 0
    assert "record 2, line 4" in ran.stderr
    assert "title = {{A}}" in (tmp_path / "out.bib").read_text(encoding="utf-8")


def test_a_file_in_no_known_format_ends_with_status_2_and_one_line(tmp_path: Path) -> None:
    (tmp_path / "in.pdf").write_bytes(b"%PDF-1.7\n")
    ran = convert(tmp_path / "in.pdf", tmp_path / "out.ris")
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "out.ris").exists()

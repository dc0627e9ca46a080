"""Whatever happens while a page is written, the old one or the new one is there, whole."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evidermis.disk import recover, write_file, write_folder
from evidermis.evidence.errors import BadInput, Defect

WRITER = """
import sys
from pathlib import Path
from evidermis.disk import write_folder
path, name = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
while True:
    for mark in (b"b", b"c"):
        write_folder(path, {f"part{i}.txt": mark * 2000 for i in range(30)} | {"index.html": mark})
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_folder_holds_exactly_what_was_given(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_folder(site, {"index.html": b"old", "gone.css": b"x"})
    write_folder(site, {"index.html": b"new", "data/a.csv": b"1"})
    assert contents(site) == {"index.html": b"new", "data/a.csv": b"1"}
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_holds_what_is_not_ours_is_left_as_it_is(tmp_path: Path) -> None:
    write_folder(tmp_path / "site", {"index.html": b"old", "notes.txt": b"mine", "data/a.csv": b"1"})
    with pytest.raises(BadInput, match=r"holds 'notes.txt', which would be lost"):
        write_folder(tmp_path / "site", {"index.html": b"new"}, ours={"index.html", "data"}.__contains__)
    assert contents(tmp_path / "site") == {"index.html": b"old", "notes.txt": b"mine", "data/a.csv": b"1"}
    write_folder(tmp_path / "site", {"index.html": b"new"}, ours={"index.html", "data", "notes.txt"}.__contains__)
    assert contents(tmp_path / "site") == {"index.html": b"new"}


def test_the_folder_that_one_stands_in_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    write_folder(Path(), {"index.html": b"x"})
    assert contents(tmp_path / "here") == {"index.html": b"x"}


@pytest.mark.parametrize("seed", range(12))
def test_a_power_cut_leaves_the_old_page_or_the_new_one(tmp_path: Path, seed: int) -> None:
    site = tmp_path / "site"
    whole = {f"part{i}.txt": b"a" * 2000 for i in range(30)} | {"index.html": b"a"}
    write_folder(site, whole)
    with subprocess.Popen([sys.executable, "-c", WRITER, site, "x"], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.003 * seed + 0.001)
        writer.send_signal(signal.SIGKILL)
    found = contents(site)
    marks = {content[:1] for content in found.values()}
    assert len(marks) == 1
    assert set(found) == set(whole)
    assert {len(content) for name, content in found.items() if name != "index.html"} == {2000}
    write_folder(site, {"index.html": b"after"})
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_folder_moved_aside_by_an_interrupted_write_is_put_back(tmp_path: Path) -> None:
    site, aside = tmp_path / "site", tmp_path / ".site.old"
    aside.mkdir()
    (aside / "index.html").write_bytes(b"old")
    recover(site)
    assert contents(site) == {"index.html": b"old"}


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_folder(site, {"index.html": b"old"})
    with pytest.raises(Defect):
        write_folder(site, {"index.html": b"new", "../outside.txt": b"x"})
    assert contents(site) == {"index.html": b"old"}
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(BadInput, match="not a folder"):
        write_folder(tmp_path / "site", {"index.html": b"x"})
    assert (tmp_path / "site").read_text() == "mine"


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    write_file(tmp_path / "deep" / "a.txt", b"new")
    assert contents(tmp_path) == {"deep/a.txt": b"new"}

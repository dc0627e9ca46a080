"""Killed at any moment, an import loses nothing that it reported, and the next command goes on where it stopped."""

import datetime
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evidermis.library import SearchIndex
from evidermis.review.bundle import write_starter
from evidermis.review.records.keeping import import_files, kept, opened_library, search_library
from records import file_of, record

DAY = datetime.date(2026, 11, 23)
MANY = 600
# Small batches, so that a kill finds many places to strike; each file is reported when it is saved.
IMPORTER = """
import datetime, sys
from pathlib import Path
import evidermis.library.syncing as syncing
import evidermis.library.searching as searching
syncing.synchronise.__defaults__ = (*syncing.synchronise.__defaults__[:-1], 20)
searching._COMMIT_EVERY = 50
from evidermis.review.records.keeping import import_files
print("ready", flush=True)
for file in sys.argv[2:]:
    import_files(Path(sys.argv[1]), [Path(file)], datetime.date(2026, 11, 23))
    print(file, flush=True)
"""


def new_review(folder: Path) -> Path:
    write_starter(folder, DAY.isoformat())
    return folder


def exported(review: Path) -> bytes:
    with opened_library(review) as library:
        assert library.is_sound()
        return b"".join(library.export())


def started(review: Path, files: list[Path]) -> subprocess.Popen[str]:
    begun = subprocess.Popen([sys.executable, "-c", IMPORTER, review, *files], stdout=subprocess.PIPE, text=True)
    assert begun.stdout is not None
    assert begun.stdout.readline() == "ready\n"
    return begun


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("files")
    half = MANY // 2
    return [
        file_of(folder / "a.nbib", list(range(half)), "nbib"),
        file_of(folder / "b.ris", list(range(half - 50, MANY)), "ris"),
    ]


@pytest.fixture(scope="module")
def whole(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    review = new_review(tmp_path_factory.mktemp("whole") / "mine")
    import_files(review, files, DAY)
    return exported(review)


def killed_and_resumed(review: Path, files: list[Path], after: float, whole: bytes) -> None:
    with started(review, files) as importer:
        assert importer.stdout is not None
        time.sleep(after)
        importer.send_signal(signal.SIGKILL)
        saved = importer.stdout.read().split()
    held = kept(review)
    assert held.files >= len(saved)
    assert held.records >= (0, MANY // 2, MANY)[len(saved)]
    import_files(review, files, DAY)
    assert exported(review) == whole
    assert not [
        path for path in (review / "records").iterdir() if path.suffix == ".new" and not path.name.startswith(".")
    ]
    found = {hit.digest for hit in search_library(review, "number", limit=2 * MANY).hits}
    assert found == {record(number).digest for number in range(MANY)}


@pytest.mark.parametrize("moment", range(8))
def test_an_import_killed_and_run_again_gives_the_same_library_and_index(
    tmp_path: Path, files: list[Path], whole: bytes, moment: int
) -> None:
    killed_and_resumed(new_review(tmp_path / "mine"), files, 0.004 + 0.05 * moment, whole)


@pytest.mark.slow
@pytest.mark.parametrize("moment", range(60))
def test_an_import_killed_at_any_of_many_moments(tmp_path: Path, files: list[Path], whole: bytes, moment: int) -> None:
    killed_and_resumed(new_review(tmp_path / "mine"), files, 0.001 + 0.011 * moment, whole)


def test_a_file_that_was_left_half_copied_is_no_payload(tmp_path: Path, files: list[Path]) -> None:
    review = new_review(tmp_path / "mine")
    (review / "records" / ".pubmed-2026-11-23-abc.nbib.x.new").write_bytes(b"PMID- 1")
    import_files(review, files, DAY)
    assert kept(review).files == 2


def test_two_imports_at_once_both_complete(tmp_path: Path, files: list[Path], whole: bytes) -> None:
    review = new_review(tmp_path / "mine")
    both = [started(review, order) for order in (files, files[::-1])]
    told = [one.communicate(timeout=60)[0].split() for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert [sorted(one) for one in told] == [sorted(map(str, files))] * 2
    assert exported(review) == whole
    assert len(search_library(review, "number", limit=2 * MANY).hits) == MANY


def test_an_index_that_is_lost_or_spoilt_is_made_again(tmp_path: Path, files: list[Path]) -> None:
    review = new_review(tmp_path / "mine")
    import_files(review, files, DAY)
    (meta,) = (review / "library.index").glob("*/meta.json")
    meta.write_bytes(b"{")
    assert len(search_library(review, "number", limit=2 * MANY).hits) == MANY


def test_the_index_holds_nothing_of_a_file_that_was_taken_out(tmp_path: Path, files: list[Path]) -> None:
    review = new_review(tmp_path / "mine")
    _, gone = import_files(review, files, DAY)
    gone.kept.unlink()
    found = {hit.digest for hit in search_library(review, "number", limit=2 * MANY).hits}
    assert found == {record(number).digest for number in range(MANY // 2)}


def test_an_index_is_brought_in_step_before_it_answers(tmp_path: Path, files: list[Path], monkeypatch) -> None:
    review = new_review(tmp_path / "mine")
    with monkeypatch.context() as then:
        then.setattr(SearchIndex, "refresh", lambda self: None)
        import_files(review, files, DAY)
    assert len(search_library(review, "number", limit=2 * MANY).hits) == MANY

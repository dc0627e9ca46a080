"""One writer of a folder at a time: a second waits and then says so, and one that was killed is in nobody's way."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evidermis.disk import held
from evidermis.evidence.errors import BadInput
from evidermis.evidence.observer import Notice

HOLDER = """
import sys
from pathlib import Path
from evidermis.disk import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the folder until it is written to, killed, or left."""
    begun = subprocess.Popen(
        [sys.executable, "-c", HOLDER, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert begun.stdin is not None
    assert begun.stdout is not None
    try:
        assert begun.stdout.readline() == "held\n"
        yield begun
    finally:
        begun.kill()
        begun.wait()
        begun.stdin.close()
        begun.stdout.close()


def test_a_second_writer_is_refused_in_one_line_that_names_the_folder(tmp_path: Path) -> None:
    with holder(tmp_path), pytest.raises(BadInput) as refused, held(tmp_path, patience=0.2):
        pass
    assert str(refused.value).startswith(f"{tmp_path}: another evidermis is writing to this review; ")
    assert "\n" not in str(refused.value)


def test_a_second_writer_waits_and_says_so_once(tmp_path: Path) -> None:
    said: list[Notice] = []
    with holder(tmp_path) as first:
        done = threading.Timer(0.4, first.kill)
        done.start()
        began = time.monotonic()
        with held(tmp_path, said.append, patience=20):
            assert time.monotonic() - began > 0.2
        done.join()
    assert [one.stage for one in said] == ["wait"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_holder_is_in_nobodys_way_and_leaves_nothing(tmp_path: Path) -> None:
    with holder(tmp_path) as first:
        first.send_signal(signal.SIGKILL)
        first.wait()
        with held(tmp_path, patience=1):
            pass
    assert list(tmp_path.iterdir()) == []


def test_it_can_be_held_again_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), held(tmp_path):
        raise ZeroDivisionError
    with held(tmp_path, patience=0):
        pass


def test_two_folders_are_held_apart_and_what_is_no_folder_is_not_held(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    with held(one, patience=0), held(other, patience=0), held(tmp_path / "absent", patience=0):
        pass

"""Two who publish one review at once: each has a turn, and what is kept is what one after the other would have kept."""

import subprocess
import sys
from pathlib import Path

import pytest

from evidermis.review.bundle import write_starter
from evidermis.review.living.history import History

PUBLISHER = """
import datetime, sys
from pathlib import Path
from evidermis.review.running import publish_review
print("ready", flush=True)
sys.stdin.readline()
publish_review(Path(sys.argv[1]), datetime.date(2026, 11, 23))
"""


@pytest.mark.slow
def test_two_who_publish_at_once_keep_one_version(tmp_path: Path) -> None:
    folder = tmp_path / "it"
    write_starter(folder, "2026-11-23")
    command = [sys.executable, "-c", PUBLISHER, str(folder)]
    both = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in both:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=120) for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert [(one.number, one.version) for one in History(folder).publications] == [(1, "0.1.0")]
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]

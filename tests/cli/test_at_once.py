"""Several commands at once on one review: each has its turn, and what is kept is what one after the other would have kept."""

import os
import subprocess
import sys
from pathlib import Path

from evidermis.review.bundle import write_starter
from evidermis.review.living.history import History

ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1795392000"}  # 23 November 2026


def begun(folder: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "evidermis", *words, str(folder)]
    return subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_commands_that_publish_at_once_keep_one_version(tmp_path: Path) -> None:
    folder = tmp_path / "it"
    write_starter(folder, "2026-11-23")
    at_work = [begun(folder, *words) for words in (("publish",), ("publish",))]
    said = [one.communicate(timeout=120) for one in at_work]
    assert [one.returncode for one in at_work] == [0, 0], said
    assert [(one.number, one.version) for one in History(folder).publications] == [(1, "0.1.0")]
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]

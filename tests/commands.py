"""The command line as a test runs it: a process of its own, with its own folder, environment and streams.

A process that has the modules of all verbs loaded forks one child a command, so that a test pays for its command and not for a second of
imports each time. What hangs on a process from its first instruction on (a terminal, a kill, the bytes of two runs) is tested with
`COMMAND` itself.
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

__all__ = ["COMMAND", "DAY", "ENVIRONMENT", "evidermis"]

COMMAND = [sys.executable, "-m", "evidermis"]
DAY = "1795392000"  # 23 November 2026
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": DAY, "COLUMNS": "120", "NO_COLOR": "1"}


def evidermis(
    *words: str | Path, cwd: Path | None = None, status: int | None = 0, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a verb with these words, in a folder, with variables of the environment on top of `ENVIRONMENT`.

    The exit status must be `status`, unless that is None.
    """
    command = [*map(str, words)]
    with tempfile.TemporaryDirectory() as folder:
        told, complained = Path(folder, "out"), Path(folder, "err")
        asked = {
            "words": command,
            "cwd": str(cwd or Path.cwd()),
            "environment": {**ENVIRONMENT, **variables},
            "streams": [str(told), str(complained)],
        }
        returned = _answer(json.dumps(asked))
        done = subprocess.CompletedProcess(
            command, returned, told.read_text(encoding="utf-8"), complained.read_text(encoding="utf-8")
        )
    assert status is None or returned == status, done.stderr + done.stdout
    return done


def _answer(asked: str) -> int:
    server = _server()
    assert server.stdin is not None and server.stdout is not None
    server.stdin.write(f"{asked}\n")
    server.stdin.flush()
    answer = server.stdout.readline()
    assert answer, "the process that runs commands has ended"
    return int(answer)


@cache
def _server() -> subprocess.Popen[str]:
    if not hasattr(os, "fork"):
        raise RuntimeError("these tests need a system that can fork")
    program = Path(__file__).with_name("command_server.py")
    server = subprocess.Popen([sys.executable, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def end() -> None:
        server.communicate()

    atexit.register(end)
    return server

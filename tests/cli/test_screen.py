"""`evidermis screen` as a person runs it: in a terminal, one key a decision, killed at any moment."""

import csv
import json
import os
import select
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from evidermis.review.bundle import write_starter
from records import file_of

if sys.platform == "win32":
    pytest.skip("needs a terminal of POSIX", allow_module_level=True)
import pty

from commands import COMMAND, ENVIRONMENT, evidermis


@pytest.fixture
def review(tmp_path: Path) -> Path:
    write_starter(tmp_path / "review", "2026-11-23")
    with (tmp_path / "review" / "review.toml").open("a", encoding="utf-8") as text:
        text.write('\n[screening]\npeople = 1\nstop = "budget:3"\nreasons = ["not in people", "other"]\n')
    evidermis("import", file_of(tmp_path / "found.ris", list(range(12))), "--review", "review", cwd=tmp_path)
    return tmp_path / "review"


class Terminal:
    """A screening session in a terminal of its own."""

    def __init__(self, review: Path, *words: str) -> None:
        self.pid, self._handle = pty.fork()
        if not self.pid:
            os.chdir(review.parent)
            environment = {**ENVIRONMENT, "COLUMNS": "100", "TERM": "xterm"}
            os.execve(sys.executable, [*COMMAND, "screen", "review", "--person", "A.Reader", *words], environment)
        self.shown = ""

    def until(self, wanted: str, seconds: float = 60) -> str:
        """What was shown since the last call, up to some words."""
        end = time.monotonic() + seconds
        while wanted not in self.shown:
            assert time.monotonic() < end, f"{wanted!r} never came: {self.shown[-2000:]}"
            if select.select([self._handle], [], [], 0.2)[0]:
                try:
                    self.shown += os.read(self._handle, 65536).decode(errors="replace")
                except OSError:
                    break
        assert wanted in self.shown, self.shown[-2000:]
        told, _, self.shown = self.shown.partition(wanted)
        return told + wanted

    def press(self, keys: str) -> None:
        os.write(self._handle, keys.encode())

    def end(self) -> int:
        """The status with which it ended."""
        status = os.waitpid(self.pid, 0)[1]
        os.close(self._handle)
        return status

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        self.end()


def log_of(review: Path) -> list[dict[str, str]]:
    path = review / "judgements.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_one_key_is_one_signed_decision(review: Path) -> None:
    terminal = Terminal(review)
    assert "criteria" in terminal.until("12 left")
    for key, told in (("i", "signed: include"), ("1", "signed: exclude, not in people"), ("m", "signed: maybe")):
        terminal.press(key)
        terminal.until(told)
    terminal.press("u")
    terminal.until("taken back")
    terminal.press("n")
    terminal.until("note: ")
    terminal.press("see methods\r")
    terminal.until("noted")
    terminal.press("z")
    terminal.until("no such key")
    terminal.press("q")
    terminal.until("10 left")
    assert terminal.end() == 0
    assert [one["decision"] for one in log_of(review)] == ["include", "exclude", "maybe", "undo", "note"]
    assert {one["author"] for one in log_of(review)} == {"human:A.Reader"}


def test_a_kill_loses_no_decision_that_was_told(review: Path) -> None:
    told = 0
    for keys in ("i", "ee", "mim"):
        terminal = Terminal(review)
        terminal.until(" left")
        for key in keys:
            terminal.press(key)
            terminal.until("signed:")
            told += 1
        terminal.kill()
        assert len(log_of(review)) == told
    told_now = json.loads(evidermis("screen", "review", "--status", "--json", cwd=review.parent).stdout)
    assert told_now["stages"]["title-abstract"]["people"]["A.Reader"]["read"] == told


def test_keys_pressed_ahead_are_not_lost(review: Path) -> None:
    terminal = Terminal(review)
    terminal.press("ieieieq")
    terminal.until("6 left\r")
    assert terminal.end() == 0 and [one["decision"][0] for one in log_of(review)] == list("ieieie")


def test_a_kill_in_the_middle_of_pressing_leaves_a_log_that_can_be_read(review: Path) -> None:
    for wait in (0.0, 0.01, 0.03):
        terminal = Terminal(review)
        terminal.until(" left")
        terminal.press("eee")
        time.sleep(wait)
        terminal.kill()
        log_of(review)
    evidermis("check", "review", cwd=review.parent, SOURCE_DATE_EPOCH="")


def test_full_text_asks_for_the_reason(review: Path) -> None:
    evidermis("screen", "review", "--person", "A", "--decisions", sign(review, ["include"] * 12), cwd=review.parent)
    terminal = Terminal(review, "--stage", "full-text")
    terminal.until("12 left")
    terminal.press("e")
    terminal.until("why?")
    terminal.press("2")
    terminal.until("signed: exclude, other")
    terminal.press("x")
    terminal.until("signed: not retrieved")
    terminal.press("q")
    terminal.until("10 left")
    assert terminal.end() == 0


def sign(review: Path, decisions: Sequence[str]) -> Path:
    """A table of decisions on the first candidates."""
    evidermis("screen", "review", "--table", "table.csv", cwd=review.parent)
    with (review.parent / "table.csv").open(encoding="utf-8") as lines:
        ids = [row["record_id"] for row in csv.DictReader(lines)]
    path = review.parent / "signed.csv"
    rows = [f"{key},{answer}," for key, answer in zip(ids, decisions, strict=False)]
    path.write_text("\n".join(["record_id,decision,reason", *rows]) + "\n", encoding="utf-8")
    return path


def test_a_table_of_decisions_is_signed_whole_or_not_at_all(review: Path) -> None:
    path = sign(review, ["include", "exclude", "yes"])
    done = evidermis("screen", "review", "--person", "A", "--decisions", path, cwd=review.parent, status=2)
    assert "row 3" in done.stderr and "no decision" in done.stderr and done.stderr.count("\n") == 1 + 1
    assert log_of(review) == []


def test_the_rest_is_counted_as_excluded_by_automation(review: Path) -> None:
    evidermis("screen", "review", "--person", "A", "--decisions", sign(review, ["exclude"] * 3), cwd=review.parent)
    told = evidermis("screen", "review", "--person", "A", "--leave-rest-out", cwd=review.parent)
    assert "9 records left out by the rule budget:3" in told.stdout
    numbers = json.loads(evidermis("screen", "review", "--status", "--json", cwd=review.parent).stdout)["numbers"]
    assert (numbers["automation"], numbers["excluded"], numbers["open"]) == (9, 3, 0)


def test_the_rest_stays_where_the_rule_says_read_on(review: Path) -> None:
    done = evidermis("screen", "review", "--person", "A", "--leave-rest-out", cwd=review.parent, status=2)
    assert "does not say stop" in done.stderr


def test_without_a_terminal_or_a_name_it_says_what_to_do(review: Path) -> None:
    assert "--person" in evidermis("screen", "review", cwd=review.parent, status=2).stderr
    done = evidermis("screen", "review", "--person", "A", cwd=review.parent, status=2)
    assert "terminal" in done.stderr

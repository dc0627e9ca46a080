"""Bad usage is told like bad input: one line, and exit status 2."""

import re

import pytest

from commands import evidermis
from evidermis.cli.app import VERBS


@pytest.mark.parametrize("verb", VERBS)
def test_an_unknown_option_of_any_verb_is_one_line_that_names_the_help(verb: str) -> None:
    ran = evidermis(verb, "--nosuch", status=2)
    assert ran.stderr == f"evidermis: no such option: --nosuch; see `evidermis {verb} --help`\n"
    assert ran.stdout == ""


@pytest.mark.parametrize(
    "words",
    [["export"], ["pool", "x.csv", "--method"], ["search", "--limit", "x"], ["diff", "a", "b", "c"], ["reed", "x"], ["--nosuch"]],
)  # fmt: skip
def test_bad_usage_of_any_kind_is_one_line(words: list[str]) -> None:
    ran = evidermis(*words, status=2)
    assert (ran.stderr.count("\n"), ran.stdout) == (1, "")
    assert ran.stderr.startswith("evidermis: ")


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_every_verb_has_an_example(verb: str) -> None:
    told = " ".join(evidermis(verb, "--help").stdout.split())
    assert re.search(f"Examples?: evidermis {verb} ", told)


def test_no_words_at_all_ask_for_the_help() -> None:
    assert "audit" in evidermis().stdout

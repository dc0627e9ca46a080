"""People compared with themselves: what was learnt, from what, and what stays out."""

import importlib.util
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidermis.evidence.record import Record, Section
from evidermis.reading import bundled_reader
from evidermis.reading.sides.learnt import bundled_likeness, likeness_as_text, likeness_from_text
from evidermis.reading.text import Passage

ROOT = Path(__file__).parents[2]
READER = bundled_reader()


def texts(folder: Path, names: str) -> set[str]:
    files = [tomllib.loads(file.read_text(encoding="utf-8")) for file in folder.glob(names)]
    return {" ".join(one["text"].split()) for file in files for one in file["wordings"]}


def test_nothing_is_learnt_from_the_wordings_that_tests_hold_it_to() -> None:
    assert texts(ROOT / "validation" / "sides", "*.toml").isdisjoint(
        texts(Path(__file__).parent, "within_person_*.toml")
    )


def test_the_weights_are_kept_as_text_without_loss() -> None:
    assert likeness_as_text(likeness_from_text(likeness_as_text(bundled_likeness()))) == likeness_as_text(
        bundled_likeness()
    )


@given(st.lists(st.text("abcdefxyz½ß1", min_size=1, max_size=12), max_size=40))
def test_a_share_is_a_share_for_any_words(words: list[str]) -> None:
    assert 0.0 <= bundled_likeness().share(words) <= 1.0


def test_the_sentence_that_says_so_is_quoted() -> None:
    said = "The serum was put on one cheek of each woman and the vehicle on her other cheek."
    facts = READER.read(Record(title="A serum", abstract=(Section(f"Ageing skin is common. {said} Wrinkles fell."),)))
    assert [one.quote.text for one in facts.of_kind("pairing")] == [said.removesuffix(".")]


def test_mice_are_no_people_who_are_compared_with_themselves() -> None:
    told = "In mice, the gel was put on one wound of the back and saline on the other wound of the same mouse."
    facts = READER.read(
        Record(title="A gel for wounds in mice", abstract=(Section(f"{told} Mice were killed on day 9."),))
    )
    assert (facts.design, facts.is_within_person, facts.of_kind("pairing")) == ("animal", False, ())


@pytest.mark.slow
def test_the_weights_are_those_that_the_project_s_own_wordings_give() -> None:
    pytest.importorskip("sklearn")
    spec = importlib.util.spec_from_file_location("learn_sides", ROOT / "scripts" / "learn_sides.py")
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    learnt = likeness_from_text(script.learnt_text())
    for text in sorted(texts(Path(__file__).parent, "within_person_*.toml")):
        words = Passage("", text).words
        assert learnt.share(words) == pytest.approx(bundled_likeness().share(words), abs=0.01)

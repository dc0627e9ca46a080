"""The design of short reports of skin care and vesicles, told by people, and the rung that each stands on."""

import hashlib
import tomllib
from pathlib import Path

import pytest

from evidermis.evidence.record import Record, Section
from evidermis.reading import Facts, bundled_reader

READER = bundled_reader()
CASES = tomllib.loads((Path(__file__).parent / "designs.toml").read_text(encoding="utf-8"))["cases"]
PEOPLE = {"human-uncontrolled", "human-controlled", "randomised-trial"}


def is_held_back(case: dict[str, str]) -> bool:
    return int(hashlib.sha256(case["title"].encode()).hexdigest()[0], 16) % 2 == 1


def read(case: dict[str, str]) -> Facts:
    return READER.read(Record(title=case["title"], abstract=(Section(case["abstract"]),), source_id="1"))


def test_designs_are_read_on_the_half_that_no_cue_was_written_for() -> None:
    held = [case for case in CASES if is_held_back(case)]
    right = sum(read(case).design == case["design"] for case in held)
    assert len(CASES) >= 80
    assert len(held) >= 40
    assert right / len(held) >= 0.8


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["design"] in ("animal", "in-vitro", "ex-vivo")], ids=lambda c: c["title"][:40]
)
def test_no_report_on_animals_cells_or_excised_skin_stands_on_a_rung_of_people(case: dict[str, str]) -> None:
    assert read(case).rung not in PEOPLE


@pytest.mark.parametrize("case", [c for c in CASES if c.get("also")], ids=lambda c: c["title"][:40])
def test_a_mixed_report_lists_each_of_its_designs(case: dict[str, str]) -> None:
    listed = {design.design for design in read(case).designs}
    assert set(case["also"]) <= listed

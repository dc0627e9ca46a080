"""The smallest cause, the kinds of change of a pooled effect, and the version that follows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import WORDS, finding, protocol, reference, review, study, value
from evidermis.evidence.change import ChangedConclusion, ChangeKind, Difference
from evidermis.evidence.protocol import ChangeRules
from evidermis.evidence.review import Review
from evidermis.living import difference, minimal_cause, next_version, parts_of
from evidermis.pipeline import position_on, snapshot

PARTS = [f"part-{at:02}" for at in range(40)]


@given(st.sets(st.sampled_from(PARTS), min_size=1, max_size=6))
def test_planted_causes_are_found_exactly(planted: set[str]) -> None:
    assert set(minimal_cause(PARTS, lambda chosen: planted <= chosen)) == planted


@given(st.lists(st.sets(st.sampled_from(PARTS), min_size=1, max_size=4), min_size=1, max_size=4))
def test_of_several_causes_one_is_found_whole(planted: list[set[str]]) -> None:
    assert set(minimal_cause(PARTS, lambda chosen: any(one <= chosen for one in planted))) in planted


def test_what_the_parts_do_not_bring_about_has_no_cause_among_them() -> None:
    assert minimal_cause(PARTS, lambda chosen: False) == ()
    assert minimal_cause([], lambda chosen: True) == ()


@given(st.tuples(*[st.integers(0, 50)] * 3))
def test_a_version_rises_by_its_weight(numbers: tuple[int, int, int]) -> None:
    major, minor, patch = numbers
    version = f"{major}.{minor}.{patch}"
    risen = [next_version(version, "0.0.0", weight) for weight in ("none", "patch", "minor", "major")]
    assert risen == [version, f"{major}.{minor}.{patch + 1}", f"{major}.{minor + 1}.0", f"{major + 1}.0.0"]


def test_a_higher_version_in_the_folder_wins_and_a_lower_one_does_not() -> None:
    assert next_version("1.9.0", "1.10.0", "none") == "1.10.0"
    assert next_version("1.9.0", "1.0.0", "patch") == "1.9.1"


def trial(name: str, difference: float, n: int = 40, sd: float = 1.0) -> object:
    """A parallel trial in which the treated end `difference` lower on a scale where lower is better."""
    arms = [(arm, mean) for arm, mean in (("treated", 5.0 - difference), ("control", 5.0))]
    numbers = [value(arm, what, x) for arm, m in arms for what, x in (("mean", m), ("sd", sd), ("n", float(n)))]
    way = "benefit" if difference > 0 else "harm" if difference < 0 else "no difference"
    return study(name, n=2 * n, design="rct", findings=(finding(way, values=tuple(numbers)),))


def of(*trials: object, **changes: object) -> Review:
    held = review(*trials, protocol=protocol(**changes))  # type: ignore[arg-type]
    authors = {one.id: f"Name{chr(65 + at)} {chr(65 + at)}" for at, one in enumerate(held.studies)}
    return replace(held, references=tuple(reference(s.id, authors=(authors[s.id],)) for s in held.studies))


def changed(before: Review, after: Review) -> Difference:
    return difference(
        snapshot(before, WORDS),
        snapshot(after, WORDS),
        parts_of(before),
        parts_of(after),
        after.protocol.schedule.versions,
        lambda parts, claim: position_on(parts, claim, after.protocol, WORDS),
    )


def of_pool(found: Difference) -> dict[ChangeKind, tuple[str, ...]]:
    (one,) = found.conclusions or (ChangedConclusion("", ()),)
    return {
        a.kind: tuple(c.part for c in a.causes)
        for a in one.aspects
        if a.about.startswith("pool:") and a.kind != "scope"
    }


BASE = (trial("a", 0.3), trial("b", 0.35))


def test_a_large_trial_that_moves_the_effect_past_the_threshold_is_a_change_of_magnitude() -> None:
    found = of_pool(changed(of(*BASE), of(*BASE, trial("c", 1.2, 400))))
    assert found["magnitude"] == ("study:c",)
    assert "direction" not in found


def test_the_threshold_is_the_protocols_own() -> None:
    schedule = of().protocol.schedule
    wide = replace(schedule, versions=ChangeRules(difference=5.0))
    after = of(*BASE, trial("c", 1.2, 400), schedule=wide)
    assert "magnitude" not in of_pool(changed(of(*BASE, schedule=wide), after))


def test_an_effect_that_changes_sides_is_a_change_of_direction() -> None:
    found = changed(of(*BASE), of(*BASE, trial("c", -2.0, 2000), trial("d", 0.31, 5)))
    assert of_pool(found)["direction"] == ("study:c",)
    assert found.weight == "major"


def test_an_interval_that_comes_to_exclude_no_effect_is_a_change_of_precision() -> None:
    before = of(trial("a", 0.3, 12), trial("b", 0.32, 12))
    found = changed(before, of(trial("a", 0.3, 12), trial("b", 0.32, 12), trial("c", 0.31, 600)))
    assert of_pool(found) == {"precision": ("study:c",)}
    assert found.weight == "major"


def test_an_update_that_confirms_changes_no_conclusion() -> None:
    steady = of(trial("a", 0.5, 900), trial("b", 0.5, 900))
    found = changed(steady, of(trial("a", 0.5, 900), trial("b", 0.5, 900), trial("c", 0.5, 900)))
    assert of_pool(found) == {}
    assert found.conclusions == ()
    assert found.weight == "minor"


@pytest.mark.parametrize("kind", ["direction", "precision"])
def test_what_is_major_is_the_protocols_to_say(kind: ChangeKind) -> None:
    schedule = replace(of().protocol.schedule, versions=ChangeRules(major=("verdict",), minor=(kind,)))
    found = changed(
        of(trial("a", 0.3, 12), trial("b", 0.32, 12), schedule=schedule),
        of(trial("a", 0.3, 12), trial("b", 0.32, 12), trial("c", 0.31, 600), schedule=schedule),
    )
    verdicts = any(a.kind == "verdict" for one in found.conclusions for a in one.aspects)
    assert found.weight == ("major" if verdicts else "minor")

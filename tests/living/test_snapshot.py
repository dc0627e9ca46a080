"""A snapshot says the same of the same set, whatever happened on the way to it, and nothing that used a study stays behind."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evidermis
from building import WORDS, claim, finding, product, protocol, reference, review, study, value
from evidermis.evidence.change import Difference
from evidermis.evidence.judgement import Judgement
from evidermis.evidence.record import NoticeState
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary, bundled_vocabulary
from evidermis.living import Snapshot, assembled, difference, parts_of
from evidermis.pipeline import position_on, snapshot
from evidermis.review.folder.loading import load

BUNDLED = Path(evidermis.__file__).parent / "review" / "bundled" / "exosomes"
NAMES = tuple(path.stem for path in sorted((BUNDLED / "studies").glob("*.toml")))


def means(treated: float, control: float, sd: float = 1.0) -> tuple[object, ...]:
    return tuple(
        value(arm, what, x)
        for arm, mean in (("treated", treated), ("control", control))
        for what, x in (("mean", mean), ("sd", sd))
    )


POOL = (
    *(study(f"s{at}", n=20 + 5 * at, findings=(finding(values=means(1.0 + at, 2.0 + at)),)) for at in range(4)),
    study("mice", design="mice"),
    study("before", design="single-arm"),
)


def difference_of(before: Review, after: Review, words: Vocabulary = WORDS, old: Snapshot | None = None) -> Difference:
    return difference(
        old or snapshot(before, words),
        snapshot(after, words),
        parts_of(before),
        parts_of(after),
        after.protocol.schedule.versions,
        lambda parts, name: position_on(parts, name, after.protocol, words),
    )


def with_notice(of: Review, record: str, state: NoticeState) -> Review:
    changed = tuple(replace(one, notice=state) if one.id == record else one for one in of.references)
    return replace(of, references=changed)


@st.composite
def events(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Imports, removals, retractions and judgements about the studies of the pool, in any order."""
    names = st.sampled_from([one.id for one in POOL])
    kinds = st.sampled_from(["add", "remove", "retract", "stand", "sign"])
    return draw(st.lists(st.tuples(kinds, names), min_size=1, max_size=14))


def after(history: list[tuple[str, str]]) -> Review:
    """What a folder holds after these events: the set of studies, of retracted records and of judgements."""
    held: dict[str, None] = {}
    gone: set[str] = set()
    signed: dict[str, Judgement] = {}
    for kind, name in history:
        if kind == "add":
            held[name] = None
        elif kind == "remove":
            held.pop(name, None)
        elif kind == "sign":
            about = {"about": "certainty:dark-spots", "decision": "low", "author": "human:A", "reason": name}
            time = "2026-01-15T10:00:00+00:00"
            signed[name] = Judgement(id=f"j-{name}", time=_time(time), **about)
        else:
            (gone.add if kind == "retract" else gone.discard)(name)
    found = [one for name in held for one in POOL if one.id == name]
    records = tuple(reference(s.id, notice="retracted" if s.id in gone else "none") for s in found)
    return review(*found, references=records, judgements=tuple(signed.values()))


def _time(text: str):
    import datetime

    return datetime.datetime.fromisoformat(text)


@cache
def named(of: Review) -> str:
    return snapshot(of, WORDS).name


@given(events(), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_histories_that_end_with_the_same_sets_give_the_same_snapshot(
    history: list[tuple[str, str]], dice: object
) -> None:
    end = after(history)
    shuffled = [list(part) for part in (end.studies, end.references, end.judgements)]
    for part in shuffled:
        dice.shuffle(part)  # type: ignore[attr-defined]
    studies, references, judgements = (tuple(part) for part in shuffled)
    again = replace(end, studies=studies, references=references, judgements=judgements)
    assert snapshot(again, WORDS).content == snapshot(end, WORDS).content


@given(events(), st.sampled_from(POOL))
@settings(max_examples=50, deadline=None)
def test_adding_a_study_and_taking_it_out_equals_never_having_had_it(
    history: list[tuple[str, str]], one: object
) -> None:
    name = one.id  # type: ignore[attr-defined]
    without = [event for event in history if event[1] != name]
    assert named(after([*without, ("add", name), ("remove", name)])) == named(after(without))


@given(events())
@settings(max_examples=50, deadline=None)
def test_a_review_put_together_from_its_parts_is_the_review(history: list[tuple[str, str]]) -> None:
    end = after(history)
    assert named(assembled(parts_of(end), end.protocol)) == named(end)


@given(events(), events())
@settings(max_examples=40, deadline=None)
def test_a_difference_is_empty_exactly_where_the_snapshots_are_equal(one: list, other: list) -> None:
    before, now = after(one), after(other)
    found = difference_of(before, now)
    assert found.is_empty == (named(before) == named(now))
    assert found.is_empty == (not found.parts)
    assert (found.weight == "none") == found.is_empty


@given(events(), events())
@settings(max_examples=40, deadline=None)
def test_every_change_has_a_cause_that_brings_it_about_and_none_of_whose_parts_can_be_spared(
    one: list, other: list
) -> None:
    before, now = after(one), after(other)
    was, is_now = parts_of(before), parts_of(now)

    def verdict(chosen: set[str]) -> str | None:
        mixed = {name: value for name, value in was.items() if name not in chosen}
        mixed |= {name: is_now[name] for name in chosen if name in is_now}
        position = position_on(mixed, "dark-spots", now.protocol, WORDS)
        return position and position.verdict

    for changed in difference_of(before, now).conclusions:
        for aspect in changed.aspects:
            assert aspect.causes
            if aspect.kind == "verdict":
                causes = {cause.part for cause in aspect.causes}
                assert verdict(causes) == aspect.now
                assert all(verdict(causes - {part}) != aspect.now for part in causes)


@pytest.fixture(scope="module")
def bundled() -> tuple[Review, Vocabulary, Snapshot]:
    words = bundled_vocabulary()
    held = load(BUNDLED)
    return held, words, snapshot(held, words)


@pytest.mark.parametrize("name", NAMES)
def test_a_retraction_is_seen_in_every_number_that_used_the_study(
    name: str, bundled: tuple[Review, Vocabulary, Snapshot]
) -> None:
    held, words, before = bundled
    one = held.study(name)
    assert one is not None
    gone = with_notice(held, one.reports[0].record, "retracted")
    found = difference_of(held, gone, words, before)
    listed = {figure.name for figure in found.figures}
    if held.reference(one.reports[0].record).notice == "retracted":  # type: ignore[union-attr]
        assert found.is_empty
        return
    assert {d.name for d in before.derived if name in d.studies} <= listed
    assert [d.name for d in snapshot(gone, words).derived if name in d.studies] == [f"integrity:{name}"]
    assert {cause.how for cause in found.parts} == {"retraction"}
    assert all({cause.how for cause in a.causes} == {"retraction"} for c in found.conclusions for a in c.aspects)


@pytest.mark.parametrize("name", NAMES)
def test_an_erratum_changes_no_number(name: str, bundled: tuple[Review, Vocabulary, Snapshot]) -> None:
    held, words, before = bundled
    record = held.study(name).reports[0].record  # type: ignore[union-attr]
    if held.reference(record).notice != "none":  # type: ignore[union-attr]
        pytest.skip("there is a worse notice")
    found = difference_of(held, with_notice(held, record, "corrected"), words, before)
    assert [f for f in found.figures if not f.name.startswith("integrity:")] == []
    assert found.conclusions == ()
    assert {cause.how for cause in found.parts} == {"correction notice"}


def test_nothing_that_names_a_version_or_a_day_is_in_a_snapshot() -> None:
    of = review(POOL[0])
    later = replace(of.protocol, version="7.0.0", published=of.protocol.published.replace(year=2030))
    assert named(replace(of, protocol=later)) == named(of)


def test_a_product_that_comes_is_a_minor_version_and_no_conclusion() -> None:
    found = difference_of(review(POOL[0]), review(POOL[0], products=(product(),)))
    assert (found.weight, found.conclusions) == ("minor", ())


def test_a_claim_that_comes_is_a_change_of_scope() -> None:
    wider = replace(review(POOL[0]), protocol=protocol(claim(), claim("more")))
    (changed,) = difference_of(review(POOL[0]), wider).conclusions
    assert (changed.claim, changed.kinds) == ("more", ("scope",))
    assert [cause.part for cause in changed.aspects[0].causes] == ["claim:more"]


def test_what_the_rules_changed_is_told_apart_from_what_the_evidence_changed() -> None:
    of = review(POOL[0])
    new = snapshot(of, WORDS)
    rules = tuple((rule, 0 if rule == "rule:verdict" else version) for rule, version in new.rules)
    positions = tuple(replace(one, verdict="contradicted") for one in new.positions)
    found = difference_of(of, of, old=replace(new, rules=rules, positions=positions))
    (aspect,) = found.conclusions[0].aspects
    assert [(cause.part, cause.how) for cause in aspect.causes] == [("rule:verdict", "rule")]

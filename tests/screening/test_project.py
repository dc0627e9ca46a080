"""What decisions come to: people who do not see one another, rules that leave out, and numbers that add up."""

import datetime
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidermis.evidence.errors import BadInput
from evidermis.evidence.judgement import Judgement
from evidermis.screening.decisions import Candidate, Decisions, Stage, decision_of
from evidermis.screening.project import Project

START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
CANDIDATES = tuple(Candidate((f"a{n}", f"b{n}") if n % 3 == 0 else (f"a{n}",)) for n in range(6))
LISTS = {"rest": ("a4", "a5")}
STAGES: tuple[Stage, ...] = ("title-abstract", "full-text")


def said(
    about: str,
    answer: str,
    who: str = "human:A",
    minute: int = 0,
    stage: str = "title-abstract",
    kind: str = "screening",
) -> Judgement:
    reason = "not in people" if answer == "exclude" else ""
    time = START + datetime.timedelta(minutes=minute)
    name = f"{kind}{about}{answer}{who}{minute}{stage}"
    return Judgement(id=name, about=f"{kind}:{stage}/{about}", decision=answer, author=who, time=time, reason=reason)


def project(judgements: Sequence[Judgement], people: int = 1) -> Project:
    return Project(CANDIDATES, Decisions(judgements, LISTS), people)


def state(found: Project, number: int, stage: Stage = "title-abstract") -> str:
    return found.outcome(CANDIDATES[number], stage).state


def _logs() -> st.SearchStrategy[list[Judgement]]:
    keys = st.sampled_from([key for one in CANDIDATES for key in one.keys])
    people = st.sampled_from(["human:A", "human:B", "human:C"])
    first = st.tuples(keys, st.sampled_from(["include", "exclude", "maybe", "undo"]), people, st.just("title-abstract"))
    second = st.tuples(keys, st.sampled_from(["include", "exclude", "not retrieved"]), people, st.just("full-text"))
    kinds = st.sampled_from(["screening", "screening", "settling"])
    return st.lists(st.tuples(st.one_of(first, second), kinds), max_size=25).map(
        lambda rows: [said(k, a, w, minute, s, kind) for minute, ((k, a, w, s), kind) in enumerate(rows)]
    )


@given(_logs(), st.integers(1, 3), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_the_log_does_not_matter(log: list[Judgement], people: int, dice: object, by_rule: bool) -> None:
    log = [*log, said("list:rest", "exclude", "rule:knee@1", 99)] if by_rule else log
    mixed = list(log)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = project(log, people), project(mixed, people)
    assert [one.outcome(c, s) for c in CANDIDATES for s in STAGES] == [
        other.outcome(c, s) for c in CANDIDATES for s in STAGES
    ]


@given(_logs(), st.integers(1, 3), st.booleans())
def test_the_numbers_add_up(log: list[Judgement], people: int, by_rule: bool) -> None:
    log = [*log, said("list:rest", "exclude", "rule:knee@1", 99)] if by_rule else log
    n = project(log, people).numbers()
    first_open = n.identified - n.duplicates - n.automation - n.screened
    second_open = n.sought - n.not_retrieved - n.assessed
    assert first_open >= 0 <= second_open and first_open + second_open == n.open
    assert n.screened - n.excluded == n.sought
    assert n.assessed - sum(count for _, count in n.exclusions) == n.included


@given(_logs(), st.integers(1, 3))
def test_a_flow_is_told_only_when_nothing_is_open(log: list[Judgement], people: int) -> None:
    numbers = project(log, people).numbers()
    assert (numbers.flow(studies=0) is None) == (numbers.open > 0)


@given(_logs(), st.sampled_from(["human:A", "human:B"]), st.sampled_from(["a0", "b0", "a1"]))
def test_what_is_taken_back_was_never_said(log: list[Judgement], who: str, key: str) -> None:
    before = [one for one in log if not (one.author == who and one.about == f"screening:title-abstract/{key}")]
    undone = [*before, said(key, "include", who, 200), said(key, "undo", who, 201)]
    assert [project(undone).outcome(c, s) for c in CANDIDATES for s in STAGES] == [
        project(before).outcome(c, s) for c in CANDIDATES for s in STAGES
    ]


@given(_logs(), st.integers(1, 3))
def test_nobody_is_asked_twice_nor_shown_what_is_decided(log: list[Judgement], people: int) -> None:
    found = project(log, people)
    for stage in STAGES:
        for one in found.to_read("human:A", stage):
            assert "human:A" not in found.decisions.of_people(stage, one)
            assert found.outcome(one, stage).state in ("open", "waiting")


def test_one_of_two_people_decides_nothing() -> None:
    assert state(project([said("a1", "include")], people=2), 1) == "waiting"


def test_two_who_agree_decide() -> None:
    assert state(project([said("a1", "exclude"), said("a1", "exclude", "human:B", 1)], people=2), 1) == "exclude"


@pytest.mark.parametrize(("answer", "comes_to"), [("exclude", "conflict"), ("maybe", "include")])
def test_two_who_differ(answer: str, comes_to: str) -> None:
    assert state(project([said("a1", "include"), said("a1", answer, "human:B", 1)], people=2), 1) == comes_to


def test_a_conflict_is_settled_by_who_settles_it() -> None:
    log = [
        said("a1", "include"),
        said("a1", "exclude", "human:B", 1),
        said("a1", "include", "human:C", 2, kind="settling"),
    ]
    assert state(project(log, people=2), 1) == "include"


def test_a_decision_on_one_record_decides_on_its_duplicates() -> None:
    assert state(project([said("b0", "include")]), 0) == "include"


def test_what_a_rule_left_out_is_counted_apart_until_a_person_decides() -> None:
    rule = said("list:rest", "exclude", "rule:hypergeometric:0.95:0.95@1", 5)
    assert project([rule]).numbers().automation == 2
    assert project([rule, said("a4", "include", minute=9)]).numbers().automation == 1


def test_a_model_alone_decides_nothing() -> None:
    assert state(project([said("a1", "include", "model:m@1")]), 1) == "open"


def test_only_what_titles_let_through_is_sought() -> None:
    found = project([said("a1", "include"), said("a2", "exclude")])
    assert found.at("full-text") == [CANDIDATES[1]]


def test_what_the_review_holds_is_not_screened() -> None:
    found = Project([Candidate(("a1",), earlier=True)], Decisions((), {}))
    assert (found.to_read("human:A", "title-abstract"), found.numbers().earlier, found.numbers().identified) == (
        [],
        1,
        0,
    )


def test_agreement_is_of_what_people_said_before_it_was_settled() -> None:
    log = [
        said("a1", "include"),
        said("a1", "exclude", "human:B", 1),
        said("a1", "include", "human:C", 2, kind="settling"),
    ]
    agreed = project(log, people=2).agreement("title-abstract")
    assert agreed is not None and (agreed.units, agreed.observed) == (1, 0.0)


@pytest.mark.parametrize(
    ("judgement", "told"),
    [
        (said("a1", "yes"), "no answer"),
        (said("a1", "include", stage="abstract"), "no stage"),
        (said("a1", "not retrieved"), "only a full text"),
    ],
)
def test_what_cannot_be_decided_is_refused(judgement: Judgement, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        decision_of(judgement)


def test_an_exclusion_at_full_text_needs_its_reason() -> None:
    bare = Judgement(
        id="x", about="screening:full-text/a1", decision="exclude", author="human:A", time=START, reason=" "
    )
    with pytest.raises(BadInput, match="without a reason"):
        decision_of(bare)

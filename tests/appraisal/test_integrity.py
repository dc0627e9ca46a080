"""Integrity: a list makes states worse and never better, only a retraction takes out, and plans are held against reports."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import WORDS, figure, finding, product, reference, review, study, value
from evidermis.appraisal import IntegrityAnswer
from evidermis.appraisal.integrity import notice_list, with_notices
from evidermis.evidence.errors import BadInput
from evidermis.evidence.study import Finding, Plan, PlannedOutcome, Study
from evidermis.pipeline import concluded, synthesised

STATES = ("none", "corrected", "concern", "retracted")
NATURES = {"corrected": "Erratum", "concern": "expression_of_concern", "retracted": "Retraction;Correction"}
DAY = datetime.date(2024, 3, 1)


def row(doi: str, nature: str) -> dict[str, str]:
    return {"doi": doi, "nature": nature}


def asked(one: Study) -> IntegrityAnswer:
    (found,) = concluded(review(one), WORDS).integrity
    return found


def state(one: Study, rule: str) -> str:
    return next(step.effect for step in asked(one).steps if step.rule == rule)


@given(
    st.sampled_from(STATES),
    st.sampled_from(STATES),
    st.sampled_from(("10.1/AbC", "https://doi.org/10.1/abc", "doi:10.1/ABC")),
)
def test_a_list_only_ever_makes_a_state_worse(was: str, listed: str, written: str) -> None:
    told = review(study(), references=(reference("one-2020", doi="10.1/abc", notice=was),))
    rows = [row(written, NATURES[listed])] if listed != "none" else [row("10.1/other", "Retraction")]
    found, changed = with_notices(told, notice_list(rows))
    worst = max(was, listed, key=STATES.index)
    assert found.references[0].notice == worst
    assert bool(changed) == (worst != was)


@given(
    st.lists(st.sampled_from(("Retraction", "Correction", "Expression of concern")), min_size=1, max_size=4),
    st.randoms(),
)
def test_the_order_of_a_list_never_matters(natures: list[str], dice: object) -> None:
    rows = [row("10.1/a", nature) for nature in natures]
    together = notice_list([row("10.1/a", ";".join(natures))])
    assert notice_list(rows) == notice_list(rows[::-1]) == together


def test_a_reinstated_article_is_a_concern_for_a_person() -> None:
    assert notice_list([row("10.1/a", "Retraction;Reinstatement")]).state("10.1/A") == "concern"


def test_a_nature_that_nobody_knows_is_refused_with_its_line() -> None:
    with pytest.raises(BadInput, match="line 3: 'revoked' is no kind of notice"):
        notice_list([row("10.1/a", "Retraction"), row("10.1/b", "revoked")])
    with pytest.raises(BadInput, match="no list of notices"):
        notice_list([{"title": "x"}])


@given(st.sampled_from(("corrected", "concern", "retracted")))
def test_a_retracted_study_leaves_every_number_and_an_erratum_leaves_none(listed: str) -> None:
    told = (
        value("treated", "mean", 1.0),
        value("treated", "sd", 1.0),
        value("control", "mean", 2.0),
        value("control", "sd", 1.0),
    )
    trials = [study(name, findings=(finding(values=told),)) for name in ("a-2020", "b-2021")]
    names = tuple(reference(s.id, doi=f"10.1/{s.id}") for s in trials)
    whole = review(*trials, references=names, products=(product(),))
    after, _ = with_notices(whole, notice_list([row("10.1/b-2021", NATURES[listed])]))
    left = review(trials[0], references=names[:1], products=(product(),)) if listed == "retracted" else whole
    assert repr(synthesised(after, WORDS)) == repr(synthesised(left, WORDS))
    found, expected = concluded(after, WORDS), concluded(left, WORDS)
    assert [replace(a, held_out=()) for a in found.claims] == [replace(a, held_out=()) for a in expected.claims]
    assert found.products == expected.products
    assert ("study:b-2021" in {held.id for held in found.held_out}) == (listed == "retracted")


@given(st.integers(-400, 400), st.one_of(st.none(), st.integers(0, 300)))
def test_registration_is_held_against_the_start_and_the_end(days: int, lasted: int | None) -> None:
    end = None if lasted is None else DAY + datetime.timedelta(days=lasted)
    one = study(plan=Plan(registered=DAY + datetime.timedelta(days=days), started=DAY, completed=end))
    late = "serious concern" if lasted is not None and days > lasted else "some concern"
    assert state(one, "registered before start") == ("no concern" if days <= 0 else late)


def test_what_nobody_wrote_down_is_unknown() -> None:
    assert {step.effect for step in asked(study()).steps} == {"unknown"}


def test_other_people_than_planned_are_told() -> None:
    assert state(study(n=20, plan=Plan(people=figure(24))), "people as planned") == "some concern"
    assert state(study(n=24, plan=Plan(people=figure(24))), "people as planned") == "no concern"


def reported(**ranks: str) -> tuple[Finding, ...]:
    return tuple(finding(id=outcome, outcome=outcome, rank=rank) for outcome, rank in ranks.items())


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (reported(pigment="primary", wrinkles="secondary"), "no concern"),
        (reported(pigment="secondary", wrinkles="primary"), "serious concern"),
        (reported(wrinkles="secondary"), "serious concern"),
        (reported(pigment="primary"), "some concern"),
        (reported(pigment="primary", wrinkles="", harm=""), "some concern"),
        (reported(pigment="", wrinkles=""), "no concern"),
    ],
)
def test_outcomes_exchanged_between_plan_and_report_are_found(report: tuple[Finding, ...], expected: str) -> None:
    plan = Plan(
        outcomes=(
            PlannedOutcome(outcome="pigment", rank="primary"),
            PlannedOutcome(outcome="wrinkles", rank="secondary"),
        )
    )
    assert state(study(plan=plan, findings=report), "outcomes as planned") == expected


def test_numbers_that_arithmetic_rules_out_are_a_concern() -> None:
    shares = (value("treated", "events", 16), value("control", "events", 12))
    assert (
        state(study(n=25, findings=(finding(analysed=figure(25), p=figure(0.02), values=shares),)), "numbers")
        == "some concern"
    )

"""Certainty goes up only for controlled studies without randomisation that nothing lowered, and only for told reasons."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import WORDS, figure, finding, review, study
from evidermis.appraisal import ClaimAnswer
from evidermis.evidence.judgement import Judgement
from evidermis.evidence.study import Study
from evidermis.pipeline import concluded


def cohort(ratio: float, low: float, high: float, n: int = 400, design: str = "cohort", **changes: Any) -> Study:
    told = finding(
        instrument="seen", measure="RR", estimate=figure(ratio), ci_low=figure(low), ci_high=figure(high), **changes
    )
    return study(n=n, design=design, findings=(told,))


def answered(*studies: Study, signed: tuple[Judgement, ...] = ()) -> ClaimAnswer:
    return concluded(review(*studies, judgements=signed), WORDS).claim("dark-spots")


def sign(reason: str, author: str = "human:a", decision: str = "+1") -> Judgement:
    time = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    about = f"raise:dark-spots/{reason}"
    return Judgement(id=f"j-{author}", about=about, decision=decision, author=author, time=time, reason="three doses")


@pytest.mark.parametrize(
    ("ratio", "low", "high", "certainty"),
    [
        (1.5, 1.2, 1.9, "low"),
        (3.0, 2.2, 4.1, "moderate"),
        (0.3, 0.2, 0.5, "moderate"),
        (7.0, 4.0, 12.0, "high"),
        (3.0, 0.9, 9.0, "very low"),
    ],
)
def test_a_large_ratio_raises_by_its_size(ratio: float, low: float, high: float, certainty: str) -> None:
    """The bounds 2 and 5 of Guyatt 2011. An interval that includes no effect lowers for imprecision instead."""
    assert answered(cohort(ratio, low, high)).certainty == certainty


@given(st.floats(0.01, 50), st.sampled_from(("rct", "rct-sides")))
def test_a_randomised_trial_is_never_raised(ratio: float, design: str) -> None:
    steps = answered(cohort(ratio, ratio * 0.9, ratio * 1.1, design=design)).certainty_steps
    assert not any(step.effect.startswith("+") or step.rule == "raising" for step in steps)


@given(st.floats(0.01, 50), st.integers(1, 160))
def test_what_was_lowered_is_not_raised(ratio: float, n: int) -> None:
    answer = answered(cohort(ratio, ratio * 0.9, ratio * 1.1, n), signed=(sign("dose-response"),))
    assert any(step.effect.startswith("-") for step in answer.certainty_steps)
    assert not any(step.effect.startswith("+") for step in answer.certainty_steps)


def test_a_dose_response_counts_when_a_person_signs_it() -> None:
    plain = cohort(1.5, 1.2, 1.9)
    assert answered(plain, signed=(sign("dose-response"),)).certainty == "moderate"
    assert answered(plain, signed=(sign("dose-response", "model:m@1"),)).certainty == "low"
    assert answered(plain, signed=(sign("dose-response"), sign("dose-response", "human:z", "0"))).certainty == "low"

"""Numbers that arithmetic rules out become conflicts; honest numbers never do; a person can let one stand."""

import datetime
from dataclasses import replace
from random import Random
from statistics import mean, stdev

from hypothesis import given
from hypothesis import strategies as st

from building import WORDS, arms, figure, finding, review, study, value
from evidermis.evidence.judgement import Judgement
from evidermis.evidence.quantity import Conflict
from evidermis.evidence.study import Finding
from evidermis.evidence.vocabulary import Instrument
from evidermis.pipeline import concluded, synthesised
from evidermis.statistics import checked_studies, failed_checks, mcnemar_p

SCORE = Instrument(
    code="score",
    label="a sum",
    outcomes=("pigment",),
    better="lower",
    kind="patient-important",
    range="0 to 30",
    whole=True,
)
VOCABULARY = replace(WORDS, instruments=(*WORDS.instruments, SCORE))


def shares(of: int, against: int, pairs: int, p: float | str, **changes: object) -> Finding:
    told = (value("treated", "events", of), value("control", "events", against))
    return finding("benefit", analysed=figure(pairs), p=figure(p), values=told, **changes)


def averages(told: float, sd: float) -> Finding:
    return finding("benefit", instrument="score", values=(value("treated", "mean", told), value("treated", "sd", sd)))


def failed(one: Finding, n: int = 25) -> set[str]:
    return {
        found.check.name
        for found in failed_checks([study(n=n, findings=(replace(one, analysed=figure(n)),))], VOCABULARY)
    }


def test_16_and_12_of_25_people_cannot_give_a_mcnemar_p_of_0_02() -> None:
    """Kwon 2020 as a review prints it: the smallest McNemar p of these margins is 0.125, uncorrected 0.0455."""
    (checked,) = checked_studies([study(n=25, findings=(shares(16, 12, 25, 0.02),))], WORDS)
    p = checked.findings[0].p
    assert p is not None
    assert isinstance(p.quantity, Conflict)
    assert str(p.quantity.stated[0]) == "0.02"
    assert "McNemar" in str(p.quantity.stated[1])


def test_what_arithmetic_rules_out_is_neither_pooled_nor_counted_and_is_told() -> None:
    told = review(study(n=25, findings=(shares(16, 12, 25, 0.02),)))
    answer = concluded(told, WORDS).claim("dark-spots")
    assert (answer.verdict, answer.controlled_people) == ("untested", 0)
    assert "finding:one-2020/melanin" in {held.id for held in answer.held_out}
    synthesis = synthesised(told, WORDS)
    assert synthesis.bodies == ()
    assert [one.blocked for one in synthesis.without] == [True]


def test_the_p_of_another_test_is_not_held_against_mcnemar() -> None:
    assert failed(shares(16, 12, 25, 0.02, test="Wilcoxon of the ordered grades")) == set()


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_the_mcnemar_p_of_any_table_is_accepted(both: int, first: int, second: int, neither: int) -> None:
    pairs = both + first + second + neither
    if pairs:
        printed = round(mcnemar_p(first, second), 3)
        assert failed(shares(both + first, both + second, pairs, printed), pairs) == set()


@given(st.lists(st.integers(0, 30), min_size=2, max_size=60), st.integers(1, 2))
def test_the_mean_and_sd_of_real_scores_are_accepted(scores: list[int], digits: int) -> None:
    assert failed(averages(round(mean(scores), digits), round(stdev(scores), digits)), len(scores)) == set()


def test_a_mean_that_no_whole_numbers_have_and_an_sd_beyond_the_scale_are_found() -> None:
    assert failed(averages(5.27, 2.0), 20) == {"GRIM"}
    assert "SD or SE" in failed(averages(5.25, 19.0), 20)


@given(st.integers(1, 200), st.floats(0, 1), st.integers(0, 1))
def test_the_share_of_any_count_is_accepted(n: int, part: float, digits: int) -> None:
    share = value("treated", "percent of people", round(100 * round(part * n) / n, digits))
    assert failed(finding(values=(share, value("treated", "events", round(part * n)))), n) == set()


def test_a_share_that_no_count_gives_is_found() -> None:
    assert failed(finding(values=(value("treated", "percent of people", 87.3),)), 20) == {"percentage"}


def test_a_printed_statistic_must_give_its_p() -> None:
    assert failed(finding(test="paired t(24) = 2.80", p=figure(0.01))) == set()
    assert failed(finding(test="paired t(24) = 2.80", p=figure(0.001))) == {"reported test"}
    assert failed(finding(test="paired t(24) = 2.80", p=figure("<0.05"))) == set()


def test_a_person_lets_a_number_stand_and_a_program_cannot() -> None:
    told = study(n=25, findings=(shares(16, 12, 25, 0.02),))
    about = "number:one-2020/melanin/p"

    def says(author: str, decision: str = "stands", day: int = 1) -> Judgement:
        time = datetime.datetime(2026, 1, day, tzinfo=datetime.UTC)
        return Judgement(
            id=f"j{day}", about=about, decision=decision, author=author, time=time, reason="read the table"
        )

    assert checked_studies([told], WORDS, [says("human:a")]) == (told,)
    assert checked_studies([told], WORDS, [says("model:m@1")]) != (told,)
    assert checked_studies([told], WORDS, [says("human:b", "wrong", 2), says("human:a")]) != (told,)


@given(st.integers(0, 10**6))
def test_checking_twice_changes_nothing(seed: int) -> None:
    dice = Random(seed)
    one = shares(dice.randint(0, 25), dice.randint(0, 25), 25, round(dice.random(), 2))
    once = checked_studies([study(findings=(one,), arms=arms())], WORDS)
    assert checked_studies(once, WORDS) == once

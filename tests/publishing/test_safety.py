"""Counts of harms, and what no event can rule out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import WORDS, finding, review, study, value
from evidermis.publishing.safety import harm_counts, upper_bound_of_zero


@given(st.integers(1, 100_000))
def test_no_event_at_the_bound_has_a_chance_of_one_in_twenty(n: int) -> None:
    assert (1 - upper_bound_of_zero(n)) ** n == pytest.approx(0.05)


def test_none_of_25_people_leaves_room_for_eleven_percent() -> None:
    assert upper_bound_of_zero(25) == pytest.approx(0.1129, abs=1e-4)


def test_each_person_counts_in_both_arms_of_a_split_face_trial() -> None:
    of = study(n=28, findings=(finding("no difference", outcome="harm", values=(value("treated", "events", 0),)),))
    (found,) = harm_counts(review(of), WORDS)
    assert (found.events, found.people) == (0, 28)
    assert found.upper == pytest.approx(upper_bound_of_zero(28))


def test_without_the_number_of_people_there_is_no_bound() -> None:
    of = study(n=None, findings=(finding("no difference", outcome="harm", values=(value("treated", "events", 0),)),))
    (found,) = harm_counts(review(of), WORDS)
    assert (found.people, found.upper) == (None, None)


def test_counts_per_side_are_not_counts_of_people() -> None:
    of = study(findings=(finding(outcome="harm", unit="sides", values=(value("treated", "events", 0),)),))
    assert harm_counts(review(of), WORDS) == ()

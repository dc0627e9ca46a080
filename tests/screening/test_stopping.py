"""Stopping rules look at decisions alone and keep what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidermis.evidence.errors import BadInput
from evidermis.screening.stopping import HypergeometricTest, Knee, estimated_recall, stopping_rule


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(0, 100))
def test_recall_stands_inside_its_interval(seen: list[bool], more: int) -> None:
    found = estimated_recall(seen, len(seen) + more)
    assert 0 <= found.low <= found.estimate <= found.high <= 1


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(1, 100))
def test_the_test_stops_only_where_its_interval_reaches_the_target(seen: list[bool], more: int) -> None:
    total = len(seen) + more
    stop = HypergeometricTest(0.8, 0.95).decide(seen, total).stop
    assert not stop or estimated_recall(seen, total).low >= 0.8 - 1e-9


def test_reading_everything_is_enough() -> None:
    assert HypergeometricTest().decide([True, False], 2).stop


@pytest.mark.parametrize("written", ["budget:0", "budget:x", "hypergeometric:2", "knee:-1", "", "other"])
def test_a_rule_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(BadInput, match="names no stopping rule"):
        stopping_rule(written)


def test_rules_are_known_by_what_they_print() -> None:
    for written in ("budget:5", "consecutive:50", "hypergeometric:0.95:0.95", "knee", "knee:6"):
        rule = stopping_rule(written)
        assert rule.name == written
        assert rule.reference and rule.promise


@given(st.integers(1, 30))
def test_the_knee_asks_for_a_sharper_bend_where_little_was_found(found: int) -> None:
    # All relevant records first: the slope before the bend is 1, after it 1 in as many as were read since.
    wanted = 156 - found
    for since in (wanted - 1, wanted):
        seen = [True] * found + [False] * since
        assert Knee(at_least=1).decide(seen, 10_000).stop is (since >= wanted)


@given(st.integers(2, 20), st.integers(1100, 3000))
def test_a_straight_line_has_no_knee(every: int, read: int) -> None:
    assert not stopping_rule("knee").decide([n % every == 0 for n in range(1, read)], 10_000).stop


def test_the_knee_is_not_looked_for_among_few_records() -> None:
    assert not stopping_rule("knee").decide([True] * 5 + [False] * 900, 10_000).stop

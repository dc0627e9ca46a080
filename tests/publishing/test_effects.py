"""What a controlled comparison allows to be drawn."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from building import CONFLICT, WORDS, arms, figure, finding, review, study, value
from evidermis.evidence.study import Arm, Finding, Study
from evidermis.pipeline import synthesised
from evidermis.publishing.effects import Drawable, drawables
from evidermis.statistics import welch

SIZES = st.integers(2, 60)
MEANS = st.floats(-100, 100)
SPREADS = st.floats(0.1, 50)


def numbers(direction: str = "benefit", *, better: bool = True) -> Finding:
    """Lower is better on the meter."""
    low, high = (10.74, 2.5), (15.78, 3.26)
    found = (("treated", *(low if better else high)), ("control", *(high if better else low)))
    values = [value(arm, what, x) for arm, mean, sd in found for what, x in (("mean", mean), ("sd", sd))]
    return finding(direction, values=tuple(values))


def trial(*findings: Finding, design: str = "rct") -> Study:
    treated, control = arms()
    groups: tuple[Arm, Arm] = (replace(treated, people=figure(27)), replace(control, people=figure(18)))
    return study(design=design, arms=groups, findings=findings)


def one(of: Study) -> Drawable:
    held = review(of)
    (found,) = drawables(held, synthesised(held, WORDS), WORDS)
    return found


@given(MEANS, SPREADS, SIZES, MEANS, SPREADS, SIZES)
def test_the_interval_is_the_one_that_welchs_t_test_gives(
    m1: float, s1: float, n1: int, m2: float, s2: float, n2: int
) -> None:
    found = welch((m1, m2), (s1, s2), (n1, n2))
    assert found is not None
    reference = stats.ttest_ind_from_stats(m1, s1, n1, m2, s2, n2, equal_var=False)
    t = found.difference / ((found.high - found.low) / 2)
    degrees = (s1**2 / n1 + s2**2 / n2) ** 2 / ((s1**2 / n1) ** 2 / (n1 - 1) + (s2**2 / n2) ** 2 / (n2 - 1))
    assert t * stats.t.ppf(0.975, degrees) == pytest.approx(float(reference.statistic), rel=1e-6, abs=1e-9)


def test_means_and_spreads_of_groups_give_an_interval() -> None:
    found = one(trial(numbers()))
    # Hedges' g 1.7527 with variance 0.12673 (metafor's SMD of these groups).
    reach = 1.959964 * 0.12673**0.5
    assert (found.effect, found.low, found.high) == pytest.approx((1.7527, 1.7527 - reach, 1.7527 + reach), abs=1e-4)
    assert found.note == "−5.04 (95 % CI −6.89 to −3.19)"


def test_a_smaller_value_that_is_worse_lies_left_of_the_line() -> None:
    found = one(trial(numbers("harm", better=False)))
    assert found.high is not None
    assert found.high < 0


def test_means_that_contradict_the_stated_direction_are_not_drawn() -> None:
    found = one(trial(numbers("harm")))
    assert found.effect is None
    assert found.note == "direction and numbers disagree: not drawn"


def test_sides_of_one_face_say_that_their_correlation_was_assumed() -> None:
    found = one(trial(numbers(), design="rct-sides"))
    assert found.effect is not None
    assert found.note == "sides assumed to correlate 0.5"


def test_a_ratio_is_told_and_not_drawn_in_standard_deviations() -> None:
    events = finding(
        instrument="scale",
        values=(
            value("treated", "events", 1),
            value("control", "events", 6),
            value("treated", "total", 20),
            value("control", "total", 20),
        ),
    )
    found = one(trial(events))
    assert found.effect is None
    assert found.note == "risk ratio 0.17 (95 % CI 0.02 to 1.26)"


def test_a_conflict_is_blocked_whatever_else_is_known() -> None:
    found = one(trial(replace(numbers(), p=CONFLICT)))
    assert found.blocked
    assert found.effect is None


def test_a_group_of_one_has_no_interval() -> None:
    assert welch((1, 2), (1, 1), (1, 30)) is None
    assert welch((1, 2), (0, 0), (9, 30)) is None


def test_change_from_baseline_is_not_drawn() -> None:
    held = review(trial(replace(numbers(), contrast=replace(numbers().contrast, against=""))))
    assert drawables(held, synthesised(held, WORDS), WORDS) == ()


def test_the_written_interval_covers_the_difference() -> None:
    rng = np.random.default_rng(1)
    hits = 0
    for _ in range(400):
        a, b = rng.normal(1, 2, 12), rng.normal(0, 5, 20)
        found = welch((a.mean(), b.mean()), (a.std(ddof=1), b.std(ddof=1)), (12, 20))
        assert found is not None
        hits += found.low <= 1 <= found.high
    assert 0.92 <= hits / 400 <= 0.98

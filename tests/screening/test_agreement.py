"""Agreement beyond chance, against the worked examples printed in the README of irrCAC (K. L. Gwet, R package 1.0)."""

import pytest

from evidermis.screening.agreement import agreement, cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha

# cac.raw4raters: 12 units, 4 raters, some ratings missing.
FOUR = [[1, 1, None, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4],
        [1, 1, 2, 1], [2, 2, 2, 2], [None, 5, 5, 5], [None, None, 1, 1], [None, None, 3, None]]  # fmt: skip
# cont3x3abstractors: two raters, three categories.
TABLE = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
TWO = [(a, b) for a in range(3) for b in range(3) for _ in range(TABLE[a][b])]


def test_raters_with_missing_ratings_agree_as_irrcac_says() -> None:
    assert fleiss_kappa(FOUR) == pytest.approx(0.76117, abs=5e-5)
    assert gwet_ac1(FOUR) == pytest.approx(0.77544, abs=5e-5)
    assert krippendorff_alpha(FOUR) == pytest.approx(0.74342, abs=5e-5)


def test_two_raters_agree_as_irrcac_says() -> None:
    assert cohen_kappa(TWO) == pytest.approx(0.7964094, abs=5e-5)
    assert gwet_ac1(TWO) == pytest.approx(0.8493305, abs=5e-5)
    assert krippendorff_alpha(TWO) == pytest.approx(0.7972585, abs=5e-5)


def test_nothing_rated_twice_has_no_agreement() -> None:
    found = agreement([["include", None], [None, "exclude"]])
    assert (found.units, found.observed, found.cohen, found.gwet) == (0, None, None, None)

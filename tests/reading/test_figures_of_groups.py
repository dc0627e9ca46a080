"""Whose a figure is, in the shapes by which abstracts tell figures of groups; where the words leave a doubt, nobody's."""

import pytest

from evidermis.evidence.record import Record, Section
from evidermis.reading import bundled_reader

READER = bundled_reader()
_NOT_OURS = ("p", "ci-percent", "ci-low", "ci-high")


def told(text: str) -> list[tuple[str, str | None]]:
    """The first figure of each result that is no test alone, with the group that it is told of."""
    found = READER.read(Record(title="", abstract=(Section(text),), source_id="1")).results
    return [
        (one.figures[0].value, arm.value if (arm := one.of("arm")) else None)
        for one in found
        if one.figures[0].what not in _NOT_OURS
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wrinkle scores were 3.1 ± 1.0 in group A and 4.2 ± 1.1 in group B.", [("3.1", "group a"), ("4.2", "group b")]),
        ("Hydration rose by 30% and 12% in groups 1 and 2, respectively.", [("30", "group 1"), ("12", "group 2")]),
        ("In group A redness fell by 30%, and in group B by 12%.", [("30", "group a"), ("12", "group b")]),
        (
            "Itch was 3.28 ± 0.18 on the tested site and 4.33 ± 0.20 on the untreated site.",
            [("3.28", "tested"), ("4.33", "untreated")],
        ),
        (
            "Redness was seen in 12% of serum-treated patients and in 30% of vehicle-treated patients.",
            [("12", "serum-treated patients"), ("30", "vehicle")],
        ),
        (
            "Wrinkle depth was 20 ± 3 in the low-dose group and 25 ± 4 in the high-dose group.",
            [("20", "low dose"), ("25", "high dose")],
        ),
    ],
)  # fmt: skip
def test_a_group_is_known_by_its_letter_its_site_and_its_whole_name(text: str, expected: list) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("article", ["a", "one"])
def test_an_article_is_no_letter_of_a_group(article: str) -> None:
    assert told(f"Redness fell by 30% in the one group {article} month later.") == [("30", None)]


def test_the_number_of_a_group_is_no_figure() -> None:
    assert told("The mean itch in group 1 was 3.2.") == [("3.2", "group 1")]


@pytest.mark.parametrize("test", ["P < 0.001", "OR 0.5, 95% CI 0.3 to 0.8", "difference of note"])
def test_a_test_behind_a_semicolon_parts_no_figures_from_their_groups(test: str) -> None:
    text = f"Redness was rarer (41% v 63%; {test}) in the serum group than in the vehicle group."
    assert told(text) == [("41", "serum"), ("63", "vehicle")]


def test_several_pairs_of_figures_keep_the_order_of_two_groups() -> None:
    text = "The serum group did better than the vehicle group in redness (12% vs 30%), itch (8% vs 19%) and acne (4% vs 9%)."
    assert told(text) == [
        (n, "serum" if at % 2 == 0 else "vehicle") for at, n in enumerate(("12", "30", "8", "19", "4", "9"))
    ]


@pytest.mark.parametrize(
    "text",
    [
        # The first figure is that of the serum, which is named second.
        "Compared with the vehicle group, the serum group had less redness (12% vs 30%).",
        # One of the two is that of the melatonin group; nobody says which.
        "Redness was rarer (59% vs 90%) in the melatonin group.",
        # What is mapped one by one are wrinkles and redness.
        "Wrinkles and redness were 50.0 ± 10.5 and 35.0 ± 3.0, respectively, in the vehicle group, higher than those in the serum group.",
        "Redness fell by 30% compared with the vehicle group.",
    ],
)  # fmt: skip
def test_a_figure_is_nobodys_where_order_does_not_tell(text: str) -> None:
    assert {arm for _, arm in told(text)} == {None}


def test_rows_of_two_figures_keep_the_order_of_two_groups() -> None:
    text = "Median itch was 2.8 and 2.6, and median redness was 9.3 and 11.0, in the serum and vehicle groups, respectively."
    assert told(text) == [("2.8", "serum"), ("2.6", "vehicle"), ("9.3", "serum"), ("11.0", "vehicle")]


def test_a_sentence_that_opens_with_its_only_group_tells_of_it() -> None:
    text = "In Group A, an excellent response was seen in 9 patients (30%) and a good one in 6 (20%)."
    assert told(text) == [("9", "group a"), ("6", "group a")]


@pytest.mark.parametrize("others", ["controls", "the other group", "all patients", "both groups"])
def test_it_tells_of_it_alone_only_where_nobody_else_is_spoken_of(others: str) -> None:
    text = f"In Group A, an excellent response was seen in 9 patients (30%) and in 6 (20%) of {others}."
    assert ("6", "group a") not in told(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mean (SD) elasticity was 0.66 (0.07) in the serum group and 0.61 (0.08) in the placebo group.",
            [("mean", "0.66"), ("sd", "0.07"), ("mean", "0.61"), ("sd", "0.08")],
        ),
        ("The mean (SE) score was 7.7 (3.0) with placebo.", [("mean", "7.7"), ("se", "3.0")]),
        ("The score of the placebo group was 7.7 (3.0 SD).", [("mean", "7.7"), ("sd", "3.0")]),
    ],
)
def test_a_spread_in_brackets_is_one_where_the_sentence_says_so(text: str, expected: list) -> None:
    found = READER.read(Record(title="", abstract=(Section(text),), source_id="1")).results
    assert [(each.what, each.value) for one in found for each in one.figures] == expected


def test_a_number_in_brackets_is_no_spread_where_nobody_says_so() -> None:
    found = READER.read(
        Record(title="", abstract=(Section("The mean score was 7.7 (3) with placebo."),), source_id="1")
    )
    assert not [each for one in found.results for each in one.figures if each.what in ("sd", "se")]


def test_two_changes_are_told_by_one_word() -> None:
    text = "The melanin index fell from 210 to 180 in group 1 and from 212 to 200 in group 2."
    assert told(text) == [("210", "group 1"), ("180", "group 1"), ("212", "group 2"), ("200", "group 2")]

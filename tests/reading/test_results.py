"""Results out of prose: figures with the group, outcome and time that the sentence ties to them, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidermis.evidence.record import Record, Section
from evidermis.reading import Facts, Result, bundled_reader, facts_as_json, fields_of

READER = bundled_reader()


def facts(text: str) -> Facts:
    return READER.read(Record(title="", abstract=(Section(text),), source_id="1"))


def plain(one: Result) -> tuple[dict[str, str], dict[str, str]]:
    return {each.what: each.value for each in one.figures}, {each.what: each.value for each in one.told}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The melanin index decreased by 12.4% on the treated side and 3.1% on the control side.",
            [({"percent": "12.4"}, {"arm": "treated", "role": "intervention"}), ({"percent": "3.1"}, {"arm": "control", "role": "control"})],
        ),
        (
            "Mean elasticity was 0.66 ± 0.07 in the exosome group and 0.61 ± 0.08 in the placebo group at week 8 (p = 0.003).",
            [
                ({"mean": "0.66", "spread": "0.07"}, {"arm": "exosome", "outcome": "firmness", "time": "at week 8"}),
                ({"mean": "0.61", "spread": "0.08"}, {"arm": "placebo", "role": "control"}),
                ({"p": "0.003"}, {"outcome": "firmness", "time": "at week 8"}),
            ],
        ),
        (
            "Wrinkles improved in 17 of 26 patients (65%) in the serum group.",
            [({"events": "17", "total": "26", "percent": "65"}, {"arm": "serum", "outcome": "wrinkles"})],
        ),
        (
            "Redness was seen in 30% and 12% of the placebo group and the serum group, respectively.",
            [({"percent": "30"}, {"arm": "placebo"}), ({"percent": "12"}, {"arm": "serum"})],
        ),
        (
            "The mMASI score fell from 8.1 to 5.2 after 12 weeks (p < 0.01 versus baseline).",
            [({"value": "8.1"}, {"time": "before", "instrument": "mmasi"}), ({"value": "5.2"}, {"contrast": "within-group"})],
        ),
    ],
)  # fmt: skip
def test_figures_take_what_their_words_tie_them_to(text: str, expected: list) -> None:
    found = [plain(one) for one in facts(text).results]
    assert len(found) >= len(expected)
    for (figures, told), (want, about) in zip(found, expected, strict=False):
        assert figures == want
        assert about.items() <= told.items()


@pytest.mark.parametrize(
    "text",
    [
        "Those given serum did better than those given placebo in the other group, 65% and 30%, at all visits of the serum group.",
        "The serum group and the placebo group both did better over time, 12%, then 30%, then 40%.",
    ],
)
def test_what_nothing_ties_is_apart_and_bears_no_group(text: str) -> None:
    found = facts(text)
    assert not any(one.of("arm") for one in found.results)
    assert [one.kind for one in found.apart] == ["result"]


@pytest.mark.parametrize(
    "text",
    [
        "Women applied 0.1% tretinoin cream or vehicle.",
        "The trial had 80% power at the 5% level.",
        "Treatment went on for 8 to 12 weeks, from 2019 to 2021.",
    ],
)
def test_doses_levels_and_spans_are_no_results(text: str) -> None:
    assert facts(text).results == ()


def test_a_group_that_is_compared_with_is_not_the_one_that_changed() -> None:
    (one,) = facts("Serum reduced wrinkles by 30% compared with placebo.").results
    assert one.of("arm") is None


PIECES = st.sampled_from(
    ["12% of the serum group", " and ", "30 ± 4 ", "in the placebo group", "wrinkles ", "p < 0.05", "; ", "while ", "5/20 (25%)", ". The ",
     "respectively", "from 8.1 to 5.2 ", "week 8 ", "−3.2 (95% CI −4 to −2)", "mean 7 vs 9", "1±", "\u0000", "of 4 "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14))
def test_every_member_stands_verbatim_where_it_says(pieces: list[str]) -> None:
    record = Record(title="", abstract=(Section("".join(pieces)),), source_id="1")
    texts = dict(fields_of(record))
    found = READER.read(record)
    assert facts_as_json(found)
    for one in found.results:
        for quote in one.quotes():
            assert texts[quote.field][quote.start : quote.end] == quote.text != ""


@pytest.mark.parametrize(
    ("sentence", "events", "arm"),
    [
        ("Less itch: exosome 14/20, saline 5/20.", "5", "saline"),
        ("Vehicle 6/20, less itch: serum 14/20, saline 5/20.", "5", "saline"),
        ("Less itch was told by 14/20, in the serum group.", "14", "serum"),
    ],
)
def test_a_group_behind_a_comma_owns_the_figure_that_it_stands_before(sentence: str, events: str, arm: str) -> None:
    owned = {plain(one)[0]["events"]: plain(one)[1].get("arm") for one in facts(sentence).results}
    assert [number for number, named in owned.items() if named == arm] == [events]


def test_a_p_value_beside_each_figure_tests_it_alone() -> None:
    found = facts("Roughness fell by 11% (p = 0.04) with serum, and by 3% (p = 0.45) with vehicle.").results
    assert [plain(one)[0] for one in found] == [{"percent": "11", "p": "0.04"}, {"percent": "3", "p": "0.45"}]


def test_a_p_value_in_front_of_a_figure_compares_nothing_with_it() -> None:
    found = facts("Roughness was 11% vs 14% (p = 0.04) at week 2 and 10% vs 19% at week 4.").results
    assert not [one for one in found if "p" in plain(one)[0]]


@pytest.mark.parametrize(
    ("sentence", "directions"),
    [
        ("Hydration rose by 14% in the serum group, with no change in the vehicle group.", [None]),
        (
            "Hydration rose by 14% in the serum group, with no change in the vehicle group (1%).",
            [None, "no-difference"],
        ),
        ("No significant difference in hydration was found (14% vs 13%).", ["no-difference"] * 2),
    ],
)
def test_a_direction_told_of_one_group_is_not_that_of_another(sentence: str, directions: list) -> None:
    assert [plain(one)[1].get("direction") for one in facts(sentence).results] == directions


@pytest.mark.parametrize(
    "when", ["At week 4, 8 and 12", "At 4, 8 and 12 weeks", "After 4 and 8 weeks", "At weeks 4 and 8"]
)
def test_one_of_several_times_is_not_that_of_every_figure(when: str) -> None:
    found = facts(f"{when}, wrinkles had improved by 5%, 9% and 14%.").results
    assert not [one for one in found if "time" in plain(one)[1]]


def test_a_time_before_a_number_of_people_is_still_theirs() -> None:
    (one,) = facts("At week 4, 12 of 20 patients had fewer wrinkles.").results
    assert plain(one)[1]["time"] == "At week 4"


def test_an_instrument_is_not_that_of_another_outcome() -> None:
    found = facts("TEWL was 10.1 vs 12.3, wrinkles 45 vs 38.").results
    assert not [one for one in found if "wrinkles" in plain(one)[1].values() and "instrument" in plain(one)[1]]


def test_an_instrument_that_names_what_it_rates_is_the_one_told() -> None:
    (one,) = facts("On the visual analogue scale for itch people had a mean of 3.1 (SD 1.2).").results
    assert plain(one)[1] == {"outcome": "itch", "instrument": "itch-vas"}


def test_untreated_people_are_no_intervention_beside_a_vehicle() -> None:
    found = [plain(one) for one in facts("Serum: 18/20, vehicle: 9/20, untreated: 4/20 had less itch.").results]
    assert [told["role"] for figures, told in found if figures["events"] == "4"] == ["control"]


def test_what_people_say_of_themselves_is_not_of_the_outcome_before() -> None:
    read = facts("Wrinkle depth fell by 12.4% and 97% of the women found their skin softer.")
    assert [plain(one) for one in read.results] == [({"percent": "12.4"}, {"outcome": "wrinkles"})]

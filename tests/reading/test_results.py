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

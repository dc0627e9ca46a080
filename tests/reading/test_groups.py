"""Which groups a report counts, how many are in each, and which of them is the comparison."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidermis.evidence.record import Record, Section
from evidermis.reading import bundled_reader

READER = bundled_reader()
SIZES = st.integers(40, 120)


def groups(abstract: str, title: str = "") -> set[tuple[str, int]]:
    read = READER.read(Record(title=title, abstract=(Section(abstract),), source_id="1"))
    return {(arm.role, arm.value) for arm in read.n_arms}


@pytest.mark.parametrize(
    "wording",
    [
        "Women were randomised to the serum (n = {0}) or to placebo (n = {1}).",
        "Women were randomly assigned to placebo (group P; n = {1}) or the serum (group S; n = {0}).",
        "Women were randomised (serum, {0}; placebo, {1}).",
        "Women were randomised (serum {0}, placebo {1}).",
        "{0} women received the serum and {1} placebo.",
        "Of all women, {0} were randomised to the serum and {1} to placebo.",
        "Spots faded in 10/{0} (20%) women in the serum group and in 9/{1} (18%) in the placebo group.",
        "Spots faded in 10 of {0} (20%) in the serum group and 9 of {1} (18%) in the placebo group.",
        "There were {0} and {1} women in the serum and placebo groups, respectively.",
        "Spots faded in 10/{0} and 9/{1} women of the serum and placebo groups, respectively.",
        "The serum group (n = {0}) used it for 12 weeks. The placebo group (n = {1}) used the base.",
        "{0} women were enrolled in the serum group and {1} women in the placebo group.",
        "In {0} women, the serum was applied; the remaining {1} women received placebo.",
    ],
)
@settings(max_examples=20)
@given(st.data())
def test_groups_are_read_in_many_wordings(wording: str, data: st.DataObject) -> None:
    treated, compared = data.draw(SIZES), data.draw(SIZES)
    assert groups(wording.format(treated, compared)) == {("intervention", treated), ("control", compared)}


@pytest.mark.parametrize(
    ("title", "abstract", "compared"),
    [
        ("Peptide versus retinol for wrinkles", "Women were randomised to retinol (n = 31) or peptide (n = 29).", 31),
        ("Laser plus serum for scars", "People received laser plus serum (n = 31) or laser (n = 29).", 29),
        ("A trial of two lasers", "Women were randomised to A (n = 31) or AB (n = 29).", 31),
        (
            "Fractional laser (FL) compared with dermabrasion (DA)",
            "Patients were randomised to DA (n = 31) or FL (n = 29).",
            31,
        ),
        ("A trial", "We compared serum with peel. Patients were randomised to peel (n = 31) or serum (n = 29).", 31),
        ("A trial", "Serum (group 2) or a base (group 1). Randomised were group 2 (n = 31) and group 1 (n = 29).", 29),
    ],
)
def test_the_comparison_is_told_by_what_it_lacks_by_its_short_name_or_by_the_title(
    title: str, abstract: str, compared: int
) -> None:
    read = groups(abstract, title)
    assert {value for role, value in read if role == "control"} == {compared}
    assert len(read) == 2


def test_a_number_for_each_group_is_every_groups() -> None:
    for wording in (
        "Sixty women were randomised, 30 in each group.",
        "Sixty women were randomised (n = 30 per group).",
    ):
        assert groups(wording) == {("intervention", 30), ("control", 30)}


def test_several_groups_beside_a_placebo_are_all_tried() -> None:
    read = groups("Men were randomised to 5% lotion (n = 40), 2% lotion (n = 41) or placebo (n = 39).")
    assert read == {("intervention", 40), ("intervention", 41), ("control", 39)}


@pytest.mark.parametrize(
    "abstract",
    [
        "Women were seen at 0, 6, 12, 24 and 36 months.",
        "The serum was given at 60, 100 or 120 µg/kg.",
        "The score was 21 (95% CI 12 to 30) with serum and 15 (1 to 29) with placebo.",
        "We aimed to (2) assess adherence and (3) assess satisfaction with the serum.",
        "There were 24 new lesions on placebo and 19 on the serum.",
        "Sixty women were randomised to receive either serum or placebo. Fifty women were treated as planned.",
    ],
)
def test_numbers_that_count_no_group_are_not_taken_for_one(abstract: str) -> None:
    assert groups(abstract) == set()


def test_what_happened_to_some_of_a_group_is_not_its_size() -> None:
    read = groups(
        "Women were randomised to serum (n = 180) or placebo (n = 175). "
        "Redness was recorded in 33 (18%) on serum and 42 (24%) on placebo."
    )
    assert read == {("intervention", 180), ("control", 175)}

"""How many people a report studied, and in which groups."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidermis.evidence.record import Record, Section
from evidermis.reading import Facts, bundled_reader
from evidermis.reading.text.words import listed

READER = bundled_reader()
UNITS = list(listed("units-in-words"))
TENS = list(listed("tens-in-words"))


def read(abstract: str) -> Facts:
    return READER.read(Record(title="A serum", abstract=(Section(abstract),), source_id="1"))


def total(abstract: str) -> int | None:
    found = read(abstract).n_total
    return found.value if found else None


def in_words(number: int) -> str:
    if number < 20:
        return UNITS[number - 1]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{UNITS[number % 10 - 1]}" if number % 10 else "")
    rest = number % 100
    return f"{UNITS[number // 100 - 1]} hundred" + (f" and {in_words(rest)}" if rest else "")


@given(st.integers(10, 999))
def test_a_number_in_words_is_the_number_in_digits(number: int) -> None:
    words = f"A total of {in_words(number)} women were randomised."
    assert total(words) == total(f"A total of {number} women were randomised.") == number


@given(st.integers(1_000, 999_999))
def test_thousands_may_be_parted_by_commas_or_spaces(number: int) -> None:
    for parted in (f"{number:,}", f"{number:,}".replace(",", " "), f"{number:,}".replace(",", "\u2009")):
        assert total(f"A total of {parted} people were enrolled.") == number


@given(st.integers(12, 400), st.integers(12, 400))
def test_groups_are_read_with_the_words_that_name_them(treated: int, compared: int) -> None:
    facts = read(f"Women were randomised to the serum (n = {treated}) or to placebo (n = {compared}).")
    assert [(a.role, a.value) for a in facts.n_arms] == [("intervention", treated), ("control", compared)]
    assert facts.n_arms[1].comparator == "vehicle-or-placebo"


@pytest.mark.parametrize(
    ("abstract", "people"),
    [
        ("Between May 2003 and June 2004, 48 patients were enrolled.", 48),
        ("Of 90 women screened, 60 were randomised.", 60),
        ("Participants (n = 31) were randomly assigned to one of two creams.", 31),
        ("We enrolled 22 volunteers aged 30-55 years.", 22),
        ("Twenty-one women with dark spots completed a split-face trial.", 21),
    ],
)
def test_the_people_of_the_study_are_told_from_other_numbers(abstract: str, people: int) -> None:
    assert total(abstract) == people


@pytest.mark.parametrize(
    "abstract",
    [
        "The cream was used for 12 weeks at 5 mg.",
        "In 2019 the cream was approved.",
        "Improvement was seen in 45% of cases after 3 months.",
        "Spots faded by 25 points.",
        "",
    ],
)
def test_numbers_that_count_no_people_are_not_taken_for_people(abstract: str) -> None:
    assert total(abstract) is None


def test_sides_are_counted_and_are_not_people() -> None:
    facts = read("Serum was applied to 50 sides of 25 patients who were randomised.")
    assert facts.n_total is not None
    assert facts.n_total.value == 25
    assert ("sides", 50) in {(count.what, count.value) for count in facts.counts}


def test_in_each_group_is_not_the_total() -> None:
    facts = read("Sixty women were randomised, 30 in each group.")
    assert facts.n_total is not None
    assert facts.n_total.value == 60

"""What a maker's sentence promises: slots where they can be read, nothing where they cannot, and never a place that is not its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.evidence.wording import Wording
from evidermis.reading import page_read, wording_of
from evidermis.reading.wordings import _cues  # pyright: ignore[reportPrivateUsage]


def read(text: str) -> Wording:
    found = wording_of(text)
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("Visibly fades dark spots", {"pigment"}),
        ("Reduces the look of fine lines and wrinkles", {"wrinkles"}),
        ("Firmer, plumper skin", {"firmness"}),
        ("Minimises pores and leaves skin radiant", {"pores", "brightness"}),
        ("Boosts your skin's own collagen", {"collagen"}),
        ("For fuller, thicker hair", {"hair"}),
        ("Calms irritated skin and reduces redness", {"sensitivity", "redness"}),
        ("Speeds up recovery after laser", {"recovery"}),
        ("Turns back the clock on ageing skin", {"global-ageing"}),
        ("Refines uneven skin texture", {"texture"}),
        ("Controls excess oil and fights breakouts", {"sebum", "acne"}),
        ("Fades acne marks", {"scars"}),
        ("Soothes itching and relieves dryness", {"itch", "dryness"}),
    ],
)
def test_the_outcome_of_a_shops_sentence_is_read(text: str, outcomes: set[str]) -> None:
    assert set(read(text).outcomes) == outcomes


@pytest.mark.parametrize(
    "text",
    [
        "Apply two drops to the face every morning.",
        "Avoid contact with eyes; if redness occurs, discontinue use.",
        "Want brighter skin?",
        "It does not bleach dark spots.",
        "Ingredients: Aqua, Glycerin, Niacinamide, Centella Asiatica Extract.",
        "Made in Korea in small batches.",
        "Free shipping on orders over 50.",
    ],
)
def test_instructions_cautions_questions_and_denials_are_no_claims(text: str) -> None:
    assert wording_of(text) is None


def test_a_promise_whose_outcome_is_not_known_is_left_to_a_person() -> None:
    found = read("Improves the microbiome balance of your skin")
    assert (found.outcomes, found.unread) == ((), "what it is said to change is not known here")


def test_time_share_strength_and_signs_are_read_as_printed() -> None:
    found = read("Clinically proven to reduce wrinkles by 32.5% in just 14 days")
    assert (found.weeks, found.percent, found.strength, found.signs) == (2.0, 32.5, "proven", ("number",))
    assert read("94% of users agreed that their skin looked younger").strength == "users"
    assert read("May help fade dark spots").strength == "may"
    assert "comparison" in read("Better than retinol for wrinkles").signs
    assert "lasting" in read("Removes dark spots permanently").signs


def test_people_and_a_procedure_are_read_only_where_they_are_named() -> None:
    assert read("Reduces acne scars after microneedling").populations == ("acne-scars",)
    assert read("Reduces acne scars after microneedling").routes == ("microneedling",)
    assert (read("Reduces wrinkles").populations, read("Reduces wrinkles").routes) == ((), ())


def test_a_source_is_read_where_the_vesicles_are_named_and_nowhere_else() -> None:
    assert page_read("Exosomes derived from Centella asiatica brighten skin.").sources == ("centella",)
    assert page_read("With rose oil. Exosomes brighten skin.").sources == ()


LINES = st.text(st.characters(codec="utf-8"), max_size=80)


@given(st.lists(st.one_of(LINES, st.sampled_from(("Fades dark spots in 4 weeks.", "• Firmer skin", "Regrows hair!")))))
def test_every_wording_stands_where_it_says(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = page_read(text)
    for one in found.wordings:
        assert text[one.start : one.end] == one.text
        assert bool(one.outcomes) != bool(one.unread)


def test_every_code_of_the_wordings_is_a_word_of_the_vocabulary() -> None:
    words = bundled_vocabulary()
    known = {
        "outcome": {one.code for one in words.outcomes},
        "population": {one.code for one in words.populations},
        "route": {one.code for one in words.routes},
    }
    for cue in _cues().kinds["wording"]:
        kind, _, code = cue.code.partition(".")
        assert kind not in known or code in known[kind], cue.code

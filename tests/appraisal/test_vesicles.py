"""The identity card: what is told of vesicles, what is missing, and what nobody read; names show nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import WORDS, arms, finding, product, protocol, reference, review, study
from evidermis.appraisal.vesicles import Card, identity_items, product_card, study_card
from evidermis.evidence.characterised import Characterised
from evidermis.evidence.locator import Fact
from evidermis.evidence.study import Contrast
from evidermis.pipeline import concluded

CODES = tuple(item.code for item in identity_items())
SHOWING = tuple(item.code for item in identity_items() if item.shows)
NEEDED = sum(item.needed for item in identity_items())
ORDER = ("shown", "partly shown", "named only", "imitation", "not vesicles", "not disclosed")


def told(*items: str, how: str = "reported") -> tuple[Characterised, ...]:
    return tuple(Characterised(item=item, told=how, value="so", at="abstract") for item in items)  # pyright: ignore[reportArgumentType]


def card(source: str, *items: str, title: str = "Vesicles", how: str = "reported") -> Card:
    one = study(arms=arms(source=source), vesicle_identity=told(*items, how=how))
    return study_card(one, [reference("one-2020", title=title)], WORDS)


some = st.sets(st.sampled_from(CODES))


@given(some, some)
def test_telling_more_never_makes_vesicles_less_shown(first: set[str], second: set[str]) -> None:
    less, more = card("fat", *sorted(first)), card("fat", *sorted(first | second))
    assert ORDER.index(more.state) <= ORDER.index(less.state)


@given(some)
def test_conditioned_medium_is_never_vesicles_whatever_is_told(items: set[str]) -> None:
    assert card("medium", *sorted(items)).state == "not vesicles"


@given(some)
def test_no_marker_is_agreed_for_plants_so_they_are_never_shown(items: set[str]) -> None:
    found = card("rose", *sorted(items))
    assert found.state in ("partly shown", "named only")
    assert any("no marker that is agreed on" in caution for caution in found.cautions)


@given(some)
def test_vesicles_are_shown_only_where_every_telling_item_is_told(items: set[str]) -> None:
    assert (card("fat", *sorted(items)).state == "shown") == set(SHOWING).issubset(items)


@given(some, st.sampled_from(("reported", "not reported", "does not apply")))
def test_what_nobody_read_is_not_called_missing(items: set[str], how: str) -> None:
    found = card("fat", *sorted(items), how=how)
    applies = NEEDED if how != "does not apply" else found.unread
    assert found.reported + found.missing + found.unread == applies
    assert {item.code for item in found.items if item.told == "unread"} == set(CODES) - items


def test_an_undisclosed_source_is_never_taken_for_vesicles() -> None:
    assert card("", *CODES).state == "not disclosed"


def test_exosome_on_the_title_and_conditioned_medium_in_the_vial_is_said() -> None:
    assert card("medium", title="Exosomes of cord cells").cautions == (
        "Called exosomes; what is in it is conditioned medium.",
    )


def test_the_word_exosome_asks_for_the_origin_inside_the_cell() -> None:
    assert "say vesicles" in card("fat", title="Exosomes of fat cells").cautions[0]
    assert card("fat", "origin-in-cell", title="Exosomes of fat cells").cautions == ()


def test_a_product_is_asked_like_a_study() -> None:
    asked = product(name="Exosome Serum", vesicle_identity=told("particle-count"))
    found = product_card(asked, WORDS)
    assert (found.about, found.state, found.reported) == ("product:Exosome Serum", "named only", 1)
    hidden = product_card(replace(asked, source=Fact()), WORDS)
    assert "what they come from is not told" in hidden.cautions[0]


def test_the_least_shown_of_two_materials_is_the_cards_state() -> None:
    treated, control = arms()
    both = study(arms=(treated, replace(treated, id="second", source="medium"), control), vesicle_identity=told("size"))
    assert [one.state for one in study_card(both, [], WORDS).materials] == ["partly shown", "not vesicles"]
    assert study_card(both, [], WORDS).state == "not vesicles"


@given(some)
def test_a_card_moves_no_verdict_and_no_certainty(items: set[str]) -> None:
    plain, carded = study(), study(vesicle_identity=told(*sorted(items)))
    answers = [concluded(review(one, protocol=protocol()), WORDS).claim("dark-spots") for one in (plain, carded)]
    assert (answers[0].verdict, answers[0].certainty) == (answers[1].verdict, answers[1].certainty)


@pytest.mark.parametrize(
    ("source", "items", "state"),
    [
        ("fat", (), "not shown"),
        ("fat", ("size",), "partly shown"),
        ("fat", SHOWING, "shown"),
        ("medium", CODES, "against"),
    ],
)
def test_the_link_of_identity_follows_the_cards(source: str, items: tuple[str, ...], state: str) -> None:
    trial = study(
        arms=arms(source=source),
        vesicle_identity=told(*items),
        findings=(finding("benefit", contrast=Contrast(of="treated", against="control")),),
    )
    answer = concluded(review(trial), WORDS).claim("dark-spots")
    assert answer.chain[0].state == state

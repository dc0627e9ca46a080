"""A maker's wordings against a review: which claims they make, what is asked of them, and what a millilitre costs."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import WORDS, claim, figure, finding, product, protocol, review, study
from evidermis.appraisal.wordings import CRITERIA_STANDING, asked_of, meant_by, price_per_millilitre
from evidermis.evidence.ladders import VERDICTS
from evidermis.evidence.locator import Fact
from evidermis.evidence.product import Price
from evidermis.evidence.study import Arm
from evidermis.evidence.wording import Wording
from evidermis.review.products.wordings import sorted_claims

ALONE = claim()
AFTER = claim("after-laser", slots=replace(claim().slots, routes=("laser",), co_intervention="any"))
OF_MELASMA = claim("melasma", slots=replace(claim().slots, populations=("melasma",)))
CLAIMS = (ALONE, AFTER, OF_MELASMA)


def said(**slots: object) -> Wording:
    return Wording("Fades spots", 0, 11, **{"outcomes": ("pigment",), **slots})  # pyright: ignore[reportArgumentType]


def test_a_wording_makes_the_claims_on_its_outcome_for_the_product_alone() -> None:
    assert meant_by(said(), CLAIMS, WORDS).claims == ("dark-spots", "melasma")


def test_a_named_procedure_or_condition_narrows_what_is_meant() -> None:
    assert meant_by(said(routes=("laser",)), CLAIMS, WORDS).claims == ("after-laser",)
    assert meant_by(said(populations=("melasma",)), CLAIMS, WORDS).claims == ("melasma",)


@pytest.mark.parametrize(
    ("slots", "because"),
    [
        ({"outcomes": ("harm",)}, "asks nothing about harm"),
        ({"routes": ("injection",)}, "other uses than injection"),
        ({"populations": ("ageing",)}, "does not ask it of people with ageing skin"),
        ({"unread": "not known"}, "not known"),
    ],
)
def test_what_the_review_does_not_ask_is_told_and_not_guessed(slots: dict[str, object], because: str) -> None:
    found = meant_by(said(**slots), CLAIMS, WORDS)
    assert found.claims == ()
    assert because in found.because


@given(st.sampled_from(("supported", "indirect only", "contradicted", "not checked")), st.sampled_from(VERDICTS))
def test_all_six_criteria_are_questions_and_none_is_ever_met(state: str, verdict: str) -> None:
    found = asked_of(said(), [(state, verdict)])  # pyright: ignore[reportArgumentType]
    assert len(found) == 6
    assert all(one.question.endswith("?") and one.weight in ("open", "pressing") for one in found)
    assert "nothing here declares" in CRITERIA_STANDING


def test_proven_presses_on_honesty_unless_the_claim_is_supported() -> None:
    def honesty(verdict: str) -> tuple[str, ...]:
        asked = asked_of(said(strength="proven"), [("supported", verdict)])  # pyright: ignore[reportArgumentType]
        return next(one.because for one in asked if one.criterion == "honesty")

    assert honesty("unproven") == ("it says proven; this review's verdict is unproven",)
    assert honesty("supported") == ()


def priced(size: str, amount: float | None = 60) -> float | None:
    day = datetime.date(2026, 1, 2)
    return price_per_millilitre(Price(amount=figure(amount), currency="EUR", seen=day, size=size)).value


@pytest.mark.parametrize(
    ("size", "value"),
    [
        ("30 ml", 2.0),
        ("30ml / 1.0 fl. oz", 2.0),
        ("1 fl oz", 60 / 29.5735295625),
        ("5 x 6 ml", 2.0),
        ("6 vials of 5 mL", 2.0),
        ("0,03 l", 2.0),
        ("30 g", None),
        ("30 ml + 15 ml", None),
        ("0 ml", None),
        ("", None),
    ],
)
def test_a_millilitre_costs_what_it_costs_or_nobody_can_tell(size: str, value: float | None) -> None:
    assert priced(size) == (pytest.approx(value) if value else None)


def test_an_unknown_price_has_no_share() -> None:
    assert priced("30 ml", None) is None
    assert price_per_millilitre(None).because == "no price was read"


PAGE = "Clinically proven to reduce pigmentation.\nRegrows hair.\nImproves skin microbiome.\nApply daily."
TRIALS = tuple(
    study(
        name,
        n=100,
        arms=(
            Arm(id="treated", label="serum", source="fat", route="leave-on", with_="none", product="serum"),
            Arm(id="control", label="vehicle", comparator="vehicle-or-placebo"),
        ),
        findings=(finding(instrument="seen", ci_low=figure(0.2), ci_high=figure(0.8), measure="MD"),),
    )
    for name in ("a-2020", "b-2021")
)


def states(*studies: object, **changes: object) -> list[str]:
    sold = product(**changes)
    whole = review(*studies, protocol=protocol(ALONE), products=(sold,))  # pyright: ignore[reportArgumentType]
    return [one.state for one in sorted_claims(PAGE, sold, whole, WORDS).wordings]


def test_each_sentence_of_a_page_is_sorted_and_the_rest_is_counted() -> None:
    assert states(*TRIALS) == ["supported", "cannot be checked", "not checked"]
    assert states(study()) == ["indirect only", "cannot be checked", "not checked"]
    assert states()[0] == "cannot be checked"
    assert states(study(), source=Fact())[0] == "cannot be checked"
    sold = product()
    whole = review(protocol=protocol(ALONE), products=(sold,))
    assert sorted_claims(PAGE, sold, whole, WORDS).no_claims == 1


def test_a_trial_of_the_product_that_points_away_contradicts_its_page() -> None:
    harm = tuple(replace(one, findings=tuple(replace(f, direction="harm") for f in one.findings)) for one in TRIALS)
    assert states(*harm)[0] == "contradicted"

"""The dossier: every gap has its reason, trials have the size that the power functions give, and outside text stays text."""

import io
import json
import math
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import WORDS, arms, claim, figure, finding, product, protocol, review, study
from evidermis.appraisal.gaps import Gap, GapKind
from evidermis.evidence.locator import Fact, Locator
from evidermis.evidence.product import Product
from evidermis.evidence.protocol import Thresholds
from evidermis.evidence.quantity import Known
from evidermis.evidence.study import Arm, Contrast, Study
from evidermis.evidence.wording import Wording
from evidermis.pipeline import concluded
from evidermis.publishing import Dossier, dossier_json, dossier_of, dossier_pdf, dossier_schema
from evidermis.publishing.dossier import DossierClaim, Trial, trials_for
from evidermis.statistics import paired_power, paired_size, parallel_size

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")


def dossier(*studies: Study, sold: Product | None = None, **changes: Any) -> Dossier:
    of = sold or product()
    whole = review(*studies, protocol=protocol(**changes), products=(of,))
    said = {one.claim: Wording(one.wording, 0, len(one.wording)) for one in of.claims}
    return dossier_of(of, whole, concluded(whole, WORDS), said, WORDS, "evidermis test")


def only(found: Dossier) -> DossierClaim:
    (one,) = found.claims
    return one


def kinds(found: Dossier) -> set[str]:
    return {gap.kind for gap in only(found).gaps}


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def test_an_untested_product_lacks_its_own_study_a_comparison_and_independence() -> None:
    assert kinds(dossier()) >= {"own study", "comparison", "independence", "safety", "follow-up", "identity"}


def test_what_a_reader_or_the_maker_can_close_stands_before_any_trial() -> None:
    hidden = replace(product(), source=Fact(), route=Fact(), claims_read=False)
    closed = [gap.closed_by for gap in only(dossier(study(), sold=hidden)).gaps]
    assert closed[:3] == ["reading", "disclosure", "disclosure"]
    assert closed == sorted(closed, key=("reading", "disclosure", "laboratory", "trial").index)


def of_the_product(name: str, **changes: Any) -> Study:
    treated = Arm(id="treated", label="serum", source="fat", route="leave-on", with_="none", product="serum")
    seen = (finding(instrument="seen", ci_low=figure(0.2), ci_high=figure(0.8), measure="MD", weeks_after=12.0),)
    return study(name, **{"n": 100, "findings": seen, "arms": (treated, arms()[1]), **changes})


def test_two_large_independent_trials_of_the_product_leave_no_gap_in_the_effect() -> None:
    found = dossier(of_the_product("a-2020"), of_the_product("b-2021"))
    assert only(found).state == "supported"
    assert kinds(found) == {"identity", "safety"}
    assert [trial.closes for trial in only(found).trials] == [("safety",)]


@given(st.sampled_from(("own study", "comparison", "people", "outcome", "size", "bias", "follow-up")))
def test_every_gap_of_effect_has_the_smallest_trial_that_has_the_power(kind: GapKind) -> None:
    (trial,) = trials_for((Gap(kind, "why", "trial"),), claim(), Thresholds(information_size=2), WORDS)
    assert trial.design == "two sides of one face"
    assert trial.people == paired_size(0.5, power=0.9)
    assert paired_power(0.5, trial.people) >= 0.9 > paired_power(0.5, trial.people - 1)


def test_a_trial_is_never_smaller_than_the_information_the_protocol_asks_for() -> None:
    (trial,) = trials_for((Gap("size", "why", "trial"),), claim(), Thresholds(information_size=300), WORDS)
    assert trial.people == 300


def test_a_claim_about_harms_cannot_be_tested_on_one_side_of_a_face() -> None:
    safer = claim("safer", outcomes=("harm",), kind="safety")
    (trial,) = trials_for((Gap("own study", "why", "trial"),), safer, Thresholds(parallel_information_size=2), WORDS)
    assert (trial.design, trial.people) == ("two groups", 2 * parallel_size(0.5, power=0.9))


def test_safety_counts_the_people_whose_silence_rules_out_one_in_a_hundred() -> None:
    (trial,) = trials_for((Gap("safety", "why", "trial"),), claim(), Thresholds(), WORDS)
    assert 1 - 0.05 ** (1 / trial.people) <= 0.01 < 1 - 0.05 ** (1 / (trial.people - 1))
    assert trial.recruit == math.ceil(trial.people / 0.9)


@given(st.sets(st.sampled_from(("own study", "outcome", "independence", "safety", "identity"))))
def test_every_gap_that_a_trial_can_close_is_closed_by_one(found: set[GapKind]) -> None:
    gaps = tuple(Gap(kind, "why", "laboratory" if kind == "identity" else "trial") for kind in sorted(found))
    trials: tuple[Trial, ...] = trials_for(gaps, claim(), Thresholds(), WORDS)
    assert sorted(kind for trial in trials for kind in trial.closes) == sorted(found - {"identity"})


def test_one_trial_alone_never_promises_more_than_promising() -> None:
    assert "at most promising" in only(dossier()).at_best


def test_the_document_keeps_its_schema_and_its_bytes() -> None:
    found = dossier(study())
    written = dossier_json(found)
    jsonschema.validate(json.loads(written), json.loads(dossier_schema()))
    assert written == dossier_json(dossier(study()))
    assert dossier_pdf(found) == dossier_pdf(dossier(study()))


def test_the_pdf_tells_what_the_document_tells() -> None:
    found = dossier(study(), sold=product(name="Glow Serum", brand="Maison"))
    told = text_of(dossier_pdf(found))
    for wanted in ("Maison", "Glow Serum", "It fades dark spots", "indirect only", "One-2020", "own study", "299"):
        assert wanted.casefold() in told.casefold(), wanted
    assert "nothing here declares that a claim complies or does not" in told


HOSTILE = (
    "#panic()",
    '#read("/etc/passwd")',
    "*bold* _it_ $x^2$ = Head",
    '#import "@preview/x:0.1.0"',
    "<label> @ref // no comment /* nor this */",
    "`raw` ```",
    '\\ \\u{41} "quote"',
    "]]} [#",
)


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(HOSTILE), st.text(max_size=40))
def test_markup_in_outside_text_is_printed_and_never_runs(hostile: str, more: str) -> None:
    spiteful = f"{hostile} {more}"
    place = Locator(id="page", reading="primary", url="https://example.org", place=spiteful, note=spiteful)
    sold = replace(product(name=hostile, brand=spiteful), note=spiteful, locators=(place,))
    control = replace(arms()[1], label=spiteful)
    trial = study(title=spiteful, label=hostile, arms=(arms()[0], control), findings=(finding(time=spiteful),))
    found = dossier(trial, sold=sold)
    told = text_of(dossier_pdf(found))
    assert "".join(hostile.split()) in "".join(told.split())


def test_a_character_that_the_fonts_lack_stands_as_its_code_point() -> None:
    told = text_of(dossier_pdf(dossier(sold=product(name="메디 Serum", brand="漢"))))
    assert "[U+BA54][U+B514] Serum" in told
    assert "[U+6F22]" in told


def test_a_link_that_would_run_something_is_left_out() -> None:
    whole = review(study(), products=(product(),))
    whole = replace(whole, references=(replace(whole.references[0], url="javascript:alert(1)"),))
    found = dossier_of(whole.products[0], whole, concluded(whole, WORDS), {}, WORDS, "test")
    assert only(found).nearest is not None
    assert only(found).nearest.link == ""  # pyright: ignore[reportOptionalMemberAccess]


def test_a_word_without_a_break_stays_on_the_page() -> None:
    long = "x" * 400
    told = text_of(dossier_pdf(dossier(study(), sold=replace(product(), note=long))))
    assert "x" * 400 in told.replace(" ", "").replace("-", "")


def test_a_printed_price_stands_with_its_millilitre_and_its_day() -> None:
    import datetime

    from evidermis.evidence.product import Price

    day = datetime.date(2026, 1, 2)
    priced = Price(amount=figure(Known(value=60)), currency="EUR", seen=day, size="30 ml")
    told = text_of(dossier_pdf(dossier(sold=replace(product(), price=priced))))
    assert "EUR 2.00 on 2026-01-02" in told


def test_an_uncontrolled_study_leaves_the_comparison_open() -> None:
    alone = study(findings=(finding(contrast=Contrast(of="treated")),))
    assert "comparison" in kinds(dossier(alone))

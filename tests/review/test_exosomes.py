"""The bundled review reaches the state of the evidence, from its data. A methodologist wrote down what it should be."""

import datetime
import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from evidermis.appraisal import Appraisal
from evidermis.evidence.errors import BadInput
from evidermis.evidence.quantity import Conflict
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.pipeline import families_of, links_of
from evidermis.review.bundle import copy_bundled
from evidermis.review.explaining.ids import Node, explain, known_ids
from evidermis.review.running import appraised

TODAY = datetime.date(2026, 11, 23)
ADVERTISED = ("hair-growth", "acne-scars", "dark-spots", "melasma", "pores", "brightness", "younger-look", "wrinkles")
PORES = ("cica-2025-ampoule", "cica-2025-product")
NAMED = ("wound-healing", "collagen", "inflammation", "atopic-dermatitis", "sensitive-skin", "recovery-after-procedure")


@pytest.fixture(scope="module")
def concluded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Review, Appraisal]:
    path = tmp_path_factory.mktemp("bundled") / "exosomes"
    copy_bundled("exosomes", path)
    return appraised(path, TODAY)


@pytest.mark.parametrize("claim", [*ADVERTISED, *NAMED])
def test_every_advertised_benefit_has_an_answer(claim: str, concluded: tuple[Review, Appraisal]) -> None:
    assert concluded[1].claim(claim).statement


def test_a_serum_on_dark_spots_rests_on_one_makers_trial_of_21_people(concluded: tuple[Review, Appraisal]) -> None:
    answer = concluded[1].claim("dark-spots")
    assert (answer.verdict, answer.certainty, answer.nearest) == ("unproven", "very low", "cho-2020")
    effects = {step.rule: step.effect for step in answer.certainty_steps}
    assert effects == {
        "start": "start: high",
        "risk of bias": "-1",
        "inconsistency": "0",
        "indirectness": "-1",
        "imprecision": "-2",
        "publication bias": "-1",
    }
    assert "21 people" in next(step.because for step in answer.certainty_steps if step.rule == "imprecision")


@pytest.mark.parametrize("claim", ["acne-scars-after-laser", "ageing-with-microneedling"])
def test_use_after_a_procedure_is_of_low_or_very_low_certainty(claim: str, concluded: tuple[Review, Appraisal]) -> None:
    assert concluded[1].claim(claim).certainty in ("low", "very low")


def test_the_three_adipose_trials_are_one_family(concluded: tuple[Review, Appraisal]) -> None:
    family = next(f for f in concluded[1].families if "kwon-2020" in f.studies)
    assert {"cho-2020", "kwon-2020", "park-2023"} <= set(family.studies)
    assert any("shared authors" in reason for reason in family.reasons)


def test_pores_have_no_controlled_evidence(concluded: tuple[Review, Appraisal]) -> None:
    answer = concluded[1].claim("pores")
    assert (answer.verdict, answer.controlled_people, answer.studies) == ("unproven", 0, PORES)


def test_hair_is_of_very_low_certainty_and_the_injection_trial_is_out_of_reach(
    concluded: tuple[Review, Appraisal],
) -> None:
    answer = concluded[1].claim("hair-growth")
    assert answer.certainty == "very low"
    assert "study:amini-2025" in {held.id for held in answer.held_out}


@pytest.mark.parametrize("claim", ["wound-healing", "inflammation", "atopic-dermatitis"])
def test_no_skincare_was_tested_on_wounds_or_inflammation(claim: str, concluded: tuple[Review, Appraisal]) -> None:
    assert concluded[1].claim(claim).verdict == "untested"


def test_the_null_trial_on_wounds_stays_in_sight(concluded: tuple[Review, Appraisal]) -> None:
    assert "johnson-2023" in {d.study for d in concluded[1].claim("wound-healing").distances}


def test_no_product_has_a_trial_of_its_own(concluded: tuple[Review, Appraisal]) -> None:
    assert len(concluded[1].products) == 6
    assert all(product.own_studies == () for product in concluded[1].products)
    assert {c.state for p in concluded[1].products for c in p.claims} <= {
        "not checked",
        "cannot be checked",
        "indirect only",
    }


def test_the_platelet_reports_count_their_people_once(concluded: tuple[Review, Appraisal]) -> None:
    step = concluded[1].claim("collagen").people_step
    assert concluded[1].claim("collagen").people == 56, step.because
    both = concluded[1].claim("younger-look")
    assert {"proffer-2022", "wyles-2024"} <= set(both.studies)


def test_the_three_centella_records_are_one_study(concluded: tuple[Review, Appraisal]) -> None:
    study = concluded[0].study("cica-2025-product")
    assert study is not None
    assert {report.role for report in study.reports} == {"article", "registration", "preprint"}


def test_the_conflicts_of_the_2023_trial_are_held_out(concluded: tuple[Review, Appraisal]) -> None:
    park = concluded[0].study("park-2023")
    assert park is not None
    disputed = [f.id for f in park.findings if f.p is not None and isinstance(f.p.quantity, Conflict)]
    assert disputed == ["hydration", "melanin"]
    assert "finding:park-2023/melanin" in {held.id for held in concluded[1].claim("dark-spots").held_out}


def test_a_retracted_study_is_listed_and_not_counted(concluded: tuple[Review, Appraisal]) -> None:
    assert "study:iwj-2023-retracted" in {held.id for held in concluded[1].held_out}
    assert all("iwj-2023-retracted" not in answer.studies for answer in concluded[1].claims)


def test_the_article_is_carried_over_whole(concluded: tuple[Review, Appraisal]) -> None:
    review, _ = concluded
    ids = {reference.id for reference in review.references}
    article = "zhang-2023-lncrna xiong-2021 yang-2021 ku-2023 hong-2019 zhang-2015 shabbir-2015 zhao-2018 sahin-2019 mazini-2021"
    article += " hu-2019 zhang-2016 cho-2018 wang-2022 wu-2018 panigrahi-2022 cho-2020 park-2023 kwon-2020 nct05813379"
    article += " nct05969717 zhang-2021 hao-2017 cao-2021 zhang-2020"
    assert len(article.split()) == 25
    assert set(article.split()) <= ids
    assert len(review.protocol.related) == 13
    assert {"NCT05813379", "NCT05969717"} <= {r.id for r in review.background.registrations}
    topics = {fact.topic for fact in review.background.facts}
    assert {"what it is", "sources", "cargo", "delivery", "barrier", "limits", "guidance", "market"} <= topics


def leaves(node: Node) -> list[Node]:
    return [node] if not node.below else [leaf for one in node.below for leaf in leaves(one)]


def test_rule_10_every_id_can_be_explained_and_leads_somewhere(concluded: tuple[Review, Appraisal]) -> None:
    review, appraisal = concluded
    for name in known_ids(review, appraisal):
        tree = explain(name, review, appraisal)
        assert tree.text
        assert all(leaf.text != "not in this review" for leaf in leaves(tree)), name


def test_a_verdict_leads_down_to_locators_and_rule_versions(concluded: tuple[Review, Appraisal]) -> None:
    def nodes(node: Node) -> list[Node]:
        return [node, *(one for below in node.below for one in nodes(below))]

    found = nodes(explain("verdict:dark-spots", *concluded))
    assert {"verdict@1", "imprecision@1", "indirectness@1"} <= {node.rule for node in found}
    assert "locator:cho-2020/abstract" in {node.id for node in found}
    assert "reference:cho-2020" in {node.id for node in found}


def test_an_unknown_id_names_what_comes_closest(concluded: tuple[Review, Appraisal]) -> None:
    with pytest.raises(BadInput, match="did you mean verdict:dark-spots"):
        explain("verdict:darkspots", *concluded)


def test_rule_9_the_order_of_files_and_entries_never_matters(tmp_path: Path) -> None:
    path = tmp_path / "exosomes"
    copy_bundled("exosomes", path)
    before = appraised(path, TODAY)
    records = (path / "records/curated.toml").read_text(encoding="utf-8").split("[[records]]")
    (path / "records/curated.toml").write_text(
        "[[records]]".join([records[0], *reversed(records[1:])]), encoding="utf-8"
    )
    products = (path / "products.toml").read_text(encoding="utf-8").split("[[products]]")
    (path / "products.toml").write_text("[[products]]".join([products[0], *reversed(products[1:])]), encoding="utf-8")
    assert appraised(path, TODAY) == before


def test_a_signed_judgement_sets_the_certainty_and_stands_beside_the_rules(tmp_path: Path) -> None:
    path = tmp_path / "exosomes"
    copy_bundled("exosomes", path)
    line = {
        "id": "j1",
        "about": "certainty:dark-spots",
        "decision": "low",
        "author": "human:A.Reader",
        "reason": "full text",
    }
    model = {**line, "id": "j2", "author": "model:guess@1", "decision": "high"}
    both = [{**one, "time": "2026-11-01T00:00:00Z"} for one in (line, model)]
    (path / "judgements.jsonl").write_text("\n".join(json.dumps(one) for one in both), encoding="utf-8")
    answer = appraised(path, TODAY)[1].claim("dark-spots")
    assert (answer.certainty, answer.verdict) == ("low", "promising")
    assert [step.rule for step in answer.certainty_steps][-2:] == ["publication bias", "signed override"]


def test_the_three_centella_records_are_found_to_be_one_study(concluded: tuple[Review, Appraisal]) -> None:
    made = [{link.one, link.other} for link in links_of(concluded[0]) if link.made]
    names = {"cica-2025-product", "cica-2025-preprint", "nct06850935"}
    assert all(set(pair) in made for pair in combinations(sorted(names), 2))
    assert not any("cica-2025-ampoule" in pair for pair in made)


def test_no_link_is_made_that_people_would_undo(concluded: tuple[Review, Appraisal]) -> None:
    review = concluded[0]
    of = {report.record: study.id for study in review.studies for report in study.reports}
    assert all(of[link.one] == of[link.other] for link in links_of(review) if link.made)


def test_the_platelet_reports_are_likely_one_cohort_also_without_being_told(
    concluded: tuple[Review, Appraisal],
) -> None:
    review = concluded[0]
    untold = replace(review, studies=tuple(replace(study, cohort="") for study in review.studies))
    family = next(f for f in families_of(untold, bundled_vocabulary()) if "proffer-2022" in f.studies)
    assert any("likely the same people: 56 in both" in reason for reason in family.reasons)


def test_a_link_between_records_explains_itself(concluded: tuple[Review, Appraisal]) -> None:
    node = explain("records:proietti-2024/proietti-2024-article", *concluded, links_of(concluded[0]))
    assert node.text == "one study"
    assert any("shared authors" in below.text for below in node.below)

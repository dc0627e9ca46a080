"""The files of the bundled review by themselves: each is of its type, and each leads only to what exists."""

import json
import tomllib
from importlib import resources
from typing import Any

import pytest
from pydantic import TypeAdapter

from evidermis.evidence.background import Background
from evidermis.evidence.judgement import Judgement
from evidermis.evidence.product import Product
from evidermis.evidence.protocol import Protocol
from evidermis.evidence.quantity import Conflict, Figure
from evidermis.evidence.reference import Reference
from evidermis.evidence.study import Finding, Study
from evidermis.evidence.vocabulary import bundled_vocabulary

FOLDER = resources.files("evidermis.review") / "bundled" / "exosomes"
FILES = sorted(entry.name for entry in (FOLDER / "studies").iterdir() if entry.name.endswith(".toml"))


def told(*parts: str) -> dict[str, Any]:
    return tomllib.loads(FOLDER.joinpath(*parts).read_text(encoding="utf-8"))


PROTOCOL = TypeAdapter(Protocol).validate_python(told("review.toml"))
RECORDS = TypeAdapter(tuple[Reference, ...]).validate_python(told("records", "curated.toml")["records"])
PRODUCTS = TypeAdapter(tuple[Product, ...]).validate_python(told("products.toml")["products"])
BACKGROUND = TypeAdapter(Background).validate_python(told("background.toml"))
STUDIES = {name: TypeAdapter(Study).validate_python(told("studies", name)) for name in FILES}
KNOWN = {record.id for record in RECORDS}


def figures(finding: Finding) -> list[Figure]:
    written = (finding.analysed, finding.estimate, finding.ci_low, finding.ci_high, finding.se, finding.p)
    return [number for number in (*written, *(value.number for value in finding.values)) if number is not None]


def places(study: Study) -> set[str]:
    """Every locator id that the study speaks of."""
    facts = (study.maker, study.affiliated, study.funding, study.blinding, study.setting, *study.flags)
    who = study.population
    found = {fact.at for fact in (*facts, *study.vesicle_identity, who.sex, who.age, who.phototype, who.country)}
    for finding in study.findings:
        found |= set(finding.at) | {figure.at for figure in figures(finding)}
        for figure in figures(finding):
            if isinstance(figure.quantity, Conflict):
                found |= {stated.at for stated in figure.quantity.stated}
    return found - {""}


@pytest.mark.parametrize("name", FILES)
def test_a_study_leads_only_to_records_places_and_words_that_exist(name: str) -> None:
    study, words = STUDIES[name], bundled_vocabulary()
    assert f"{study.id}.toml" == name
    assert {report.record for report in study.reports} | {place.record for place in study.locators} <= KNOWN | {""}
    assert places(study) <= {place.id for place in study.locators}
    assert words.design(study.design).code, words.population(study.population.code)
    for arm in study.arms:
        assert (not arm.source or words.source(arm.source)) and (not arm.route or words.route(arm.route))
    for finding in study.findings:
        assert finding.at, "a finding without a place"
        assert {finding.contrast.of, finding.contrast.against} <= {arm.id for arm in study.arms} | {""}
        assert words.outcome(finding.outcome) and (not finding.instrument or words.instrument(finding.instrument))


@pytest.mark.parametrize("name", FILES)
def test_halves_of_a_face_are_never_counted_as_people(name: str) -> None:
    people = STUDIES[name].people
    if people.sides is not None and people.counted is not None and people.unit:
        assert int(str(people.sides.quantity)) >= 2 * people.counted


def test_names_are_used_once() -> None:
    groups = (
        [record.id for record in RECORDS],
        [claim.id for claim in PROTOCOL.claims],
        [product.id for product in PRODUCTS],
        [place.id for place in BACKGROUND.locators],
        [item.id for item in (*BACKGROUND.facts, *BACKGROUND.harms, *BACKGROUND.notices, *BACKGROUND.registrations)],
        [record.doi.lower() for record in RECORDS if record.doi],
        [record.pmid for record in RECORDS if record.pmid],
    )
    for group in groups:
        assert len(group) == len(set(group))


def test_the_flow_is_what_the_files_hold() -> None:
    flow = PROTOCOL.flow
    assert flow is not None
    assert flow.identified == len(RECORDS) == sum(search.found for search in PROTOCOL.searches)
    assert flow.identified - flow.duplicates - flow.automation == flow.screened
    assert flow.screened - flow.excluded == flow.sought
    assert flow.sought - flow.not_retrieved == flow.assessed
    assert flow.assessed - sum(exclusion.n for exclusion in flow.exclusions) == flow.included_reports
    retracted = {record.id for record in RECORDS if record.notice == "retracted"}
    counted = [s for s in STUDIES.values() if not retracted & {report.record for report in s.reports}]
    assert flow.included_reports == len({report.record for study in counted for report in study.reports})
    assert flow.included_studies == len(counted)


def test_what_surrounds_the_answers_leads_to_places_and_records_that_exist() -> None:
    held = {place.id for place in BACKGROUND.locators}
    for item in (*BACKGROUND.facts, *BACKGROUND.harms, *BACKGROUND.notices, *BACKGROUND.registrations):
        assert set(item.at) <= held, item.id
    for fact in BACKGROUND.facts:
        assert fact.at or fact.by, fact.id
    claims = {claim.id for claim in PROTOCOL.claims}
    for product in PRODUCTS:
        assert {claim.claim for claim in product.claims} <= claims
    for place in (*BACKGROUND.locators, *(place for product in PRODUCTS for place in product.locators)):
        assert place.record in KNOWN | {""}, place.id


def test_judgements_are_lines_of_their_type() -> None:
    lines = (FOLDER / "judgements.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        TypeAdapter(Judgement).validate_python(json.loads(line), strict=False)

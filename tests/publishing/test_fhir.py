"""The FHIR R5 bundle: valid resources whatever stands in the review, and the figures of the page."""

import datetime
import json
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fhir.resources.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from building import WORDS, claim, finding, protocol, reference, review, study, value
from evidermis.evidence.judgement import Judgement
from evidermis.evidence.ladders import CERTAINTIES
from evidermis.evidence.review import Review
from evidermis.evidence.study import Bias
from evidermis.pipeline import concluded, synthesised
from evidermis.publishing.fhir import fhir_bundle

# What the standard binds with strength *required* in the elements that we write.
REQUIRED = {
    "status": {"draft", "active", "retired", "unknown"},
    "informationType": {"comment", "classifier", "rating", "container", "response", "change-request"},
}
MOVES = {"no-change": 0, "downcode1": -1, "downcode2": -2, "downcode3": -3, "upcode1": 1, "upcode2": 2}


def bundle(of: Review) -> dict[str, Any]:
    return json.loads(fhir_bundle(of, concluded(of, WORDS), synthesised(of, WORDS), WORDS))


def resources(told: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one["resource"] for one in told["entry"] if one["resource"]["resourceType"] == kind]


def inside(told: Any) -> Iterator[tuple[str, Any]]:
    """Every named value, at any depth."""
    if isinstance(told, dict):
        for name, held in told.items():
            yield name, held
            yield from inside(held)
    elif isinstance(told, list):
        for held in told:
            yield from inside(held)


def measured(treated: float, control: float = 10.0) -> tuple[Any, ...]:
    cells = (("treated", treated), ("control", control))
    return tuple(value(arm, what, x) for arm, mean in cells for what, x in (("mean", mean), ("sd", 2.0)))


def two_trials() -> Review:
    return review(*(study(f"{name}-2020", findings=(finding(values=measured(8.5)),)) for name in ("one", "two")))


def test_a_review_is_valid_r5_and_nothing_is_lost_in_reading_it() -> None:
    told = bundle(two_trials())
    assert json.loads(Bundle.model_validate(told).model_dump_json()) == told
    assert {one["resource"]["resourceType"] for one in told["entry"]} == {
        "Citation",
        "EvidenceVariable",
        "Evidence",
        "ArtifactAssessment",
    }


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_gives_a_valid_bundle_in_which_nothing_acts(one: str, other: str) -> None:
    said = protocol(claim(text=one), title=other, question=replace(protocol().question, population=other))
    bias = Bias(tool=other, overall="some concerns", by=one, because=other)
    of = review(
        study("one-2020", label=one, title=other, bias=bias, findings=(finding(values=measured(8.5), time=one),)),
        protocol=said,
        references=(reference("one-2020", title=one, journal=other, authors=(one, other), doi=other, url=one),),
    )
    content = fhir_bundle(of, concluded(of, WORDS), synthesised(of, WORDS), WORDS)
    Bundle.model_validate_json(content)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200f]", content.decode())


def test_every_reference_leads_to_a_resource_of_the_bundle() -> None:
    told = bundle(two_trials())
    there = [one["fullUrl"] for one in told["entry"]]
    asked = {held for name, held in inside(told) if name == "reference"}
    assert len(there) == len(set(there))
    assert asked
    assert asked <= set(there)


def test_required_codes_are_the_standards_own() -> None:
    for name, held in inside(bundle(two_trials())):
        if name in REQUIRED:
            assert held in REQUIRED[name]


def test_the_order_of_reading_leaves_no_mark() -> None:
    of = two_trials()
    turned = replace(of, studies=of.studies[::-1], references=of.references[::-1])
    assert bundle(of) == bundle(turned)


def test_a_pooled_effect_stands_with_its_interval_in_the_row_that_it_answers() -> None:
    of = two_trials()
    (fit,) = (body.pooled for body in synthesised(of, WORDS).bodies)
    row = next(one for one in resources(bundle(of), "Evidence") if "synthesisType" in one and "assertion" in one)
    (told,) = row["statistic"]
    assert fit is not None
    assert row["synthesisType"]["coding"][0]["code"] == "std-MA"
    assert math.isclose(told["quantity"]["value"], fit.estimate, rel_tol=1e-8)
    interval = next(one for one in told["attributeEstimate"] if one["type"].get("text") != "Prediction interval")[
        "range"
    ]
    ends = (interval["low"]["value"], interval["high"]["value"])
    assert ends == pytest.approx((fit.ci_lower, fit.ci_upper), rel=1e-8)
    assert told["sampleSize"] == {"numberOfStudies": 2, "numberOfParticipants": 60}


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(["rct-sides", "rct", "cohort"]),
    st.integers(3, 200),
    st.sampled_from(["low", "some concerns", "high", "not assessed"]),
    st.floats(4, 16),
)
def test_the_reasons_add_up_to_the_certainty(design: str, n: int, bias: Any, mean: float) -> None:
    of = review(study(design=design, n=n, bias=Bias(overall=bias), findings=(finding(values=measured(mean)),)))
    (row,) = (one for one in resources(bundle(of), "Evidence") if "assertion" in one)
    (whole,) = row["certainty"]
    start = whole["note"][0]["text"].split("start: start: ")[1].split(";")[0]
    moved = sum(MOVES[one["rating"]["coding"][0]["code"]] for one in whole["subcomponent"])
    level = CERTAINTIES[max(0, CERTAINTIES.index(start) + moved)]
    assert whole["rating"]["coding"][0]["code"] == level.replace(" ", "-")


def test_a_signed_override_is_told_as_a_note_with_its_author() -> None:
    when = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    signed = Judgement(
        id="j1", about="certainty:dark-spots", decision="high", author="human:ana", time=when, reason="seen"
    )
    row = next(
        one for one in resources(bundle(replace(two_trials(), judgements=(signed,))), "Evidence") if "assertion" in one
    )
    (whole,) = row["certainty"]
    assert whole["rating"]["coding"][0]["code"] == "high"
    assert whole["note"][-1]["text"] == "signed override: set: high; human:ana: seen"


def test_a_risk_of_bias_stands_domain_by_domain_with_its_tool_and_signer_about_the_record() -> None:
    domains = (("randomisation", "low", "by a list"), ("blinding", "some concerns", ""), ("loss", "not assessed", ""))
    bias = Bias(tool="RoB 2", overall="high", by="human:ana", because="nobody was blind", domains=domains)
    told = bundle(review(study(bias=bias)))
    (found,) = resources(told, "ArtifactAssessment")
    rating, tool = found["content"]
    (cited,) = resources(told, "Citation")
    assert found["artifactReference"]["reference"] == f"urn:uuid:{cited['id']}"
    assert rating["classifier"][0] == {
        "coding": [{"system": "http://hl7.org/fhir/certainty-rating", "code": "very-serious-concern"}],
        "text": "high",
    }
    assert rating["author"] == {"display": "human:ana"}
    assert [one["classifier"][0]["text"] for one in rating["component"]] == ["low", "some concerns"]
    assert tool["classifier"] == [{"text": "RoB 2"}]


def test_what_is_unknown_is_absent() -> None:
    of = review(study(bias=Bias(), n=None), references=(reference("one-2020", year=None),))
    told = bundle(of)
    assert all(held not in (None, "", [], {}) for _, held in inside(told))
    assert not resources(told, "ArtifactAssessment")
    (cited,) = resources(told, "Citation")
    assert "publicationForm" not in cited["citedArtifact"]
    assert "identifier" not in cited["citedArtifact"]


def test_a_retracted_record_says_so_and_leaves_the_effects() -> None:
    of = two_trials()
    gone = replace(of, references=(replace(of.references[0], notice="retracted"), of.references[1]))
    cited = [one for one in resources(bundle(gone), "Citation") if "currentState" in one["citedArtifact"]]
    assert [one["citedArtifact"]["currentState"][0]["coding"][0]["code"] for one in cited] == ["retracted"]
    effects = [one for one in resources(bundle(gone), "Evidence") if "assertion" not in one]
    assert len(effects) == 1

"""The summary of findings says for each outcome what the rules concluded, no more, and a number only where there is one."""

import csv
import io
import json
from dataclasses import replace

import pytest

from building import WORDS, claim, figure, finding, protocol, review, study, value
from evidermis.evidence.review import Review
from evidermis.evidence.study import Study
from evidermis.pipeline import concluded, synthesised
from evidermis.publishing.findings_summary import SummaryRow, summary_as_csv, summary_as_json, summary_of_findings


def summed(told: Review) -> tuple[SummaryRow, ...]:
    return summary_of_findings(told, concluded(told, WORDS), synthesised(told, WORDS), WORDS)


def trial(name: str, n: int, direction: str = "benefit") -> Study:
    seen = {
        "instrument": "seen",
        "ci_low": figure(0.2),
        "ci_high": figure(0.8),
        "estimate": figure(0.5),
        "measure": "MD",
    }
    return study(name, n=n, findings=(finding(direction, **seen),))


def test_every_outcome_of_every_claim_has_one_row_with_its_own_certainty() -> None:
    both = claim(outcomes=("pigment", "wrinkles"))
    trials = [
        trial("a-2020", 100),
        trial("b-2021", 100),
        study("c-2022", n=10, findings=(finding(outcome="wrinkles"),)),
    ]
    rows = summed(review(*trials, protocol=protocol(both)))
    assert [(row.outcome, row.certainty) for row in rows] == [("pigment", "high"), ("wrinkles", "very low")]
    assert rows[0].people == 200


@pytest.mark.parametrize(
    ("n", "verb"),
    [
        (200, "The treatment improves pigment."),
        (40, "The evidence is very uncertain about the effect of the treatment on pigment."),
    ],
)
def test_the_sentence_promises_what_the_certainty_allows(n: int, verb: str) -> None:
    told = [trial("a-2020", n // 2), trial("b-2021", n // 2)]
    if n == 40:
        told = [replace(one, bias=replace(one.bias, overall="high")) for one in told]
    assert summed(review(*told))[0].statement == verb


def test_two_independent_effects_stand_there_pooled_and_a_direction_alone_is_no_number() -> None:
    pooled = summed(review(trial("a-2020", 100), trial("b-2021", 100)))[0]
    assert len(pooled.effects) == 1
    assert "2 families pooled" in pooled.effects[0]
    only = summed(review(study()))[0]
    assert only.effects == ("no effect with its uncertainty is printed; the direction is benefit",)


def test_without_people_or_without_a_comparison_nothing_is_said_of_an_effect() -> None:
    assert summed(review())[0].evidence == "none"
    alone = study(design="single-arm", findings=(finding(contrast=replace(finding().contrast, against="")),))
    row = summed(review(alone))[0]
    assert (row.evidence, row.effects) == ("uncontrolled", ())


def test_table_and_json_say_the_same() -> None:
    told = study(findings=(finding(values=(value("treated", "mean", 1.0),)),))
    rows = summed(review(told))
    (cells,) = csv.DictReader(io.StringIO(summary_as_csv(rows).decode()))
    (row,) = json.loads(summary_as_json(rows))["summary_of_findings"]
    assert (cells["certainty"], cells["statement"]) == (row["certainty"], row["statement"])
    assert len(row["reasons"]) == cells["reasons"].count(";") + 1 - sum(why.count(";") for _, _, why in row["reasons"])

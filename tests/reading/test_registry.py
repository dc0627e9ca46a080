"""What is read of a registration: each value at its path, in the registry's own words."""

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidermis.evidence.content import Content
from evidermis.evidence.record import Record, Section
from evidermis.formats import read_contents
from evidermis.reading import Facts, bundled_reader, facts_as_json, seen_together, texts_of
from registrations import ENTRY, RESULTS, entry

READER = bundled_reader()


def contents(*entries: dict) -> list[Content]:
    lines = "\n".join(map(json.dumps, entries)).encode()
    return [one for one in read_contents(lines, "trials.json", "ctgov") if isinstance(one, Content)]


def facts(one: dict, today: datetime.date | None = None) -> Facts:
    (content,) = contents(one)
    return READER.read_content(content, today)


def quotes_in(value: object) -> list[dict]:
    if isinstance(value, dict):
        inner = [quote for part in value.values() for quote in quotes_in(part)]
        return [value, *inner] if "quote" in value else inner
    return [quote for part in value for quote in quotes_in(part)] if isinstance(value, list) else []


def test_the_fields_tell_design_people_and_masking() -> None:
    found = facts(ENTRY)
    assert (found.design, found.rung) == ("randomised-trial", "randomised-trial")
    assert found.n_total is not None
    assert (found.n_total.value, found.n_total.stage) == (48, "enrolled")
    assert found.n_total.quote.field == "protocolSection.designModule.enrollmentInfo.count"
    assert {one.code for one in found.of_kind("blinding")} == {"double", "participant", "assessor"}
    assert found.comparator == "vehicle-or-placebo"
    assert found.registration is not None
    assert [one.value for one in found.registration.told if one.what == "masked"] == ["participant", "assessor"]


def test_arms_and_outcomes_stand_with_their_types_and_time_frames() -> None:
    registration = facts(ENTRY).registration
    assert registration is not None
    arms = [(arm.label.value, arm.comparator, [one.value for one in arm.given]) for arm in registration.arms]
    assert arms == [("Serum", None, ["Drug: Vesicle serum"]), ("Base", "vehicle-or-placebo", ["Drug: Base"])]
    outcomes = [(one.rank, one.measure.value, one.time and one.time.value) for one in registration.outcomes]
    assert outcomes == [("primary", "Melanin index", "8 weeks"), ("secondary", "Roughness", "8 weeks")]


def test_descriptions_are_read_by_the_same_cues_as_an_abstract() -> None:
    found = facts(ENTRY)
    places = {(one.kind, one.code): one.quote.field for one in found.noted}
    assert places["source", "human-umbilical"] == "protocolSection.armsInterventionsModule.interventions[0].description"
    assert "dose" in {one.kind for one in found.noted} | {one.code for one in found.noted}
    assert any(one.code == "phototype" for one in found.noted)


def test_a_planned_number_is_no_number_of_people() -> None:
    planned = facts(entry(designModule={"enrollmentInfo": {"count": 60, "type": "ESTIMATED"}}))
    assert planned.n_total is None
    assert [(one.value, one.stage) for one in planned.counts] == [(60, "planned")]


def test_an_arm_that_gets_placebo_alone_compares_whatever_its_type() -> None:
    arms = [
        {"label": "A", "type": "EXPERIMENTAL", "interventionNames": ["Drug: Placebo"]},
        {"label": "B", "type": "EXPERIMENTAL", "interventionNames": ["Drug: Placebo", "Drug: Serum"]},
    ]
    registration = facts(entry(armsInterventionsModule={"armGroups": arms})).registration
    assert registration is not None
    assert [arm.comparator for arm in registration.arms] == ["vehicle-or-placebo", None]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ({}, "overdue"),
        ({"primaryCompletionDateStruct": {"date": "2022-09"}}, "not yet due"),
        ({"primaryCompletionDateStruct": {}, "completionDateStruct": {}}, "unknown"),
        ({"overallStatus": "WITHDRAWN"}, "none to come"),
        ({"dispFirstSubmitDate": "2022-05-01"}, "delay certified"),
        ({"resultsFirstSubmitDate": "2022-12-01"}, "submitted"),
        ({"resultsFirstSubmitDate": "2022-12-01", "resultsFirstPostDateStruct": {"date": "2023-01-02"}}, "posted"),
        ({"resultsFirstSubmitDate": "2023-04-01", "resultsFirstPostDateStruct": {"date": "2023-05-02"}}, "posted late"),
    ],
)
def test_results_are_due_a_year_after_the_primary_measurements_ended(status: dict, state: str) -> None:
    registration = facts(entry(statusModule=status)).registration
    assert registration is not None
    assert registration.results is not None
    assert registration.results.state == state


def test_the_day_is_the_entrys_own_or_the_callers() -> None:
    assert facts(ENTRY).registration.results.on == "2023-06-01"
    early = facts(ENTRY, datetime.date(2022, 6, 1)).registration.results
    assert (early.state, early.on) == ("not yet due", "2022-06-01")


@pytest.mark.parametrize(
    ("submitted", "caution"),
    [
        ("2021-02-28", None),
        ("2021-03-15", None),  # it started some day in March: nobody can say which came first
        ("2021-04-01", "registered-after-start"),
        ("2022-03-01", "registered-after-completion"),
    ],
)
def test_registration_after_the_fact_is_a_caution_where_the_dates_leave_no_doubt(
    submitted: str, caution: str | None
) -> None:
    cautions = {one.code for one in facts(entry(statusModule={"studyFirstSubmitDate": submitted})).of_kind("caution")}
    assert {code for code in cautions if code.startswith("registered")} == ({caution} if caution else set())


def test_posted_results_are_figures_of_an_arm_and_an_outcome_at_a_time() -> None:
    found = facts({**ENTRY, "resultsSection": RESULTS, "hasResults": True})
    value, analysis = found.results
    assert [(one.what, one.value) for one in value.figures] == [("mean", "181.2"), ("sd", "14.5")]
    told = {one.what: one.value for one in value.told}
    assert told["arm"] == "Serum"
    assert (told["outcome"], told["time"], told["analysed"], told["rank"]) == (
        "Melanin index",
        "8 weeks",
        "24",
        "primary",
    )
    figures = {one.what: one.value for one in analysis.figures}
    assert figures == {"p": "<0.05", "estimate": "-9.1", "ci-percent": "95", "ci-low": "-16.0", "ci-high": "-2.2"}
    assert [one.value for one in analysis.told if one.what == "arm"] == ["Serum", "Base"]
    assert [(arm.role, arm.value) for arm in found.n_arms] == [("intervention", 25), ("control", 23)]


def test_versions_of_one_registration_show_its_history_in_whatever_order_they_come() -> None:
    first = entry(
        statusModule={"lastUpdateSubmitDate": "2021-02-11", "overallStatus": "RECRUITING"},
        outcomesModule={"primaryOutcomes": [{"measure": "Wrinkles", "timeFrame": "8 weeks"}]},
    )
    for order in ([first, ENTRY], [ENTRY, first]):
        held = contents(*order)
        told = seen_together(held, [READER.read_content(one) for one in held])
        (history,) = [one.registration.history for one in told if one.registration.history]
        changes = [(c.kind, c.was and c.was.value, c.now and c.now.value) for c in history]
        assert changes == [
            ("status", "recruiting", "completed"),
            ("primary outcome switched", None, "Melanin index"),
            ("primary outcome switched", "Wrinkles", None),
        ]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("We randomised 40 women. NCT09990001.", True),
        ("We randomised 48 women. NCT09990001.", False),
        ("We randomised 40 women. NCT09990002.", False),
        ("In all, 40 women completed the study. NCT09990001.", False),  # fewer finished than entered, as they may
    ],
)
def test_people_that_differ_from_the_registration_are_a_caution(text: str, is_told: bool) -> None:
    held = [*contents(ENTRY), Content(Record(title="A trial", abstract=(Section(text),)))]
    _, report = seen_together(held, [READER.read_content(one) for one in held])
    cautions = [one for one in report.of_kind("caution") if one.code == "n-differs-from-registry"]
    assert [one.value for one in cautions] == (["40 here, 48 enrolled in NCT09990001"] if is_told else [])


def test_a_trial_that_ends_on_the_last_day_of_the_calendar_is_read() -> None:
    status = {**ENTRY["protocolSection"]["statusModule"], "primaryCompletionDateStruct": {"date": "9999-12-31"}}
    (one,) = contents({"protocolSection": {**ENTRY["protocolSection"], "statusModule": status}})
    read = READER.read_content(one).registration
    assert read is not None
    assert read.value("primary-completed") == "9999-12-31"


LEAVES = st.text(max_size=12) | st.integers() | st.booleans() | st.none() | st.sampled_from(["ACTUAL", "2020-01", "12"])
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["date", "type", "title", "groups", "classes", "value", "measure", "label"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(sorted(ENTRY["protocolSection"])), TREES, max_size=4), TREES)
def test_every_quote_stands_verbatim_at_its_path_whatever_the_entry_holds(modules: dict, results: object) -> None:
    made = {"protocolSection": {**ENTRY["protocolSection"], **modules}, "resultsSection": results}
    for content in contents(made):
        texts = dict(texts_of(content))
        for found in quotes_in(facts_as_json(READER.read_content(content))):
            assert texts[found["field"]][found["start"] : found["end"]] == found["quote"] != ""

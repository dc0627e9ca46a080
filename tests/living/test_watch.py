"""The watch on trials: what a registry changes is seen once, silence begins after twelve months, and results end it."""

import datetime
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import DAY, review, study
from evidermis.evidence.background import Background, Registration
from evidermis.evidence.review import Review
from evidermis.evidence.study import Report
from evidermis.evidence.trial import TrialState
from evidermis.formats.trial_states import read_trial_states
from evidermis.living import watched
from evidermis.review.bundle import write_starter
from evidermis.review.folder.loading import load
from evidermis.review.living.watching import keep_states
from evidermis.review.records.keeping import import_files


def on(days: int) -> datetime.date:
    return DAY + datetime.timedelta(days=days)


def state(days: int, **told: object) -> TrialState:
    whole = {"status": "recruiting", "enrolment": 60, "completed": "2026-06", "primary": ("Melanin",), "results": False}
    return TrialState(id="NCT1", seen=on(days), **{**whole, **told})  # type: ignore[arg-type]


def watching(*states: TrialState, **told: object) -> Review:
    listed = Registration(id="NCT1", title="A trial", status="recruiting", at=("a",), **told)  # type: ignore[arg-type]
    return replace(review(), background=Background(registrations=(listed,)), trials=states)


def kinds(of: Review, days: int) -> list[str]:
    return [one.kind for one in watched(of, on(days))]


@pytest.mark.parametrize(
    ("later", "kind"),
    [
        ({"status": "completed"}, "status"),
        ({"enrolment": 30}, "enrolment"),
        ({"completed": "2026-09"}, "completion moved"),
        ({"primary": ("Redness",)}, "primary outcome switched"),
        ({"primary": ("Melanin", "Redness")}, "primary outcome switched"),
        ({"results": True}, "results posted"),
    ],
)
def test_what_changed_between_two_looks_is_told_once(later: dict[str, object], kind: str) -> None:
    of = watching(state(0), state(30, **later), state(60, **later))
    assert kinds(of, 90) == [kind]
    assert watched(of, on(90))[0].day == on(30)


def test_what_a_registry_only_writes_otherwise_is_no_change() -> None:
    again = state(30, status="Recruiting", primary=("  MELANIN ",))
    assert kinds(watching(state(0), again), 90) == []
    two = state(0, primary=("Melanin", "Redness"))
    assert kinds(watching(two, state(30, primary=("Redness", "Melanin"))), 90) == []


def test_what_a_registry_does_not_tell_is_no_change() -> None:
    silent = state(30, enrolment=None, completed="", primary=(), results=None)
    assert kinds(watching(state(0), silent), 90) == []


@given(st.permutations([state(0), state(30, enrolment=50), state(60, enrolment=50, results=True)]))
def test_the_order_of_what_was_written_down_carries_no_meaning(states: list[TrialState]) -> None:
    assert kinds(watching(*states), 100) == ["enrolment", "results posted"]


# Its measurements end on 30 June 2026, day 166; silence begins the day after 365 more days.
@given(st.integers(0, 2000))
def test_a_trial_is_silent_from_twelve_months_after_its_end(days: int) -> None:
    assert ("silent" in kinds(watching(state(0)), days)) == (days > 166 + 365)


def test_results_or_a_report_end_the_silence() -> None:
    assert "silent" not in kinds(watching(state(0), state(30, results=True)), 2000)
    reported = study("one", registrations=("NCT1",))
    of = replace(watching(state(0)), studies=(reported,))
    assert [one.now for one in watched(of, on(2000)) if one.kind == "published"] == ["one"]
    assert "silent" not in kinds(of, 2000)


def test_a_study_of_which_only_the_registration_is_known_is_not_published() -> None:
    registered = study("one", registrations=("NCT1",), reports=(Report(record="one", role="registration"),))
    assert kinds(replace(watching(state(0)), studies=(registered,)), 2000) == ["silent"]


def test_a_hand_written_registration_is_silent_too_and_an_end_nobody_told_says_nothing() -> None:
    assert kinds(watching(completed="2024-06-30"), 0) == ["silent"]
    assert kinds(watching(), 2000) == []
    assert kinds(watching(completed="2024-02-31"), 2000) == []
    assert kinds(watching(completed="2024-06-30", results=True), 0) == []


def entry(number: str = "NCT00000001", **status: object) -> dict[str, object]:
    return {
        "protocolSection": {
            "identificationModule": {"nctId": number, "briefTitle": "A trial"},
            "statusModule": {"overallStatus": "NOT_YET_RECRUITING", **status},
            "designModule": {"enrollmentInfo": {"count": 40, "type": "ESTIMATED"}},
            "outcomesModule": {"primaryOutcomes": [{"measure": "Melanin index"}, {"timeFrame": "12 weeks"}]},
        },
        "hasResults": False,
    }


def test_a_state_is_read_from_the_registrys_own_answer() -> None:
    page = {"studies": [entry(primaryCompletionDateStruct={"date": "2026-06"}), {"protocolSection": {}}, 7]}
    (found,) = read_trial_states(io.BytesIO(json.dumps(page).encode()), "page", DAY)
    assert found == TrialState(
        id="NCT00000001",
        seen=DAY,
        status="not yet recruiting",
        enrolment=40,
        completed="2026-06",
        primary=("Melanin index",),
        results=False,
    )


def test_harvested_pages_become_a_history_that_is_only_added_to(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    write_starter(folder, DAY.isoformat())
    listed = '[[registrations]]\nid = "NCT00000001"\ntitle = "A trial"\nstatus = "not seen"\nat = ["a"]\n'
    place = '[[locators]]\nid = "a"\nreading = "to-verify"\n'
    (folder / "background.toml").write_text(place + listed, encoding="utf-8")

    def harvested(days: int, **status: object) -> int:
        page = tmp_path / f"page-{days}.json"
        page.write_text(json.dumps({"studies": [entry(**status), entry("NCT00000002")]}), encoding="utf-8")
        import_files(folder, [page], on(days))
        return len(keep_states(folder, load(folder)))

    assert harvested(0) == 1
    first = (folder / "trials.jsonl").read_bytes()
    assert harvested(10) == 0
    assert (folder / "trials.jsonl").read_bytes() == first
    assert harvested(20, overallStatus="COMPLETED") == 1
    assert (folder / "trials.jsonl").read_bytes().startswith(first)
    assert [one.kind for one in watched(load(folder), on(30))] == ["status"]

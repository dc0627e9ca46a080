"""An unattended turn asks what is due, loses nothing, does nothing twice, and changes no conclusion without a cause."""

import datetime
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from evidermis.appraisal.integrity import NoticeList
from evidermis.evidence.observer import Notice
from evidermis.review.bundle import write_starter
from evidermis.review.living.updating import Updated, update
from evidermis.review.records.harvesting import past_harvests
from evidermis.review.records.keeping import kept
from evidermis.review.running import publish_review
from evidermis.sources import ClinicalTrials, PubMed, Source
from evidermis.sources.fetching import Fetch
from service import STALL, Service, running

DAY = datetime.date(2026, 1, 5)
DOI = "10.5555/trial"
STUDY = """
id = "trial"
label = "Trial 2020"
title = "A trial"
design = "randomised-within-person"
reports = [{ record = "trial", role = "article" }]
registrations = ["NCT00000002"]
population = { code = "facial-hyperpigmentation" }
people = { randomised = 30, analysed = 30, sides = 60, unit = "half face" }
locators = [{ id = "abstract", record = "trial", reading = "primary" }]
arms = [
  { id = "treated", label = "serum", source = "human-adipose", route = "leave-on", with_ = "none" },
  { id = "control", label = "vehicle", comparator = "vehicle-or-placebo" },
]
findings = [
  { id = "spots", outcome = "pigment", contrast = { of = "treated", against = "control" }, direction = "benefit", at = ["abstract"] },
]
"""
RECORD = f'[[records]]\nid = "trial"\ntitle = "A trial"\nyear = 2020\ndoi = "{DOI}"\nauthors = ["Doe J"]\n'
SCHEDULE = """[[schedule.sources]]
source = "pubmed"
every_days = 7
query = "serum"

[contact]"""


def on(days: int) -> datetime.date:
    return DAY + datetime.timedelta(days=days)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "mine"
    write_starter(path, DAY.isoformat())
    for old in (path / "studies").glob("*.toml"):
        old.unlink()
    (path / "studies" / "trial.toml").write_text(STUDY, encoding="utf-8")
    (path / "records").mkdir(exist_ok=True)
    (path / "records" / "curated.toml").write_text(RECORD, encoding="utf-8")
    protocol = path / "review.toml"
    protocol.write_text(protocol.read_text(encoding="utf-8").replace("[contact]", SCHEDULE, 1), encoding="utf-8")
    publish_review(path, DAY)
    return path


def reaching(service: Service) -> Callable[[Source], Fetch]:
    def connect(source: Source) -> Fetch:
        source.pause, source.page_size = 0.0, 4
        reached = dict.fromkeys(source.hosts, service.address)
        return Fetch(source, reached_at=reached, timeout=STALL / 2, sleep=lambda _: None)

    return connect


def turn(folder: Path, service: Service, days: int, **told: object) -> Updated:
    sources: dict[str, Source] = {"pubmed": PubMed(), "clinicaltrials.gov": ClinicalTrials()}
    return update(folder, on(days), reaching(service), sources, NoticeList({}), **told)  # type: ignore[arg-type]


def queue(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "queue.jsonl").read_text(encoding="utf-8").splitlines()]


def test_new_records_wait_for_a_person_with_what_was_read_in_them(folder: Path) -> None:
    with running(5) as service:
        service.notices = {DOI: []}
        done = turn(folder, service, 1)
    # Five articles, and the five registrations that answer to the watched number.
    assert done.new_records == 10
    assert done.waiting == len(queue(folder)) > 0
    assert any("screen" in one for one in done.for_a_person)
    assert {"records", "title", "year", "proposed"} == set(queue(folder)[0])
    assert done.change is not None
    assert done.change.conclusions == ()


def test_a_decision_takes_a_publication_out_of_the_queue_and_taking_it_back_returns_it(folder: Path) -> None:
    with running(5) as service:
        service.notices = {DOI: []}
        before = turn(folder, service, 1).waiting
        key = queue(folder)[0]["records"][0]  # type: ignore[index]
        line = {"about": f"screening:title-abstract/{key}", "author": "human:A", "reason": "no skin"}
        log = folder / "judgements.jsonl"

        def judged(number: int, decision: str) -> None:
            told = {**line, "id": f"j{number}", "decision": decision, "time": f"2026-01-06T10:0{number}:00Z"}
            with log.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(told) + "\n")

        judged(1, "exclude")
        assert turn(folder, service, 2).waiting == before - 1
        judged(2, "undo")
        assert turn(folder, service, 2).waiting == before


def test_a_source_is_asked_when_it_is_due_and_a_turn_without_news_needs_nobody(folder: Path) -> None:
    with running(0) as service:
        service.notices = {DOI: []}
        first = turn(folder, service, 1)
        assert first.for_a_person == ()
        assert [one.source for one in first.asked] == ["pubmed", "clinicaltrials.gov", "crossref"]
        assert [one.source for one in turn(folder, service, 7).asked] == ["clinicaltrials.gov", "crossref"]
        assert "pubmed" in {one.source for one in turn(folder, service, 8).asked}
        assert "pubmed" in {one.source for one in turn(folder, service, 9, every=True).asked}


def test_requests_are_counted_as_they_are_made(folder: Path) -> None:
    with running(9) as service:
        service.notices = {DOI: []}
        done = turn(folder, service, 1)
        assert sum(one.requests for one in done.asked) == len(service.asked)
    # A search and three pages of four; three pages of the registry; one question to Crossref.
    assert [one.requests for one in done.asked] == [4, 3, 1]


def test_a_retraction_that_crossref_tells_leaves_at_once_and_is_the_cause(folder: Path) -> None:
    with running(0) as service:
        service.notices = {DOI: [{"DOI": "10.5555/n", "type": "retraction"}]}
        done = turn(folder, service, 1)
    assert [one.now for one in done.notices] == ["retracted"]
    assert done.change is not None
    causes = {c.how for one in done.change.conclusions for a in one.aspects for c in a.causes}
    assert causes == {"retraction"}
    assert done.change.weight == "major"


def test_what_was_published_is_not_left_for_a_person(folder: Path) -> None:
    with running(0) as service:
        service.notices = {DOI: [{"DOI": "10.5555/n", "type": "retraction"}]}
        done = turn(folder, service, 1)
    assert any(one.startswith("publish") for one in done.for_a_person)
    assert not any(one.startswith("publish") for one in replace(done, published="2.0.0").for_a_person)


def test_a_retraction_that_leaves_the_prisma_numbers_wrong_says_which(folder: Path) -> None:
    protocol = folder / "review.toml"
    flow = "[flow]\nidentified = 1\nscreened = 1\nexcluded = 0\nsought = 1\nassessed = 1\nincluded_reports = 1\nincluded_studies = 1\n"
    protocol.write_text(f"{protocol.read_text(encoding='utf-8')}\n{flow}", encoding="utf-8")
    with running(0) as service:
        service.notices = {DOI: []}
        assert not any("[flow]" in one for one in turn(folder, service, 1).for_a_person)
        service.notices = {DOI: [{"DOI": "10.5555/n", "type": "retraction"}]}
        told = [one for one in turn(folder, service, 2).for_a_person if "[flow]" in one]
    assert told[1] == "correct [flow] in review.toml: included studies is 1, but the folder holds 0 included studies"


@pytest.mark.parametrize("fault", ["broken", "html", "refused"])
def test_an_outage_is_told_to_a_person_and_is_never_no_news(fault: str, folder: Path) -> None:
    with running(3) as service:
        service.always = fault
        done = turn(folder, service, 1)
        assert {one.source for one in done.asked if one.failure} == {"pubmed", "clinicaltrials.gov", "crossref"}
        assert len([one for one in done.for_a_person if "did not answer" in one]) == 3
        service.always = ""
        service.notices = {DOI: []}
        assert turn(folder, service, 2).new_records == 6


class Killed(BaseException):
    """Stands for a kill: nothing below catches it."""


def test_a_turn_broken_off_anywhere_is_taken_up_by_the_next(folder: Path) -> None:
    with running(9) as service:
        service.notices = {DOI: []}
        for step in range(40):
            left = step

            def breaking(notice: Notice, /) -> None:
                nonlocal left
                left -= 1
                if left < 0:
                    raise Killed

            try:
                turn(folder, service, 1, observer=breaking)
                break
            except Killed:
                continue
        else:
            pytest.fail("it never ended")
        assert step > 3
        again = turn(folder, service, 2)
    assert (kept(folder).records, again.new_records) == (18, 0)
    assert len({tuple(one["records"]) for one in queue(folder)}) == len(queue(folder))  # type: ignore[arg-type]


WEEKS = 100
FAULTS = ["", "", "", "busy", "broken", "reset", "cut", "short", "html", "empty", "refused"]


@pytest.mark.slow
def test_a_hundred_weeks_of_misbehaving_services_lose_nothing_and_do_nothing_twice(folder: Path) -> None:
    dice = Random(2026)
    with running(3) as service:
        service.notices = {DOI: []}
        for week in range(1, WEEKS + 1):
            service.many += dice.choice([0, 0, 1, 2])
            service.faults = [dice.choice(FAULTS) for _ in range(dice.randint(0, 12))]
            if week == WEEKS // 2:
                service.notices = {DOI: [{"DOI": "10.5555/n", "type": "retraction"}]}
            done = turn(folder, service, 7 * week)
            assert done.change is not None
            causes = {c.how for one in done.change.conclusions for a in one.aspects for c in a.causes}
            assert causes <= {"retraction"}
            assert bool(causes) <= (week >= WEEKS // 2)
            assert kept(folder).records <= 2 * service.many
        service.faults = []
        last = turn(folder, service, 7 * WEEKS + 7)
        assert last.change is not None
        assert last.change.weight == "major"
        assert all(not one.failure for one in last.asked)
        assert kept(folder).records == 2 * service.many
        records = [key for one in queue(folder) for key in one["records"]]  # type: ignore[union-attr]
        assert len(records) == len(set(records))


# A turn in a process of its own, which a signal can kill wherever it is.
TURN = """
import datetime, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from evidermis.appraisal.integrity import NoticeList
from evidermis.review.living.updating import update
from evidermis.sources import ClinicalTrials, PubMed
from evidermis.sources.fetching import Fetch
def connect(source):
    source.pause, source.page_size = 0.0, 4
    return Fetch(source, reached_at=dict.fromkeys(source.hosts, sys.argv[2]), sleep=lambda _: None)
update(Path(sys.argv[1]), datetime.date(2026, 1, 6), connect, {"pubmed": PubMed(), "clinicaltrials.gov": ClinicalTrials()}, NoticeList({}))
"""


@pytest.mark.slow
def test_a_turn_killed_at_random_moments_resumes(folder: Path) -> None:
    dice = Random(7)
    with running(40) as service:
        service.notices = {DOI: []}
        command = [sys.executable, "-c", TURN, str(folder), service.address, str(Path(__file__).parents[1])]
        killed = 0
        for _ in range(20):
            process = subprocess.Popen(
                command, env={**os.environ}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(dice.uniform(0.3, 3.0))
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                killed += 1
            process.wait()
        done = turn(folder, service, 3)
    assert killed > 5
    assert not any(one.failure for one in done.asked)
    assert kept(folder).records == 80
    assert all(one.is_whole for one in past_harvests(folder))

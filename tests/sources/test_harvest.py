"""A harvest is whole or says why not, whatever the service does; over real sockets against a server that misbehaves."""

import datetime
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from evidermis.evidence.errors import BadInput, SourceFailed
from evidermis.review.bundle import write_starter
from evidermis.review.harvesting import Harvest, harvest, known_sources, past_harvests
from evidermis.review.keeping import kept
from evidermis.sources import ClinicalTrials, PubMed, Source
from evidermis.sources.fetching import Fetch
from service import STALL, Service, running

DAY = datetime.date(2026, 11, 23)
SOURCES = [PubMed, ClinicalTrials]
PASSING = ["busy", "broken", "reset", "stall", "cut", "short", "html", "empty"]
LASTING = ["refused", "elsewhere", "plain"]


def quick(kind: type[PubMed] | type[ClinicalTrials], size: int = 4) -> Source:
    source = kind()
    source.pause, source.page_size = 0.0, size
    return source


def harvested(folder: Path, source: Source, service: Service, day: datetime.date = DAY) -> tuple[Harvest, list[float]]:
    waits: list[float] = []
    (host,) = source.hosts
    with Fetch(
        source, reached_at={host: service.address}, timeout=STALL / 2, sleep=lambda s: waits.append(s) if s else None
    ) as fetch:
        return harvest(folder, source, "serum", fetch, day), waits


@pytest.fixture
def review(tmp_path: Path) -> Path:
    write_starter(tmp_path / "mine", DAY.isoformat())
    return tmp_path / "mine"


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("many", [0, 1, 4, 9])
def test_every_record_of_a_query_is_kept_page_by_page(review: Path, kind, many: int) -> None:
    with running(many) as service:
        done, _ = harvested(review, quick(kind), service)
    assert (done.found, done.is_whole, len(done.kept)) == (many, True, -(-many // 4))
    assert kept(review).records == many


@pytest.mark.parametrize("kind", SOURCES)
@given(faults=st.lists(st.sampled_from(["", *PASSING]), max_size=4))
@settings(deadline=None, max_examples=8, phases=[Phase.explicit, Phase.generate])
def test_what_passes_leaves_no_trace(kind, faults: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place, running(6) as service:
        write_starter(Path(place) / "mine", DAY.isoformat())
        service.faults = list(faults)
        done, _ = harvested(Path(place) / "mine", quick(kind), service)
        assert (done.found, done.is_whole, done.failure) == (6, True, "")
        assert kept(Path(place) / "mine").records == 6


@pytest.mark.parametrize("fault", [*PASSING, *LASTING])
def test_what_lasts_is_a_failure_that_is_told_and_written_down(review: Path, fault: str) -> None:
    with running(6) as service:
        service.always = fault
        with pytest.raises(SourceFailed, match="pubmed failed"):
            harvested(review, quick(PubMed), service)
    (noted,) = past_harvests(review)
    assert (noted.is_whole, noted.found) == (False, -1)
    assert noted.failure


def test_what_cannot_be_mended_by_waiting_is_asked_once(review: Path) -> None:
    for fault in LASTING:
        with running(6) as service:
            service.always = fault
            with pytest.raises(SourceFailed):
                harvested(review, quick(PubMed), service)
            assert len(service.asked) == 1


def test_the_wait_that_a_service_asks_for_is_kept(review: Path) -> None:
    with running(1) as service:
        service.faults = ["busy"]
        _, waits = harvested(review, quick(PubMed), service)
    assert waits == [7.0]


@pytest.mark.parametrize("kind", SOURCES)
def test_an_interrupted_harvest_goes_on_behind_its_last_page(review: Path, kind) -> None:
    with running(9) as service:
        service.faults = ["", "", "refused"]
        with pytest.raises(SourceFailed):
            harvested(review, quick(kind), service)
        before = past_harvests(review)[0]
        service.asked.clear()
        done, _ = harvested(review, quick(kind), service)
    assert 0 < len(before.kept) < 3
    assert done.kept[: len(before.kept)] == before.kept
    assert len([told for path, told in service.asked if "esearch" not in path]) == 3 - len(before.kept)
    assert kept(review).records == 9
    assert past_harvests(review) == (done,)


@pytest.mark.parametrize(("kind", "name"), [(PubMed, "mindate"), (ClinicalTrials, "filter.advanced")])
def test_the_next_harvest_asks_for_what_has_come_since(review: Path, kind, name: str) -> None:
    with running(2) as service:
        harvested(review, quick(kind), service)
        assert name not in service.asked[0][1]
        service.asked.clear()
        again, _ = harvested(review, quick(kind), service, DAY + datetime.timedelta(days=90))
    assert again.since == "2026-11-23"
    assert service.asked[0][1][name].replace("/", "-").count("2026-11-23") == 1
    assert len(past_harvests(review)) == 2


def test_a_search_that_pubmed_would_cut_off_is_refused_before_anything_is_missed(review: Path) -> None:
    with running(10_000) as service, pytest.raises(BadInput, match="split it by years"):
        harvested(review, quick(PubMed), service)


def test_a_service_that_gives_one_page_for_ever_fails(review: Path) -> None:
    with running(9) as service:
        service.answer = lambda path, told: json.dumps(  # pyright: ignore
            {"studies": [{"protocolSection": {"identificationModule": {"nctId": "NCT1", "briefTitle": "A"}}}], "nextPageToken": "p"}
        ).encode()  # fmt: skip
        with pytest.raises(SourceFailed, match="again and again"):
            harvested(review, quick(ClinicalTrials), service)


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b'{"esearchresult": 3}', b'{"esearchresult": {"ERROR": "no"}}', b"null"]
)
def test_json_of_another_shape_is_a_failure(review: Path, body: bytes) -> None:
    for kind in SOURCES:
        with running(9) as service:
            service.answer = lambda path, told: body
            with pytest.raises(SourceFailed):
                harvested(review, quick(kind), service)


def test_the_sources_come_in_by_the_door_that_strangers_use() -> None:
    known = known_sources()
    assert {"pubmed", "clinicaltrials.gov"} <= set(known)
    assert all(name == source.name and source.hosts for name, source in known.items())


@pytest.mark.parametrize("words", [("nowhere", "serum"), ("pubmed", " "), ("pubmed",)])
def test_bad_usage_has_status_2_and_fetches_nothing(review: Path, words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "evidermis", "harvest", *words]
    done = subprocess.run(command, cwd=review, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert not (review / "harvests.jsonl").exists()


def test_offline_is_one_clear_line(review: Path) -> None:
    # A proxy that nobody runs takes every request away, as a machine without a network does.
    environment = {"HTTPS_PROXY": "http://127.0.0.1:9", "PATH": ""}
    command = [sys.executable, "-m", "evidermis", "harvest", "pubmed", "serum", "-q"]
    done = subprocess.run(command, cwd=review, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "is this machine online?" in done.stderr

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

from commands import evidermis
from evidermis.evidence.errors import BadInput, SourceFailed
from evidermis.review.bundle import write_starter
from evidermis.review.records.harvesting import Harvest, contact_address, harvest, known_sources, past_harvests
from evidermis.review.records.keeping import kept
from evidermis.review.standing import standing
from evidermis.sources import BeautyFacts, ClinicalTrials, Crossref, EuropePmc, OpenAlex, PubMed, Source
from evidermis.sources.fetching import Fetch
from service import STALL, Service, running

DAY = datetime.date(2026, 11, 23)
SOURCES = [PubMed, ClinicalTrials, EuropePmc, Crossref, OpenAlex, BeautyFacts]
# Those whose total stands on every page.
COUNTING = [EuropePmc, Crossref, OpenAlex, BeautyFacts]
PLACES = ("retstart", "pageToken", "cursorMark", "cursor", "page")
PASSING = ["busy", "broken", "reset", "stall", "cut", "short", "html", "empty"]
LASTING = ["refused", "key", "elsewhere", "plain"]


def quick(kind, size: int = 4) -> Source:
    source = kind()
    source.pause, source.page_size = 0.0, size
    return source


def harvested(
    folder: Path, source: Source, service: Service, day: datetime.date = DAY, query: str = "serum", contact: str = ""
) -> tuple[Harvest, list[float]]:
    waits: list[float] = []
    (host,) = source.hosts
    with Fetch(
        source,
        contact=contact,
        reached_at={host: service.address},
        timeout=STALL / 2,
        sleep=lambda s: waits.append(s) if s else None,
    ) as fetch:
        return harvest(folder, source, query, fetch, day), waits


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
@settings(deadline=None, max_examples=5, phases=[Phase.explicit, Phase.generate])
def test_what_passes_leaves_no_trace(kind, faults: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place, running(6) as service:
        write_starter(Path(place) / "mine", DAY.isoformat())
        service.faults = list(faults)
        done, _ = harvested(Path(place) / "mine", quick(kind), service)
        assert (done.found, done.is_whole, done.failure) == (6, True, "")
        assert kept(Path(place) / "mine").records == 6


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("fault", [*PASSING, *LASTING])
def test_what_lasts_is_a_failure_that_is_told_and_written_down(review: Path, kind, fault: str) -> None:
    with running(6) as service:
        service.always = fault
        with pytest.raises(SourceFailed, match=f"{kind.name} failed"):
            harvested(review, quick(kind), service)
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


@pytest.mark.parametrize(("fault", "seconds"), [("busy", 7.0), ("until", 9.0)])
def test_the_wait_that_a_service_asks_for_is_kept(review: Path, fault: str, seconds: float) -> None:
    with running(1) as service:
        service.faults = [fault]
        _, waits = harvested(review, quick(PubMed), service)
    assert waits == [seconds]


def test_a_wait_that_nobody_has_the_patience_for_is_told(review: Path) -> None:
    with running(1) as service:
        service.faults = ["long"]
        with pytest.raises(SourceFailed, match="come again in 3,600 s"):
            harvested(review, quick(PubMed), service)
    assert len(service.asked) == 1


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
    asked = [told[place] for _, told in service.asked for place in PLACES if place in told]
    assert asked[0] == before.next
    assert len(asked) == len(set(asked))
    assert kept(review).records == 9
    assert past_harvests(review) == (done,)


@pytest.mark.parametrize("kind", SOURCES)
def test_a_place_that_the_service_no_longer_knows_is_left_for_the_beginning(review: Path, kind) -> None:
    with running(9) as service:
        service.faults = ["", "", "refused"]
        with pytest.raises(SourceFailed):
            harvested(review, quick(kind), service)
        service.faults = ["refused"]
        done, _ = harvested(review, quick(kind), service)
    assert (done.is_whole, done.came, done.is_short) == (True, 9, False)
    assert kept(review).records == 9


@pytest.mark.parametrize("kind", COUNTING)
def test_a_count_that_changes_between_pages_is_written_down(review: Path, kind) -> None:
    with running(9) as service:
        service.drift = -2
        done, _ = harvested(review, quick(kind), service)
    assert (done.counts, done.found, done.came, done.is_short) == ((9, 7), 7, 8 if kind is BeautyFacts else 9, False)


@pytest.mark.parametrize("kind", COUNTING)
def test_a_harvest_that_came_short_is_told_so_and_never_the_ground_of_a_delta(review: Path, kind) -> None:
    with running(9) as service:
        service.drift = 5
        done, _ = harvested(review, quick(kind), service)
        assert (done.is_whole, done.found, done.came, done.is_short) == (True, 14, 9, True)
        again, _ = harvested(review, quick(kind), service, DAY + datetime.timedelta(days=90))
    assert (again.since, again.version) == ("", 2)


def test_status_tells_of_a_harvest_that_is_not_done(review: Path) -> None:
    with running(9) as service:
        service.faults = ["", "refused"]
        with pytest.raises(SourceFailed):
            harvested(review, quick(EuropePmc), service)
        (todo,) = [one for one in standing(review, DAY).next if "harvest" in one.what]
        assert (todo.what, todo.because[:26]) == ("finish the harvest from europepmc", "europepmc failed with stat")
        assert todo.command == f"evidermis harvest europepmc serum --review {review}"
        service.drift = 3
        harvested(review, quick(EuropePmc), service)
        (todo,) = [one for one in standing(review, DAY).next if "harvest" in one.what]
        assert todo.because == "9 entries came of the 12 that it told of"
        service.drift = 0
        harvested(review, quick(EuropePmc), service)
    assert not [one for one in standing(review, DAY).next if "harvest" in one.what]


@pytest.mark.parametrize("kind", COUNTING)
def test_what_comes_twice_counts_once(review: Path, kind) -> None:
    with running(8) as service:
        service.repeats = True
        done, _ = harvested(review, quick(kind), service)
    assert (done.came, done.found, done.is_short) == (4, 8, True)
    assert kept(review).records == 4


@pytest.mark.parametrize(
    ("kind", "name"),
    [(PubMed, "mindate"), (ClinicalTrials, "filter.advanced"), (EuropePmc, "query"), (Crossref, "filter")],
)
def test_the_next_harvest_asks_for_what_has_come_since(review: Path, kind, name: str) -> None:
    with running(2) as service:
        harvested(review, quick(kind), service)
        assert "2026" not in service.asked[0][1].get(name, "")
        service.asked.clear()
        again, _ = harvested(review, quick(kind), service, DAY + datetime.timedelta(days=90))
    assert again.since == "2026-11-23"
    assert "2026-11-23" in service.asked[0][1][name].replace("/", "-")
    assert [one.version for one in past_harvests(review)] == [1, 2]


@pytest.mark.parametrize("kind", [OpenAlex, BeautyFacts])
def test_who_cannot_be_asked_for_what_is_new_is_asked_for_all(review: Path, kind) -> None:
    with running(2) as service:
        harvested(review, quick(kind), service)
        again, _ = harvested(review, quick(kind), service, DAY + datetime.timedelta(days=90))
    assert (again.since, again.came) == ("", 2)
    assert kept(review).records == 2


@pytest.mark.parametrize(
    ("kind", "words"), [(Crossref, "query.bibliographic"), (OpenAlex, "search")], ids=["crossref", "openalex"]
)
def test_words_and_the_own_language_of_a_service_are_both_understood(review: Path, kind, words: str) -> None:
    with running(1) as service:
        harvested(review, quick(kind), service, query="serum = skin?")
        harvested(review, quick(kind), service, query=f"{words}=serum skin&filter=type:article")
    asked = [{name: told[name] for name in (words, "filter") if name in told} for _, told in service.asked]
    assert {"search" if words == "search" else words: "serum = skin?"} in asked
    assert {words: "serum skin", "filter": "type:article"} in asked


@pytest.mark.parametrize("kind", [Crossref, OpenAlex])
def test_a_parameter_that_is_no_query_is_refused(review: Path, kind) -> None:
    with running(1) as service, pytest.raises(BadInput, match="'rows' is no parameter"):
        harvested(review, quick(kind), service, query=f"{'search' if kind is OpenAlex else 'query'}=serum&rows=0")
    assert service.asked == []


@pytest.mark.parametrize("kind", [Crossref, OpenAlex])
def test_a_search_that_nobody_would_read_to_its_end_is_refused(review: Path, kind) -> None:
    with running(10_001) as service, pytest.raises(BadInput, match="10,001 works"):
        harvested(review, quick(kind), service)
    assert len(service.asked) == 1


def test_a_service_is_told_who_asks(review: Path) -> None:
    with running(1) as service:
        harvested(review, quick(Crossref), service, contact="jo@skin-lab.org")
        harvested(review, quick(PubMed), service, contact="jo@skin-lab.org")
    assert all("evidermis/" in agent and "mailto:jo@skin-lab.org" in agent for agent in service.agents)
    assert service.asked[-1][1]["email"] == "jo@skin-lab.org"


@pytest.mark.parametrize(
    ("variable", "written", "told"),
    [
        ("", "mailto:us@skin-lab.org", "us@skin-lab.org"),
        ("jo@skin-lab.org", "mailto:us@skin-lab.org", "jo@skin-lab.org"),
        ("", "mailto:us@example.org", ""),
        ("", "https://skin-lab.org/contact", ""),
        ("jo@skin-lab.org\r\nX: y", "mailto:us@skin-lab.org", ""),
    ],
)
def test_the_contact_is_the_environments_or_the_reviews(
    review: Path, monkeypatch: pytest.MonkeyPatch, variable: str, written: str, told: str
) -> None:
    monkeypatch.setenv("EVIDERMIS_CONTACT", variable)
    text = (review / "review.toml").read_text()
    (review / "review.toml").write_text(text.replace("mailto:reviews@example.org", written))
    assert contact_address(review) == told


def test_a_key_goes_to_its_service_and_nowhere_else(review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENALEX_API_KEY", "secret-key")
    with running(1) as service:
        service.faults = ["", "key"]
        with pytest.raises(SourceFailed, match="set OPENALEX_API_KEY") as failure:
            harvested(review, quick(OpenAlex, 1), service)
    assert {told["api_key"] for _, told in service.asked} == {"secret-key"}
    assert "secret-key" not in str(failure.value)
    assert "secret-key" not in "".join(f.read_text() for f in review.rglob("*") if f.suffix in (".jsonl", ".json"))


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
    evidermis("harvest", *words, cwd=review, status=2)
    assert not (review / "harvests.jsonl").exists()


def test_offline_is_one_clear_line(review: Path) -> None:
    # A proxy that nobody runs takes every request away, as a machine without a network does.
    environment = {"HTTPS_PROXY": "http://127.0.0.1:9", "PATH": ""}
    command = [sys.executable, "-m", "evidermis", "harvest", "pubmed", "serum", "-q"]
    done = subprocess.run(command, cwd=review, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "is this machine online?" in done.stderr

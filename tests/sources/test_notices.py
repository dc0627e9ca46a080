"""What Crossref says of a review's DOIs, over real sockets: four states, and never silence for an outage."""

from pathlib import Path

import pytest

from evidermis.evidence.errors import SourceFailed
from evidermis.review.bundle import copy_bundled
from evidermis.review.folder.loading import load
from evidermis.review.records.noticing import crossref_notices
from evidermis.sources import Crossref, works_named
from evidermis.sources.fetching import Fetch
from service import STALL, Service, running


def fetching(service: Service) -> Fetch:
    source = Crossref()
    source.pause = 0.0
    reached = {"api.crossref.org": service.address}
    return Fetch(source, reached_at=reached, timeout=STALL / 2, sleep=lambda _: None)


@pytest.fixture
def review(tmp_path: Path) -> Path:
    copy_bundled("exosomes", tmp_path / "exosomes")
    return tmp_path / "exosomes"


def test_each_doi_of_the_review_has_its_state_or_is_told_as_unknown(review: Path) -> None:
    dois = sorted({one.doi.lower() for one in load(review).references if one.doi})
    with running(0) as service, fetching(service) as fetch:
        service.notices = {doi: [] for doi in dois[1:]}
        service.notices[dois[1]] = [
            {"DOI": "10.5555/n", "type": "correction"},
            {"DOI": "10.5555/m", "type": "retraction"},
        ]
        service.notices[dois[2]] = [{"DOI": "10.5555/n", "type": "expression_of_concern"}]
        service.notices[dois[3]] = [
            {"DOI": "10.5555/n", "type": "retraction"},
            {"DOI": "10.5555/m", "type": "reinstatement"},
        ]
        asked = crossref_notices(review, fetch)
    assert (asked.dois, asked.unknown) == (len(dois), (dois[0],))
    assert [asked.listed.state(doi) for doi in dois[:5]] == ["none", "retracted", "concern", "concern", "none"]


@pytest.mark.parametrize(
    "fault", ["busy", "broken", "reset", "stall", "cut", "short", "html", "empty", "refused", "elsewhere"]
)
def test_an_outage_is_never_no_notice(review: Path, fault: str) -> None:
    with running(0) as service, fetching(service) as fetch:
        service.always = fault
        with pytest.raises(SourceFailed, match="crossref failed"):
            crossref_notices(review, fetch)


def test_a_doi_with_a_comma_is_asked_for_by_itself() -> None:
    with running(0) as service, fetching(service) as fetch:
        service.notices = {"10.5555/a,b": [], "10.5555/c(1)<2>": []}
        found = [work["DOI"] for work in works_named(fetch, ["10.5555/a,b", "10.5555/c(1)<2>", "10.5555/x,y"])]
    assert found == ["10.5555/c(1)<2>", "10.5555/a,b"]


def test_a_work_that_was_not_asked_for_is_not_minded() -> None:
    with running(3) as service, fetching(service) as fetch:
        service._crossref = lambda path, told: {
            "message": {"total-results": 1, "items": [{"DOI": "10.5555/other", "updated-by": [{"type": "retraction"}]}]}
        }
        assert list(works_named(fetch, ["10.5555/mine"])) == []

"""The page and `status` agree with the schedule on every day, and a review that is not kept up loses its word."""

import datetime
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import DAY, WORDS, protocol, review, study
from evidermis.evidence.freshness import freshness, turns
from evidermis.evidence.protocol import Protocol, Schedule, Search, SourceTurn, StageTurn
from evidermis.pipeline import run

EVERY = 90
DAYS = st.integers(0, 5000)


def on(days: int) -> datetime.date:
    return DAY + datetime.timedelta(days=days)


def asking(**changes: object) -> Protocol:
    schedule = Schedule(search_every_days=EVERY, retire_when="it is settled")
    return protocol(schedule=replace(schedule, **changes), title="Does it work? A living evidence review")  # type: ignore[arg-type]


def page(of: Protocol, day: datetime.date) -> str:
    files = run(review(study(), protocol=of), WORDS, made_by="evidermis test", today=day).files
    return files["index.html"].decode("utf-8")


@given(DAYS)
def test_it_is_late_from_the_day_after_it_was_due_and_lapses_three_periods_later(days: int) -> None:
    fresh = freshness(asking(), on(days))
    assert fresh.late == max(0, days - EVERY)
    assert fresh.status == ("living" if days <= EVERY else "overdue" if days < 4 * EVERY else "lapsed")


@given(DAYS, DAYS)
def test_a_later_search_never_makes_it_later(days: int, more: int) -> None:
    early = asking()
    late = replace(early, searched=on(more))
    assert freshness(late, on(days)).late <= freshness(early, on(days)).late


@given(DAYS)
def test_a_retired_review_is_never_late(days: int) -> None:
    of = asking(retired=on(1), sources=(SourceTurn(source="pubmed", every_days=7),))
    assert freshness(of, on(days)).status == "retired"
    assert {turn.late for turn in turns(of, on(days))} == {0}


@pytest.mark.parametrize(
    ("periods", "banner", "kicker", "title"),
    [
        (0, "The next search is due on", "a living evidence review", "A living evidence"),
        (1, "Out of date: its search was due on", "a living evidence review", "A living evidence"),
        (3, "Out of date: its search was due on", "a review no longer kept up", "A lapsed evidence"),
        (12, "Out of date: its search was due on", "a review no longer kept up", "A lapsed evidence"),
    ],
)
def test_without_script_the_page_says_how_late_it_was_written(
    periods: int, banner: str, kicker: str, title: str
) -> None:
    text = page(asking(), on(EVERY + periods * EVERY))
    found = re.search(r'id="stale".*?</p>', text, re.S)
    assert found is not None
    assert banner in found[0]
    assert f">{kicker}</span>" in text
    assert f"{title} review</title>" in text


def test_what_follows_a_lapsed_review_is_not_called_living_either() -> None:
    files = run(review(study(), protocol=asking()), WORDS, made_by="evidermis test", today=on(4 * EVERY)).files
    for name in ("feed.xml", "feed.json", "changes.txt", "feeds/dark-spots.xml"):
        told = files[name].decode("utf-8")
        assert "A lapsed evidence review" in told, name
        assert "living" not in told.lower(), name


def test_a_retired_page_says_since_when_and_by_which_rule() -> None:
    text = page(asking(retired=on(10)), on(20))
    assert f"Retired on {on(10)}" in text
    assert "a retired evidence review" in text
    assert "A retired evidence review</title>" in text
    assert "data-due" not in text
    assert "it is settled" in text


def test_every_page_states_its_retirement_rule() -> None:
    assert "<dt>Retires when</dt><dd><bdi>it is settled</bdi></dd>" in page(asking(), DAY)


def test_the_schedule_names_each_source_and_stage_with_its_days() -> None:
    search = Search(source="PubMed", date=on(5), query="it", found=3)
    of = asking(
        sources=(SourceTurn(source="pubmed", every_days=7), SourceTurn(source="hand", every_days=30)),
        stages=(StageTurn(stage="retraction check", every_days=30, done=on(-10)),),
    )
    of = replace(of, searches=(search,))
    pubmed, hand, check = turns(of, on(40), {"stage:retraction check": on(1)})
    assert (pubmed.last, pubmed.due, pubmed.late) == (on(5), on(12), 28)
    assert (hand.last, hand.late) == (None, 40)
    assert (check.last, check.late) == (on(1), 9)
    text = page(of, on(40))
    assert text.count(">overdue</b>") == 3
    assert page(of, on(6)).count(">overdue</b>") == 1


def test_a_day_without_news_leaves_the_page_as_it_was() -> None:
    assert page(asking(), on(1)) == page(asking(), on(EVERY))

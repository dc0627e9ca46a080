"""Feeds that a reader can follow: well formed, each version once, ids that never change, one claim's news by itself."""

import json
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from building import WORDS, claim, protocol, review, study
from evidermis.evidence.change import Aspect, Cause, ChangedConclusion, Difference, Published
from evidermis.evidence.protocol import Protocol
from evidermis.publishing.change_log import ToldVersion, told_versions
from evidermis.publishing.feeds import change_log_text, feeds

ATOM = "{http://www.w3.org/2005/Atom}"
CLAIMS = protocol(claim(text="It fades <spots> & more"), claim("wrinkles", text="It smooths wrinkles"))
FELL = Aspect("certainty", "", "low", "very low", (Cause("record:one-2020", "retraction"),))
CHANGE = Difference(
    before="a",
    after="b",
    parts=(Cause("record:one-2020", "retraction"),),
    conclusions=(ChangedConclusion("dark-spots", (FELL,), "The evidence is very uncertain."),),
    figures=(),
    weight="major",
)
VERSIONS = (Published("1.0.0", date(2026, 1, 15)), Published("2.0.0", date(2026, 2, 1), CHANGE))


def told(of: Protocol = CLAIMS) -> tuple[ToldVersion, ...]:
    return told_versions(VERSIONS, review(study("one-2020"), protocol=of), WORDS)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return feeds(CLAIMS, told())


def test_both_kinds_tell_the_same_versions_newest_first(files: dict[str, bytes]) -> None:
    entries = ElementTree.fromstring(files["feed.xml"]).findall(f"{ATOM}entry")
    items = json.loads(files["feed.json"])["items"]
    assert [one.findtext(f"{ATOM}id") for one in entries] == [one["id"] for one in items]
    assert [one["title"].split(":")[0] for one in items] == ["2.0.0", "1.0.0"]


def test_a_claims_feed_has_only_the_versions_that_changed_it(files: dict[str, bytes]) -> None:
    spots, wrinkles = (json.loads(files[f"feeds/{name}.json"])["items"] for name in ("dark-spots", "wrinkles"))
    assert [len(spots), len(wrinkles)] == [2, 1]
    assert "Certainty fell from low to very low." in spots[0]["content_text"]


def test_ids_stay_when_the_page_moves_and_links_follow_it(files: dict[str, bytes]) -> None:
    moved = replace(CLAIMS, url="https://example.org/reviews/it/")
    there = feeds(moved, told(moved))
    before, after = (json.loads(one["feeds/dark-spots.json"])["items"] for one in (files, there))
    assert [one["id"] for one in before] == [one["id"] for one in after]
    assert "url" not in before[0]
    assert after[0]["url"] == "https://example.org/reviews/it/index.html#claim:dark-spots"
    entry = ElementTree.fromstring(files["feeds/dark-spots.xml"]).find(f"{ATOM}entry/{ATOM}link")
    assert entry is not None
    assert entry.get("href") == "../index.html#claim:dark-spots"


def test_the_change_log_says_in_plain_words_what_changed_why_and_what_holds_now() -> None:
    text = change_log_text(CLAIMS, told()).decode("utf-8")
    assert text.index("2.0.0") < text.index("1.0.0")
    assert "It fades <spots> & more:" in text
    assert "Because the record About one-2020 2020 was retracted." in text
    assert "Now: The evidence is very uncertain." in text


def test_hostile_words_stay_words() -> None:
    hostile = protocol(claim(text="</content><script>run()</script>\u202e\x00"))
    files = feeds(hostile, told(hostile))
    feed = ElementTree.fromstring(files["feeds/dark-spots.xml"])
    assert not any("script" in one.tag for one in feed.iter())
    assert "\\u0000" not in files["feeds/dark-spots.json"].decode()

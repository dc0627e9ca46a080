"""Every feed is valid by its standard, whatever stands in the review: Atom by a schema and a reader, JSON Feed by its rules."""

import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from building import WORDS, claim, protocol, review, study
from evidermis.evidence.change import Aspect, Cause, ChangedConclusion, Difference, Published
from evidermis.evidence.protocol import Person, Protocol
from evidermis.publishing.change_log import told_versions
from evidermis.publishing.feeds import feeds

ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("atom.rng"))))
TOP = {
    "version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon", "favicon", "authors",
    "language", "expired", "hubs", "items",
}  # fmt: skip
ITEM = {
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image", "date_published",
    "date_modified", "authors", "tags", "language", "attachments",
}  # fmt: skip


def changed(number: int, says: str) -> Difference:
    fell = Aspect("certainty", "", "low", "very low", (Cause("record:one-2020", "retraction"),))
    said = (ChangedConclusion("dark-spots", (fell,), says),) if number % 2 else ()
    return Difference(str(number), str(number + 1), (Cause("record:one-2020", "retraction"),), said, (), "minor")


@st.composite
def published(draw: st.DrawFn) -> tuple[Protocol, dict[str, bytes]]:
    """The feeds of a review with words of any kind, with or without an address, and versions that may share a day."""
    words = st.text(max_size=30)
    people = tuple(Person(name=draw(words), role="", interests="") for _ in range(draw(st.integers(0, 2))))
    url = draw(st.sampled_from(["", "https://example.org/a/b/", "http://example.org", "javascript:alert(1)"]))
    of = protocol(claim(text=draw(words)), claim("wrinkles"), title=draw(words), people=people, url=url)
    day, versions = date(2026, 1, 15), [Published("1.0.0", date(2026, 1, 15))]
    for number, days in enumerate(draw(st.lists(st.integers(0, 40), max_size=4)), 1):
        day += timedelta(days=days)
        versions.append(Published(f"1.{number}.0", day, changed(number, draw(words))))
    return of, feeds(of, told_versions(tuple(versions), review(study("one-2020"), protocol=of), WORDS))


@settings(max_examples=30, deadline=None)
@given(published())
def test_every_atom_feed_is_valid_by_rfc_4287(made: tuple[Protocol, dict[str, bytes]]) -> None:
    for name, content in made[1].items():
        if name.endswith(".xml"):
            feed = etree.fromstring(content)
            assert SCHEMA.validate(feed), f"{name}: {SCHEMA.error_log}"
            entries = feed.findall(f"{ATOM}entry")
            ids = [one.findtext(f"{ATOM}id") for one in (feed, *entries)]
            moments = [one.findtext(f"{ATOM}updated") for one in entries]
            # 4.1.1, 4.1.2: no two entries with one id and one moment, one alternate link of each type, one link to itself.
            assert len(set(ids)) == len(ids)
            assert moments == sorted(set(moments), reverse=True)
            assert [one.get("rel") for one in feed.findall(f"{ATOM}link")] == ["alternate", "self"]
            assert all(one.find(f"{ATOM}link[@rel='alternate']") is not None for one in entries)


@settings(max_examples=15, deadline=None)
@given(published())
def test_a_feed_reader_takes_every_atom_feed_without_complaint(made: tuple[Protocol, dict[str, bytes]]) -> None:
    for name, content in made[1].items():
        if name.endswith(".xml"):
            told = feedparser.parse(content, sanitize_html=False)
            assert not told.bozo, name
            assert told.version == "atom10"
            assert len(told.entries) == content.count(b"<entry>")


def absolute(url: Any) -> bool:
    return isinstance(url, str) and re.fullmatch(r"https?://[^\s/]+/\S*", url) is not None


@settings(max_examples=30, deadline=None)
@given(published())
def test_every_json_feed_keeps_the_rules_of_version_1_1(made: tuple[Protocol, dict[str, bytes]]) -> None:
    for name, content in made[1].items():
        if not name.endswith(".json"):
            continue
        told = json.loads(content)
        assert told["version"] == "https://jsonfeed.org/version/1.1"
        assert isinstance(told["title"], str)
        assert set(told) <= TOP
        assert all(absolute(told[key]) for key in ("home_page_url", "feed_url") if key in told)
        assert re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", told["language"])
        assert told["authors"]
        assert all(set(one) <= {"name", "url", "avatar"} and one["name"].strip() for one in told["authors"])
        ids = [one["id"] for one in told["items"]]
        assert len(set(ids)) == len(ids)
        for item in told["items"]:
            assert set(item) <= ITEM
            assert isinstance(item["id"], str)
            assert isinstance(item["content_text"], str)
            assert datetime.fromisoformat(item["date_published"]).tzinfo is not None
            assert "url" not in item or absolute(item["url"])


def test_the_schema_refuses_what_the_standard_forbids() -> None:
    of = protocol()
    good = feeds(of, told_versions((Published("1.0.0", date(2026, 1, 15)),), review(protocol=of), WORDS))["feed.xml"]
    assert SCHEMA.validate(etree.fromstring(good))
    for was, now in (
        (b"T00:00:00Z</updated>", b"</updated>"),
        (b"<id>urn:uuid:", b"<id>"),
        (b"<title>", b"<id>urn:x:y</id><title>"),
        (b'rel="self"', b'rel=""'),
        (b"<name>test</name>", b"<name> </name>"),
        (b"<author>", b"<writer/><author>"),
    ):
        assert was in good
        assert not SCHEMA.validate(etree.fromstring(good.replace(was, now, 1)))

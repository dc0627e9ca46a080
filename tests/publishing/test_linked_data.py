"""What search engines read in the page: a ClaimReview a claim and one Dataset, with all that they ask for, and nothing that acts."""

import datetime
import json
import re
from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from building import DAY, WORDS, claim, protocol, review, study
from evidermis.evidence.freshness import freshness
from evidermis.evidence.inert import clean
from evidermis.evidence.ladders import VERDICTS
from evidermis.evidence.protocol import Person
from evidermis.evidence.review import Review
from evidermis.pipeline import concluded, links_of, synthesised
from evidermis.publishing import publish
from evidermis.publishing.linked_data import crate_metadata, linked_data

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def page(of: Review, today: datetime.date = DAY) -> str:
    made = publish(of, concluded(of, WORDS), synthesised(of, WORDS), links_of(of), WORDS, made_by="test", today=today)
    return made["index.html"].decode("utf-8")


def graph(text: str) -> list[dict[str, Any]]:
    (block,) = BLOCK.findall(text)
    told = json.loads(block)
    assert told["@context"] == "https://schema.org"
    return told["@graph"]


def of_words(text: str, url: str = "") -> Review:
    said = replace(protocol().question, text=text)
    return review(study(), protocol=protocol(claim(text=text), title=text, question=said, url=url))


@settings(max_examples=6)
@given(
    st.one_of(
        st.text(max_size=40), st.sampled_from(["</script><script>run()</script>", "<!-- <script>", "]]>\u2028\\"])
    )
)
def test_whatever_stands_in_the_review_stays_within_its_block(text: str) -> None:
    shown = page(of_words(text))
    assert "<" not in BLOCK.findall(shown)[0]
    reviewed = next(one for one in graph(shown) if one["@type"] == "ClaimReview")
    assert reviewed["claimReviewed"] == clean(text)


def test_the_page_holds_the_same_data_as_the_export() -> None:
    of = of_words("It fades spots", "https://example.org/it/")
    assert (
        BLOCK.findall(page(of))[0].strip()
        == linked_data(of, concluded(of, WORDS), freshness(of.protocol, DAY)).decode().strip()
    )


def test_each_claim_review_has_what_google_requires_and_schema_org_knows() -> None:
    of = review(study(), protocol=protocol(claim(), claim("wrinkles", outcomes=("wrinkles",))))
    told = graph(page(of))
    assert Counter(one["@type"] for one in told) == {"ClaimReview": 2, "Dataset": 1}
    for one in told[:2]:
        rating = one["reviewRating"]
        answer = concluded(of, WORDS).claim(one["url"].partition("#claim:")[2])
        assert VERDICTS[rating["ratingValue"] - 1] == answer.verdict
        assert rating["alternateName"].startswith(answer.verdict)
        assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
        assert one["claimReviewed"] == one["itemReviewed"]["text"]
        assert one["author"]
    dataset = told[2]
    assert dataset["name"]
    assert 50 <= len(dataset["description"]) <= 5000


def test_a_lapsed_review_is_not_called_living_to_search_engines_either() -> None:
    names = [graph(page(review(study()), DAY + datetime.timedelta(days=days)))[1]["name"] for days in (0, 359, 360)]
    assert [("living" in name, "lapsed" in name) for name in names] == [(True, False)] * 2 + [(False, True)]


def test_addresses_are_whole_where_the_review_has_one_and_else_relative_to_the_page() -> None:
    there = graph(page(of_words("It works", "https://example.org/it")))
    here = graph(page(of_words("It works")))
    assert there[0]["url"] == "https://example.org/it/index.html#claim:dark-spots"
    assert here[0]["url"] == "index.html#claim:dark-spots"
    assert there[1]["distribution"][0]["contentUrl"] == "https://example.org/it/review.json"


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.text(min_size=1, max_size=20), max_size=3),
    st.lists(st.from_regex(r"[a-c]{1,4}/[a-c]{1,4}", fullmatch=True), unique=True, max_size=4),
)
def test_a_crate_has_what_ro_crate_1_1_requires(people: list[str], files: list[str]) -> None:
    said = tuple(Person(name=name, role="", interests="") for name in people)
    graph = json.loads(crate_metadata(review(protocol=protocol(people=said)), files, "evidermis test"))["@graph"]
    named = {one["@id"]: one for one in graph}
    root = named["./"]
    assert named["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert named["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert len(named) == len(graph)
    assert root["@type"] == "Dataset"
    assert all(root[key] for key in ("name", "description", "datePublished", "license"))
    authors = root.get("author", [])
    pointed = [root["license"], *root["hasPart"], *(authors if isinstance(authors, list) else [authors])]
    assert {one["@id"] for one in pointed} <= set(named)
    assert {one["@id"] for one in root["hasPart"]} == set(files)

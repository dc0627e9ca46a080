"""The page as files: complete, the same to the byte, and every name on it leads somewhere."""

import datetime
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import jsonschema
import pytest

from building import CONFLICT, DAY, WORDS, claim, finding, product, protocol, reference, review, study, value
from evidermis.evidence.background import Background, BackgroundFact, Harm, Registration, RegulatoryNotice
from evidermis.evidence.locator import Locator
from evidermis.evidence.review import Review
from evidermis.pipeline import concluded as appraise
from evidermis.pipeline import links_of, synthesised
from evidermis.publishing import publish
from evidermis.review.explaining.ids import known_ids

LATE = DAY + datetime.timedelta(days=91)


def whole() -> Review:
    """A review with one of everything that a page shows."""
    trial = study(
        "one-2020", findings=(finding(p=CONFLICT), finding(id="again", values=(value("treated", "mean", 3.5),)))
    )
    background = Background(
        locators=(Locator(id="page", reading="secondary", url="https://example.org"),),
        facts=(BackgroundFact(id="small", topic="what it is", text="Small vesicles.", at=("page",)),),
        harms=(Harm(id="lumps", text="Lumps", route="injection", at=("page",)),),
        notices=(RegulatoryNotice(id="eu", jurisdiction="EU", text="Not of human origin.", at=("page",)),),
        registrations=(Registration(id="NCT1", title="A trial", status="recruiting", at=("page",)),),
    )
    claims = (claim(), claim("wrinkles", text="It smooths wrinkles", outcomes=("wrinkles",)))
    return review(
        trial,
        study("two-2021"),
        study("mice-2019", design="mice"),
        protocol=protocol(*claims),
        products=(product(), product("cream")),
        background=background,
    )


def site(of: Review, today: datetime.date = DAY) -> dict[str, bytes]:
    return publish(
        of, appraise(of, WORDS), synthesised(of, WORDS), links_of(of), WORDS, made_by="evidermis test", today=today
    )


class Anchors(HTMLParser):
    """Ids and links within a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a":
            self.links.append(given.get("href") or "")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return site(whole())


@pytest.fixture(scope="module")
def text(files: dict[str, bytes]) -> str:
    return files["index.html"].decode("utf-8")


def test_the_folder_holds_the_page_its_pictures_their_data_and_the_references(files: dict[str, bytes]) -> None:
    pictures = {
        f"{folder}/{name}.{kind}"
        for name in ("chain", "directions", "effects", "evidence-map")
        for folder, kind in KINDS
    }
    others = {"index.html", "review.json", "review.schema.json", "data/claims.csv"}
    others |= {"data/summary-of-findings.csv", "data/summary-of-findings.json", "changes.txt", "feed.xml", "feed.json"}
    others |= {f"feeds/{name}.{kind}" for name in ("dark-spots", "wrinkles") for kind in ("xml", "json")}
    assert set(files) == pictures | others | {f"references.{kind}" for kind in ("ris", "bib", "json")}


KINDS = (("figures", "svg"), ("data", "csv"))


def test_the_order_of_what_was_read_leaves_no_mark(files: dict[str, bytes]) -> None:
    of = whole()
    held = of.background
    turned = replace(
        of,
        studies=of.studies[::-1],
        references=of.references[::-1],
        products=of.products[::-1],
        background=replace(held, facts=held.facts[::-1], harms=held.harms[::-1], locators=held.locators[::-1]),
    )
    assert site(turned) == files


def test_every_id_that_can_be_explained_is_a_place_on_the_page(text: str) -> None:
    of = whole()
    assert set(known_ids(of, appraise(of, WORDS))) - set(Anchors(text).ids) == set()


def test_every_link_within_the_page_leads_to_a_place_on_it(text: str) -> None:
    found = Anchors(text)
    inner = {link.removeprefix("#") for link in found.links if link.startswith("#")}
    assert inner - set(found.ids) == set()


def test_every_link_to_a_file_leads_to_a_file_of_the_folder(text: str, files: dict[str, bytes]) -> None:
    outer = {link for link in Anchors(text).links if not re.match(r"#|https?:|mailto:", link)}
    assert outer - set(files) == set()


def test_no_id_stands_twice_on_the_page(text: str) -> None:
    ids = Anchors(text).ids
    assert len(ids) == len(set(ids))


def test_the_title_says_that_the_review_lives() -> None:
    of = whole()
    page = site(replace(of, protocol=replace(of.protocol, title="Does it work?")))["index.html"].decode()
    assert "<title>Does it work?: a living evidence review</title>" in page


def test_the_page_fetches_nothing_and_runs_nothing_but_its_own(text: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]
    assert not re.search(r"<(img|iframe|link rel=.stylesheet|script src)", text)
    assert " style=" not in text


def test_review_json_keeps_its_schema(files: dict[str, bytes]) -> None:
    schema = json.loads(files["review.schema.json"])
    document = json.loads(files["review.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert all({"verdict", "certainty", "directness", "people"} <= set(one) for one in document["claims"])


def test_the_schema_refuses_a_verdict_that_is_no_word_of_ours(files: dict[str, bytes]) -> None:
    document = json.loads(files["review.json"])
    document["claims"][0]["verdict"] = "proven"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(json.loads(files["review.schema.json"])).validate(document)


@pytest.mark.parametrize(("today", "late"), [(DAY, False), (DAY + datetime.timedelta(days=90), False), (LATE, True)])
def test_the_page_is_stale_the_day_after_its_search_was_due(today: datetime.date, late: bool) -> None:
    page = site(review(), today)["index.html"].decode()
    assert ('class="banner late"' in page) is late
    assert ("Out of date" in page) is late
    assert "2026-04-15" in page


def test_a_review_overdue_by_three_periods_is_not_called_living() -> None:
    page = site(review(), DAY + datetime.timedelta(days=400))["index.html"].decode()
    assert "a review no longer kept up</span>" in page


def test_a_number_leads_to_the_place_it_was_read_at(text: str) -> None:
    assert '<a class="number" href="#locator:one-2020/abstract">3.5</a>' in text


def test_both_sides_of_a_conflict_are_shown(text: str) -> None:
    assert "Numbers in conflict" in text
    assert "<b>greater</b>" in text
    assert "<b>0.4</b>" in text


def test_a_retracted_study_is_listed_with_its_state() -> None:
    of = replace(review(study()), references=(reference("one-2020", notice="retracted"),))
    page = site(of)["index.html"].decode()
    assert "Retracted</strong>" in page
    assert "it no longer counts" in page


def test_an_empty_review_still_makes_a_whole_page() -> None:
    files = site(review())
    assert b"No study bears on a claim yet." in files["index.html"]
    assert files["figures/evidence-map.svg"].startswith(b"<svg")

"""Outside text is hostile: wherever it lands, it is read and never acts."""

import csv
import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import DAY, WORDS, claim, product, protocol, reference, review, study
from evidermis.evidence.inert import clean, link, written_table
from evidermis.pipeline import concluded as appraise
from evidermis.pipeline import links_of, synthesised
from evidermis.publishing import publish

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'></title></svg></style>"
FORMULA = '=cmd|" /C calc"!A0'
TURNED = "safe\u202egnp.exe\u2066\u200f"
EMOJI = "🧴 👩🏽\u200d🔬 skin"
ALL = (SCRIPT, FORMULA, TURNED, EMOJI)


@pytest.fixture(scope="module", params=ALL, ids=["script", "formula", "turned", "emoji"])
def hostile(request: pytest.FixtureRequest) -> tuple[str, dict[str, bytes]]:
    bad: str = request.param
    of = review(
        study("one-2020", label=bad, title=bad, note=bad),
        protocol=protocol(claim(text=bad), title=bad, unchecked=(bad,)),
        products=(product(brand=bad, note=bad),),
        references=(reference("one-2020", title=bad, authors=(bad,), url="javascript:alert(1)"),),
    )
    return bad, publish(
        of, appraise(of, WORDS), synthesised(of, WORDS), links_of(of), WORDS, made_by="evidermis test", today=DAY
    )


def test_nothing_acts_in_the_page(hostile: tuple[str, dict[str, bytes]]) -> None:
    text = hostile[1]["index.html"].decode("utf-8")
    assert re.findall(r"<script[^>]*>", text) == ['<script type="application/ld+json">', "<script>"]
    assert text.count("</script") == 2
    assert "<img" not in text
    assert 'href="javascript:' not in text
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200f]", text)


def test_what_can_be_read_is_shown(hostile: tuple[str, dict[str, bytes]]) -> None:
    text = hostile[1]["index.html"].decode("utf-8")
    assert {SCRIPT: "&lt;script&gt;", FORMULA: "=cmd|", TURNED: "safegnp.exe", EMOJI: EMOJI}[hostile[0]] in text


def test_pictures_stay_well_formed_and_without_script(hostile: tuple[str, dict[str, bytes]]) -> None:
    for name, content in hostile[1].items():
        if name.endswith(".svg"):
            tags = {one.tag.rpartition("}")[2] for one in ET.fromstring(content.decode("utf-8")).iter()}
            assert not tags & {"script", "foreignObject", "image", "a", "use"}


def test_no_cell_of_a_table_is_a_formula(hostile: tuple[str, dict[str, bytes]]) -> None:
    for name, content in hostile[1].items():
        if name.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8"))) for cell in row]
            assert not [c for c in cells if c.startswith(("=", "+", "@", "\t", "\r")) or re.match(r"-[^0-9.]", c)]


def test_review_json_keeps_the_text_itself_but_nothing_that_turns_it(hostile: tuple[str, dict[str, bytes]]) -> None:
    content = hostile[1]["review.json"].decode("utf-8")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200f]", content)
    assert json.loads(content)["title"] == hostile[0]


@given(st.text())
def test_cleaning_leaves_nothing_that_acts_and_is_done_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", once)


@given(st.text())
def test_a_text_cell_never_starts_a_formula(text: str) -> None:
    (row,) = list(csv.reader(io.StringIO(written_table(("a",), [(text,)]).decode("utf-8"), newline="")))[1:] or [[""]]
    assert not "".join(row).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_stays_a_number(number: float) -> None:
    assert float(written_table(("a",), [(number,)]).decode("utf-8").splitlines()[1]) == number


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "java\nscript:x", " vbscript:x", "//x", "file:///etc", 'https://a"b'],
)
def test_an_address_that_could_act_is_no_link(url: str) -> None:
    assert link(url) == ""


@pytest.mark.parametrize("url", ["https://example.org/a?b=c&d#e", "mailto:a@example.org", "http://example.org"])
def test_a_plain_address_is_a_link(url: str) -> None:
    assert link(url) == url


def test_a_contact_that_could_act_is_printed_and_no_link() -> None:
    of = review()
    of = replace(of, protocol=replace(of.protocol, contact=replace(of.protocol.contact, url="javascript:alert(1)")))
    page = publish(of, appraise(of, WORDS), synthesised(of, WORDS), links_of(of), WORDS, made_by="t", today=DAY)[
        "index.html"
    ].decode()
    assert 'href="javascript:' not in page
    assert "javascript:alert(1)" in page

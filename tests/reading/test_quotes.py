"""Every value carries words that stand in the record, at the place it names."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidermis.evidence.record import Record, Section
from evidermis.reading import Quote, bundled_reader, facts_as_json, fields_of

READER = bundled_reader()
PIECES = [
    "Forty-two women were randomised to serum (n = 21) or vehicle (n = 21).",
    "A split-face, double-blind trial of 25 patients.",
    "Mice were injected; HaCaT cells were cultured in vitro.",
    "P < 0.01 versus baseline (95% CI 1.2-3.4).",
    "İstanbul ﬁbroblasts ₃₇ °C ½ face Σ",
    "\u0000\u202e<script>=cmd|' /C calc'!A0",
    "A 41-year-old man presented with (n = 3) nodules.",
]


def quotes_in(value: object) -> list[dict]:
    if isinstance(value, dict):
        inner = [quote for part in value.values() for quote in quotes_in(part)]
        return [value, *inner] if "quote" in value else inner
    if isinstance(value, list):
        return [quote for part in value for quote in quotes_in(part)]
    return []


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=60), max_size=8), st.text(max_size=60))
def test_every_quote_stands_verbatim_at_its_place(pieces: list[str], title: str) -> None:
    record = Record(
        title=title, abstract=(Section(" ".join(pieces)),), source_id="1", publication_types=("Clinical Trial",)
    )
    texts = dict(fields_of(record))
    for found in quotes_in(json.loads(json.dumps(facts_as_json(READER.read(record))))):
        assert texts[found["field"]][found["start"] : found["end"]] == found["quote"] != ""


@settings(deadline=None)
@given(st.text(max_size=400))
def test_reading_never_fails_whatever_the_text(text: str) -> None:
    assert READER.read(Record(title=text, abstract=(Section(text, "RESULTS"),), source_id="1")).reader == "cues@2"


@given(st.text(max_size=200))
def test_the_same_record_reads_the_same(text: str) -> None:
    record = Record(title="A trial", abstract=(Section(text),), source_id="1")
    assert READER.read(record) == READER.read(record)


def test_a_quote_knows_its_field() -> None:
    facts = READER.read(Record(title="A randomised trial of 30 women", source_id="1"))
    assert facts.n_total is not None
    assert facts.n_total.quote == Quote("30 women", "title", 22, 30)


@pytest.mark.slow
@pytest.mark.parametrize(
    "shape",
    [
        "7",
        "12 ",
        "(",
        "(n = 12) ",
        "1±",
        "1,",
        "A (n = 12). ",
        "30 women received serum and 29 placebo. ",
        "p = 0.0",
        "median a ",
    ],
)
def test_a_text_of_one_shape_repeated_is_read_to_its_end(shape: str) -> None:
    """How the time grows is measured in `benchmarks/reading.py`; here such a text must only be survived with true quotes."""
    text = (shape * (80_000 // len(shape) + 1))[:80_000]
    facts = READER.read(Record(title="", abstract=(Section(text),), source_id="1"))
    assert facts.n_total is None or facts.n_total.quote.text in text

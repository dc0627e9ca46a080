"""A record's canonical content: the same record, the same bytes, and back."""

import json
from dataclasses import asdict

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evidermis.evidence.record import Author, Identifier, Notice, Record, Section, record_of

# All of Unicode with half surrogate pairs, which some files hold.
TEXT = st.text(st.characters(), max_size=20)
NAMES = st.builds(Identifier, TEXT, TEXT)
RECORDS = st.builds(
    Record,
    title=TEXT,
    source=TEXT,
    year=st.none() | st.integers(0, 9999),
    authors=st.lists(st.builds(Author, TEXT, TEXT, TEXT, st.lists(TEXT, max_size=2).map(tuple)), max_size=2).map(tuple),
    abstract=st.lists(st.builds(Section, TEXT, TEXT), max_size=2).map(tuple),
    identifiers=st.lists(NAMES, max_size=2).map(tuple),
    notices=st.lists(st.builds(Notice, st.sampled_from(["none", "retracted"]), st.lists(NAMES, max_size=1).map(tuple)), max_size=1).map(tuple),
    labels=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
)  # fmt: skip


@given(RECORDS)
@example(Record("half a pair: \ud800", labels=(("a", "\x00\x7f\u2028"),)))
def test_the_content_is_json_with_its_keys_in_order(record: Record) -> None:
    plain = json.dumps(asdict(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert record.canonical == plain.encode("utf-8", "surrogatepass")


@given(RECORDS)
@example(Record("half a pair: \ud800"))
def test_the_content_gives_the_record_back(record: Record) -> None:
    assert record_of(record.canonical) == record


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"title": 1}',
        b'{"source": "no title"}',
        b'{"title": "a"',
        b'{"title": "\xed\xa0\x80", "year": "x"}',
    ],
)
def test_what_is_no_record_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="no record"):
        record_of(content)

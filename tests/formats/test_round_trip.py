"""Reading what was written gives the same record, whatever the record says."""

import gzip

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from evidermis import formats
from evidermis.evidence.record import Author, Heading, Identifier, Notice, Record, Section

TEXT = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["TY  - JOUR", "PMID- 1", "}@article{x,", '"', "a\nER  - \nb", "=1+1", "\0", "{{", "\\", "a, b; c and d", "\ue000the end"]),
)  # fmt: skip
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
NAMES = st.builds(Identifier, st.sampled_from(["doi", "pmid", "pmcid", "issn", "nct"]), TEXT)
RECORDS = st.builds(
    Record,
    title=TEXT,
    source=TEXT,
    source_id=TEXT,
    kind=st.sampled_from(["article", "preprint", "registration", "notice", "chapter", "other"]),
    authors=st.lists(st.builds(Author, TEXT, TEXT, TEXT, TEXTS), max_size=3).map(tuple),
    journal=TEXT,
    year=st.none() | st.integers(1, 3000),
    date=st.sampled_from(["", "2020", "2020-09", "2020-09-18"]),
    pages=TEXT,
    abstract=st.lists(st.builds(Section, TEXT, TEXT), max_size=3).map(tuple),
    identifiers=st.lists(NAMES, max_size=3).map(tuple),
    headings=st.lists(st.builds(Heading, TEXT, TEXTS, st.booleans()), max_size=2).map(tuple),
    substances=TEXTS,
    keywords=TEXTS,
    registrations=TEXTS,
    notices=st.lists(st.builds(Notice, st.sampled_from(["corrected", "retracted"]), st.just(()), TEXT, TEXT), max_size=2).map(tuple),
    notes=TEXTS,
    labels=st.lists(st.tuples(TEXT, TEXT) | st.just(("included", "1")), max_size=2).map(tuple),
)  # fmt: skip


@pytest.mark.parametrize("form", sorted(formats.WRITERS))
@given(records=st.lists(RECORDS, min_size=1, max_size=3))
@settings(deadline=None, max_examples=25, phases=[Phase.explicit, Phase.generate])
def test_reading_what_was_written_gives_the_same_records(form: str, records: list[Record]) -> None:
    text = formats.write(records, form)
    assert list(formats.read(text.encode(), form=form)) == records


@pytest.mark.parametrize("form", sorted(formats.WRITERS))
def test_the_format_of_what_was_written_is_detected(form: str) -> None:
    records = [
        Record(title="Serum on cheeks", source_id="7", authors=(Author("Doe", "Jane"),), journal="J Skin", year=2020)
    ]
    text = formats.write(records, form)
    assert formats.detected_format(text.encode()) == form
    assert list(formats.read(gzip.compress(text.encode()))) == records


@pytest.mark.parametrize("form", sorted(formats.WRITERS))
def test_a_second_writing_is_the_same_to_the_byte(form: str) -> None:
    records = [Record(title="A", source_id="1", notes=("n",), labels=(("included", "0"),))]
    text = formats.write(records, form)
    assert formats.write([r for r in formats.read(text.encode()) if isinstance(r, Record)], form) == text


def test_an_edit_in_another_tool_wins_over_what_was_carried_along() -> None:
    text = formats.write([Record(title="Old", source="pubmed", source_id="1", abstract=(Section("x", "AIM"),))], "ris")
    (read,) = formats.read(text.replace("AB  - AIM: x", "AB  - Mended").encode())
    assert isinstance(read, Record)
    assert read.abstract == (Section("Mended"),)
    assert read.source == "pubmed"


def test_labels_stand_where_screening_tools_look_for_them() -> None:
    record = Record(title="A", labels=(("included", "1"), ("included:Ann", "0")))
    text = formats.write([record], "ris")
    assert "N1  - ASReview_relevant\n" in text
    assert 'N1  - RAYYAN-INCLUSION: {"Ann"=>"Excluded"}\n' in text


def test_a_cell_never_begins_a_formula() -> None:
    text = formats.write([Record(title='=HYPERLINK("x")', source_id="@1")], "csv")
    assert "'=HYPERLINK" in text
    assert "\n'@1," in text


@pytest.mark.parametrize("form", formats.WRITERS)
def test_what_was_written_is_known_by_its_content_however_little_it_says(form: str) -> None:
    record = Record(title="A serum on skin", kind="other")
    text = formats.write([record], form).encode()
    assert formats.detected_format(text) == form
    assert list(formats.read(text)) == [record]


@pytest.mark.parametrize("form", ["bibtex", "csl", "nbib", "ris"])
def test_labels_are_written_as_keywords_too_and_read_as_labels_alone(form: str) -> None:
    record = Record(title="A serum", keywords=("skin",), labels=(("included", "1"), ("included:Ann", "0")))
    text = formats.write([record], form)
    keywords = [
        line for line in text.split("\n") if line.strip().startswith(("KW  - ", "OT  - ", "keywords", '"keyword"'))
    ]
    assert any("relevant" in line for line in keywords)
    assert any("Excluded" in line for line in keywords)
    (again,) = formats.read(text.encode())
    assert again == record

"""One record a report: nothing that any source told of identity or notices is lost, and what is taken is named."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from evidermis.evidence.record import Identifier, Notice, Record, Section
from evidermis.linkage import report_record

FULL = Record(
    title="Serum", source="pubmed", source_id="1", journal="J Skin", year=2024, volume="3", pages="1-9",
    identifiers=(Identifier("pmid", "1"),), language="eng", publication_types=("Journal Article",),
)  # fmt: skip
OTHER = Record(
    title="SERUM", source="europepmc", source_id="MED/1", abstract=(Section("Ten people."),), identifiers=(Identifier("doi", "10.5555/a"),),
)  # fmt: skip
THIRD = Record(
    title="Serum", source="crossref", source_id="10.5555/a", abstract=(Section("Ten"),), notices=(Notice("retracted"),)
)


def test_a_missing_abstract_is_taken_from_another_source_which_is_named() -> None:
    one = report_record([FULL, OTHER])
    assert (one.title, one.abstract, one.source_id) == ("Serum", OTHER.abstract, "1")
    assert "abstract from europepmc MED/1" in one.notes
    assert "one report of europepmc MED/1, pubmed 1" in one.notes


def test_a_record_that_lacks_nothing_is_left_as_it_is() -> None:
    assert report_record([FULL]) == FULL


def test_a_place_is_never_put_together_from_two_journals() -> None:
    bare = replace(
        FULL, journal="", volume="", abstract=(Section("x"),), keywords=("a",), headings=(), url="u", publisher="p"
    )
    one = report_record([bare, replace(THIRD, journal="Skin J", issue="2")])
    assert (one.journal, one.volume, one.issue, one.pages) == ("Skin J", "", "2", "")


@given(
    st.lists(st.sampled_from([FULL, OTHER, THIRD, replace(OTHER, source="x"), replace(THIRD, source_id="")]), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_order_never_matters_and_no_identity_or_notice_is_lost(records: list[Record], dice) -> None:
    one = report_record(records)
    mixed = list(records)
    dice.shuffle(mixed)
    assert report_record(mixed) == one
    assert set(one.identifiers) == {i for r in records for i in r.identifiers}
    assert set(one.notices) == {n for r in records for n in r.notices}
    assert bool(one.abstract) == any(r.abstract for r in records)

"""Which reports are one study, which studies one family: with the reasons."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidermis.evidence.record import Author, Identifier, Notice, Record
from evidermis.linkage import ReportFacts, StudyFacts, evidence_families, linked_studies

SEOUL = tuple(Author(f"Name{i}", "AB") for i in range(4))


def record(title: str, kind: str = "article", number: str = "", authors: tuple[Author, ...] = ()) -> Record:
    identifiers = (Identifier("nct", number),) if number else ()
    return Record(title=title, kind=kind, authors=authors, identifiers=identifiers)


def test_an_article_its_registration_and_its_preprint_are_one_study() -> None:
    reports = [
        ReportFacts(
            "article", record("A leaf vesicle product on healthy skin over 28 days (NCT00000001)", authors=SEOUL), 20
        ),
        ReportFacts("registration", record("Leaf vesicles, a study", "registration", "NCT00000001")),
        ReportFacts("preprint", record("Leaf vesicles on healthy skin: 28 days of use", "preprint", authors=SEOUL), 20),
        ReportFacts("stranger", record("Retinol and wrinkles in adults", authors=(Author("Other", "X"),)), 20),
    ]
    clusters, links = linked_studies(reports)
    assert set(clusters) == {("article", "preprint", "registration"), ("stranger",)}
    assert all(link.reasons for link in links)
    assert any("NCT00000001" in reason for link in links for reason in link.reasons)


def test_reports_of_other_people_are_not_one_study() -> None:
    title = "Vesicles with microneedling for ageing skin"
    one = ReportFacts("a", record(title, authors=SEOUL), people=28)
    other = ReportFacts("b", record(title + ": a second trial", authors=SEOUL), people=60)
    assert linked_studies([one, other])[0] == (("a",), ("b",))


def test_a_study_link_undone_by_a_person_stays_undone() -> None:
    one = ReportFacts("a", record("x", number="NCT00000001"))
    other = ReportFacts("b", record("y", number="NCT00000001"))
    assert linked_studies([one, other])[0] == (("a", "b"),)
    assert linked_studies([one, other], apart=[("b", "a")])[0] == (("a",), ("b",))


def test_trials_of_one_makers_material_by_shared_authors_are_one_family() -> None:
    names = frozenset({"Kwon HH", "Park GH", "Yang SH"})
    trials = [
        StudyFacts("scars", "Scars 2020", names, "Maker"),
        StudyFacts("spots", "Spots 2020", names | {"Cho BS"}, "Maker"),
        StudyFacts("ageing", "Ageing 2023", names),
        StudyFacts("alone", "Alone 2024", frozenset({"Meyer R"}), "Another"),
    ]
    families = {family.studies: family.reasons for family in evidence_families(trials)}
    assert set(families) == {("ageing", "scars", "spots"), ("alone",)}
    assert families[("alone",)] == ()
    assert any("material of one maker" in reason for reason in families[("ageing", "scars", "spots")])
    assert any("3 shared authors" in reason for reason in families[("ageing", "scars", "spots")])


def test_two_reports_of_56_people_of_one_platelet_material_are_likely_one_cohort() -> None:
    one = StudyFacts("six-weeks", "Six weeks", maker="Rion", people=56, material="human-platelet")
    other = StudyFacts("histology", "Histology", maker="Rion", people=56, material="human-platelet")
    (family,) = evidence_families([one, other])
    assert any("likely the same people: 56 in both" in reason for reason in family.reasons)


facts = st.builds(
    StudyFacts,
    key=st.from_regex(r"[a-h]", fullmatch=True),
    label=st.just("Study"),
    authors=st.frozensets(st.sampled_from(("A B", "C D", "E F", "G H")), max_size=3),
    maker=st.sampled_from(("", "One", "Two")),
    people=st.sampled_from((None, 20, 30)),
)


@given(st.lists(facts, max_size=7, unique_by=lambda f: f.key), st.integers(0, 10**6))
def test_families_part_the_studies_and_order_never_matters(studies: list[StudyFacts], seed: int) -> None:
    families = evidence_families(studies)
    assert sorted(s for family in families for s in family.studies) == sorted(s.key for s in studies)
    other = list(studies)
    Random(seed).shuffle(other)
    assert evidence_families(other) == families


def linked(*records: Record) -> dict[tuple[str, str], bool]:
    _, links = linked_studies([ReportFacts(f"r{n}", one) for n, one in enumerate(records)])
    return {(link.one, link.other): link.made for link in links}


WORK = Record(
    title="A serum for the cheek in ten people", identifiers=(Identifier("pmid", "11"), Identifier("doi", "10.5555/a"))
)
ELSE = Record(
    title="Peels of the back of the hand", identifiers=(Identifier("pmid", "22"), Identifier("doi", "10.5555/b"))
)


@pytest.mark.parametrize(
    "note",
    [
        "ErratumFor: J Skin. 2020;1:1 PMID: 11",
        "RetractionOf: J Skin. 2020;1:1 PMID: 11",
        "Expression of concern for: J Skin PMID: 11",
        "retraction of 10.5555/A",
        "UpdateOf: bioRxiv. 2020 PMID: 11",
        "Results in: Doe J. A serum. PMID: 11",
    ],
)
def test_what_names_a_work_is_of_its_study(note: str) -> None:
    assert linked(Record(title="Erratum", kind="notice", notes=(note,)), WORK, ELSE) == {("r0", "r1"): True}


def test_a_work_that_names_its_notice_is_linked_where_the_titles_agree_and_else_proposed() -> None:
    notice = Identifier("pmid", "33")
    work = replace(WORK, notices=(Notice("retracted", (notice,)),))
    named = Record(title=f"Retraction: {WORK.title}", kind="notice", identifiers=(notice,))
    assert linked(work, named) == {("r0", "r1"): True}
    assert linked(work, replace(named, title="Withdrawn abstracts")) == {("r0", "r1"): False}


def test_a_notice_about_several_works_makes_them_no_one_study() -> None:
    both = Record(
        title="Withdrawn abstracts", kind="notice", notes=("retraction of 10.5555/a", "retraction of 10.5555/b")
    )
    assert linked(both, WORK, ELSE) == {("r0", "r1"): False, ("r0", "r2"): False}


@pytest.mark.parametrize(
    "note", ["CommentOn: J Skin. 2020;1:1 PMID: 11", "CommentIn: J Skin PMID: 11", "See also PMID: 11"]
)
def test_a_comment_is_a_work_of_its_own(note: str) -> None:
    assert linked(Record(title="Letter", notes=(note,)), WORK) == {}

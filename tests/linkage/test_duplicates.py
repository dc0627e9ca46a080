"""Which records are one publication: properties of every clustering, and the pairs that must be told apart."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidermis.evidence.record import Author, Identifier, Record
from evidermis.linkage import Reports, duplicate_reports

TITLES = (
    "Topical vesicles for dark spots of the face: a split-face trial",
    "Vesicles after fractional laser for sunken acne scars",
    "Conditioned medium with microneedling for skin brightness",
    "Snail mucin and the barrier of dry skin in winter",
)
BASE = Record(
    title=TITLES[0],
    authors=(Author("Kim", "Hana"), Author("Álvarez", "José"), Author("Nguyen", "Thi Lan")),
    journal="Journal of Cosmetic Dermatology",
    year=2021,
    volume="20",
    issue="4",
    pages="1123-1131",
)


def clusters(*records: Record, **judgements: object) -> int:
    return len(duplicate_reports([(str(i), r) for i, r in enumerate(records)], **judgements).clusters)


@st.composite
def records(draw: st.DrawFn) -> Record:
    title = draw(st.sampled_from(TITLES))
    changed = draw(st.sampled_from((title, title.upper(), f"[{title}]", f"{title}.", title.replace(":", " -"))))
    return replace(
        BASE,
        title=changed,
        year=draw(st.sampled_from((2020, 2021, 2022, None))),
        volume=draw(st.sampled_from(("20", "21", ""))),
        pages=draw(st.sampled_from(("1123-1131", "1123-31", "", "7-9"))),
        journal=draw(st.sampled_from((BASE.journal, "J Cosmet Dermatol", "Dermatology", ""))),
        authors=draw(
            st.sampled_from((BASE.authors, (Author("Kim H"), Author("Alvarez J")), (Author("Meyer", "Rolf"),), ()))
        ),
        identifiers=draw(st.sampled_from(((), (Identifier("doi", "10.1000/a1"),), (Identifier("doi", "10.1000/b2"),)))),
    )


def keyed(found: list[Record], tag: str = "") -> list[tuple[str, Record]]:
    return [(f"{tag}{i:03}", record) for i, record in enumerate(found)]


def together(found: Reports) -> set[frozenset[str]]:
    return {frozenset(cluster) for cluster in found.clusters}


@given(st.lists(records(), max_size=12))
def test_every_record_stands_in_exactly_one_cluster(found: list[Record]) -> None:
    listed = [key for cluster in duplicate_reports(keyed(found)).clusters for key in cluster]
    assert sorted(listed) == [key for key, _ in keyed(found)]


@given(st.lists(records(), max_size=12), st.integers(0, 10**6))
def test_order_never_matters(found: list[Record], seed: int) -> None:
    one, other = keyed(found), keyed(found)
    Random(seed).shuffle(other)
    assert duplicate_reports(one) == duplicate_reports(other)


@settings(max_examples=60)
@given(st.lists(records(), max_size=8))
def test_the_same_file_twice_gives_the_same_reports(found: list[Record]) -> None:
    once = together(duplicate_reports(keyed(found)))
    twice = together(duplicate_reports(keyed(found) + keyed(found, "again")))
    assert {frozenset(key for key in cluster if not key.startswith("again")) for cluster in twice} == once
    assert all(f"again{key}" in cluster for cluster in twice for key in cluster if not key.startswith("again"))


@given(st.lists(records(), max_size=10))
def test_a_record_of_another_subject_splits_no_cluster(found: list[Record]) -> None:
    stranger = Record(title="Retinal thickness of deep-sea fish under pressure", year=1999, pages="1-9", volume="3")
    before = together(duplicate_reports(keyed(found)))
    after = together(duplicate_reports([*keyed(found), ("stranger", stranger)]))
    assert after == before | {frozenset({"stranger"})}


@given(st.lists(records(), min_size=2, max_size=8))
def test_what_a_person_puts_apart_stays_apart(found: list[Record]) -> None:
    split = duplicate_reports(keyed(found), apart=[("000", "001")])
    assert not any({"000", "001"} <= set(cluster) for cluster in split.clusters)
    assert not any({doubt.one, doubt.other} == {"000", "001"} for doubt in split.doubts)


@given(st.lists(records(), min_size=2, max_size=8))
def test_what_a_person_puts_together_is_together(found: list[Record]) -> None:
    joined = duplicate_reports(keyed(found), together=[("001", "000")])
    assert any({"000", "001"} <= set(cluster) for cluster in joined.clusters)


SAME = {
    "another case, accents lost, an abbreviated journal": replace(
        BASE,
        title=TITLES[0].upper(),
        journal="J Cosmet Dermatol",
        authors=(Author("Kim H"), Author("Alvarez J"), Author("Nguyen TL")),
    ),
    "a note of language, short last page": replace(BASE, title=f"[{TITLES[0]}] [Korean]", pages="1123-31"),
    "mark-up and entities": replace(BASE, title=TITLES[0].replace("vesicles", "<i>vesicles</i>").replace(":", "&#58;")),
    "ahead of print": replace(BASE, year=2020, volume="", issue="", pages="1-9"),
    "nothing but title, authors and year": replace(BASE, journal="", volume="", issue="", pages=""),
    "a subtitle left out": replace(BASE, title="Topical vesicles for dark spots of the face"),
    "a translated title on the same pages": replace(
        BASE, title="Vesículas tópicas para manchas oscuras: ensayo de media cara"
    ),
    "one DOI, the rest badly written": Record(
        title="Topical vesicle for dark spot of face: split face trial", identifiers=(Identifier("doi", "10.1000/XYZ"),)
    ),
}
DIFFERENT = {
    "an erratum": replace(BASE, title=f"Erratum: {TITLES[0]}", pages="1500"),
    "a comment": replace(BASE, title=f"Comment on: {TITLES[0]}", pages="1501-1502", authors=(Author("Meyer", "Rolf"),)),
    "a reply on the next page": replace(BASE, title=f"{TITLES[0]}: reply", pages="1132-1133"),
    "a yearly report of the same title": replace(BASE, year=2024, volume="23", pages="15-30"),
    "the same letter in two journals": replace(BASE, journal="The Lancet", volume="397", pages="7-8", issue="1"),
    "other authors on the same subject": replace(
        BASE, authors=(Author("Meyer", "Rolf"),), pages="22-29", volume="9", journal="Dermatology Reports"
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_versions_of_one_publication_are_linked(name: str) -> None:
    first = replace(BASE, identifiers=(Identifier("doi", "10.1000/xyz"),)) if name.startswith("one DOI") else BASE
    found = duplicate_reports([("1", first), ("2", SAME[name])])
    assert len(found.clusters) == 1
    assert found.links[0].reasons


@pytest.mark.parametrize("name", DIFFERENT)
def test_works_beside_a_publication_stay_apart(name: str) -> None:
    assert clusters(BASE, DIFFERENT[name]) == 2


def test_parts_one_and_two_stay_apart() -> None:
    one = replace(BASE, title="Vesicles in dermatology. Part I: biology", pages="11-20")
    assert clusters(one, replace(one, title="Vesicles in dermatology. Part II: biology", pages="21-33")) == 2


def test_a_doubt_is_listed_and_not_linked() -> None:
    thesis = Record(
        title="Measuring the barrier of the skin with light",
        authors=(Author("Lemon", "Rick"),),
        year=2012,
        journal="Theses",
    )
    found = duplicate_reports([("1", thesis), ("2", replace(thesis, journal="", year=2011))])
    assert len(found.clusters) == 2
    assert [(doubt.one, doubt.other) for doubt in found.doubts] == [("1", "2")]


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="key of its own"):
        duplicate_reports([("1", BASE), ("1", BASE)])


@settings(max_examples=40)
@given(
    st.lists(
        st.builds(Record, title=st.text(max_size=60), journal=st.text(max_size=20), pages=st.text(max_size=9)),
        max_size=6,
    )
)
def test_any_text_is_survived(found: list[Record]) -> None:
    assert sum(map(len, duplicate_reports(keyed(found)).clusters)) == len(found)

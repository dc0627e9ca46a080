"""Both levels over a collection: each report whole in one study, the order of no account, what people undid undone."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from evidermis.evidence.record import Author, Record
from evidermis.linkage import PairJudgements, grouped
from records import record


def variants(number: int) -> list[tuple[str, Record]]:
    """An article in two databases, its preprint and its registration."""
    article = replace(record(number), registrations=(f"NCT{number:08}",))
    return [
        (f"{number}-a", article),
        (f"{number}-b", replace(article, source="embase", source_id="", title=article.title.upper())),
        (f"{number}-r", Record(title=f"Registered under {number}", kind="registration", registrations=(f"NCT{number:08}",))),
    ]  # fmt: skip


@given(numbers=st.sets(st.integers(0, 40), max_size=6), dice=st.randoms())
def test_every_key_stands_once_on_each_level_and_reports_are_whole_in_studies(numbers: set[int], dice: Random) -> None:
    records = [pair for number in sorted(numbers) for pair in variants(number)]
    found = grouped(records)
    assert sorted(key for keys in found.studies for key in keys) == sorted(key for key, _ in records)
    of = {key: place for place, keys in enumerate(found.studies) for key in keys}
    assert all(len({of[key] for key in cluster}) == 1 for cluster in found.reports.clusters)
    assert set(found.studies) == {(f"{n}-a", f"{n}-b", f"{n}-r") for n in numbers}
    dice.shuffle(records)
    assert grouped(records) == found


@given(numbers=st.sets(st.integers(0, 40), min_size=1, max_size=6))
def test_a_link_that_a_person_undid_stays_undone_on_its_level(numbers: set[int]) -> None:
    records = [pair for number in sorted(numbers) for pair in variants(number)]
    n = min(numbers)
    one, other, registration = f"{n}-a", f"{n}-b", f"{n}-r"
    publication = grouped(records, PairJudgements(not_one_publication=((one, other),)))
    assert not any({one, other} <= set(cluster) for cluster in publication.reports.clusters)
    assert any({one, other} <= set(study) for study in publication.studies)
    study = grouped(records, PairJudgements(not_one_study=((one, registration),)))
    assert not any({one, registration} <= set(keys) for keys in study.studies)


@given(
    numbers=st.lists(st.integers(0, 30), min_size=2, max_size=8, unique=True), more=st.sets(st.integers(31, 90), max_size=8)
)  # fmt: skip
def test_records_of_other_studies_never_split_one(numbers: list[int], more: set[int]) -> None:
    few = [pair for number in numbers for pair in variants(number)]
    many = few + [pair for number in more for pair in variants(number)]
    assert set(grouped(few).studies) <= set(grouped(many).studies)


def test_a_preprint_is_found_among_many_by_its_title_and_authors() -> None:
    names = tuple(Author(f"Name{i}", "AB") for i in range(5))
    title = "Lyophilised platelet vesicles fade melasma over ninety days in a split-face comparison"
    article = Record(title=title, authors=names)
    preprint = Record(title=f"{title}: preliminary report", kind="preprint", authors=names[:4])
    crowd = [(f"x{n}", record(n)) for n in range(300)]
    found = grouped([*crowd, ("article", article), ("preprint", preprint)])
    assert ("article", "preprint") in found.studies

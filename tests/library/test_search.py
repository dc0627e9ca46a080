"""Search finds records by their words, years and likeness."""

import datetime
from pathlib import Path

import pytest

from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import Author, Identifier, Record, Section
from evidermis.formats import write
from evidermis.review.bundle import write_starter
from evidermis.review.records.keeping import import_files, search_library
from records import file_of

DAY = datetime.date(2026, 11, 23)
RECORDS = [
    Record(title="Exosomes fade dark spots", year=2020, source_id="1", authors=(Author("Cho", "B"),), abstract=(Section("A split-face trial of serum against vehicle."),), identifiers=(Identifier("doi", "10.1/aa"),)),
    Record(title="Dark chocolate and mood", year=2015, source_id="2", abstract=(Section("Spots of colour were counted in a trial."),)),
    Record(title="Vesicles for wrinkles", year=2024, source_id="3", abstract=(Section("A split-face trial of another serum against vehicle, with dark photographs."),)),
]  # fmt: skip


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    write_starter(folder / "mine", DAY.isoformat())
    (folder / "a.ris").write_text(write(RECORDS, "ris"), encoding="utf-8")
    import_files(folder / "mine", [folder / "a.ris"], DAY)
    return folder / "mine"


def titles(review: Path, words: str, **told) -> list[str]:
    return [hit.record.title for hit in search_library(review, words, **told).hits]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("dark spots", [0, 1]),
        ('"dark spots"', [0]),
        ("title:dark NOT chocolate", [0]),
        ("wrinkle", [2]),
        ("author:cho OR wrinkles", [0, 2]),
        ("id:10.1/aa", None),
        ('id:"10.1/aa"', [0]),
        ("nothing of the kind", []),
    ],
)
def test_all_words_must_occur_with_phrases_fields_and_choices(
    review: Path, words: str, found: list[int] | None
) -> None:
    if found is not None:
        assert sorted(titles(review, words)) == sorted(RECORDS[i].title for i in found)


def test_a_word_in_the_title_says_more_than_one_in_the_abstract(review: Path) -> None:
    assert titles(review, "spots")[0] == "Exosomes fade dark spots"


def test_years_bound_what_is_found(review: Path) -> None:
    assert titles(review, "trial", years=(2016, 2021)) == ["Exosomes fade dark spots"]
    assert len(titles(review, "trial", years=(2015, 2024))) == 3


def test_more_like_this_leaves_the_record_itself_out(review: Path) -> None:
    (exosomes,) = search_library(review, "exosomes").hits
    assert titles(review, "", like=exosomes.digest[:12])[0] == "Vesicles for wrinkles"


@pytest.mark.parametrize("words", ["(", "foo:bar", "a AND", '"open', "title:", "[1 TO"])
def test_words_that_cannot_be_understood_are_bad_input_or_find_nothing(review: Path, words: str) -> None:
    try:
        titles(review, words)
    except BadInput as error:
        assert "fields are title" in str(error)


@pytest.mark.parametrize("like", ["", "zz", "ffffffffffff", "../x"])
def test_likeness_to_no_record_is_bad_input(review: Path, like: str) -> None:
    with pytest.raises(BadInput):
        search_library(review, "", like=like or "0" * 64)


def test_equal_scores_stand_in_the_same_order_whatever_came_first(tmp_path: Path) -> None:
    orders: list[list[str]] = []
    same = [Record(title="Serum", source_id=str(i)) for i in range(6)]
    for name, records in (("one", same), ("other", same[::-1])):
        write_starter(tmp_path / name, DAY.isoformat())
        (tmp_path / f"{name}.ris").write_text(write(records, "ris"), encoding="utf-8")
        import_files(tmp_path / name, [tmp_path / f"{name}.ris"], DAY)
        orders.append([hit.digest for hit in search_library(tmp_path / name, "serum", limit=3).hits])
    assert orders[0] == orders[1]


def test_a_folder_without_a_review_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no review here"):
        import_files(tmp_path, [file_of(tmp_path / "a.ris", [1])], DAY)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review with records written by hand beside the imported ones."""
    folder = tmp_path_factory.mktemp("both") / "mine"
    write_starter(folder, DAY.isoformat())
    written = [("cho-2020", "Exosomes brighten dark skin", 2020), ("roe-2024", "Exosome serum on wrinkles", 2024)]
    lines = [f'[[records]]\nid = "{id}"\ntitle = "{title}"\nyear = {year}\n' for id, title, year in written]
    (folder / "records").mkdir(exist_ok=True)
    (folder / "records/curated.toml").write_text("\n".join(lines), encoding="utf-8")
    (folder.parent / "a.ris").write_text(write(RECORDS, "ris"), encoding="utf-8")
    import_files(folder, [folder.parent / "a.ris"], DAY)
    return folder


def test_records_written_by_hand_are_found_and_told_apart(both: Path) -> None:
    found = search_library(both, "exosomes dark")
    assert [hit.record.source_id for hit in found.by_hand] == ["cho-2020"]
    assert [hit.record.title for hit in found.hits] == ["Exosomes fade dark spots"]
    assert (found.written, found.records) == (2, 3)


def test_years_and_the_limit_bound_the_hand_written_too(both: Path) -> None:
    assert [hit.record.source_id for hit in search_library(both, "exosomes", years=(2024, 2024)).by_hand] == [
        "roe-2024"
    ]
    assert len(search_library(both, "exosomes", limit=1).by_hand) == 1


def test_more_like_a_hand_written_record_is_looked_for_among_both(both: Path) -> None:
    found = search_library(both, "", like="cho-2020")
    assert [hit.record.source_id for hit in found.by_hand] == ["roe-2024"]
    assert found.hits[0].record.title == "Exosomes fade dark spots"


def test_a_fault_in_the_hand_written_records_is_told_with_its_place(tmp_path: Path) -> None:
    write_starter(tmp_path / "mine", DAY.isoformat())
    (tmp_path / "mine/records").mkdir(exist_ok=True)
    (tmp_path / "mine/records/curated.toml").write_text('[[records]]\nid = "a"\n', encoding="utf-8")
    with pytest.raises(BadInput, match=r"curated.toml:1"):
        search_library(tmp_path / "mine", "serum")

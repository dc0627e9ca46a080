"""The library holds what was imported, whatever the order, however often, and whatever became of `library.db`."""

import datetime
import gzip
import itertools
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from evidermis.evidence.errors import BadInput, Damaged
from evidermis.evidence.lineage import Made
from evidermis.library import Library, Work
from evidermis.library.failures import OURS, SPOILT, UNUSABLE
from evidermis.library.schema import MIGRATIONS, connected
from evidermis.review.bundle import write_starter
from evidermis.review.records.keeping import import_files, kept, opened_library
from records import file_of, record

DAY = datetime.date(2026, 11, 23)
FILES = st.lists(
    st.tuples(st.lists(st.integers(0, 12), min_size=1, max_size=6), st.sampled_from(["ris", "nbib", "csl", "csv", "bibtex"])),
    min_size=1,
    max_size=4,
)  # fmt: skip


def new_review(folder: Path) -> Path:
    write_starter(folder, DAY.isoformat())
    return folder


@pytest.fixture
def review(tmp_path: Path) -> Path:
    return new_review(tmp_path / "mine")


def exported(review: Path) -> bytes:
    with opened_library(review) as library:
        assert library.is_sound()
        return b"".join(library.export())


def written(folder: Path, files: Iterable[tuple[list[int], str]]) -> list[Path]:
    return [file_of(folder / f"{i}.{form}", numbers, form) for i, (numbers, form) in enumerate(files)]


@given(files=FILES, dice=st.randoms())
@settings(deadline=None, max_examples=8, phases=[Phase.explicit, Phase.generate])
def test_any_order_any_repetition_and_any_rebuilding_gives_the_same_content(files, dice) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        paths = written(folder, files)
        one, other = new_review(folder / "one"), new_review(folder / "other")
        import_files(one, paths, DAY)
        shuffled = [*paths, *paths]
        dice.shuffle(shuffled)
        for path in shuffled:
            import_files(other, [path], DAY)
        assert exported(one) == exported(other)
        for left in other.glob("library.*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        assert exported(one) == exported(other)


@given(files=FILES)
@settings(deadline=None, max_examples=6, phases=[Phase.explicit, Phase.generate])
def test_a_file_taken_out_of_records_leaves_as_if_it_had_never_come(files) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        first, *rest = written(folder, files)
        one, other = new_review(folder / "one"), new_review(folder / "other")
        gone, *_ = import_files(one, [first, *rest], DAY)
        import_files(other, rest, DAY)
        if gone.kept.name not in {path.name for path in (other / "records").iterdir()}:
            gone.kept.unlink()
            assert exported(one) == exported(other)


def test_every_record_reads_back_as_it_was_read_and_tells_its_payload(review: Path, tmp_path: Path) -> None:
    import_files(review, [file_of(tmp_path / "a.nbib", [1, 2], "nbib")], DAY)
    with opened_library(review) as library:
        found = {digest: one for _, digest, one in library.records()}
        assert set(found) == {record(1).digest, record(2).digest}
        assert all(one.digest == digest for digest, one in found.items())
        (payload,) = library.payloads()
        (made,) = library.made(record(1).digest)
        assert (made.stage, made.inputs) == ("read", (payload.digest,))


def test_half_a_surrogate_pair_in_a_file_is_kept(review: Path, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'[{"id": "1\\ud800", "title": "Serum \\ud800", "type": "article-journal"}]')
    import_files(review, [tmp_path / "a.json"], DAY)
    with opened_library(review) as library:
        assert library.is_sound()
        assert next(library.records())[2].title == "Serum \ud800"


def test_the_imported_file_is_kept_verbatim_and_named_by_source_date_and_content(review: Path, tmp_path: Path) -> None:
    small, large = file_of(tmp_path / "a.ris", [1]), file_of(tmp_path / "b.nbib", list(range(3000)), "nbib")
    kept_small, kept_large = (one.kept for one in import_files(review, [small, large], DAY))
    assert kept_small.read_bytes() == small.read_bytes()
    assert gzip.decompress(kept_large.read_bytes()) == large.read_bytes()
    assert kept_large.name.startswith("pubmed-2026-11-23-")
    assert kept_large.name.endswith(".nbib.gz")


def test_a_file_and_the_same_file_gzipped_are_one_import(review: Path, tmp_path: Path) -> None:
    plain = file_of(tmp_path / "a.ris", [1, 2])
    (tmp_path / "b.ris.gz").write_bytes(gzip.compress(plain.read_bytes()))
    told = import_files(review, [plain, tmp_path / "b.ris.gz"], DAY)
    assert [one.is_new for one in told] == [True, False]
    assert kept(review).records == 2


def test_the_date_of_an_import_stays_when_the_file_comes_again_later(review: Path, tmp_path: Path) -> None:
    file = file_of(tmp_path / "a.ris", [1])
    (first,) = import_files(review, [file], DAY)
    (again,) = import_files(review, [file], DAY + datetime.timedelta(days=7))
    assert (again.is_new, again.kept) == (False, first.kept)


def test_records_in_an_earlier_file_are_not_new(review: Path, tmp_path: Path) -> None:
    files = [file_of(tmp_path / "a.ris", [1, 2, 2]), file_of(tmp_path / "b.ris", [2, 3])]
    held = [one.held for one in import_files(review, files, DAY)]
    assert [one.records for one in held] == [3, 2]
    assert sum(one.new for one in held) == kept(review).records == 3


def test_where_one_file_cannot_be_read_none_is_imported(review: Path, tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(BadInput, match=r"b\.pdf"):
        import_files(review, [file_of(tmp_path / "a.ris", [1]), tmp_path / "b.pdf"], DAY)
    assert kept(review).files == 0


def test_an_entry_that_cannot_be_read_is_listed_with_its_place_and_the_rest_is_kept(
    review: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.ris").write_bytes(b"TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\nTI  - b\0\nER  - \n")
    (told,) = import_files(review, [tmp_path / "a.ris"], DAY)
    assert (told.held.records, told.held.left_out) == (1, 1)
    assert [(one.number, one.line) for one in kept(review).left_out] == [(2, 4)]


def test_a_file_without_a_single_readable_record_is_refused(review: Path, tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_bytes(b"TY  - JOUR\nTI  - b\0\nER  - \n")
    with pytest.raises(BadInput, match="no record that can be read"):
        import_files(review, [tmp_path / "a.ris"], DAY)


def test_a_record_that_its_source_withdraws_stays_and_is_told(review: Path, tmp_path: Path) -> None:
    pytest.importorskip("lxml")
    given_first = file_of(tmp_path / "a.nbib", [1, 2], "nbib")
    (tmp_path / "b.xml").write_text(
        "<PubmedArticleSet><DeleteCitation><PMID>10000001</PMID></DeleteCitation></PubmedArticleSet>"
    )
    for files in itertools.permutations([given_first, tmp_path / "b.xml"]):
        for file in files:
            import_files(review, [file], DAY)
        with opened_library(review) as library:
            assert library.withdrawn() == {record(1).digest}
        assert kept(review).records == 2


def test_derived_work_is_done_once_and_tells_its_lineage(tmp_path: Path) -> None:
    work = Work("count", 2, "as told", ("a" * 64,))
    done: list[int] = []

    def make() -> bytes:
        done.append(1)
        return b"42"

    with Library(tmp_path / "library.db") as library:
        assert library.derived(work, make) == b"42"
    with Library(tmp_path / "library.db") as library:
        assert library.derived(work, make) == b"42"
        value = "73475cb40a568e8da8a045ced110137e159f890ac4da883b6b17dc651b3a8049"  # SHA-256 of "42"
        assert library.made(value) == (Made(value, "count", 2, "as told", ("a" * 64,)),)
    assert done == [1]


def test_work_that_fails_leaves_no_trace(tmp_path: Path) -> None:
    work = Work("count", 1, "", ())
    with Library(tmp_path / "library.db") as library:
        with pytest.raises(ZeroDivisionError):
            library.derived(work, lambda: bytes(1 // 0))
        assert library.made_by(work) is None


@pytest.mark.parametrize("version", range(len(MIGRATIONS) + 1))
def test_a_library_of_any_version_becomes_one_of_today(tmp_path: Path, monkeypatch, version: int) -> None:
    def tables(path: Path) -> list[tuple[str, str]]:
        opened = connected(path)
        try:
            return opened.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        finally:
            opened.close()

    with monkeypatch.context() as then:
        then.setattr("evidermis.library.schema.MIGRATIONS", MIGRATIONS[:version])
        connected(tmp_path / "old.db").close()
    assert tables(tmp_path / "old.db") == tables(tmp_path / "new.db")


def test_a_library_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    opened = connected(tmp_path / "library.db")
    opened.execute("PRAGMA user_version = 999")
    opened.close()
    with pytest.raises(BadInput, match="newer evidermis"):
        Library(tmp_path / "library.db")


@pytest.mark.parametrize("at", [0, 20, 5000])
def test_a_damaged_file_is_told_as_damaged(review: Path, tmp_path: Path, at: int) -> None:
    import_files(review, [file_of(tmp_path / "a.ris", list(range(40)))], DAY)
    path = review / "library.db"
    content = path.read_bytes()
    path.write_bytes(content[:at] + b"\xff" * 9000 + content[at + 9000 :])
    with pytest.raises(Damaged, match="is rebuilt"), opened_library(review) as library:
        list(library.export())


def test_every_code_of_sqlite_has_its_place_in_the_table() -> None:
    # The primary result codes that are failures, https://sqlite.org/rescode.html
    codes = (
        "ABORT AUTH BUSY CANTOPEN CONSTRAINT CORRUPT EMPTY ERROR FORMAT FULL INTERNAL INTERRUPT IOERR LOCKED MISMATCH"
        " MISUSE NOLFS NOMEM NOTADB NOTFOUND NOTICE PERM PROTOCOL RANGE READONLY SCHEMA TOOBIG WARNING"
    )
    placed = [*OURS, *SPOILT, *UNUSABLE]
    assert sorted(placed) == sorted(f"SQLITE_{code}" for code in codes.split())

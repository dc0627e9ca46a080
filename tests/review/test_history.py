"""What was published can be published again, whatever happened to the folder since."""

import datetime
import json
import shutil
from pathlib import Path

import pytest

from evidermis.evidence.errors import BadInput
from evidermis.review.bundle import copy_bundled, write_starter
from evidermis.review.living.comparing import compared
from evidermis.review.living.history import History
from evidermis.review.running import publish_again, publish_review

DAY = datetime.date(2026, 11, 23)


def later(days: int) -> datetime.date:
    return DAY + datetime.timedelta(days=days)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small"
    write_starter(path, DAY.isoformat())
    return path


def reword(folder: Path, old: str, new: str) -> None:
    file = folder / "review.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, dict[str, bytes]]]:
    """The bundled review published on four days: as it is, without a trial, with a retraction, and as it was at first."""
    path = tmp_path_factory.mktemp("grown") / "exosomes"
    copy_bundled("exosomes", path)
    was = (path / "studies" / "cho-2020.toml").read_bytes()
    pages = {0: published(path, 0)}
    (path / "studies" / "cho-2020.toml").unlink()
    reword(path, "included_studies = 44", "included_studies = 43")
    pages[10] = published(path, 10)
    (path / "notices.csv").write_text("doi,nature\n10.1111/jocd.15872,Retraction\n", encoding="utf-8")
    pages[20] = published(path, 20)
    (path / "notices.csv").unlink()
    (path / "studies" / "cho-2020.toml").write_bytes(was)
    reword(path, "included_studies = 43", "included_studies = 44")
    pages[30] = published(path, 30)
    return path, pages


def published(path: Path, days: int) -> dict[str, bytes]:
    return contents(publish_review(path, later(days)).site)


@pytest.mark.parametrize("days", [0, 10, 20, 30])
def test_an_earlier_page_is_made_again_to_the_byte(
    days: int, grown: tuple[Path, dict[int, dict[str, bytes]]], tmp_path: Path
) -> None:
    path, pages = grown
    again = publish_again(path, str(later(days + 3)), tmp_path / "then")
    assert again.is_same
    assert contents(tmp_path / "then") == pages[days]
    assert contents(path / "site") == pages[30]


def test_a_study_taken_out_and_put_back_leaves_the_conclusions_as_they_were(
    grown: tuple[Path, dict[int, dict[str, bytes]]],
) -> None:
    path, _ = grown
    first, *_, last = History(path).publications
    assert first.snapshot == last.snapshot
    assert compared(f"{path}@{first.version}", f"{path}@{last.version}", later(40)).is_empty


def test_the_page_tells_each_version_and_what_caused_it(grown: tuple[Path, dict[int, dict[str, bytes]]]) -> None:
    text = grown[1][30]["index.html"].decode("utf-8")
    versions = [one.version for one in History(grown[0]).publications]
    assert versions == ["1.0.0", "1.1.0", "1.2.0", "1.3.0"]
    assert all(f'id="version:{version}"' in text for version in versions)
    assert "was retracted" in text
    assert "the retraction of" in text


def test_a_difference_to_a_retraction_names_it_as_the_cause(grown: tuple[Path, dict[int, dict[str, bytes]]]) -> None:
    found = compared(f"{grown[0]}@1.1.0", f"{grown[0]}@1.2.0", later(40))
    causes = {(c.part, c.how) for one in found.conclusions for a in one.aspects for c in a.causes}
    assert causes == {("record:park-2023", "retraction")}


def test_publishing_without_news_keeps_nothing(small: Path) -> None:
    publish_review(small, DAY)
    before = contents(small)
    publish_review(small, DAY)
    publish_review(small, later(2))
    assert contents(small) == before


def test_a_page_that_turns_late_is_kept_under_the_same_version(small: Path) -> None:
    publish_review(small, DAY)
    late = publish_review(small, later(91))
    assert late.version == "0.1.0"
    assert [one.version for one in History(small).publications] == ["0.1.0", "0.1.0"]
    assert publish_again(small, str(later(90)), small / "a").is_same
    assert publish_again(small, str(later(91)), small / "b").is_same
    assert contents(small / "a") != contents(small / "b")


def test_a_correction_raises_the_patch_number_and_a_new_claim_the_minor_one(small: Path) -> None:
    publish_review(small, DAY)
    reword(small, 'population = "adults who use skincare"', 'population = "adults"')
    assert publish_review(small, later(1)).version == "0.1.1"
    claim = '[[claims]]\nid = "wrinkles"\ntext = "It smooths wrinkles"\noutcomes = ["wrinkles"]\n\n[[claims]]\nid = "dark-spots"'
    reword(small, '[[claims]]\nid = "dark-spots"', claim)
    assert publish_review(small, later(2)).version == "0.2.0"


def test_a_line_that_a_power_cut_broke_off_is_written_over(small: Path) -> None:
    publish_review(small, DAY)
    log = small / "history" / "publications.jsonl"
    whole = log.read_bytes()
    log.write_bytes(whole + b'{"day": "2026-')
    assert len(History(small).publications) == 1
    reword(small, 'population = "adults who use skincare"', 'population = "adults"')
    publish_review(small, later(1))
    assert log.read_bytes().startswith(whole)
    assert [one.number for one in History(small).publications] == [1, 2]


@pytest.mark.parametrize("harm", ["object changed", "object gone", "line changed", "line gone"])
def test_a_history_that_was_tampered_with_is_refused_and_says_where(harm: str, small: Path) -> None:
    publish_review(small, DAY)
    reword(small, 'population = "adults who use skincare"', 'population = "adults"')
    publish_review(small, later(1))
    log = small / "history" / "publications.jsonl"
    first, second = log.read_text(encoding="utf-8").splitlines(keepends=True)
    files = json.loads(second)["files"]
    place = small / "history" / "objects" / files[:2] / files[2:]
    if harm == "object changed":
        place.write_bytes(b"{}")
    elif harm == "object gone":
        place.unlink()
    elif harm == "line changed":
        log.write_text(first.replace('"weight": "none"', '"weight": "major"') + second, encoding="utf-8")
    else:
        log.write_text(second, encoding="utf-8")
    with pytest.raises(BadInput, match="history/ back from a copy"):
        publish_again(small, "0.1.1", small / "then")


def test_an_earlier_page_is_never_written_over_a_review(small: Path) -> None:
    publish_review(small, DAY)
    before = contents(small)
    with pytest.raises(BadInput, match="which would be lost"):
        publish_again(small, "0.1.0", small)
    assert contents(small) == before
    publish_again(small, "0.1.0", small.parent / "then")
    assert publish_again(small, "0.1.0", small.parent / "then").is_same


def test_what_was_never_published_is_told_with_what_was(small: Path) -> None:
    with pytest.raises(BadInput, match="nothing has been published yet"):
        publish_again(small, "1.0.0")
    publish_review(small, DAY)
    with pytest.raises(BadInput, match=r"published were 0\.1\.0 on 2026-11-23"):
        publish_again(small, "2020-01-01")


def test_a_history_that_leads_out_of_the_folder_is_refused(small: Path) -> None:
    publish_review(small, DAY)
    history = History(small)
    (one,) = history.publications
    hostile = history.files(one) | {"../outside.toml": b""}
    history.add(one, history.snapshot(one), None, hostile)
    with pytest.raises(BadInput, match="leads out of the review"):
        publish_again(small, "0.1.0", small / "then")


def test_two_folders_can_be_compared(small: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(small, other)
    assert compared(str(small), str(other), DAY).is_empty
    reword(other, 'outcomes = ["pigment"]', 'outcomes = ["pigment", "wrinkles"]')
    (changed,) = compared(str(small), str(other), DAY).conclusions
    assert changed.kinds == ("scope",)

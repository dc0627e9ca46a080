"""`evidermis export`: files that others read, and no flow whose numbers do not add up."""

import csv
import io
import json
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from commands import evidermis
from evidermis.formats import read
from evidermis.review.bundle import copy_bundled


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exports")
    copy_bundled("exosomes", path / "exosomes")
    evidermis("export", "exosomes", "--output", "out", cwd=path)
    return path / "out"


def test_the_prisma_table_tells_the_flow_of_the_folder(exports: Path) -> None:
    rows = csv.DictReader(io.StringIO((exports / "prisma.csv").read_text(encoding="utf-8")))
    told = {row["data"]: row["n"] for row in rows if row["data"] != "NA"}
    assert (told["database_results"], told["register_results"]) == ("61", "5")
    assert (told["records_screened"], told["records_excluded"]) == ("66", "14")
    assert (told["total_studies"], told["total_reports"], told["previous_studies"]) == ("44", "47", "0")
    assert told["dbr_excluded"].endswith("retracted, 1")


def test_numbers_that_do_not_add_up_stop_the_export_with_status_1(tmp_path: Path) -> None:
    copy_bundled("exosomes", tmp_path / "exosomes")
    curated = tmp_path / "exosomes" / "records" / "curated.toml"
    more = '\n[[records]]\nid = "another"\ntitle = "Another record"\n'
    curated.write_text(curated.read_text(encoding="utf-8") + more, encoding="utf-8")
    done = evidermis("export", "exosomes", "--output", "out", cwd=tmp_path, status=1)
    assert "identified is 66, but the folder holds 67 records" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_later_retraction_can_be_taken_into_the_prisma_numbers_and_then_they_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "exosomes"
    copy_bundled("exosomes", folder)
    (folder / "notices.csv").write_text("doi,nature\n10.1111/jocd.15872,Retraction\n", encoding="utf-8")
    done = evidermis("export", "exosomes", "--output", "out", "--only", "prisma", cwd=tmp_path, status=1)
    assert "included studies is 44, but the folder holds 43 included studies" in done.stderr
    protocol = folder / "review.toml"
    text = protocol.read_text(encoding="utf-8")
    for was, now in (
        ("studies = 44", "studies = 43"),
        ("reports = 47", "reports = 46"),
        ('"retracted", n = 1', '"retracted", n = 2'),
    ):
        assert was in text
        text = text.replace(was, now)
    protocol.write_text(text, encoding="utf-8")
    evidermis("check", "exosomes", cwd=tmp_path)
    evidermis("export", "exosomes", "--output", "out", "--only", "prisma", cwd=tmp_path)


def test_a_folder_that_holds_anything_else_is_refused_and_left_as_it_is(exports: Path) -> None:
    home = exports.parent
    before = {path: path.read_bytes() for path in (home / "exosomes").rglob("*") if path.is_file()}
    done = evidermis("export", "exosomes", "--output", "exosomes", "--only", "bias", cwd=home, status=2)
    assert "exosomes: holds 'background.toml' and" in done.stderr
    assert "which would be lost; choose a new folder" in done.stderr.replace("\n", " ")
    assert {path: path.read_bytes() for path in (home / "exosomes").rglob("*") if path.is_file()} == before


def test_every_export_may_be_written_over_by_the_next_and_a_folder_may_be_the_one_stood_in(
    exports: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    shutil.copytree(exports, again)
    evidermis("export", str(exports.parent / "exosomes"), "--output", ".", "--only", "bias", cwd=again)
    assert sorted(path.name for path in again.iterdir()) == ["robvis-weighted.csv", "robvis.csv"]


def test_the_summary_of_findings_is_the_same_table_in_word_and_html(exports: Path) -> None:
    from docx import Document

    (table,) = Document(str(exports / "summary-of-findings.docx")).tables
    page = (exports / "summary-of-findings.html").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO((exports / "summary-of-findings.csv").read_text(encoding="utf-8"))))
    assert len(table.rows) == 1 + len(rows) + len({row["claim"] for row in rows})
    assert page.count('scope="row"') == len(rows)


def test_each_claims_references_are_read_back(exports: Path) -> None:
    counts = set()
    for ending in ("ris", "bib", "json"):
        with (exports / "references" / f"dark-spots.{ending}").open("rb") as stream:
            counts.add(len(list(read(stream, ending))))
    assert len(counts) == 1
    assert counts.pop() > 0


def test_the_cochrane_package_holds_the_data_rows_that_stand_beside_it(exports: Path) -> None:
    with zipfile.ZipFile(exports / "CDexosomes-dataPackage.zip") as package:
        inside = package.read("CDexosomes-analysis-data/CDexosomes-data-rows.csv")
    assert inside == (exports / "data-rows.csv").read_bytes()
    assert all(float(row["GIV SE"]) > 0 for row in csv.DictReader(io.StringIO(inside.decode())))


def test_the_fhir_bundle_is_valid_r5_and_holds_every_record_and_row(exports: Path) -> None:
    from fhir.resources.bundle import Bundle

    told = Bundle.model_validate_json((exports / "fhir.json").read_bytes())
    kinds = Counter(one.resource.__resource_type__ for one in told.entry)
    with (exports / "summary-of-findings.csv").open(encoding="utf-8") as stream:
        rows = len(list(csv.DictReader(stream)))
    with (exports / "data-rows.csv").open(encoding="utf-8") as stream:
        effects = len(list(csv.DictReader(stream)))
    assert kinds["Citation"] == 66
    assert kinds["Evidence"] >= rows + effects
    assert kinds["ArtifactAssessment"] > 0


def test_every_claim_has_a_review_and_every_file_of_the_crate_is_named(exports: Path) -> None:
    graph = json.loads((exports / "claims.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert [one["@type"] for one in graph].count("ClaimReview") == 17
    crate = exports / "crate"
    named = json.loads((crate / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    files = {str(path.relative_to(crate)) for path in crate.rglob("*") if path.is_file()}
    assert {one["@id"] for one in named if one["@type"] == "File"} == files - {"ro-crate-metadata.json"}

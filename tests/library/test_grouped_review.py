"""Reports and studies over a review's library, with judgements, each computed once."""

import csv
import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest

from evidermis.evidence.errors import BadInput
from evidermis.formats import write
from evidermis.review.bundle import write_starter
from evidermis.review.explaining.ids import Node
from evidermis.review.explaining.imports import explain_imported, is_imported
from evidermis.review.records import linking
from evidermis.review.records.keeping import import_files
from evidermis.review.records.linking import grouped_review, report_records
from records import record

DAY = datetime.date(2026, 11, 23)
ONE = record(1)
OTHER = replace(ONE, source="embase", source_id="x", title=ONE.title.upper())


@pytest.fixture
def review(tmp_path: Path) -> Path:
    write_starter(tmp_path / "mine", DAY.isoformat())
    (tmp_path / "a.csv").write_text(write([ONE, record(2)], "csv"), encoding="utf-8")
    (tmp_path / "b.csv").write_text(write([OTHER], "csv"), encoding="utf-8")
    import_files(tmp_path / "mine", [tmp_path / "a.csv", tmp_path / "b.csv"], DAY)
    return tmp_path / "mine"


def judge(review: Path, decision: str, about: str = f"records:{ONE.digest[:12]}/{OTHER.digest[:12]}") -> None:
    line = {
        "id": f"j{decision}", "about": about, "decision": decision, "author": "human:A", "time": "2026-11-23T10:00:00Z", "reason": "read",
    }  # fmt: skip
    (review / "judgements.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")


def test_records_of_two_files_are_one_report(review: Path) -> None:
    assert tuple(sorted((ONE.digest, OTHER.digest))) in grouped_review(review).reports.clusters


def test_a_person_undoes_a_link_by_the_ids_that_search_prints(review: Path) -> None:
    judge(review, "not one publication")
    assert not any(len(cluster) > 1 for cluster in grouped_review(review).reports.clusters)


def test_a_decision_that_is_none_is_bad_input(review: Path) -> None:
    judge(review, "perhaps")
    with pytest.raises(BadInput, match="decides no pair"):
        grouped_review(review)


def test_the_work_is_done_once_until_records_or_judgements_change(review: Path, monkeypatch) -> None:
    first = grouped_review(review)
    with monkeypatch.context() as then:
        then.delattr(linking, "grouped")
        assert grouped_review(review) == first
    judge(review, "not one study")
    assert grouped_review(review) != first


def test_dedupe_writes_reports_and_studies_of_a_review(review: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from evidermis.cli.app import app

    out, studies = tmp_path / "clusters.csv", tmp_path / "studies.csv"
    ran = CliRunner().invoke(app, ["dedupe", str(review), "--output", str(out), "--studies", str(studies)])
    assert ran.exit_code == 0, ran.output
    for path, column in ((out, "cluster"), (studies, "study")):
        with path.open(encoding="utf-8") as lines:
            rows = {row["record_id"]: row[column] for row in csv.DictReader(lines)}
        assert len(rows) == 3
        assert rows[ONE.digest] == rows[OTHER.digest]


def test_each_report_of_a_review_is_one_record_and_a_product_is_none(review: Path) -> None:
    products = {
        "count": 1,
        "page": 1,
        "products": [{"code": "4001", "product_name": "Serum", "ingredients_text": "AQUA"}],
    }
    (review.parent / "products.json").write_text(json.dumps(products), encoding="utf-8")
    import_files(review, [review.parent / "products.json"], DAY)
    clusters = grouped_review(review).reports.clusters
    found = report_records(review, clusters)
    assert len(found) == len(clusters) == 2
    assert all(one.kind != "product" for one in found)


def texts(node: Node) -> list[str]:
    return [f"{node.id} {node.text}", *(text for one in node.below for text in texts(one))]


def test_a_merged_record_is_explained_down_to_its_file_and_every_weight(review: Path) -> None:
    told = texts(explain_imported(review, f"record:{ONE.digest[:12]}"))
    short = "/".join(sorted((ONE.digest[:12], OTHER.digest[:12])))
    assert told[0].startswith(f"record:{ONE.digest[:12]} {ONE.title}")
    assert any("read from records/" in text and "entry 1" in text for text in told)
    assert any(text.startswith(f"records:{short} one publication with") for text in told)
    assert any("the same in every part +20" in text for text in told)


def test_a_pair_is_explained_also_where_it_is_two_or_undone(review: Path) -> None:
    pair = explain_imported(review, f"records:{record(2).digest}/{ONE.digest[:14]}")
    assert pair.text == "two studies, as far as these records tell"
    assert any("below 3" in text for text in texts(pair))
    judge(review, "not one publication")
    undone = explain_imported(review, f"records:{ONE.digest[:12]}/{OTHER.digest[:12]}")
    assert "one publication" not in undone.text
    assert any("human:A" in text and "not one publication, read" in text for text in texts(undone))


@pytest.mark.parametrize("wanted", ["record:000000000000", "record:nobody", "records:000000000000/111111111111"])
def test_an_unknown_record_is_bad_input(review: Path, wanted: str) -> None:
    assert is_imported(wanted)
    with pytest.raises(BadInput, match="no record is called"):
        explain_imported(review, wanted)

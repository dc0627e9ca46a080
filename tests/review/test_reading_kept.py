"""Reading the imported records of a review: a study's reports are held against its registration across files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from commands import evidermis
from registrations import entry

ARTICLE = """TY  - JOUR
TI  - A serum against dark spots in women: a randomised trial
AU  - Seed, Ada
PY  - 2022
DO  - 10.1000/{doi}
AB  - {abstract}
ER  -
"""
TOGETHER = "We randomised 40 women to serum or base."
Records = Callable[..., Path]


@pytest.fixture
def review(tmp_path: Path) -> Records:
    """A new review with these articles and registrations imported, each from a file of its own."""

    def made(articles: dict[str, str], registrations: list[dict]) -> Path:
        evidermis("new", "spots", cwd=tmp_path)
        files: list[Path] = []
        for doi, abstract in articles.items():
            files.append(tmp_path / f"{doi}.ris")
            files[-1].write_text(ARTICLE.format(doi=doi, abstract=abstract), encoding="utf-8")
        for at, one in enumerate(registrations):
            files.append(tmp_path / f"trial{at}.json")
            files[-1].write_text(json.dumps(one), encoding="utf-8")
        evidermis("import", *files, "--review", tmp_path / "spots")
        return tmp_path / "spots"

    return made


def read(folder: Path) -> tuple[list[dict], str]:
    told = evidermis("read", folder, "--output", folder.parent / "facts.jsonl").stdout
    lines = (folder.parent / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines], told


def differing(facts: list[dict]) -> list[dict]:
    return [noted for one in facts for noted in one["noted"] if noted["code"] == "n-differs-from-registry"]


def test_people_are_held_against_the_registration_that_another_file_brought(review: Records) -> None:
    facts, told = read(review({"one": f"{TOGETHER} NCT09990001."}, [entry()]))
    (caution,) = differing(facts)
    assert caution["value"] == "40 here, 48 enrolled in NCT09990001"
    assert "40" in caution["quote"]
    other = next(one for one in facts if one["record"] == caution["against"]["record"])
    assert other["file"].endswith(".json")
    assert (caution["against"]["field"], caution["against"]["quote"]) == (
        "protocolSection.designModule.enrollmentInfo.count",
        "48",
    )
    assert "people differ: 40 here, 48 enrolled in NCT09990001" in told
    assert all(one["file"] in told for one in facts)


STUDY = """id = "spots"
label = "Seed 2022"
title = "A serum against dark spots"
design = "randomised-parallel"
reports = [{{ record = "seed-2022", role = "article" }}]
registrations = [{numbers}]
population = {{ code = "facial-hyperpigmentation" }}
arms = [{{ id = "serum", label = "serum" }}]
findings = []
locators = []
"""


@pytest.mark.parametrize(("numbers", "found"), [('"NCT09990001"', 1), ("", 0)])
def test_a_study_knows_the_registration_that_its_report_does_not_bear(
    review: Records, numbers: str, found: int
) -> None:
    folder = review({"one": TOGETHER}, [entry()])
    with (folder / "records" / "curated.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[records]]\nid = "seed-2022"\n'
            'title = "A serum against dark spots in women: a randomised trial"\nyear = 2022\ndoi = "10.1000/one"\n'
        )
    (folder / "studies" / "spots.toml").write_text(STUDY.format(numbers=numbers), encoding="utf-8")
    assert len(differing(read(folder)[0])) == found


def test_people_that_agree_are_told_of_nobody(review: Records) -> None:
    facts, told = read(review({"one": "We randomised 48 women. NCT09990001."}, [entry()]))
    assert differing(facts) == []
    assert "differ" not in told


def test_versions_in_several_files_tell_a_switched_outcome_and_late_registration(review: Records) -> None:
    first = entry(
        statusModule={"lastUpdateSubmitDate": "2021-02-11", "studyFirstSubmitDate": "2022-03-01"},
        outcomesModule={"primaryOutcomes": [{"measure": "Wrinkles", "timeFrame": "8 weeks"}]},
    )
    _, told = read(review({}, [entry(statusModule={"studyFirstSubmitDate": "2022-03-01"}), first]))
    assert "NCT09990001: primary outcome switched: “Wrinkles” went between 2021-02-11 and 2022-03-04" in told
    assert "NCT09990001: registered after it was over" in told


def test_a_review_without_imports_is_told_what_to_do(tmp_path: Path) -> None:
    evidermis("new", "spots", cwd=tmp_path)
    told = evidermis("read", tmp_path / "spots", "--output", tmp_path / "facts.jsonl", status=2)
    assert "evidermis import" in told.stderr
    assert not (tmp_path / "facts.jsonl").exists()

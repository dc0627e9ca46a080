"""`check` finds what its author should mend, in the right file and line, and nothing in a sound review."""

import datetime
import shutil
from pathlib import Path

import pytest

from evidermis.evidence.errors import BadInput
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.review.bundle import bundled_names, copy_bundled, write_starter
from evidermis.review.folder.checking import check

TODAY = datetime.date(2026, 11, 23)
REVIEW, PRODUCTS, BACKGROUND = "review.toml", "products.toml", "background.toml"
RECORDS, JUDGEMENTS = "records/curated.toml", "judgements.jsonl"
KWON, CHO, PARK = "studies/kwon-2020.toml", "studies/cho-2020.toml", "studies/park-2023.toml"

# file, what stands there, what is put in its place, a word of the fault.
CORRUPTIONS: dict[str, tuple[str, str, str, str]] = {
    "a finding without a locator": (CHO, 'at = ["abstract", "article"]', "at = []", "no locator"),
    "a finding at a place that does not exist": (
        CHO,
        'at = ["abstract", "article"]',
        'at = ["table 2"]',
        "no locator is called",
    ),
    "a claim without an outcome": (REVIEW, 'outcomes = ["pigment"]', "outcomes = []", "has no outcome"),
    "a claim that rests on an opinion": (
        REVIEW,
        'outcomes = ["pores"]',
        'outcomes = ["pores", "satisfaction"]',
        "an opinion",
    ),
    "a claim on an outcome nobody knows": (
        REVIEW,
        'outcomes = ["pores"]',
        'outcomes = ["poers"]',
        "not in the vocabulary",
    ),
    "a product claim not in the protocol": (
        PRODUCTS,
        'claim = "brightness"',
        'claim = "hydration"',
        "not in the protocol",
    ),
    "a study in no record": (
        KWON,
        'reports = [{ record = "kwon-2020", role = "article" }]',
        "reports = []",
        "in no record",
    ),
    "a report that is no record": (
        CHO,
        'reports = [{ record = "cho-2020"',
        'reports = [{ record = "cho-2002"',
        "no record is called",
    ),
    "PRISMA numbers that do not add up": (REVIEW, "sought = 52", "sought = 53", "do not add up"),
    "a PRISMA count that is not what the folder holds": (
        REVIEW,
        "included_studies = 44",
        "included_studies = 43",
        "studies/ holds",
    ),
    "a period of more days than a century has": (
        REVIEW,
        "search_every_days = 90",
        "search_every_days = 999999999",
        "the period is not a number of days",
    ),
    "an information size that anything reaches": (
        REVIEW,
        "\ninformation_size = 42",
        "\ninformation_size = -1",
        "no number of people",
    ),
    "a date in the future": (
        REVIEW,
        'date = 2026-11-23\nquery = "all',
        'date = 2027-11-23\nquery = "all',
        "in the future",
    ),
    "a search after its publication": (
        REVIEW,
        "published = 2026-11-23",
        "published = 2026-10-01",
        "after it was published",
    ),
    "a DOI with a bad form": (
        RECORDS,
        'doi = "10.3390/cosmetics7040090"',
        'doi = "https://doi.org/10.3390/cos"',
        "not a DOI",
    ),
    "a PMID with letters": (RECORDS, 'pmid = "33073298"', 'pmid = "PMID33073298"', "not a PMID"),
    "a registration that cannot be": (
        RECORDS,
        'registration = "NCT05813379"',
        'registration = "NCT5813379"',
        "registration number",
    ),
    "two records with one DOI": (
        RECORDS,
        'doi = "10.3390/jpm11020085"',
        'doi = "10.1186/s13287-018-0939-5"',
        "stands in",
    ),
    "a record of a year to come": (RECORDS, "year = 2026\nvolume", "year = 2062\nvolume", "in the future"),
    "sides given as people": (KWON, "sides = 50", "sides = 25", "sides cannot come from"),
    "more people in a finding than in the study": (
        KWON,
        "analysed = 25\np =",
        "analysed = 50\np =",
        "in a finding of a study of",
    ),
    "more analysed than took part": (
        PARK,
        "randomised = 28, analysed = 28",
        "randomised = 28, analysed = 82",
        "analysed of",
    ),
    "a p value impossible for its counts": (
        KWON,
        'note = "grade 2 or better',
        'p = 0.02\nnote = "grade 2 or better',
        "impossible",
    ),
    "an answer to a question that its tool does not ask": (
        KWON,
        'bias = { tool = "RoB 2 (house reading of the abstract)"',
        'bias = { tool = "rob2", answers = [{ question = "9.9", answer = "Y" }]',
        "asks no question",
    ),
    "answers to a tool without questions": (
        KWON,
        'bias = { tool = "RoB 2 (house reading of the abstract)"',
        'bias = { tool = "my own", answers = [{ question = "1.1", answer = "Y" }]',
        "no tool whose questions",
    ),
    "an answer read at no known place": (
        KWON,
        'bias = { tool = "RoB 2 (house reading of the abstract)"',
        'bias = { tool = "rob2", answers = [{ question = "1.1", answer = "Y", at = "page 9" }]',
        "no locator is called",
    ),
    "a p value above one": (PARK, "p = 0.005", "p = 5.0", "no p value"),
    "an interval upside down": ("studies/helium-2026.toml", "ci_low = -6.89", "ci_low = 6.89", "the interval runs"),
    "more events than people": (KWON, "number = 16 }", "number = 61 }", "events in"),
    "an arm that is not there": (CHO, 'against = "placebo"', 'against = "plcebo"', "no arm is called"),
    "a comparator that is not said": (CHO, 'comparator = "vehicle-or-placebo"\n', "\n", "what it is is not said"),
    "a design of no vocabulary": (
        KWON,
        'design = "randomised-within-person"',
        'design = "split-face"',
        "not in the vocabulary",
    ),
    "a study under another name": (PARK, 'id = "park-2023"\nlabel', 'id = "park-2022"\nlabel', "its file"),
    "a misspelt key": (KWON, "duration_weeks", "duration_week", "unexpected keyword"),
    "a word out of its ladder": (CHO, 'direction = "benefit"', 'direction = "positive"', "input should be"),
    "a broken line": (PRODUCTS, 'brand = "Medicube"', "brand = Medicube", "not TOML"),
    "a conflict with one side": (
        PARK,
        '{ words = "greater improvement confirmed", at = "abstract" }, { value = 0.37, at = "secondary" }',
        '{ value = 0.37, at = "secondary" }',
        "a conflict with one side",
    ),
    "a price without a currency": (
        PRODUCTS,
        'id = "morphiya-bundle"',
        'id = "morphiya-bundle"\nprice = { amount = 200, currency = "dollars", seen = 2026-01-01 }',
        "no currency",
    ),
    "a link that runs something": (REVIEW, 'url = "mailto:', 'url = "javascript:', "not a web or mail address"),
    "a harm by an unknown route": (
        BACKGROUND,
        'route = "after-plasma"',
        'route = "after-plasme"',
        "not in the vocabulary",
    ),
    "bias without its reason": (
        CHO,
        'by = "human:curator", because = "randomised',
        'because = "randomised',
        "without its tool",
    ),
    "follow-up longer than the study": (
        PARK,
        "after_treatment_weeks = 6",
        "after_treatment_weeks = 60",
        "weeks after treatment",
    ),
}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundled") / "exosomes"
    copy_bundled("exosomes", path)
    return path


@pytest.mark.parametrize("name", bundled_names())
def test_a_bundled_review_has_no_faults(name: str, tmp_path: Path) -> None:
    copy_bundled(name, tmp_path / name)
    assert check(tmp_path / name, bundled_vocabulary(), TODAY) == []


def test_the_starter_has_no_faults(tmp_path: Path) -> None:
    write_starter(tmp_path / "snail-mucin", TODAY.isoformat())
    assert check(tmp_path / "snail-mucin", bundled_vocabulary(), TODAY) == []


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_corruption_is_found_in_its_file_and_line(name: str, original: Path, tmp_path: Path) -> None:
    file, before, after, word = CORRUPTIONS[name]
    folder = tmp_path / "exosomes"
    shutil.copytree(original, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    first = text[: text.index(before)].count("\n") + 1
    last = first + after.rstrip("\n").count("\n")
    faults = [fault for fault in check(folder, bundled_vocabulary(), TODAY) if word in fault.what]
    assert faults
    assert {fault.file for fault in faults} == {file}
    # A key that is gone is told at the table that lacks it, which begins above the change.
    assert any(first - 6 <= fault.line <= last for fault in faults), [str(fault) for fault in faults]
    assert all(fault.mend for fault in faults)


def test_a_broken_judgement_is_found_on_its_line(original: Path, tmp_path: Path) -> None:
    folder = tmp_path / "exosomes"
    shutil.copytree(original, folder)
    good = '{"id":"a","about":"certainty:pores","decision":"low","author":"human:me","time":"2026-01-01T00:00:00Z","reason":"x"}'
    (folder / JUDGEMENTS).write_text(f"{good}\n{{broken\n{good.replace('human:me', 'me')}\n", encoding="utf-8")
    assert [(fault.file, fault.line) for fault in check(folder, bundled_vocabulary(), TODAY)] == [(JUDGEMENTS, 2)]
    (folder / JUDGEMENTS).write_text(f"{good}\n{good.replace('human:me', 'me')}\n", encoding="utf-8")
    assert {fault.line for fault in check(folder, bundled_vocabulary(), TODAY)} == {2}


def test_no_review_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no review here"):
        check(tmp_path, bundled_vocabulary(), TODAY)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"a = [" * 3000, b"x" * 9_000_000, b"\x00", b"[[claims]]\n" * 5000]
)
def test_a_hostile_protocol_is_refused_not_crashed_on(content: bytes, original: Path, tmp_path: Path) -> None:
    folder = tmp_path / "exosomes"
    shutil.copytree(original, folder)
    (folder / REVIEW).write_bytes(content)
    assert check(folder, bundled_vocabulary(), TODAY)

"""The auditor on a clean article and on spoilt ones: what should be seen is seen, what is clean is let pass."""

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from articles_of_auditing import CITED, CLEAN, DEFECTS, audited, clean, held, put, spoilt, written
from evidermis.auditing import RULES, as_json, as_page, as_sarif
from evidermis.auditing.citations import citation

KINDS = list(enumerate(DEFECTS))


def rules_of(text: str) -> Counter[str]:
    return Counter(one.rule for one in audited(text).findings)


def with_sentence(sentence: str, *names: str) -> str:
    return written([*CLEAN, sentence], [*CITED, *names])


def test_a_clean_article_has_no_finding() -> None:
    assert audited(clean()).findings == ()


@pytest.mark.parametrize(("at", "defect"), KINDS, ids=[f"{at}-{defect.rule}" for at, defect in KINDS])
def test_a_defect_is_seen_wherever_it_stands(at: int, defect) -> None:
    assert all(rules_of(spoilt(defect, seed))[defect.rule] for seed in range(2))


@pytest.mark.slow
def test_recall_of_every_kind_over_five_hundred_spoilt_articles() -> None:
    seen: dict[str, list[bool]] = {}
    for defect in DEFECTS:
        for seed in range(500 // len(DEFECTS) + 1):
            seen.setdefault(defect.rule, []).append(rules_of(spoilt(defect, 1000 + seed))[defect.rule] > 0)
    assert {rule: hits for rule, hits in seen.items() if sum(hits) < 0.9 * len(hits)} == {}


def test_every_reference_is_told_its_record() -> None:
    told = {one.number: (one.state, one.record) for one in audited(clean()).resolutions}
    assert told == {at: ("resolved", name) for at, name in enumerate(CITED, 1)}


@pytest.mark.parametrize(
    ("printed", "state"),
    [
        ("A work that nobody wrote on a subject of its own. Nobody et al. Journal. 2020;1:1.", "not found"),
        ("Overcome the barriers of the skin: exosome therapy. Bogus et al. Other. 1999;3:4.", "contradicts"),
        ("Some title. PMID: 99999999999", "impossible"),
        ("https://clinicaltrials.gov/study/NCT123", "impossible"),
        ("doi:10.3390/cosmetics7040090", "resolved"),
        ("Skin brightening of another plant altogether in mice. 10.3390/cosmetics7040090", "contradicts"),
    ],
)
def test_the_state_of_a_reference_is_told(printed: str, state: str) -> None:
    text = f"# An article on exosome serums\n\nThey are sold in shops [1].\n\n## References\n\n1. {printed}\n"
    (told,) = audited(text).resolutions
    assert told.state == state


def test_two_records_of_one_title_are_ambiguous() -> None:
    title = "Efficacy and Tolerability of a Microneedling Device plus Exosomes for Treating melasma"
    text = f"# An article on exosome serums\n\nThey are sold in shops [1].\n\n## References\n\n1. {title}.\n"
    (told,) = audited(text).resolutions
    assert told.state == "ambiguous"
    assert set(told.candidates) == {"proietti-2024", "proietti-2024-article"}


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("Title of the work here. Miller et al. J Skin. 2020 Jan 2;3(4):5-9.", ("Miller", 2020, "3", "4", "5-9")),
        ("Miller AB, Jones C. Title of the work here. J Skin. 2020;3(4):5-9.", ("Miller", 2020, "3", "4", "5-9")),
        (
            "Miller, A. B., & Jones, C. (2020). Title of the work here. J Skin, 3(4), 5-9.",
            ("Miller", 2020, "3", "4", "5-9"),
        ),
        ("Title of the work here. Miller et al. J Skin. 2015 Feb 1:13:49.", ("Miller", 2015, "13", "", "49")),
    ],
)
def test_a_reference_is_taken_apart_in_the_usual_styles(printed: str, wanted: tuple[str, int, str, str, str]) -> None:
    found = citation(1, printed, 1)
    assert found.title == "Title of the work here"
    assert (found.first_author, found.year, found.volume, found.issue, found.pages) == wanted


@pytest.mark.parametrize("mark", ["[1-3]", "[1,2,3]", " (1-3)", "¹⁻³", "1-3"])
def test_references_are_seen_in_every_usual_mark(mark: str) -> None:
    text = written([*CLEAN[:3], f"They carry lipids inside{mark}."], list(CITED))
    (said,) = [one for one in audited(text).statements if "lipids" in one.text]
    assert said.cites == (1, 2, 3)


def test_a_name_with_a_year_points_to_its_reference() -> None:
    text = written([*CLEAN[:3], "They were reviewed before (Yang et al., 2021)."], list(CITED))
    (said,) = [one for one in audited(text).statements if "reviewed" in one.text]
    assert said.cites == (1,)


@pytest.mark.parametrize("word", ["CO2 laser", "vitamin B12", "Th17 cells", "omega 3"])
def test_numbers_of_names_are_no_references(word: str) -> None:
    (said,) = [
        one
        for one in audited(written([*CLEAN[:3], f"It was used with {word} here."], list(CITED))).statements
        if word in one.text
    ]
    assert said.cites == ()


def test_a_hedged_sentence_is_told_as_such() -> None:
    (said,) = [one for one in audited(with_sentence("They might help.")).statements if "might" in one.text]
    assert said.is_hedged


def test_a_question_is_no_claim() -> None:
    assert rules_of(with_sentence("Are they safe for everyone who uses them at home?")) == Counter()


def test_findings_stand_at_their_words() -> None:
    text = spoilt(DEFECTS[0], 3)
    for one in audited(text).findings:
        line = text.split("\n")[one.line - 1]
        assert one.excerpt.rstrip("…")[:40] in line


def test_the_json_has_the_parts_that_programs_read() -> None:
    found = json.loads(as_json(audited(spoilt(DEFECTS[1], 1))))
    assert {"findings", "references", "products", "registrations", "related", "images"} <= set(found)
    assert {"rule", "severity", "statement", "span", "reason"} <= set(found["findings"][0])
    assert {"number", "state", "record"} <= set(found["references"][0])


def test_sarif_names_every_rule_it_uses() -> None:
    run = json.loads(as_sarif(audited(spoilt(DEFECTS[2], 1)), "article.md", "evidermis 1"))["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert run["results"]
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in run["results"])


def test_hostile_text_is_inert_on_the_page() -> None:
    bad = (
        '<script>alert(1)</script><img src=x onerror=alert(1)> "quoted" \u202e side effects are rare with these serums.'
    )
    page = as_page(audited(with_sentence(bad)), "test")
    assert "<script>alert" not in page
    assert "onerror=alert(1)>" not in page
    assert "\u202e" not in page


def test_rules_have_names_of_their_own() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_a_retracted_work_is_named_wherever_it_is_cited() -> None:
    gone = [one.id for one in held().references if one.notice == "retracted"]
    for name in gone:
        paragraphs = list(CLEAN)
        put(paragraphs, Random(1), f"It was tried in mice once [{{{name}}}].")
        assert rules_of(written(paragraphs, [*CITED, name]))["retracted"] == 1


def test_the_documented_rules_are_the_rules() -> None:
    text = (Path(__file__).parents[2] / "docs" / "auditing.md").read_text(encoding="utf-8")
    rows = [f"| {rule.id}@{rule.version} | {rule.kind} | {rule.severity} | {rule.about} |" for rule in RULES]
    assert all(row in text for row in rows)

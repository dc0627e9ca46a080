"""What was given, what was measured, the figures, and what calls for a second look."""

import pytest

from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import Author, Record, Section
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.reading import Facts, bundled_reader
from evidermis.reading.text.terms import phrases_of_expression, vocabulary_cues

READER = bundled_reader()


def read(abstract: str, title: str = "A serum", **more) -> Facts:
    return READER.read(Record(title=title, abstract=(Section(abstract),), source_id="1", **more))


def codes(facts: Facts, kind: str) -> list[str]:
    return [noted.code for noted in facts.of_kind(kind)]


def values(facts: Facts, code: str) -> list[str]:
    return [noted.value for noted in facts.noted if noted.code == code]


def test_sources_routes_outcomes_and_instruments_are_read_as_codes_of_the_vocabulary() -> None:
    facts = read("Adipose stem cell exosomes were given after microneedling. The melanin index was read by Mexameter.")
    assert "human-adipose" in codes(facts, "source")
    assert "microneedling" in codes(facts, "route")
    assert "pigment" in codes(facts, "outcome")
    assert "melanin-index" in codes(facts, "instrument")


def test_conditioned_medium_is_told_from_vesicles() -> None:
    facts = read("Conditioned medium of umbilical cord cells was applied.")
    assert "conditioned-medium" in codes(facts, "source")
    assert not bundled_vocabulary().source("conditioned-medium").is_vesicle


def test_every_cue_of_the_coded_vocabulary_can_be_read() -> None:
    terms = vocabulary_cues(bundled_vocabulary())
    assert {"source", "route", "outcome", "instrument"} <= {kind for kind, cues in terms.items() if cues}


@pytest.mark.parametrize(
    ("expression", "phrases"),
    [
        ("adipose", ["adipose*"]),
        ("bone[- ]marrow", ["bone marrow*"]),
        ("micro-?needl", ["micro needl*", "microneedl*"]),
        ("\\bPRP\\b", ["prp"]),
        ("IL-\\d+", ["il- #"]),
    ],
)
def test_an_expression_of_the_vocabulary_becomes_phrases(expression: str, phrases: list[str]) -> None:
    assert phrases_of_expression(expression) == phrases


def test_an_expression_that_phrases_cannot_say_is_refused() -> None:
    with pytest.raises(BadInput):
        phrases_of_expression("a[b-z]{3,}")


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("Spots faded (p < 0.01).", "p", "<0.01"),
        ("Spots faded (P=.003).", "p", "=.003"),
        ("Spots faded (p ≤ 0.001).", "p", "≤0.001"),
        ("The difference was 4.2 (95% CI 1.1 to 7.3).", "ci", "95%: 1.1, 7.3"),
        ("The difference was 4.2 (95% confidence interval, -1.1-7.3).", "ci", "95%: -1.1, 7.3"),
        ("Scores were 10.2 ± 3.1 (standard deviation).", "mean-sd", "10.2, 3.1"),
        ("Scores were 10.2 ± 3.1 (SEM).", "mean-se", "10.2, 3.1"),
        ("Scores were 10.2 ± 3.1.", "mean-spread", "10.2, 3.1"),
        ("Wrinkles were reduced by 12.4% on average.", "percent-change", "reduced 12.4%"),
        ("The median change was 9.5 (IQR 16.88).", "median-iqr", "9.5, 16.88"),
    ],
)
def test_figures_are_read_as_written(text: str, code: str, value: str) -> None:
    assert values(read(text), code) == [value]


def test_an_inequality_stays_an_inequality() -> None:
    assert values(read("Spots faded (p < 0.01)."), "p") == ["<0.01"]


def test_a_change_from_baseline_without_comparator_is_a_caution() -> None:
    assert "baseline-only" in codes(read("Twenty women used it. Redness decreased from baseline."), "caution")
    compared = read("Twenty women were randomised. Redness decreased from baseline more than with placebo.")
    assert "baseline-only" not in codes(compared, "caution")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("87% of participants reported better skin.", "self-assessment"),
        ("In a post hoc subgroup, spots faded.", "subgroup-claim"),
        ("Both treatments were equally effective.", "equal-claimed"),
        ("The authors are employees of the maker.", "maker-involved"),
        ("The trial was retrospectively registered.", "registered-late"),
        ("Ten women used it; it is safe and effective.", "conclusion-stronger-than-ground"),
    ],
)
def test_wording_that_calls_for_caution_is_noted(text: str, code: str) -> None:
    assert code in codes(read(text), "caution")


def test_equality_with_a_margin_is_no_caution() -> None:
    facts = read("The non-inferiority margin was 10 points. Both treatments were equally effective.")
    assert "equal-claimed" not in codes(facts, "caution")


def test_a_maker_named_in_the_funding_is_a_caution() -> None:
    assert "maker-involved" in codes(read("Twenty women used it.", funding=("Vesicle Cosmetics Inc.",)), "caution")


def test_weeks_in_a_title_are_not_people() -> None:
    facts = read("Twenty-five patients were treated.", title="A 12-week randomised split-face study")
    assert facts.n_total is not None
    assert facts.n_total.value == 25


@pytest.mark.parametrize(
    ("text", "doses"),
    [
        ("1 × 10^9 particles/mL were applied", ["1 × 10^9 particles/mL"]),
        ("9.78 × 10¹⁰ particles/mL and 2 mL a session", ["9.78 × 10¹⁰ particles/mL", "2 mL"]),
        ("10 billion exosome particles", ["10 billion exosome particles"]),
        ("a 0.12% exosome serum", ["0.12% exosome serum"]),
        ("12% of the women had 30 visits", []),
    ],
)
def test_a_dose_is_read_whole_with_its_power_of_ten_and_unit(text: str, doses: list[str]) -> None:
    facts = READER.read(Record(title="", abstract=(Section(text),), source_id="1"))
    assert [one.value for one in facts.of_kind("regimen") if one.code == "dose"] == doses


@pytest.mark.parametrize(
    ("text", "kind", "code", "value"),
    [
        ("three sessions at 3-week intervals", "regimen", "schedule", "three sessions at 3-week intervals"),
        ("isolated by ultracentrifugation", "preparation", "ultracentrifugation", "ultracentrifugation"),
        ("The lyophilised vesicles", "preparation", "dried", "lyophilised"),
        ("skin of Fitzpatrick types III–V", "people_fact", "phototype", "Fitzpatrick types III–V"),
        ("a clinic in Bangkok, Thailand", "people_fact", "country", "Thailand"),
        ("the serum was manufactured by Glow Labs", "regimen", "maker", "manufactured by Glow Labs"),
        ("followed by LED therapy", "regimen", "co-intervention", "LED therapy"),
        ("a three-arm trial", "arms", "3", ""),
    ],
)
def test_wordings_of_what_was_given_and_to_whom(text: str, kind: str, code: str, value: str) -> None:
    facts = READER.read(Record(title="", abstract=(Section(text),), source_id="1"))
    assert (code, value) in {(one.code, one.value) for one in facts.of_kind(kind)}


def test_strong_words_after_no_difference_are_a_caution() -> None:
    text = "Sixty women had serum or placebo. There was no significant difference. Serum is a safe and effective treatment."
    facts = READER.read(Record(title="", abstract=(Section(text),), source_id="1"))
    assert "conclusion-stronger-than-result" in {one.code for one in facts.of_kind("caution")}


def test_an_author_who_works_for_a_company_is_a_caution_with_the_place() -> None:
    author = Author("Sol", "Ana", affiliations=("Glow Co., Ltd., Seoul",))
    facts = READER.read(Record(title="A serum", authors=(author,), source_id="1"))
    (one,) = facts.of_kind("caution")
    assert (one.code, one.quote.field) == ("maker-involved", "affiliation")

"""What a report's own words say of its design."""

import tomllib
from pathlib import Path

import pytest

from evidermis.evidence.record import Heading, Record, Section
from evidermis.reading import bundled_reader

READER = bundled_reader()


def record(title: str, abstract: str = "", **more) -> Record:
    return Record(title=title, abstract=(Section(abstract),) if abstract else (), source_id="1", **more)


@pytest.mark.parametrize(
    ("design", "title", "abstract"),
    [
        (
            "randomised-trial",
            "A vesicle serum for dark spots: a randomized, placebo-controlled trial",
            "Sixty women were randomly assigned to the serum (n = 30) or placebo (n = 30). Spots faded more with the serum.",
        ),
        (
            "systematic-review",
            "Exosomes for scars: a systematic review and meta-analysis",
            "PubMed and Embase were searched from inception. Nine studies were included and effects were pooled.",
        ),
        (
            "animal",
            "Vesicles speed wound closure in diabetic mice",
            "Wounds of db/db mice were injected with vesicles. Mice were killed on day 14 and sections were stained.",
        ),
        (
            "in-vitro",
            "Vesicles raise collagen in cultured dermal fibroblasts",
            "Human dermal fibroblasts were cultured and cells were treated with vesicles. Western blot showed more collagen.",
        ),
        (
            "case-report",
            "Necrosis after injected exosomes: a case report",
            "A 41-year-old woman presented with ulcers. She was treated with antibiotics and the ulcers healed.",
        ),
        (
            "protocol",
            "Exosome ampoule for melasma: study protocol for a randomised trial",
            "Eighty women will be randomised. Outcomes will be assessed at 12 weeks. Results will be published.",
        ),
        (
            "narrative-review",
            "Exosomes in dermatology: current knowledge and future directions",
            "This review summarizes what is known of vesicles in skin. We discuss sources and routes, and outline gaps.",
        ),
        (
            "human-non-randomised",
            "Exosome treatment for hair loss: an open-label pilot study",
            "Twenty men received six weekly treatments. Hair density improved after treatment and no adverse events occurred.",
        ),
    ],
)
def test_a_report_that_names_its_design_is_read_so(design: str, title: str, abstract: str) -> None:
    assert READER.read(record(title, abstract)).design == design


def test_animals_divided_at_random_are_no_randomised_trial() -> None:
    facts = READER.read(
        record("Vesicles in scalded rats", "Forty rats were randomly divided into four groups and killed on day 7.")
    )
    assert facts.design == "animal"
    assert facts.rung == "animal"


def test_each_design_of_a_mixed_report_is_listed_with_its_own_quote() -> None:
    facts = READER.read(
        record(
            "Vesicles for hair growth: cells, mice and thirty patients",
            "Dermal papilla cells were cultured and cells were treated with vesicles in vitro. C57BL/6 mice were shaved and "
            "mice were injected. Finally, in an open-label study, thirty patients were treated and followed for 24 weeks.",
        )
    )
    rungs = {design.rung for design in facts.designs}
    assert {"in-vitro", "animal", "human-uncontrolled"} <= rungs
    assert len({design.quote for design in facts.designs}) == len(facts.designs)


def test_a_publication_type_outweighs_the_wording() -> None:
    plain = record("Serum for dark spots", "Sixty women used the serum or a base for 12 weeks.")
    indexed = record(
        "Serum for dark spots",
        "Sixty women used the serum or a base for 12 weeks.",
        publication_types=("Journal Article", "Randomized Controlled Trial"),
    )
    assert READER.read(plain).design != "randomised-trial"
    assert READER.read(indexed).design == "randomised-trial"


def test_headings_of_animals_alone_point_to_animals() -> None:
    facts = READER.read(
        record(
            "Vesicle gel for burns",
            "Burns were treated with the gel.",
            headings=(Heading("Animals"), Heading("Wound Healing")),
        )
    )
    assert facts.design == "animal"


def test_a_review_stands_on_no_rung() -> None:
    facts = READER.read(record("Exosomes in skin: a review", "This review summarizes what is known."))
    assert facts.rung is None


def test_a_negated_cue_does_not_count() -> None:
    facts = READER.read(record("Serum for dark spots", "This was not a randomized study. Thirty women used the serum."))
    assert facts.design != "randomised-trial"


@pytest.mark.parametrize(
    "wording",
    [
        "One half of each face received the serum and the other half the base.",
        "A split-scar design was used in ten patients.",
        "The contralateral forearm served as untreated control.",
        "Each participant was her own control.",
        "We made an intra-individual comparison of both creams.",
    ],
)
def test_people_compared_with_themselves_are_a_within_person_comparison(wording: str) -> None:
    assert READER.read(record("A cream", wording)).is_within_person


@pytest.mark.parametrize(
    "wording",
    [
        "Both arms of the trial had face-to-face visits.",
        "A split dose was given to patients with bilateral tumours.",
        "One arm received the cream and the other arm a gel.",
        "Side effects were mild in one half of the patients.",
    ],
)
def test_words_that_only_look_like_sides_are_no_within_person_comparison(wording: str) -> None:
    assert not READER.read(record("A cream", wording)).is_within_person


def wordings(name: str) -> list[tuple[str, bool]]:
    gathered = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))["wordings"]
    return [(one["text"], one["within"]) for one in gathered]


def f1(told: list[tuple[str, bool]]) -> float:
    read = [(within, READER.read(record("", text)).is_within_person) for text, within in told]
    right = sum(within and found for within, found in read)
    return 2 * right / (2 * right + sum(within != found for within, found in read))


@pytest.mark.parametrize(("name", "least"), [("within_person_held_out", 0.95), ("within_person_unseen", 0.9)])
def test_wordings_of_public_reports_that_nothing_was_learnt_from_are_told_apart(name: str, least: float) -> None:
    assert f1(wordings(name)) >= least


def test_the_two_sides_may_be_told_in_two_sentences() -> None:
    facts = READER.read(record("", "Right cheek: laser, then serum. Left cheek: laser, then saline."))
    assert facts.is_within_person
    assert {noted.rule for noted in facts.of_kind("pairing")} == {"sides"}


@pytest.mark.parametrize(
    ("design", "title", "abstract"),
    [
        (
            "animal",
            "Sensory training after brain injury in an animal model: pilot study",
            "We measured the effect of training on rats' learning. Treatment improved memory. It may be of use to patients.",
        ),
        (
            "in-vitro",
            "New tyrosinase inhibitors for the treatment of melasma",
            "A series of derivatives was designed and synthesized. Compound 7 had an IC50 of 2 and strong inhibitory activity.",
        ),
        (
            "in-vitro",
            "Calcium and discharges in hippocampal slices",
            "Discharges were recorded in 24 slices of guinea pigs. Verapamil, added to the bath solution, shortened them by 40% (p < 0.01).",
        ),
    ],
)
def test_what_treats_no_people_stands_on_no_rung_of_people(design: str, title: str, abstract: str) -> None:
    assert READER.read(record(title, abstract)).design == design


def test_fibrillation_of_hearts_is_not_fibrillation_of_proteins() -> None:
    facts = READER.read(record("Atrial fibrillation and stroke", "Atrial fibrillation was recorded in 400 patients."))
    assert "in-vitro" not in {design.design for design in facts.designs}

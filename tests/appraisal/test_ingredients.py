"""Printed ingredient lists: taken apart or left unread, matched or honestly not, and nothing is vesicles that does not say so."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import WORDS, product, review
from evidermis.appraisal.ingredients import Inventory, annexes, carrying, ingredient_list, matched
from evidermis.evidence.errors import BadInput
from evidermis.evidence.locator import Fact
from evidermis.pipeline import concluded

NAMES = (
    "AQUA",
    "PARFUM",
    "GLYCERIN",
    "PEG-40 HYDROGENATED CASTOR OIL",
    "PEG-60 HYDROGENATED CASTOR OIL",
    "MANGIFERA INDICA FRUIT EXTRACT",
    "1,2-HEXANEDIOL",
    "CAPRYLIC/CAPRIC TRIGLYCERIDE",
    "METHYLPARABEN",
    "ETHYLPARABEN",
    "ROSA DAMASCENA CALLUS EXTRACELLULAR VESICLES",
    "ROSA DAMASCENA CALLUS EXTRACT",
    "FAEX EXTRACT",
)
INVENTORY = Inventory(NAMES)
BESIDE = [parent / "shared" / "data" / "cosmetics" for parent in Path(__file__).parents]
DATA = next((folder for folder in BESIDE if folder.is_dir()), Path("absent"))


@pytest.mark.parametrize(
    ("mention", "name", "how"),
    [
        ("Glycerin", "GLYCERIN", "exact"),
        ("Mangifera Indica (Mango) Fruit Extract", "MANGIFERA INDICA FRUIT EXTRACT", "common name"),
        ("Water", "AQUA", "other name"),
        ("Aqua/Water/Eau", "AQUA", "other name"),
        ("Parfum (Fragrance)", "PARFUM", "common name"),
        ("Yeast Extract/Faex/Extrait De Levure", "FAEX EXTRACT", "other name"),
        ("Caprylic / Capric Triglyceride", "CAPRYLIC/CAPRIC TRIGLYCERIDE", "exact"),
        ("Peg-40 Hydrogenated Caster Oil", "PEG-40 HYDROGENATED CASTOR OIL", "spelling"),
    ],
)
def test_a_mention_is_found_as_labels_print_it(mention: str, name: str, how: str) -> None:
    found = INVENTORY.match(mention)
    assert (found.names, found.how) == ((name,), how)


@given(st.integers(1, 400))
def test_a_digit_is_never_a_misspelling(number: int) -> None:
    found = INVENTORY.match(f"PEG-{number} Hydrogenated Castor Oil")
    assert found.names == ((f"PEG-{number} HYDROGENATED CASTOR OIL",) if number in (40, 60) else ())


@given(st.sampled_from(NAMES), st.integers(0, 60), st.sampled_from("abcxyz -"))
def test_a_changed_letter_finds_the_name_or_nothing(name: str, at: int, letter: str) -> None:
    spoilt = name[: at % len(name)] + letter + name[at % len(name) + 1 :]
    found = INVENTORY.match(spoilt)
    assert found.names in ((name,), ()) or set(found.names) <= set(NAMES)
    assert all(carrying(one) == carrying(spoilt) or found.how == "exact" for one in found.names)


@given(st.text(max_size=300))
def test_any_text_is_read_or_left_with_a_reason(text: str) -> None:
    found, matches = matched(text, INVENTORY)
    assert bool(found.mentions) != bool(found.unread)
    assert [one.mention for one in matches] == list(found.mentions)


@given(st.lists(st.sampled_from([name.title() for name in NAMES]), min_size=2, max_size=30))
def test_a_clean_list_comes_apart_into_its_names(names: list[str]) -> None:
    if names.count("Aqua") <= 2:
        assert list(ingredient_list(", ".join(names) + ".").mentions) == names


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("-Vitamin B5: Helps to keep your skin soft.\nWater, Glycerin, Parfum.", "prose"),
        ("Cleanser: Water, Glycerin. Night Cream: Water, Parfum. Serum: Water, Glycerin", "several products"),
        ("#NAME?", "no list"),
        ("  ", "nothing is printed"),
        ("Visit the boutique", "prose"),
    ],
)
def test_what_is_no_single_list_is_left_unread(text: str, unread: str) -> None:
    assert ingredient_list(text).unread == unread


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Milk Exosomes", "vesicles"),
        ("Human Adipose Derived Stem Cell Conditioned Media", "precursor"),
        ("Lactobacillus Ferment Lysate", "precursor"),
        ("Hydrogenated Lecithin", "carrier"),
        ("sh-Oligopeptide-1", "growth factor"),
        ("Exosome Complex", "none"),
        ("Sodium Hyaluronate", "none"),
    ],
)
def test_only_what_says_so_is_vesicles(name: str, kind: str) -> None:
    assert carrying(name) == kind


ANNEX = """"File creation date: 09/09/2026"
"ANNEX II","Last update: 28/08/2026"
"LIST"
"Substance identification"
"Reference Number","Chemical name / INN","CAS Number"
416,"Cells, tissues or products of human origin",-
1666,"2-(4-tert-butylbenzyl) propionaldehyde;Butylphenyl Methylpropional",80-54-6
"""


def test_an_annex_entry_has_its_number_and_the_date_of_the_copy() -> None:
    (found,) = annexes([ANNEX]).entries("BUTYLPHENYL METHYLPROPIONAL")
    assert (found.annex, found.number, found.updated) == ("II", "1666", "28/08/2026")
    assert annexes([ANNEX]).entries("Glycerin") == ()
    with pytest.raises(BadInput, match="no export of an annex"):
        annexes(["a,b\n1,2\n"])


def test_a_product_whose_name_says_exosome_and_whose_list_does_not_is_asked_about() -> None:
    told = replace(
        product("a"), name="Exosome Serum", ingredients=Fact(value="Water, Glycerin, Hydrogenated Lecithin", at="page")
    )
    (found,) = concluded(review(products=(told,)), WORDS).products
    assert found.identity.effect == "none named"
    assert "though its name says exosome" in found.identity.because
    assert "Hydrogenated Lecithin (carrier)" in found.identity.because


@pytest.mark.skipif(not DATA.is_dir(), reason="the shop's lists are not part of the project")
def test_real_lists_are_resolved_and_none_is_taken_for_vesicles() -> None:
    with (DATA / "cosing_ingredients.csv").open(encoding="utf-8") as lines:
        names = [row["inci_name"] for row in csv.DictReader(lines)]
    with (DATA / "cosing_exosome_inci.csv").open(encoding="utf-8") as lines:
        vesicles = {row["inci_name"] for row in csv.DictReader(lines)}
    assert {name for name in names if carrying(name) == "vesicles"} == vesicles & set(names)
    inventory = Inventory(names)
    with (DATA / "sephora_cosmetics.csv").open(encoding="utf-8-sig") as lines:
        found = [one for row in csv.DictReader(lines) for one in matched(row["Ingredients"], inventory)[1]]
    assert sum(one.how != "unresolved" for one in found) / len(found) >= 0.95
    assert not any(carrying(name) == "vesicles" for one in found for name in (*one.names, one.mention))

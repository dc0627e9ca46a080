"""Pictures of meta-analyses: an image with its words, and every value drawn as rows."""

import xml.etree.ElementTree as ET

import pytest

from evidermis import statistics as st
from evidermis.publishing.meta_figures import cumulative_picture, forest_picture, funnel_picture
from evidermis.publishing.synthesis_figures import boundary_picture, direction_picture, multiverse_picture

STUDIES = ("Kim 2020", "Lee <script>alert(1)</script>", "=cmd()", "Ono 2023")
Y, V = (0.1, 0.5, 0.3, 0.9), (0.04, 0.02, 0.09, 0.05)
FIT = st.pool(Y, V, test="adhoc")


def pictures():
    variants = [st.Variant("all", Y, V), st.Variant("without Ono", Y[:3], V[:3])]
    rows = st.direction_table(
        [("Kim 2020", "pigment", 0.3, 40), ("Lee", "pigment", -0.1, 400), ("Lee", "pores", 0.1, None)]
    )
    looks = st.sequential_boundaries([0.2, 0.5, 0.8])
    return [
        forest_picture(STUDIES, Y, V, FIT),
        cumulative_picture(STUDIES, st.cumulative(Y, V)),
        funnel_picture(STUDIES, Y, V, FIT),
        direction_picture(rows),
        boundary_picture([0.8, 1.9, 2.3], looks),
        multiverse_picture(st.multiverse(variants)),
    ]


NAMES = ("forest", "cumulative", "funnel", "directions", "boundaries", "multiverse")


@pytest.fixture(scope="module")
def drawn():
    return {picture.name: picture for picture in pictures()}


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_an_image_with_a_title_and_a_description(name, drawn):
    root = ET.fromstring(drawn[name].svg)
    assert root.get("role") == "img"
    named = [root.find(f".//*[@id='{part}']").text for part in root.get("aria-labelledby").split()]
    assert named == [drawn[name].title, drawn[name].text]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_stay_text(name, drawn):
    assert "<script" not in drawn[name].svg
    assert all(not line.startswith("=") for line in drawn[name].csv.decode().splitlines())


def test_the_forest_holds_the_pooled_effect_and_the_prediction(drawn):
    kinds = [row[1] for row in drawn["forest"].rows]
    assert kinds == ["study"] * 4 + ["pooled", "prediction"]
    assert drawn["forest"].rows[4][2] == round(FIT.estimate, 4)


def test_a_single_study_has_no_diamond():
    alone = forest_picture(STUDIES[:1], Y[:1], V[:1], st.pool(Y[:1], V[:1]))
    assert [row[1] for row in alone.rows] == ["study"]
    assert "nothing to pool" in alone.text


def test_the_words_of_a_funnel_warn_below_ten_studies(drawn):
    assert "fewer than 10" in drawn["funnel"].text


def test_the_boundaries_tell_the_state(drawn):
    assert "State: crosses boundary" in drawn["boundaries"].text

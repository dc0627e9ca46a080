"""People on a rung are people who were given something: not mice that were randomised, nor donors of skin."""

import pytest

from evidermis.evidence.record import Record, Section
from evidermis.reading import bundled_reader
from evidermis.reading.facts.report import Facts

READER = bundled_reader()
HUMAN = {"randomised-trial", "human-controlled", "human-uncontrolled"}


def read(title: str, abstract: str) -> Facts:
    return READER.read(Record(title=title, abstract=(Section(abstract),), source_id="1"))


@pytest.mark.parametrize(
    "abstract",
    [
        "Forty db/db mice were randomly divided into four groups (n = 10 each). Exosomes were injected around the wound.",
        "A total of 60 male Wistar rats were randomised to exosomes (n = 30) or saline (n = 30). Our results show faster closure.",
        "Rats were wounded. Animals were assigned at random to exosomes or PBS. Such trials in 30 patients are under way.",
    ],
)
def test_animals_that_are_randomised_are_no_people(abstract: str) -> None:
    facts = read("Exosomes in wounds of diabetic rodents", abstract)
    assert facts.design == "animal"
    assert HUMAN.isdisjoint({one.rung for one in facts.designs})
    assert (facts.n_total, facts.n_arms) == (None, ())


def test_donors_of_skin_are_not_the_people_of_a_study() -> None:
    facts = read(
        "Ex vivo human skin explants treated with vesicles",
        "Skin explants from abdominoplasty of five donors were irradiated and treated with vesicles or vehicle for 48 h.",
    )
    assert (facts.design, facts.n_total) == ("ex-vivo", None)


def test_a_report_of_cells_and_of_people_lists_both_with_their_own_words() -> None:
    facts = read(
        "Milk exosomes in a cream: in vitro and clinical evaluation",
        "HaCaT keratinocytes and cultured fibroblasts were exposed to milk exosomes. In the clinical part, 31 women used the cream "
        "for 8 weeks. Wrinkle depth fell by 12%.",
    )
    listed = {one.design: one for one in facts.designs}
    assert set(listed) == {"in-vitro", "human-non-randomised"}
    assert "31 women" in listed["human-non-randomised"].quote.text
    assert facts.n_total is not None and facts.n_total.value == 31


def test_a_protocol_lifts_its_trial_onto_no_rung() -> None:
    facts = read(
        "Exosome serum for melasma: protocol of a randomised trial",
        "We will enrol 60 women and allocate them at random to serum or vehicle. Participants will be followed for 12 weeks.",
    )
    assert facts.design == "protocol"
    assert {one.rung for one in facts.designs} == {None}


def test_sides_of_treated_people_are_work_on_people() -> None:
    facts = read(
        "Exosome gel after laser",
        "Twenty-five patients with scars received laser; one side of the face was treated with exosome gel, the other with control gel.",
    )
    assert (facts.design, facts.rung, facts.is_within_person) == ("human-non-randomised", "human-controlled", True)
    assert [one.quote.text for one in facts.designs] == ["Twenty-five patients"]


def test_a_number_behind_a_comma_is_no_label() -> None:
    facts = read(
        "Exosomes", "In this 12-week split-face trial, 28 women received exosomes on one side and saline on the other."
    )
    assert facts.n_total is not None
    assert (facts.n_total.value, facts.n_total.quote.text) == (28, "28 women")

"""Doses are read whole: amount, power of ten, span, unit, and what they are told for each of."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from evidermis.reading.noted.doses import doses_in
from evidermis.reading.text.passages import Passage


@pytest.mark.parametrize(
    "dose",
    [
        "2.0 x 10^10 particles/mL",
        "9.78 × 10^10 particles/mL",
        "1×10⁹ particles per session",
        "5 x 10(9) vesicles",
        "1.5e9 EVs",
        "10 billion exosomes",
        "25–50 µg/mL",
        "0.1% to 1% cream",
        "10 000 IU",
        "5 mL",
    ],
)
def test_a_dose_is_read_as_it_is_written(dose: str) -> None:
    (one,) = doses_in(Passage("abstract", f"Each side received {dose} of the solution."))
    assert (one.code, one.value, one.quote.text) == ("dose", dose, dose)


@pytest.mark.parametrize("text", ["45 exosome, 45 placebo", "at 12 weeks (n = 10)", "95% of patients", "30 cells"])
def test_what_is_no_dose_is_left(text: str) -> None:
    assert doses_in(Passage("abstract", text)) == []


@given(some.text(alphabet="0123456789 .x×^⁹-–%mglLµexosomes/per(,)", max_size=120))
def test_every_dose_stands_verbatim_at_its_place(text: str) -> None:
    for one in doses_in(Passage("abstract", text)):
        assert text[one.quote.start : one.quote.end] == one.quote.text == one.value

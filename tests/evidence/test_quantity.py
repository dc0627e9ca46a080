"""Quantities tell the truth about themselves."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from evidermis.evidence.quantity import Bound, Conflict, Figure, Known, Number, Unknown, known

NUMBER: TypeAdapter[Figure] = TypeAdapter(Number)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_known_as_it_was_written(value: float) -> None:
    assert NUMBER.validate_python(value).quantity == Known(value=value)


@given(st.sampled_from(("<", "<=", ">", ">=", "≤", "≥")), st.integers(0, 1000))
def test_an_inequality_is_a_bound_and_has_no_value(relation: str, limit: int) -> None:
    found = NUMBER.validate_python(f" {relation} {limit / 1000}")
    assert isinstance(found.quantity, Bound)
    assert found.quantity.limit == limit / 1000
    assert known(found) is None
    assert not hasattr(found.quantity, "value")


@pytest.mark.parametrize("written", ["unknown", "not reported", {"unknown": "the table was not read"}])
def test_unknown_stays_unknown(written: object) -> None:
    found = NUMBER.validate_python(written)
    assert isinstance(found.quantity, Unknown)
    assert known(found) is None


def test_a_conflict_keeps_both_sides_and_has_no_value() -> None:
    found = NUMBER.validate_python(
        {"conflict": [{"value": 0.37, "at": "review"}, {"words": "greater", "at": "abstract"}]}
    )
    assert isinstance(found.quantity, Conflict)
    assert [str(side) for side in found.quantity.stated] == ["0.37", "greater"]
    assert known(found) is None


@pytest.mark.parametrize("written", [True, "about five", float("nan"), float("inf"), None, [], {"vale": 3}, "<", "< x"])
def test_what_is_no_number_is_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(written)


@given(st.one_of(st.text(), st.binary(), st.dictionaries(st.text(), st.text()), st.lists(st.integers())))
def test_any_input_is_a_figure_or_refused(written: object) -> None:
    with contextlib.suppress(ValidationError):
        assert isinstance(NUMBER.validate_python(written), Figure)

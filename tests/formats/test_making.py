"""What readers make quickly is what the class itself makes: equal, of that class, and as hard to change."""

from dataclasses import FrozenInstanceError, fields

import pytest

from evidermis.evidence.record import Author, Heading, Identifier, Record, Section
from evidermis.formats import making

MADE = [
    pytest.param(Author, making.made_author, id="author"),
    pytest.param(Heading, making.made_heading, id="heading"),
    pytest.param(Identifier, making.made_identifier, id="identifier"),
    pytest.param(Record, making.made_record, id="record"),
    pytest.param(Section, making.made_section, id="section"),
]


@pytest.mark.parametrize(("of", "made"), MADE)
def test_it_is_the_object_that_the_class_makes(of: type, made: type) -> None:
    values = {one.name: f"value of {one.name}" for one in fields(of)}
    assert type(made(**values)) is of
    assert made(**values) == of(**values)
    assert hash(made(**values)) == hash(of(**values))


@pytest.mark.parametrize(("of", "made"), MADE)
def test_what_is_left_out_is_what_the_class_has_for_it(of: type, made: type) -> None:
    needed = ["a text"] * (2 if of is Identifier else 1)
    assert made(*needed) == of(*needed)


@pytest.mark.parametrize(("of", "made"), MADE)
def test_it_cannot_be_changed(of: type, made: type) -> None:
    thing = made(**{one.name: "" for one in fields(of)})
    with pytest.raises(FrozenInstanceError):
        setattr(thing, fields(of)[0].name, "another")

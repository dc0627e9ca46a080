"""What a content says beyond its record: a registration's fields, an article's body and tables.

The record is read as ever. What stands in fields and cells comes with that place; prose is read by the same cues as an abstract,
and what it adds is noted where the abstract does not say it.
"""

import datetime
from typing import Protocol, runtime_checkable

from evidermis.evidence.content import Content
from evidermis.reading.facts import Facts
from evidermis.reading.text import words

__all__ = ["ContentReader", "article_prose", "is_of_methods", "registry_prose"]

# The fields of a registration that hold sentences or names.
_REGISTRY_PROSE = (
    "armGroups[", "interventions[", "Outcomes[", "eligibilityCriteria", "maskingDescription", "interventionModelDescription",
)  # fmt: skip
_REGISTRY = "protocolSection."


@runtime_checkable
class ContentReader(Protocol):
    """A reader that reads more than a record. `today` is the day on which results are asked to be due."""

    def read_content(self, content: Content, today: datetime.date | None = None) -> Facts:
        """The facts that a record, its fields, its body and its tables state."""
        ...


def registry_prose(content: Content) -> tuple[tuple[str, str], ...]:
    """The fields of a registration that hold sentences or names, each with its place."""
    return tuple(
        (part.place, part.text)
        for part in content.parts
        if part.place.startswith(_REGISTRY) and any(name in part.place for name in _REGISTRY_PROSE)
    )


def article_prose(content: Content) -> tuple[tuple[str, str], ...]:
    """The paragraphs and captions that tell of an article's own work, each with its place: introduction and discussion do not."""
    others = words("sections-of-others")
    return tuple(
        (part.place, part.text)
        for part in content.parts
        if not any(_bare(heading) in others for heading in part.section.split(" > ")[:1])
    )


def is_of_methods(content: Content) -> frozenset[str]:
    """The places of the paragraphs that tell what was done."""
    methods = words("sections-of-methods")
    return frozenset(
        part.place for part in content.parts if not methods.isdisjoint(_bare(part.section.split(" > ")[0]).split())
    )


def _bare(heading: str) -> str:
    """A heading without its number and marks: "1. Introduction:" is an introduction."""
    return " ".join("".join(letter if letter.isalpha() else " " for letter in heading.casefold()).split())

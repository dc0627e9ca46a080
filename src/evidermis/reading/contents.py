"""What a content says beyond its record: a registration's fields, an article's body and tables.

The record is read as ever. What stands in fields and cells comes with that place; prose is read by the same cues as an abstract,
and what it adds is noted where the abstract does not say it.
"""

import datetime
from typing import Protocol, runtime_checkable

from evidermis.evidence.content import Content
from evidermis.reading.facts import Facts

__all__ = ["ContentReader", "registry_prose"]

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

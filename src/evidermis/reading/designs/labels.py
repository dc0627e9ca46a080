"""What a labelled file calls a design, as this vocabulary's name of it."""

from functools import cache

from pydantic import TypeAdapter

from evidermis.evidence.vocabulary import vocabulary_table
from evidermis.reading.facts import DESIGNS, DesignName

__all__ = ["design_of_label"]


def design_of_label(label: str) -> DesignName | None:
    """The design that a label means (`"RCT"`, `"Case report"`, `"animal"`), or None where no name or synonym fits."""
    plain = "-".join(label.lower().replace("_", " ").replace("-", " ").split())
    wanted = _synonyms().get(plain, plain)
    return next((design for design in DESIGNS if design == wanted), None)


@cache
def _synonyms() -> dict[str, str]:
    return TypeAdapter(dict[str, dict[str, str]]).validate_python(vocabulary_table("design_labels"))["labels"]

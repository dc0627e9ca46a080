"""What a labelled file calls a design, as this vocabulary's name of it."""

import tomllib
from functools import cache
from importlib import resources

from pydantic import TypeAdapter

from evidermis.reading.design import DESIGNS, DesignName

__all__ = ["design_of_label"]


def design_of_label(label: str) -> DesignName | None:
    """The design that a label means (`"RCT"`, `"Case report"`, `"animal"`), or None where no name or synonym fits."""
    plain = "-".join(label.lower().replace("_", " ").replace("-", " ").split())
    wanted = _synonyms().get(plain, plain)
    return next((design for design in DESIGNS if design == wanted), None)


@cache
def _synonyms() -> dict[str, str]:
    text = (resources.files("evidermis.evidence.vocabulary") / "design_labels.toml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, dict[str, str]]).validate_python(tomllib.loads(text))["labels"]

"""*Lineage*: the one row that says where a value came from. Resume, caching and `explain` all read it."""

import hashlib
from dataclasses import dataclass

__all__ = ["Made", "digest"]


def digest(value: object) -> str:
    """SHA-256 of a value's written form. Values of the house are frozen dataclasses of plain parts, whose form is stable."""
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Made:
    """Which stage, at which version and with which settings, made a value from which inputs.

    `value` and `inputs` are names: SHA-256 (hex) of what was made and of what it was made from.
    """

    value: str
    stage: str
    version: int
    settings: str
    inputs: tuple[str, ...]

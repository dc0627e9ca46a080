"""Lists of words kept as data in `cues/words.toml`."""

import tomllib
from functools import cache
from importlib import resources

__all__ = ["words"]


@cache
def words(name: str) -> frozenset[str]:
    """The list of that name."""
    text = (resources.files("evidermis.auditing") / "cues" / "words.toml").read_text(encoding="utf-8")
    return frozenset(str(tomllib.loads(text)[name]).split())

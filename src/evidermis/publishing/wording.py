"""The words of the page that no template holds: titles and descriptions of pictures, marks, and plural forms."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["counted", "marks", "picture_words", "short_words"]


@cache
def _words() -> dict[str, Any]:
    text = (resources.files("evidermis.publishing") / "templates" / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def marks() -> dict[str, str]:
    """The sign that stands beside a word, so that no colour has to be told apart."""
    return {word: sign for group in _words()["marks"].values() for word, sign in group.items()}


def picture_words(name: str, **numbers: object) -> tuple[str, str, str]:
    """Title, description and the words for an empty picture of that name."""
    entry = _words()["pictures"][name]
    return entry["title"], entry["text"].format(**numbers), entry["empty"]


def short_words(name: str) -> dict[str, str]:
    """A table of short words for a picture's columns and states."""
    return dict(_words()[name])


def counted(n: int, one: str, many: str) -> str:
    """`1 study`, `2 studies`, `no studies`."""
    return f"{n or 'no'} {one if n == 1 else many}"

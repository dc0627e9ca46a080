"""Small word lists kept as data in `evidence/vocabulary/words.toml`, each read by its name."""

from functools import cache

from pydantic import TypeAdapter

from evidermis.evidence.vocabulary import vocabulary_table

__all__ = ["NUMBER_WORDS", "listed", "words"]


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    return TypeAdapter(dict[str, tuple[str, ...]]).validate_python(vocabulary_table("words"))


def listed(name: str) -> tuple[str, ...]:
    """The words of one list, in the file's order. `KeyError` where no list is called so."""
    return _lists()[name]


def words(name: str) -> frozenset[str]:
    """The words of one list as a set."""
    return frozenset(listed(name))


# Words that are whole numbers by themselves.
NUMBER_WORDS = words("units-in-words") | words("tens-in-words") | {"hundred"}

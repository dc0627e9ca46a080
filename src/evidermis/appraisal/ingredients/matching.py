"""A mention matched to a name of the inventory: as printed, without its common name, under its other name, or misspelt.

A misspelling is one or two letters off, never a digit (PEG-40 is not PEG-60), and only one name may be as near. Nothing is
ever guessed to be vesicles: both sides must say so or neither.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from evidermis.appraisal.ingredients.carrying import carrying, same_names

__all__ = ["How", "Inventory", "Match"]

How = Literal["exact", "common name", "other name", "several names", "spelling", "unresolved"]
# The third name on labels for Canada, which asks for French.
_TRANSLATED = re.compile(
    r"(?:extrait|huile|beurre|cire|prot[eé]ines?|poudre|fleur|terre|sel|eau|lait|jus|feuille|graine) "
    r"(?:de|d'|du|des|marin)|miel$",
    re.IGNORECASE,
)
_GROWN = re.compile(r"^(?:certified )?(?:organic|natural|vegan) ", re.IGNORECASE)
# Letters that may differ, by the length of the mention: short names lie too close together for any.
_SLACK = ((20, 2), (9, 1))


@dataclass(frozen=True, slots=True)
class Match:
    """The names a mention stands for (one, but several where a label joins them), or none where nobody can tell."""

    mention: str
    names: tuple[str, ...]
    how: How


class Inventory:
    """Names of ingredients, looked up in every usual way of printing them. The names are kept as given."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        for name in names:
            if folded := _folded(name):
                self._names.setdefault(folded, name.strip())
        self._same = {_folded(one): _folded(other) for one, other in same_names().items()}
        self._near: dict[tuple[str, int], list[str]] = {}
        for folded in self._names:
            self._near.setdefault((folded[:1], len(folded)), []).append(folded)
        self._found: dict[str, Match] = {}

    def __len__(self) -> int:
        return len(self._names)

    def match(self, mention: str) -> Match:
        """The match of one mention."""
        if mention not in self._found:
            self._found[mention] = self._matched(mention)
        return self._found[mention]

    def _matched(self, mention: str) -> Match:
        readings = list(_readings(mention))
        for at, reading in enumerate(readings):
            if reading in self._names:
                return Match(mention, (self._names[reading],), "common name" if at else "exact")
            if self._same.get(reading, "") in self._names:
                return Match(mention, (self._names[self._same[reading]],), "other name")
        if parts := self._parts(mention):
            return Match(mention, parts, "several names" if len(parts) > 1 else "other name")
        for reading in readings[:2]:
            if (name := self._misspelt(reading)) is not None:
                return Match(mention, (name,), "spelling")
        return Match(mention, (), "unresolved")

    def _parts(self, mention: str) -> tuple[str, ...]:
        """The names that a label joins by slashes or `and`, where every part is one: `Aqua/Water/Eau` is one name.

        Where a part is French, the parts are translations of one another, and one that is known is enough.
        """
        printed = [part.strip() for part in mention.split("/")]
        if any(_TRANSLATED.match(part) for part in printed):
            for part in printed:
                if not _TRANSLATED.match(part) and (match := self.match(part)).how != "unresolved":
                    return match.names
        parts = [
            _folded(part) for part in re.split(r"\s*/\s*|\s+and\s+|\s+&\s+|\s*\(and\)\s*", mention) if part.strip()
        ]
        known = [self._names.get(part) or self._names.get(self._same.get(part, "")) for part in parts]
        names = [name for name in known if name is not None]
        return tuple(dict.fromkeys(names)) if len(parts) > 1 and len(names) == len(parts) else ()

    def _misspelt(self, reading: str) -> str | None:
        slack = next((most for least, most in _SLACK if len(reading) >= least), 0)
        if not slack:
            return None
        near = [
            name
            for length in range(len(reading) - slack, len(reading) + slack + 1)
            for name in self._near.get((reading[:1], length), ())
        ]
        found = process.extract(reading, near, scorer=OSA.distance, score_cutoff=slack, limit=3)
        digits, carries = re.findall(r"\d+", reading), carrying(reading)
        fits = [
            (gap, name) for name, gap, _ in found if re.findall(r"\d+", name) == digits and carrying(name) == carries
        ]
        if not fits or (len(fits) > 1 and fits[0][0] == fits[1][0]):
            return None
        return self._names[fits[0][1]]


def _folded(name: str) -> str:
    """Letters without accents, hyphens and slashes without space around them, single spaces."""
    flat = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    flat = re.sub(r"\s*([-/])\s*", r"\1", flat.replace("’", "'"))
    return re.sub(r"\s+", " ", flat).strip(" .,;:*'\"")


def _readings(mention: str) -> Iterator[str]:
    """The mention as printed, without what stands in brackets, and what stands in them."""
    whole = _folded(mention)
    yield whole
    outside = _GROWN.sub("", _folded(re.sub(r"\s*[(\[].*?[)\]]", " ", mention)))
    if outside and outside != whole:
        yield outside
    for inside in re.findall(r"[(\[](.*?)[)\]]", mention):
        if (folded := _folded(inside)) and folded not in _BESIDE:
            yield folded


# What stands in brackets beside a name and is no ingredient of its own.
_BESIDE = {"and", "nano", "organic", "vegan", "natural", "vegetable", "plant", "leaf", "root", "sugar", "milk", "honey"}

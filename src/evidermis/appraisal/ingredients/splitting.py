"""A printed ingredient list taken apart, or left unread where it is prose or holds several products."""

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["IngredientList", "ingredient_list", "plain_name"]


@dataclass(frozen=True, slots=True)
class IngredientList:
    """The mentions in printed order. `unread` says why nothing was read, `""` where the list was."""

    mentions: tuple[str, ...]
    unread: str = ""


# Words of sentences and none of names of ingredients.
_SENTENCE = re.compile(
    r"\b(?:helps?|your|which|that|this|these|skin|proven|known|formulated|without|contains?|includ(?:es|ing)|visit|please|"
    r"products?|packaging|improves?|provides?|is|are|has|be|been|from the|to (?:the|help|reduce|improve|a))\b",
    re.IGNORECASE,
)
# A second list announces itself by a heading before a colon, or by starting anew with water.
_HEADING = re.compile(r"(?:^|[.;\n])\s*[-–•]?\s*[A-Z][^,.:;]{2,60}:\s")
_WATER = re.compile(r"(?:^|[,.:;]\s*)(?:aqua|water)\b", re.IGNORECASE)
_LEAD = re.compile(
    r"^\s*(?:other |inactive |active |full |key )*ingredients?(?: list)?\s*:?\s*|^\s*inci\s*:\s*", re.IGNORECASE
)
_MAY = re.compile(
    r"\(?\+\s*/\s*-\)?\s*:?|\[\s*\+/-|may contain\s*(?:/\s*peut contenir)?\s*(?:\(\+/-\))?\s*:?", re.IGNORECASE
)
# A comma between digits is part of a name (1,2-Hexanediol); one inside brackets does not part the list.
_COMMA = re.compile(r",(?!\d(?:,\d)*-)\s*|;\s*|\s•\s|\n+|(?<![Dd]enat)(?<!\bvar)(?<!\bsp)\.\s+(?=[A-Z])")
_LOCANT = re.compile(r"(?<=\d),\s+(?=\d-?\s?[A-Za-z])")
_LONGEST_NAME = 12  # words; the longest INCI names have about as many
_FEWEST = 2


def ingredient_list(text: str) -> IngredientList:
    """Take a list apart. `unread`: empty, prose, several products, or a single phrase."""
    flat = unicodedata.normalize("NFKC", text).strip()
    flat = _LOCANT.sub(",", _LEAD.sub("", flat))
    if not flat:
        return IngredientList((), "nothing is printed")
    if len(_WATER.findall(flat)) > 1 and len(_HEADING.findall(flat)) > 1:
        return IngredientList((), "several products")
    if _HEADING.search(flat) or any(_is_prose(part) for part in _COMMA.split(flat)):
        return IngredientList((), "prose")
    if len(_WATER.findall(flat)) > 2:
        return IngredientList((), "several products")
    parts = (plain_name(part) for part in _parts(_MAY.sub(", ", flat)))
    mentions = tuple(part for part in parts if re.search(r"[^\W\d_]", part))
    if len(mentions) < _FEWEST:
        return IngredientList((), "no list")
    return IngredientList(mentions)


def _is_prose(part: str) -> bool:
    return len(part.split()) > _LONGEST_NAME or len(_SENTENCE.findall(part)) > 0


def _parts(text: str) -> list[str]:
    """The text parted at commas outside brackets; a bracket that is never closed closes at the next comma."""
    parts: list[str] = []
    held = ""
    for piece in _COMMA.split(text):
        held = f"{held}, {piece}" if held else piece
        if held.count("(") <= held.count(")") or held.count(", ") >= 3:
            parts.append(held)
            held = ""
    return [*parts, held] if held else parts


def plain_name(part: str) -> str:
    """A mention without footnote signs, shares and the stop at its end."""
    flat = re.sub(r"[*†‡§®™°¹²³]+", " ", part)
    flat = re.sub(r"\b\d+(?:[.,]\d+)?\s*%", " ", flat)
    flat = re.sub(r"\(\s*\)", " ", flat)
    return re.sub(r"\s+", " ", flat).strip(" .:-–•[]{}")

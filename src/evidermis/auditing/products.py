"""The products an article lists, and the names that captions show for them."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from evidermis.auditing.article import Block, Product
from evidermis.auditing.words import words

__all__ = ["products_in"]

_INTRODUCES = re.compile(r"\b(?:products?|brands?|serums?|creams?|range)\b", re.I)
_LISTS = re.compile(r"\b(?:products?|serums?|creams?)\b[^:]*:\s*(.+)$", re.I)
_NAME = re.compile(r"[A-Z][\w.&'’+-]*(?:\s+[\w.&'’+-]+){1,9}")
# Names this alike are the same product, or one of its names.
_ALIKE = 70


def products_in(blocks: Sequence[Block]) -> tuple[Product, ...]:
    """Products of a list that a sentence about products or brands introduces; each with the name that a caption shows."""
    listed: list[tuple[str, int]] = []
    introduced = False
    for block in blocks:
        if block.kind == "paragraph":
            introduced = block.text.endswith(":") and bool(_INTRODUCES.search(block.text))
        elif block.kind == "item" and introduced and _is_name(block.text):
            listed.append((block.text, block.line))
        elif block.kind in ("heading", "title"):
            introduced = False
    shown = [name for block in blocks if block.kind == "caption" for name in _named(block.text)]
    return tuple(Product(name, line, _shown_as(name, shown)) for name, line in listed)


def _is_name(text: str) -> bool:
    told = [word for word in re.findall(r"[^\W_][\w.'’&+-]*", text) if word.lower() not in words("small")]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in told)
    return bool(told) and len(text) <= 90 and not text.endswith(".") and capitals / len(told) >= 0.8


def _named(caption: str) -> list[str]:
    found = _LISTS.search(caption)
    return [name.strip(" .") for name in found[1].split(",")] if found else []


def _shown_as(name: str, shown: Sequence[str]) -> str:
    """The caption's name of the same product where it is written otherwise."""
    maker = name.split()[0].casefold()
    same_maker = [other for other in shown if other.casefold().startswith(maker)]
    scored = [(fuzz.token_sort_ratio(name, other), other) for other in same_maker]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= _ALIKE and best[1].casefold() != name.casefold() else ""

"""An *article* as the auditor reads it: blocks of text with their places, and what stands apart from the running text.

A block's `line` counts from 1 in the text that was given (for HTML, DOCX and PDF: in the text drawn from it). Spans count
characters of the block's text.
"""

import datetime
from dataclasses import dataclass
from typing import Literal

__all__ = ["Article", "Block", "BlockKind", "Hint", "Line", "Product", "Reference"]

Hint = Literal["", "title", "heading", "item", "caption", "link"]
BlockKind = Literal["title", "heading", "paragraph", "item", "caption", "related", "reference"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document with what its format says of it: `heading`, `item`, `caption`, `link`, or nothing."""

    text: str
    number: int
    hint: Hint = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text of one kind, under the heading `section`."""

    number: int
    kind: BlockKind
    text: str
    line: int
    section: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A printed reference taken apart. Empty is not printed, or not read. `number` is its number in the list, from 1."""

    number: int
    text: str
    line: int
    title: str = ""
    first_author: str = ""
    year: int | None = None
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    registration: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """A product that the article lists, with the name that a caption shows where it differs."""

    name: str
    line: int
    in_caption: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """The whole. `cutoff` is the date up to which the article says it looked for evidence, as it says it."""

    title: str
    published: datetime.date | None
    cutoff: str
    cutoff_year: int | None
    blocks: tuple[Block, ...]
    references: tuple[Reference, ...]
    products: tuple[Product, ...]
    registrations: tuple[str, ...]

    def of_kind(self, *kinds: BlockKind) -> tuple[Block, ...]:
        """The blocks of those kinds, in order."""
        return tuple(block for block in self.blocks if block.kind in kinds)

    @property
    def related(self) -> tuple[str, ...]:
        """The titles of related articles, each once, in order."""
        return tuple(dict.fromkeys(block.text for block in self.of_kind("related")))

    @property
    def images(self) -> tuple[Block, ...]:
        """The captions of pictures."""
        return self.of_kind("caption")

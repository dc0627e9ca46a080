"""A *record*: one bibliographic or registry entry exactly as a source gave it, never edited after import.

Unknown is `""`, `None` or an empty tuple, never a guess. A record's identity is the hash of its canonical content, so the
same entry read twice, from any file, is the same record.
"""

import json
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from msgspec.json import Decoder, Encoder

__all__ = ["Author", "Heading", "Identifier", "Notice", "NoticeState", "Record", "Section", "record_of"]

# Four states, worst last; only *retracted* takes a study out of the synthesis.
NoticeState = Literal["none", "corrected", "concern", "retracted"]


@dataclass(frozen=True, slots=True)
class Identifier:
    """A name of the record in some scheme: `doi`, `pmid`, `pmcid`, `nct`, `irct`, `actrn`, `issn`, `url` …"""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Author:
    """A person or a group (`family` alone)."""

    family: str
    given: str = ""
    orcid: str = ""
    affiliations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an abstract; `label` is `""` where the abstract is not structured."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A MeSH heading with its qualifiers; `major` where it is a main topic."""

    descriptor: str
    qualifiers: tuple[str, ...] = ()
    major: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A correction, expression of concern or retraction that concerns this record."""

    state: NoticeState
    identifiers: tuple[Identifier, ...] = ()
    date: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a bibliography or registry.

    `source` names where it came from (`pubmed`, `scopus`, `hand` …) and `source_id` its name there; `kind` is what it is
    (`article`, `preprint`, `registration`, `conference-abstract`, `chapter`, `notice`, `other`). `date` is ISO 8601 as far
    as it is known (`2020`, `2020-09`, `2020-09-18`). `labels` hold what others decided (`included=1`) and are not read
    as our judgement.
    """

    title: str
    source: str = ""
    source_id: str = ""
    kind: str = "article"
    authors: tuple[Author, ...] = ()
    journal: str = ""
    journal_abbreviation: str = ""
    year: int | None = None
    date: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    abstract: tuple[Section, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    publication_types: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    substances: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    registrations: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    funding: tuple[str, ...] = ()
    conflict_statement: str = ""
    language: str = ""
    publisher: str = ""
    url: str = ""
    notes: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()

    def identifier(self, scheme: str) -> str:
        """The first identifier of a scheme, or `""`."""
        return next((i.value for i in self.identifiers if i.scheme == scheme), "")

    @property
    def abstract_text(self) -> str:
        """The abstract as one text, its section labels left in place."""
        return "\n".join(f"{s.label}: {s.text}" if s.label else s.text for s in self.abstract)

    @property
    def canonical(self) -> bytes:
        """The content as JSON with its keys in order: the same record, the same bytes."""
        try:
            return _encoder().encode(self)
        except UnicodeEncodeError:
            return _CANONICAL.encode(self).encode("utf-8", "surrogatepass")

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the canonical content: the record's identity."""
        # Loading it takes longer than linking a hundred records, and who reads a table needs no digest.
        import hashlib

        return hashlib.sha256(self.canonical).hexdigest()


def record_of(canonical: bytes) -> Record:
    """The record whose canonical content this is. `ValueError` where it is no record's."""
    import msgspec

    try:
        try:
            return _decoder().decode(canonical)
        except UnicodeDecodeError:
            return msgspec.convert(json.loads(canonical.decode("utf-8", "surrogatepass")), Record)
    except (msgspec.MsgspecError, ValueError) as error:
        raise ValueError(f"this is no record: {error}") from error


# Imported when first used: many verbs touch no record. It takes a fifth of the time of the standard library's encoder, and a
# library writes and reads records by the hundred thousand.
@cache
def _encoder() -> "Encoder":
    from msgspec.json import Encoder

    return Encoder(order="sorted")


@cache
def _decoder() -> "Decoder[Record]":
    from msgspec.json import Decoder

    return Decoder(Record)


# What the encoder above refuses: half a surrogate pair, which some files hold.
def _parts(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is no part of a record")
    return {field.name: getattr(value, field.name) for field in fields(value)}


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_parts)

"""What a reader yields besides records: an entry it could not read, and an entry the source has withdrawn."""

from dataclasses import dataclass

__all__ = ["FIELD_LIMIT", "RECORD_LIMIT", "Deletion", "Unreadable"]

# No abstract, affiliation list or registry entry comes near these (characters); what does is an attack or a broken file.
FIELD_LIMIT = 4 * 1024 * 1024
RECORD_LIMIT = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An entry that could not be read: its file, its number among the entries (from 1), its line (from 1), and why."""

    file: str
    number: int
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file or 'input'}, record {self.number}, line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Deletion:
    """A source's word that an entry it once gave is withdrawn (PubMed's `DeleteCitation`)."""

    source: str
    source_id: str

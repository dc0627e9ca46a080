"""Where records are kept: SQLite for what is known, tantivy for finding it, `records/` for what both are made from."""

from evidermis.library.gathered import GatheredIndex
from evidermis.library.indexing import is_installed
from evidermis.library.payloads import Looked, keep, kept_files, looked_at
from evidermis.library.searching import Hit, SearchIndex
from evidermis.library.store import Held, LeftOut, Library, Work
from evidermis.library.syncing import synchronise

__all__ = [
    "GatheredIndex",
    "Held",
    "Hit",
    "LeftOut",
    "Library",
    "Looked",
    "SearchIndex",
    "Work",
    "is_installed",
    "keep",
    "kept_files",
    "looked_at",
    "synchronise",
]

"""How records are written: bibliographic formats out of and into :class:`~evidermis.evidence.record.Record`.

`read` takes the bytes of any of `FORMATS` and yields a record an entry, or why there is none; `write` is its inverse.
"""

from evidermis.formats.bibtex import write_bibtex
from evidermis.formats.csl import write_csl
from evidermis.formats.detect import FORMATS, detected_format
from evidermis.formats.reading import Entry, read, read_contents
from evidermis.formats.ris import write_ris
from evidermis.formats.unreadable import Deletion, Unreadable
from evidermis.formats.writing import WRITERS, write

__all__ = [
    "FORMATS",
    "WRITERS",
    "Deletion",
    "Entry",
    "Unreadable",
    "detected_format",
    "read",
    "read_contents",
    "write",
    "write_bibtex",
    "write_csl",
    "write_ris",
]

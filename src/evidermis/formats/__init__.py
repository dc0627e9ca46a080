"""How records are written: bibliographic formats out of and into :class:`~evidermis.evidence.record.Record`."""

from evidermis.formats.bibtex import write_bibtex
from evidermis.formats.csl import write_csl
from evidermis.formats.ris import write_ris

__all__ = ["write_bibtex", "write_csl", "write_ris"]

"""Which figures do the tables give? Each with the group, outcome and time that its headings name."""

from evidermis.reading.tables.results import tables_read

__all__ = ["tables_read"]

"""The *fields* of a record: the texts that are read, by the name that a quote gives for its place."""

from evidermis.evidence.content import Content
from evidermis.evidence.record import Record

__all__ = ["fields_of", "texts_of"]


def fields_of(record: Record) -> tuple[tuple[str, str], ...]:
    """The texts of a record that are read, by the name a quote gives for its place."""
    return (
        ("title", record.title),
        ("abstract", record.abstract_text),
        ("publication type", "; ".join(record.publication_types)),
        ("heading", "; ".join(heading.descriptor for heading in record.headings)),
        ("journal", record.journal),
        ("funding", "; ".join((*record.funding, record.conflict_statement)).strip("; ")),
        ("affiliation", _affiliations(record)),
    )


def _affiliations(record: Record) -> str:
    """Where the authors work, each place once."""
    return "; ".join(dict.fromkeys(place for author in record.authors for place in author.affiliations))


def texts_of(content: Content) -> tuple[tuple[str, str], ...]:
    """Every text that may be read of a content, the record's own first, by the name a quote gives for its place."""
    return (*fields_of(content.record), *content.texts())

"""MEDLINE (`.nbib`): lines wrapped as PubMed wraps them, so that every reader of PubMed's own files reads these."""

import re
import textwrap
from collections.abc import Iterable, Iterator

from evidermis.evidence.record import Record
from evidermis.formats.labels import label_notes

__all__ = ["write_medline"]

_TAG_OF = {"corrected": "EIN", "concern": "ECI", "retracted": "RIN"}


def write_medline(records: Iterable[Record], remainders: Iterable[str] = ()) -> str:
    """All records, each ended by an empty line."""
    rests = iter(remainders)
    return "".join(
        "".join(_wrapped(tag, text) for tag, text in _fields(record) if text) + _rest(next(rests, "")) + "\n"
        for record in records
    )


def _rest(text: str) -> str:
    return f"EVID- {text}\n" if text else ""


def _wrapped(tag: str, text: str) -> str:
    flat = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+", " ", text).strip()
    lines = textwrap.wrap(flat, 82, break_long_words=False, break_on_hyphens=False) or [""]
    return f"{tag:<4}- " + "\n      ".join(lines) + "\n"


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    yield "PMID", record.identifier("pmid") or record.source_id
    yield "TI", record.title
    yield "AB", " ".join(f"{s.label}: {s.text}" if s.label else s.text for s in record.abstract)
    for author in record.authors:
        yield "FAU" if author.given else "CN", f"{author.family}, {author.given}" if author.given else author.family
        yield "AUID", f"ORCID: {author.orcid}" if author.orcid else ""
        yield from (("AD", place) for place in author.affiliations)
    plain = (
        ("JT", record.journal),
        ("TA", record.journal_abbreviation),
        ("DP", record.date.replace("-", " ") or str(record.year or "")),
        ("VI", record.volume),
        ("IP", record.issue),
        ("PG", record.pages),
        ("LA", record.language),
        ("PB", record.publisher),
        ("COIS", record.conflict_statement),
    )
    yield from plain
    for name in record.identifiers:
        if name.scheme in {"doi", "pmcid", "issn"}:
            tag = {"doi": "AID", "pmcid": "PMC", "issn": "IS"}[name.scheme]
            yield tag, f"{name.value} [doi]" if tag == "AID" else name.value
    yield from (("PT", kind) for kind in record.publication_types)
    for heading in record.headings:
        mark = "*" if heading.major else ""
        yield "MH", "/".join((mark + heading.descriptor, *heading.qualifiers))
    yield from (("RN", f"0 ({name})") for name in record.substances)
    yield from (("SI", f"ClinicalTrials.gov/{number}") for number in record.registrations)
    yield from (("GR", text) for text in record.funding)
    yield from (("OT", word) for word in (*record.keywords, *label_notes(record.labels)))
    yield from (("GN", note) for note in dict.fromkeys((*record.notes, *label_notes(record.labels))))
    for notice in record.notices:
        if tag := _TAG_OF.get(notice.state, ""):
            pmid = next((i.value for i in notice.identifiers if i.scheme == "pmid"), "")
            yield tag, f"{notice.text} PMID: {pmid}" if pmid else notice.text or notice.date

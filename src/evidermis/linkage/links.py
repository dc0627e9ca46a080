"""All links among the records of a review, on both levels, from the records alone."""

from collections.abc import Sequence

from evidermis.evidence.record import Record
from evidermis.evidence.record_link import RecordLink
from evidermis.linkage.duplicates import Doubt, Link, duplicate_reports
from evidermis.linkage.studies import ReportFacts, linked_studies

__all__ = ["record_links"]


def record_links(records: Sequence[tuple[str, Record]]) -> tuple[RecordLink, ...]:
    """Links and doubts among records given with their ids: publications first, made before open, then by id.

    What people have curated is not looked at, so that a reader can hold their grouping against it. A pair that is one
    publication is not told again as one study.
    """
    found = duplicate_reports(records)
    links = [_publication(link, made=True) for link in found.links]
    links += [_publication(doubt, made=False) for doubt in found.doubts]
    same = {(link.one, link.other) for link in found.links}
    _, reports = linked_studies([ReportFacts(key, record) for key, record in records])
    links += [
        RecordLink(one.one, one.other, "study", one.made, one.reasons)
        for one in reports
        if (one.one, one.other) not in same
    ]
    return tuple(sorted(links, key=lambda link: (link.level, not link.made, link.one, link.other)))


def _publication(pair: Link | Doubt, *, made: bool) -> RecordLink:
    reasons = tuple(f"{name} {weight:+g}" for name, weight in pair.reasons)
    return RecordLink(pair.one, pair.other, "publication", made, reasons)

"""CSL-JSON, the form in which citation processors read records (citationstyles.org, schema 1.0)."""

import json
from collections.abc import Iterable

from evidermis.evidence.record import Record
from evidermis.formats.labels import label_notes

__all__ = ["write_csl"]

_TYPES = {
    "article": "article-journal",
    "preprint": "article",
    "registration": "dataset",
    "chapter": "chapter",
    "conference-abstract": "paper-conference",
    "news": "article-newspaper",
    "web page": "webpage",
}


def write_csl(records: Iterable[Record], remainders: Iterable[str] = ()) -> str:
    """All records as one CSL-JSON list; unknown fields are left out. `remainders`, one a record, go under `evidermis`."""
    rests = iter(remainders)
    items = [_item(record, next(rests, "")) for record in records]
    text = json.dumps(items, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text.encode("utf-8", "replace").decode("utf-8")


def _item(record: Record, rest: str) -> dict[str, object]:
    names = [{"family": a.family, "given": a.given} if a.given else {"literal": a.family} for a in record.authors]
    date = [int(part) for part in record.date.split("-") if part.isdigit()] or ([record.year] if record.year else [])
    item: dict[str, object] = {
        "id": record.source_id or record.digest[:12],
        "type": _TYPES.get(record.kind, "document"),
        "title": record.title,
        "author": names,
        "container-title": record.journal,
        "container-title-short": record.journal_abbreviation,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.pages,
        "DOI": record.identifier("doi"),
        "PMID": record.identifier("pmid"),
        "PMCID": record.identifier("pmcid"),
        "number": record.registrations[0] if record.kind == "registration" and record.registrations else "",
        "abstract": record.abstract_text,
        "language": record.language,
        "publisher": record.publisher,
        "URL": record.url,
        "issued": {"date-parts": [date]} if date else "",
        "keyword": "; ".join((*record.keywords, *label_notes(record.labels))),
        "note": "; ".join([*(notice.state for notice in record.notices), *label_notes(record.labels)]),
        "evidermis": rest,
    }
    return {key: value for key, value in item.items() if value}

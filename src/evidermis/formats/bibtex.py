"""BibTeX, for LaTeX users. Every special character is escaped, so that no title can run a command."""

import re
from collections.abc import Iterable

from evidermis.evidence.record import Record
from evidermis.formats.labels import label_notes

__all__ = ["write_bibtex"]

_TYPES = {"article": "article", "conference-abstract": "inproceedings", "chapter": "incollection"}
_ESCAPES = {c: "\\" + c for c in "&%$#_{}"} | {
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
_SPECIAL = re.compile(r"[&%$#_{}~^\\]")


def write_bibtex(records: Iterable[Record], remainders: Iterable[str] = ()) -> str:
    """All records as BibTeX entries; a key that stands twice gets a number behind it.

    `remainders` are lines of `evidermis.formats.remainder`, one a record, put into the field `evidermis`.
    """
    rests = iter(remainders)
    seen: dict[str, int] = {}
    entries: list[str] = []
    for record in records:
        key = re.sub(r"[^A-Za-z0-9_:.-]", "", record.source_id) or "record"
        seen[key] = seen.get(key, 0) + 1
        unique = key if seen[key] == 1 else f"{key}-{seen[key]}"
        named = (*_fields(record), ("evidermis", next(rests, "")))
        fields = "".join(f"  {name} = {{{text}}},\n" for name, text in named if text)
        entries.append(f"@{_TYPES.get(record.kind, 'misc')}{{{unique},\n{fields}}}\n")
    return "\n".join(entries)


def _fields(record: Record) -> tuple[tuple[str, str], ...]:
    names = (
        f"{{{_escaped(a.family)}}}, {_escaped(a.given)}" if a.given else f"{{{_escaped(a.family)}}}"
        for a in record.authors
    )
    pages = _escaped(record.pages).replace("-", "--")
    return (
        ("title", f"{{{_escaped(record.title)}}}"),
        ("author", " and ".join(names)),
        ("journal", _escaped(record.journal)),
        ("year", str(record.year) if record.year else ""),
        ("volume", _escaped(record.volume)),
        ("number", _escaped(record.issue)),
        ("pages", pages),
        ("doi", _escaped(record.identifier("doi"))),
        ("pmid", _escaped(record.identifier("pmid"))),
        ("url", _escaped(record.url)),
        ("keywords", "; ".join(_escaped(word) for word in (*record.keywords, *label_notes(record.labels)))),
        ("note", "; ".join(_escaped(note) for note in _notes(record))),
    )


def _notes(record: Record) -> list[str]:
    return [*(f"{notice.state} {notice.date}".strip() for notice in record.notices), *label_notes(record.labels)]


def _escaped(text: str) -> str:
    flat = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip()
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], flat)

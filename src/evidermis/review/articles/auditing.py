"""Articles beside reviews: audit one against a review, draft a review from one, keep one with its review.

A kept article is the file `article.…` in the review's folder, with `article.json`: for each statement what stood behind it when
it was last read. `status` names the statements for which that has changed.
"""

import datetime
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidermis.auditing import Audit, audit, lines_of, outlined
from evidermis.evidence.errors import BadInput
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.pipeline import families_of
from evidermis.review.bundle import bundled_folder, bundled_names
from evidermis.review.folder.checking import checked

__all__ = ["ChangedStatement", "audited", "changed_statements", "keep_article"]

_KEPT = "article.json"


@dataclass(frozen=True, slots=True)
class ChangedStatement:
    """A statement of a kept article whose evidence is not what it was."""

    line: int
    excerpt: str
    records: tuple[str, ...]


def audited(article: Path, review: Path, today: datetime.date) -> Audit:
    """Audit an article's file against a review: a folder, or where there is none of that name, a bundled one."""
    vocabulary = bundled_vocabulary()
    if review.exists():
        held = checked(review, vocabulary, today)
    elif review.name in bundled_names():
        with bundled_folder(review.name) as folder:
            held = checked(folder, vocabulary, today)
    else:
        mend = f"give a review folder, or a bundled one: {', '.join(bundled_names())}"
        raise BadInput("there is no review here", file=str(review), mend=mend)
    return audit(outlined(_lines(article)), held, vocabulary, families_of(held, vocabulary))


def _lines(article: Path) -> Any:
    try:
        return lines_of(article.read_bytes())
    except OSError as error:
        raise BadInput(error.strerror or "cannot be read", file=str(article), mend="check the path") from error
    except BadInput as error:
        raise BadInput(error.what, file=str(article), place=error.place, mend=error.mend) from error


def keep_article(article: Path, found: Audit, folder: Path, review: Review) -> None:
    """Keep an article and what stands behind its statements in a review's folder."""
    for old in folder.glob("article.*"):
        old.unlink()
    (folder / f"article{article.suffix.lower() or '.txt'}").write_bytes(article.read_bytes())
    rows = [
        {"line": line, "excerpt": excerpt, "records": list(records), "evidence": _evidence(review, records)}
        for line, excerpt, records in _cited(found)
    ]
    (folder / _KEPT).write_text(json.dumps({"statements": rows}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def changed_statements(folder: Path, review: Review) -> tuple[ChangedStatement, ...]:
    """The statements of a kept article whose evidence has changed; none where no article is kept."""
    kept = folder / _KEPT
    if not kept.is_file():
        return ()
    try:
        rows = json.loads(kept.read_bytes())["statements"]
        told = [(int(r["line"]), str(r["excerpt"]), tuple(map(str, r["records"])), str(r["evidence"])) for r in rows]
    except (ValueError, KeyError, TypeError) as error:
        mend = "audit the article again with --keep"
        raise BadInput("is not what an audit wrote", file=str(kept), mend=mend) from error
    return tuple(
        ChangedStatement(line, excerpt, records)
        for line, excerpt, records, evidence in told
        if _evidence(review, records) != evidence
    )


def _cited(found: Audit) -> list[tuple[int, str, tuple[str, ...]]]:
    records = {one.number: one.record for one in found.resolutions if one.record}
    return [
        (one.block.line, one.text[:160], tuple(records[n] for n in one.cites if n in records))
        for one in found.statements
        if any(n in records for n in one.cites)
    ]


def _evidence(review: Review, records: tuple[str, ...]) -> str:
    """SHA-256 of what a review holds on those records: the entries themselves and the studies they report."""
    entries = [review.reference(record) for record in sorted(records)]
    studies = [s for s in review.studies if any(one.record in records for one in s.reports)]
    held = repr((entries, sorted(studies, key=lambda s: s.id)))
    return hashlib.sha256(held.encode("utf-8", "surrogatepass")).hexdigest()

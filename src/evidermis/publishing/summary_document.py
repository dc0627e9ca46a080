"""The summary of findings as a page of its own and as a Word document, for those who paste it into a manuscript."""

import io
from collections.abc import Sequence
from html import escape
from itertools import groupby

from evidermis.evidence.errors import BadInput
from evidermis.evidence.inert import clean
from evidermis.evidence.review import Review
from evidermis.publishing.findings_summary import SummaryRow

__all__ = ["summary_as_docx", "summary_as_html"]

_HEAD = ("Outcome", "People (studies)", "Effect", "Certainty", "In words")
_STYLE = (
    "body{font:15px/1.45 sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #aab;padding:.4rem .6rem;text-align:left;vertical-align:top}caption{text-align:left;font-weight:bold}"
    "tbody th[colspan]{background:#eef2f1}"
)


def _cells(row: SummaryRow) -> tuple[str, ...]:
    reasons = "; ".join(f"{rule} {effect}: {because}" for rule, effect, because in row.reasons)
    certainty = f"{row.certainty} ({reasons})" if reasons else row.certainty
    people = f"{row.people} ({len(row.studies)}, {row.evidence})" if row.studies else "none"
    return tuple(map(clean, (row.label, people, "; ".join(row.effects) or "none", certainty, row.statement)))


def _by_claim(review: Review, rows: Sequence[SummaryRow]) -> list[tuple[str, list[tuple[str, ...]]]]:
    texts = {claim.id: clean(claim.text) for claim in review.protocol.claims}
    return [(texts[claim], [_cells(row) for row in mine]) for claim, mine in groupby(rows, key=lambda row: row.claim)]


def _caption(review: Review) -> str:
    protocol = review.protocol
    return clean(f"{protocol.title}, version {protocol.version}, evidence searched to {protocol.searched}")


def summary_as_html(review: Review, rows: Sequence[SummaryRow]) -> bytes:
    """One HTML page with the table, without script."""
    parts: list[str] = []
    for claim, cells in _by_claim(review, rows):
        parts.append(f'<tr><th scope="rowgroup" colspan="{len(_HEAD)}">{escape(claim)}</th></tr>')
        for first, *rest in cells:
            told = "".join(f"<td>{escape(one)}</td>" for one in rest)
            parts.append(f'<tr><th scope="row">{escape(first)}</th>{told}</tr>')
    head = "".join(f'<th scope="col">{one}</th>' for one in _HEAD)
    title = escape(_caption(review))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Summary of findings</title>'
        f"<style>{_STYLE}</style></head><body>\n<table><caption>Summary of findings. {title}</caption>"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{chr(10).join(parts)}\n</tbody></table>\n</body></html>\n"
    ).encode()


def summary_as_docx(review: Review, rows: Sequence[SummaryRow]) -> bytes:
    """A Word document with the table. `BadInput` where python-docx is not installed."""
    try:
        from docx import Document
    except ImportError as error:
        raise BadInput("a Word document needs python-docx", mend="pip install 'evidermis[export]'") from error
    document = Document()
    document.add_heading("Summary of findings", 1)
    document.add_paragraph(_caption(review))
    table = document.add_table(rows=1, cols=len(_HEAD), style="Table Grid")
    for cell, word in zip(table.rows[0].cells, _HEAD, strict=True):
        cell.text = word
    for claim, rows_of in _by_claim(review, rows):
        across = table.add_row().cells
        across[0].merge(across[-1]).text = claim
        for cells in rows_of:
            for cell, text in zip(table.add_row().cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()

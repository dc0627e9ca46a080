"""Records written to a file in the format that its name or the user tells."""

from collections.abc import Sequence
from pathlib import Path

from evidermis.cli.whole import written_whole
from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import Record
from evidermis.formats import WRITERS, write

__all__ = ["format_of", "write_records"]

_ENDINGS = {".bib": "bibtex", ".csv": "csv", ".json": "csl", ".nbib": "nbib", ".ris": "ris"}


def format_of(output: Path, to: str = "") -> str:
    """The format to write: `to`, else by the name's ending. `BadInput` where neither tells."""
    form = to or _ENDINGS.get(output.suffix.lower(), "")
    if form not in WRITERS:
        mend = f"end it in one of {' '.join(_ENDINGS)}, or say --to FORMAT"
        raise BadInput("no format is known for this output", file=str(output), mend=mend)
    return form


def write_records(output: Path, records: Sequence[Record], form: str) -> None:
    """Write records, whole or not at all."""
    with written_whole(output) as lines:
        lines.write(write(records, form))

"""`evidermis import`: records from files into a review's library."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.clock import today
from evidermis.cli.printing import print_json, progress, say, warn
from evidermis.formats import FORMATS
from evidermis.review.records.keeping import Imported, import_files

verb = typer.Typer()


@verb.command()
def import_records(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help=f"Records in any of: {', '.join(FORMATS)}; gzipped or not.")
    ],
    review: Annotated[Path, typer.Option(help="The review folder; left out, the current folder.")] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Import records into a review: each file is kept verbatim in records/, and its records in library.db.

    A file that is there already adds nothing. Where one file cannot be read, none is imported; an entry that cannot be read is
    told, and the rest of its file is kept.

    Example: evidermis import search.nbib embase.ris --review exosomes
    """
    imported = import_files(review, files, today(), progress(quiet or as_json))
    for one in imported:
        for entry in one.left_out if one.is_new else ():
            warn(f"left out: {entry}")
    if as_json:
        print_json({"imported": [_as_json(one) for one in imported]})
        return
    for one in imported:
        say(_told(one))


def _told(one: Imported) -> str:
    if not one.is_new:
        return f"{one.file}: imported before as {one.kept}, nothing added"
    held = one.held
    left_out = f", {held.left_out} left out" if held.left_out else ""
    return f"{one.file}: {held.records} records, {held.new} of them new{left_out}; kept as {one.kept}"


def _as_json(one: Imported) -> dict[str, object]:
    counts = {**asdict(one.held), "left_out": [asdict(entry) for entry in one.left_out]}
    return {"file": str(one.file), "kept": str(one.kept), "is_new": one.is_new, **counts}

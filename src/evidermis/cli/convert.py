"""`evidermis convert`: records from any format that is read into any that is written."""

from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.records_out import format_of, write_records
from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import Record
from evidermis.formats import FORMATS, WRITERS, Unreadable, read

verb = typer.Typer()


@verb.command()
def convert(
    file: Annotated[
        Path, typer.Argument(metavar="IN", help=f"Records in any of: {', '.join(FORMATS)}; gzipped or not.")
    ],
    output: Annotated[Path, typer.Argument(metavar="OUT", help="Where to write them: .ris .nbib .bib .json .csv")],
    to: Annotated[str, typer.Option(help=f"The format to write, where OUT does not tell: {', '.join(WRITERS)}.")] = "",
) -> None:
    """Convert records from one format to another. Each entry that cannot be read is told on standard error.

    Example: evidermis convert records.ris records.csv
    """
    form = format_of(output, to)
    records: list[Record] = []
    left_out = 0
    try:
        with file.open("rb") as stream:
            for entry in read(stream, str(file)):
                if isinstance(entry, Record):
                    records.append(entry)
                    continue
                left_out += 1
                is_broken = isinstance(entry, Unreadable)
                typer.echo(
                    f"left out: {entry if is_broken else f'{entry.source} withdrew {entry.source_id}'}", err=True
                )
    except OSError as error:
        raise BadInput(error.strerror or "cannot be read", file=str(file), mend="check the path") from error
    if not records:
        raise BadInput("holds no record that can be read", file=str(file))
    write_records(output, records, form)
    typer.echo(f"{len(records)} records written to {output}, {left_out} left out")

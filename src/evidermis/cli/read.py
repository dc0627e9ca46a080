"""`evidermis read`: what reports say, each value with the words it was read from."""

import json
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.reports import reports_in
from evidermis.cli.tables import bytes_of
from evidermis.cli.whole import written_whole
from evidermis.reading import bundled_reader, facts_as_json, model_from_bytes

verb = typer.Typer()


@verb.command()
def read(
    file: Annotated[
        Path,
        typer.Argument(
            help="Records: a table with id or pmid, title and abstract; JSON lines; or any file `import` reads."
        ),
    ],
    output: Annotated[Path, typer.Option(help="Where to write the facts, one JSON object a record.")],
    model: Annotated[
        Path | None, typer.Option(help="A design model of your own, from `evidermis train design`.")
    ] = None,
) -> None:
    """Read what reports say (design, numbers of people, what was given and measured), each value with its quote."""
    learned = model_from_bytes(bytes_of(model), str(model)) if model else None
    reader = bundled_reader(learned)
    records = reports_in(file)
    with written_whole(output) as lines:
        for record in records:
            facts = {**facts_as_json(reader.read(record)), "record": record.digest}
            lines.write(json.dumps(facts, ensure_ascii=False) + "\n")
    typer.echo(f"{len(records)} records read into {output}")

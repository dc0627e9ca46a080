"""`evidermis read`: what reports say, each value with the words it was read from."""

import json
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.reports import reports_in
from evidermis.cli.tables import bytes_of
from evidermis.cli.whole import written_whole
from evidermis.evidence.errors import BadInput
from evidermis.reading import Reader, bundled_reader, facts_as_json, model_from_bytes
from evidermis.review.readers import reader_called

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
    reader: Annotated[
        str, typer.Option(help="The reader to use: ours, or one that a package of others brings.")
    ] = "cues",
    language_model: Annotated[
        str, typer.Option(help="Ask this language model instead (provider:model); texts go to its service.")
    ] = "",
    at: Annotated[str, typer.Option(help="The address of a server of your own that speaks OpenAI's protocol.")] = "",
) -> None:
    """Read what reports say (design, numbers of people, what was given and measured), each value with its quote."""
    chosen = _reader(reader, model, language_model, at)
    records = reports_in(file)
    with written_whole(output) as lines:
        for record in records:
            facts = {**facts_as_json(chosen.read(record)), "record": record.digest}
            lines.write(json.dumps(facts, ensure_ascii=False) + "\n")
    typer.echo(f"{len(records)} records read into {output}")


def _reader(name: str, model: Path | None, language_model: str, at: str) -> Reader:
    if model and (name != "cues" or language_model):
        raise BadInput("a design model goes with the reader `cues` alone", mend="leave out --model")
    if at and not language_model:
        raise BadInput("--at is the address of a language model's server", mend="name the model with --language-model")
    if language_model:
        try:
            from evidermis.sources.language_model import LanguageModelReader
        except ImportError as error:
            mend = "pip install 'evidermis[language-model]'"
            raise BadInput("asking a language model needs pydantic-ai", mend=mend) from error
        return LanguageModelReader(language_model, at=at)
    if name != "cues":
        return reader_called(name)
    return bundled_reader(model_from_bytes(bytes_of(model), str(model)) if model else None)

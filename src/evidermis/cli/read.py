"""`evidermis read`: what reports say, each value with the words it was read from."""

import datetime
import json
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.reports import contents_in
from evidermis.cli.tables import bytes_of
from evidermis.cli.whole import written_whole
from evidermis.evidence.content import Content
from evidermis.evidence.errors import BadInput
from evidermis.reading import (
    ContentReader,
    Facts,
    Reader,
    bundled_reader,
    facts_as_json,
    model_from_bytes,
    seen_together,
)
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
    today: Annotated[
        str, typer.Option(help="The day on which a trial's results are asked to be due (default: the entry's own).")
    ] = "",
) -> None:
    """Read what reports say (design, numbers of people, what was given and measured), each value with its quote."""
    chosen = _reader(reader, model, language_model, at)
    day = _day(today)
    contents = contents_in(file)
    read_of = [_facts(chosen, content, day) for content in contents]
    with written_whole(output) as lines:
        for content, facts in zip(contents, seen_together(contents, read_of), strict=True):
            told = {**facts_as_json(facts), "record": content.record.digest}
            lines.write(json.dumps(told, ensure_ascii=False) + "\n")
    typer.echo(f"{len(contents)} records read into {output}")


def _facts(reader: Reader, content: Content, today: datetime.date | None) -> Facts:
    return reader.read_content(content, today) if isinstance(reader, ContentReader) else reader.read(content.record)


def _day(told: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(told) if told else None
    except ValueError as error:
        raise BadInput(f"--today {told!r} is no day", mend="write it as 2026-11-27") from error


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

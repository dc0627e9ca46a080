"""`evidermis read`: what reports say, each value with the words it was read from."""

import datetime
import gc
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from evidermis.cli.printing import console, print_json, say
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
            help="Records: a table with id or pmid, title and abstract; JSON lines; any file `import` reads; or a review."
        ),
    ],
    output: Annotated[Path | None, typer.Option(help="Where to write the facts, one JSON object a record.")] = None,
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
    compare: Annotated[
        bool, typer.Option("--compare", help="Hold what is read of a review's own words against its studies.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the comparison as one JSON array.")] = False,
) -> None:
    """Read what reports say (design, numbers of people, what was given and measured), each value with its quote.

    Of a review folder every imported record is read, and each report held against the registration of its study. With
    --compare the review's own words are read instead; a difference without a reason in its `readings.toml` gives exit status 1.

    Example: evidermis read article.xml --output facts.jsonl
    """
    if compare:
        _compare(file, as_json)
        return
    if output is None:
        raise BadInput("no place for the facts", mend="name a file with --output")
    chosen = _reader(reader, model, language_model, at)
    # The reader's phrases live as long as the command: looking through them for cycles would cost a tenth of its time.
    gc.freeze()
    day = _day(today)
    if file.is_dir():
        _read_review(file, output, chosen, day)
        return
    contents = contents_in(file)
    each = (_facts(chosen, content, day) for content in contents)
    # Only beside a registration do records say more together; else none is held once it is written.
    has_registration = any(content.record.kind == "registration" for content in contents)
    read_of = seen_together(contents, list(each)) if has_registration else each
    with written_whole(output) as lines:
        for content, facts in zip(contents, read_of, strict=True):
            lines.write(_line(content, facts))
    typer.echo(f"{len(contents)} records read into {output}")


def _read_review(folder: Path, output: Path, reader: Reader, day: datetime.date | None) -> None:
    from evidermis.cli.read_report import tell_together
    from evidermis.review.reading.kept import read_of_review

    found = read_of_review(folder, lambda content: _facts(reader, content, day))
    for entry in found.left_out:
        typer.echo(f"left out: {entry}", err=True)
    with written_whole(output) as lines:
        for one in found.records:
            lines.write(_line(one.content, one.facts, file=one.file))
    tell_together(found)
    typer.echo(f"{len(found.records)} records read into {output}")


def _line(content: Content, facts: Facts, **beside: str) -> str:
    """One line of facts, with the record's digest and what else is told of where it stands."""
    return json.dumps({**facts_as_json(facts), "record": content.record.digest, **beside}, ensure_ascii=False) + "\n"


def _compare(folder: Path, as_json: bool) -> None:
    from evidermis.review.reading.agreeing import compared_review

    found = compared_review(folder)
    unexplained = [one for one in found if one.state == "differs" and not one.because]
    if as_json:
        print_json([asdict(one) for one in found])
    else:
        table = Table("what", "agrees", "not said", "differs", box=box.SIMPLE_HEAD)
        for what in dict.fromkeys(one.what for one in found):
            states = [one.state for one in found if one.what == what]
            table.add_row(what, *(str(states.count(state)) for state in ("agrees", "not said", "differs")))
        console().print(table)
        for one in found:
            if one.state == "differs":
                say(f"{one.study}, {one.what}: {one.read} was read (“{one.quote}”), the entry says {one.entry}")
                say(
                    f"  {one.because or 'no reason is given: mend the entry, the vocabulary, or add one to readings.toml'}"
                )
    if unexplained:
        raise typer.Exit(1)


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

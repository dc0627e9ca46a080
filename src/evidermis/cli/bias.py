"""`evidermis bias`: who judged which study how, from a review or a robvis table, as table, JSON and pictures."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table

from evidermis.appraisal.bias import ROBVIS_HEAD, RobvisLevel, RobvisRow, robvis_rows, robvis_table
from evidermis.cli.clock import today
from evidermis.cli.printing import console, plain, print_json, say
from evidermis.cli.tables import rows_in
from evidermis.cli.whole import written_whole_bytes
from evidermis.evidence.errors import BadInput
from evidermis.evidence.inert import written_table
from evidermis.review.appraisal.judging import bias_of_review

verb = typer.Typer()
_SHORT: dict[RobvisLevel, str] = {"low": "low", "some concerns": "some", "high": "high", "no information": "?"}


@verb.command()
def bias(
    source: Annotated[Path, typer.Argument(help="A review folder, or a robvis table (CSV).")],
    output: Annotated[Path | None, typer.Option(help="Write the table that robvis reads here.")] = None,
    pictures: Annotated[
        Path | None, typer.Option(help="Draw the traffic light and the summary (SVG, CSV) here.")
    ] = None,
    proposals: Annotated[
        bool, typer.Option("--proposals", help="Propose answers instead, from a review or a file of records.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON array.")] = False,
) -> None:
    """Show the risk of bias of a review's studies in people, domain by domain.

    Proposals carry the words and their place, and judge nothing: copy what you agree with into the study's file.

    Example: evidermis bias exosomes --output bias.csv --pictures figures
    """
    if proposals:
        _propose(source, as_json)
        return
    rows = bias_of_review(source, today()) if source.is_dir() else _read(source)
    if output is not None:
        written_whole_bytes(output, written_table(ROBVIS_HEAD, robvis_table(rows)))
    if pictures is not None:
        _draw(rows, pictures)
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    table = Table(*ROBVIS_HEAD, box=box.SIMPLE_HEAD)
    for row in rows:
        levels = (_SHORT[level] for level in (*row.domains, row.overall))
        table.add_row(plain(row.study), *levels, f"{row.weight:g}")
    console().print(table if rows else plain("no study's risk of bias was judged"))


def _propose(source: Path, as_json: bool) -> None:
    from evidermis.cli.tables import records_in
    from evidermis.review.appraisal.proposing import proposals_of_records, proposals_of_review

    found = proposals_of_review(source, today()) if source.is_dir() else proposals_of_records(records_in(source))
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        say(f"{one.study}: {one.assessed.overall}, if all that is proposed were signed and nothing else known")
        for answer in one.answers:
            say(f"  {answer.question} {answer.answer}  “{answer.note}”  {answer.at}")
    say(f"{len(found)} with proposals; none counts until a person signs it")


def _read(file: Path) -> list[RobvisRow]:
    try:
        return robvis_rows(list(rows_in(file)))
    except BadInput as error:
        raise BadInput(error.what, file=str(file), place=error.place, mend=error.mend) from error


def _draw(rows: list[RobvisRow], folder: Path) -> None:
    from evidermis.publishing.bias_pictures import summary_picture, traffic_light_picture

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"cannot hold pictures ({error.strerror})", file=str(folder), mend="name a folder") from error
    for picture in (traffic_light_picture(rows), summary_picture(rows)):
        written_whole_bytes(folder / f"{picture.name}.svg", picture.alone.encode("utf-8"))
        written_whole_bytes(folder / f"{picture.name}.csv", picture.csv)

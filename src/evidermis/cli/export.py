"""`evidermis export`: a review in the formats that others read."""

from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.clock import today
from evidermis.cli.printing import print_json, say, warn
from evidermis.review.exporting import export as exported

verb = typer.Typer()


@verb.command()
def export(
    folder: Annotated[Path, typer.Argument(help="A review folder.")],
    output: Annotated[Path, typer.Option(help="The folder to write; it holds exactly the exports afterwards.")],
    only: Annotated[
        str, typer.Option(help="One kind: prisma, bias, cochrane, summary, references, claims, fhir or crate.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the files as one JSON object.")] = False,
) -> None:
    """Write PRISMA flow, robvis table, Cochrane data package, summary of findings, references, ClaimReview, FHIR and RO-Crate.

    A folder that holds anything but earlier exports is refused and left as it is. PRISMA numbers that do not add up stop it,
    and nothing is written: exit status 2 where `check` finds it in the files, 1 where imported records or links show it.

    Example: evidermis export exosomes --output exports --only prisma
    """
    done = exported(folder, output, only, today())
    if as_json:
        print_json({"folder": str(done.folder), "files": list(done.files), "faults": list(done.faults)})
    for fault in done.faults:
        warn(f"PRISMA: {fault}")
    if done.faults:
        raise typer.Exit(1)
    if not as_json:
        say(f"{len(done.files)} files in {output}")

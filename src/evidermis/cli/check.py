"""`evidermis check`: every fault of a review folder."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.clock import today
from evidermis.cli.printing import console, plain, print_json
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.review.folder.checking import check as faults_of

verb = typer.Typer()


@verb.command()
def check(
    folder: Annotated[Path, typer.Argument(help="A review folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the faults as one JSON object.")] = False,
) -> None:
    """Find everything in a review folder that its author should mend; exit status 1 where there is something.

    Each fault is one line: file, line, key, what is wrong, and how to put it right.

    Example: evidermis check exosomes
    """
    faults = faults_of(folder, bundled_vocabulary(), today())
    if as_json:
        print_json({"review": str(folder), "faults": [asdict(fault) for fault in faults]})
    else:
        out = console()
        for fault in faults:
            out.print(plain(fault), soft_wrap=True)
        out.print(
            plain(
                f"{folder}: {len(faults)} fault{'' if len(faults) == 1 else 's'}" if faults else f"{folder}: no faults"
            )
        )
    if faults:
        raise typer.Exit(1)

"""`evidermis new`: a commented starter."""

from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.clock import today
from evidermis.cli.printing import console, plain
from evidermis.review.bundle import write_starter

verb = typer.Typer()


@verb.command()
def new(name: Annotated[Path, typer.Argument(help="The folder to make; its name becomes the review's.")]) -> None:
    """Write a commented starter review that passes `evidermis check`.

    Example: evidermis new snail-mucin
    """
    write_starter(name, today().isoformat())
    console().print(plain(f"{name} is ready: edit {name / 'review.toml'}, then run `evidermis check {name}`."))

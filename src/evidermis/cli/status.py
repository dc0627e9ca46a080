"""`evidermis status`: what is in, what is next, and why."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from evidermis.cli.clock import today
from evidermis.cli.printing import console, plain, print_json
from evidermis.review.standing import standing

verb = typer.Typer()


@verb.command()
def status(
    folder: Annotated[Path, typer.Argument(help="A review folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what a review holds, whether its search is overdue, and what is next.

    Example: evidermis status exosomes
    """
    found = standing(folder, today())
    if as_json:
        day = {"searched": str(found.searched or ""), "due": str(found.due or "")}
        planned = [{**asdict(turn), "last": str(turn.last or ""), "due": str(turn.due)} for turn in found.turns]
        print_json({**asdict(found), **day, "turns": planned})
        return
    out = console()
    if found.searched:
        late = f", {found.overdue_days} days overdue" if found.overdue_days else ""
        out.print(
            plain(f"{found.name} {found.version}: searched to {found.searched}, next search due {found.due}{late}")
        )
        if found.status in ("lapsed", "retired"):
            out.print(plain(f"This review is {found.status}."))
        out.print(plain(", ".join(f"{n} {what}" for what, n in found.held.items())))
    table = Table("Next", "Why", "Command", show_edge=False)
    for one in found.next:
        table.add_row(plain(one.what), plain(one.because), plain(one.command))
    out.print(table if found.next else plain("nothing to do until then"))

"""`evidermis publish`: the page of a review."""

from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.clock import today
from evidermis.cli.printing import console, plain, print_json, progress
from evidermis.review.running import publish_review

verb = typer.Typer()


@verb.command()
def publish(
    folder: Annotated[Path, typer.Argument(help="A review folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print where the page is as one JSON object.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Check a review, draw its conclusions and write its page to FOLDER/site.

    The page is replaced in one step: whatever happens, either the old one or the new one is there, never half of one.

    Example: evidermis publish exosomes
    """
    ran = publish_review(folder, today(), progress(quiet or as_json))
    files = sorted(str(path.relative_to(ran.site)) for path in ran.site.rglob("*") if path.is_file())
    if as_json:
        print_json({"site": str(ran.site), "files": files})
    else:
        console().print(plain(f"{ran.site / 'index.html'} and {len(files) - 1} files beside it"))

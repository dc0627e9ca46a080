"""`evidermis publish`: the page of a review."""

from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.clock import today
from evidermis.cli.printing import console, plain, print_json, progress
from evidermis.review.running import publish_again, publish_review

verb = typer.Typer()


@verb.command()
def publish(
    folder: Annotated[Path, typer.Argument(help="A review folder.")],
    as_of: Annotated[
        str, typer.Option(help="Make an earlier page again: a day (2026-12-31) or a version (1.0.0).")
    ] = "",
    output: Annotated[Path | None, typer.Option(help="With --as-of: the folder to write it to.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print where the page is as one JSON object.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Check a review, draw its conclusions and write its page to FOLDER/site.

    The page is replaced in one step: whatever happens, either the old one or the new one is there, never half of one. Each
    version is kept in FOLDER/history, from which --as-of makes it again: exit status 1 where that gives other bytes, which
    happens when another version of the program made it.

    Examples:

    evidermis publish exosomes

    evidermis publish exosomes --as-of 2026-12-31 --output then
    """
    if as_of:
        _again(folder, as_of, output, as_json, quiet)
        return
    ran = publish_review(folder, today(), progress(quiet or as_json))
    files = sorted(str(path.relative_to(ran.site)) for path in ran.site.rglob("*") if path.is_file())
    if as_json:
        print_json({"site": str(ran.site), "version": ran.version, "files": files})
    else:
        console().print(plain(f"{ran.site / 'index.html'} and {len(files) - 1} files beside it, version {ran.version}"))


def _again(folder: Path, as_of: str, output: Path | None, as_json: bool, quiet: bool) -> None:
    made = publish_again(folder, as_of, output, progress(quiet or as_json))
    one = made.publication
    if as_json:
        told = {"site": str(made.site), "version": one.version, "day": str(one.day), "same": made.is_same}
        print_json({**told, "made_by": one.made_by})
    else:
        same = "the same bytes as then" if made.is_same else f"not the same bytes as then: it was made by {one.made_by}"
        console().print(plain(f"{made.site / 'index.html'}: version {one.version} of {one.day}, {same}"))
    if not made.is_same:
        raise typer.Exit(1)

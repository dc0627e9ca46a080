"""`evidermis integrity`: can each study be relied on, and does a list of retractions name one of the records?"""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evidermis.appraisal.integrity import NoticeList, notice_list
from evidermis.cli.clock import today
from evidermis.cli.printing import print_json, say
from evidermis.cli.tables import rows_in
from evidermis.evidence.errors import BadInput
from evidermis.review.reliance import Relied, keep_notices, reliance

verb = typer.Typer()
_CONCERNS = ("some concern", "serious concern", "retracted")


@verb.command()
def integrity(
    folder: Annotated[Path, typer.Argument(help="A review folder.")],
    notices: Annotated[Path | None, typer.Option(help="A list of notices: a CSV table of doi and nature.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep what concerns this review in notices.csv.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Ask of each study, before its bias: notices, registration, outcomes exchanged, numbers that cannot be.

    A record that is not on a list is not thereby sound. Exit status 1: the list names a record whose notice this review did
    not know.

    Example: evidermis integrity exosomes --notices retractions.csv --keep
    """
    found = reliance(folder, today(), NoticeList({}) if notices is None else _read(notices))
    if keep:
        keep_notices(folder, found)
    if as_json:
        print_json({"studies": [asdict(one) for one in found.answers], "listed": [asdict(one) for one in found.listed]})
    else:
        _tell(found)
    if found.listed:
        raise typer.Exit(1)


def _read(file: Path) -> NoticeList:
    try:
        return notice_list(rows_in(file))
    except BadInput as error:
        raise BadInput(error.what, file=str(file), place=error.place, mend=error.mend) from error


def _tell(found: Relied) -> None:
    for one in found.listed:
        say(f"listed: {one.reference} ({one.doi}) is {one.now}; this review had {one.was}")
    concerned = [one for one in found.answers if one.state in _CONCERNS]
    for one in concerned:
        for step in one.steps:
            if step.effect in _CONCERNS:
                say(f"{one.study}: {step.effect}, {step.rule}: {step.because}")
    say(f"{len(concerned)} of {len(found.answers)} studies with a concern; what nobody wrote down is unknown")

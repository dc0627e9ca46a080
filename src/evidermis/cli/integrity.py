"""`evidermis integrity`: can each study be relied on, and does a list of retractions name one of the records?"""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evidermis.appraisal.integrity import NoticeList, joined, notice_list
from evidermis.cli.asking import fetching
from evidermis.cli.clock import today
from evidermis.cli.printing import print_json, say
from evidermis.cli.tables import bytes_of, rows_in
from evidermis.evidence.errors import BadInput
from evidermis.review.appraisal.reliance import Relied, keep_notices, reliance
from evidermis.review.records.noticing import crossref_notices, library_notices, saved_notices
from evidermis.sources import Crossref

verb = typer.Typer()
_CONCERNS = ("some concern", "serious concern", "retracted")


@verb.command()
def integrity(
    folder: Annotated[Path, typer.Argument(help="A review folder.")],
    notices: Annotated[
        Path | None,
        typer.Option(help="A list of notices: a CSV table of doi and nature, or a saved answer of Crossref (JSON)."),
    ] = None,
    crossref: Annotated[
        bool, typer.Option("--crossref", help="Ask Crossref for the notices on the review's DOIs.")
    ] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep what concerns this review in notices.csv.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Ask of each study, before its bias: notices, registration, outcomes exchanged, numbers that cannot be.

    Notices that imported records carry are minded too. A record that is on no list is not thereby sound. Exit status 1: a list
    names a record whose notice this review did not know.

    Examples:

    evidermis integrity exosomes --notices retractions.csv --keep

    evidermis integrity exosomes --crossref --keep
    """
    lists = [library_notices(folder)]
    if notices is not None:
        lists.append(_read(notices))
    if crossref:
        lists.append(_asked(folder, quiet=as_json))
    found = reliance(folder, today(), joined(lists))
    if keep:
        keep_notices(folder, found)
    if as_json:
        print_json({"studies": [asdict(one) for one in found.answers], "listed": [asdict(one) for one in found.listed]})
    else:
        _tell(found)
    if found.listed:
        raise typer.Exit(1)


def _asked(folder: Path, *, quiet: bool) -> NoticeList:
    with fetching(Crossref(), folder) as fetch:
        asked = crossref_notices(folder, fetch)
    if not quiet:
        unknown = f"; it does not have {', '.join(asked.unknown)}" if asked.unknown else ""
        say(f"crossref has {asked.dois - len(asked.unknown)} of {asked.dois} DOIs{unknown}")
    return asked.listed


def _read(file: Path) -> NoticeList:
    raw = bytes_of(file)
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return saved_notices(raw, str(file))
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

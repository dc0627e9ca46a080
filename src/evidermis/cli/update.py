"""`evidermis update`: one unattended turn of a living review."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from evidermis.appraisal.integrity import NoticeList, notice_list
from evidermis.cli.asking import fetching
from evidermis.cli.clock import today
from evidermis.cli.printing import print_json, progress, say
from evidermis.cli.tables import rows_in
from evidermis.evidence.errors import BadInput
from evidermis.review.living.updating import Updated
from evidermis.review.living.updating import update as updated
from evidermis.review.records.harvesting import known_sources
from evidermis.review.running import publish_review

verb = typer.Typer()


@verb.command()
def update(
    folder: Annotated[Path, typer.Argument(help="A review folder.")],
    notices: Annotated[Path | None, typer.Option(help="A list of notices: a CSV table of doi and nature.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Ask every source, due or not.")] = False,
    publish: Annotated[bool, typer.Option("--publish", help="Publish where something changed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Ask the sources that are due for what is new, and say what a person has to do next.

    Asked are the sources in the schedule that have a query, Crossref for notices on the review's DOIs, and ClinicalTrials.gov for
    the trials that are watched. Publications on which nobody has decided are written to queue.jsonl with what was read in them.
    Killed at any moment, it is taken up by the next run. Exit status: 0 nothing needs a person, 1 something does.

    Example: evidermis update exosomes --notices retractions.csv
    """
    done = updated(
        folder,
        today(),
        lambda source: fetching(source, folder),
        known_sources(),
        _list(notices),
        progress(quiet or as_json),
        every=every,
    )
    if publish and done.change is not None and done.change.weight != "none":
        done = replace(done, published=publish_review(folder, today(), progress(quiet or as_json)).version)
    if as_json:
        print_json({**asdict(done), "trials": [asdict(t) | {"seen": str(t.seen)} for t in done.trials], **_for(done)})
    else:
        _tell(done)
    if done.for_a_person:
        raise typer.Exit(1)


def _list(file: Path | None) -> NoticeList:
    if file is None:
        return NoticeList({})
    try:
        return notice_list(rows_in(file))
    except BadInput as error:
        raise BadInput(error.what, file=str(file), place=error.place, mend=error.mend) from error


def _for(done: Updated) -> dict[str, object]:
    return {"for_a_person": list(done.for_a_person)}


def _tell(done: Updated) -> None:
    requests = sum(one.requests for one in done.asked)
    say(f"{len(done.asked)} queries asked in {requests} requests, {done.new_records} new records")
    conclusions = len(done.change.conclusions) if done.change else 0
    say(f"{done.waiting} publications wait for screening, {done.doubts} doubts about duplicates")
    say(f"{len(done.notices)} new notices, {len(done.trials)} news of trials, {conclusions} claims changed")
    if done.published:
        say(f"published as version {done.published}")
    for one in done.for_a_person:
        say(f"- {one}")
    if not done.for_a_person:
        say("nothing needs a person")

"""`evidermis watch`: what befell the registered trials of a review."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.clock import today
from evidermis.cli.printing import print_json, say
from evidermis.living import watched, watched_trials
from evidermis.publishing.trial_words import event_words
from evidermis.review.folder.loading import load
from evidermis.review.living.watching import keep_states

verb = typer.Typer()


@verb.command()
def watch(
    folder: Annotated[Path, typer.Argument(help="A review folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what befell the registrations that a review lists or its studies name: status, enrolment, primary outcomes, results.

    What harvested pages of ClinicalTrials.gov say is written down in trials.jsonl first. A trial is silent when it ended over
    twelve months ago and no result is known.

    Example: evidermis watch exosomes
    """
    fresh = keep_states(folder, load(folder))
    review = load(folder)
    events = watched(review, today())
    if as_json:
        told = [{**asdict(one), "day": str(one.day or "")} for one in events]
        print_json({"trials": sorted(watched_trials(review)), "events": told, "new_states": len(fresh)})
        return
    for one in events:
        say(f"{one.trial}: {event_words(one)}")
    say(f"{len(watched_trials(review))} trials watched, {len(events)} events, {len(fresh)} new states written down")

"""`evidermis diff`: what changed between two states of a review, and why."""

import datetime
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.clock import today
from evidermis.cli.printing import print_json, say
from evidermis.evidence.change import Difference
from evidermis.evidence.errors import BadInput
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.publishing.change_log import ToldClaim, told_difference
from evidermis.review.living.comparing import State, between, state_of
from evidermis.review.living.history import History

verb = typer.Typer()


@verb.command()
def diff(
    before: Annotated[str, typer.Argument(help="FOLDER, or FOLDER@DAY or FOLDER@VERSION for what was published then.")],
    after: Annotated[
        str, typer.Argument(help="The same; left out, BEFORE is a folder: its last version and now.")
    ] = "",
    figures: Annotated[bool, typer.Option("--figures", help="List every derived value that differs.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say which conclusions changed from one state of a review to another, how, and because of what.

    Causes are found by recomputing: the smallest set of changed parts that brings a change about.

    Examples:

    evidermis diff exosomes

    evidermis diff exosomes@1.0.0 exosomes@2026-12-31
    """
    old, new = _states(before, after, today())
    change = between(old, new)
    if as_json:
        print_json(asdict(change))
        return
    _tell(change, new, figures)


def _states(before: str, after: str, day: datetime.date) -> tuple[State, State]:
    if after:
        return state_of(before, day), state_of(after, day)
    last = History(Path(before)).last
    if last is None:
        raise BadInput("nothing has been published yet", file=before, mend="name two states: BEFORE and AFTER")
    return state_of(f"{before}@{last.day}", day), state_of(before, day)


def _tell(change: Difference, new: State, figures: bool) -> None:
    told = told_difference(change, new.review, bundled_vocabulary(), number="", day=datetime.date.min)
    say(f"{change.weight}: {told.headline}")
    for claim in told.claims:
        _tell_claim(claim)
    for part in told.parts:
        say(f"- {part.text}")
    if figures:
        for one in change.figures:
            moved = "".join(f", without {s}" for s in one.without) + "".join(f", with {s}" for s in one.with_)
            say(f"  {one.name}: {one.was or 'nothing'} -> {one.now or 'withdrawn'}{moved}")
    elif change.figures:
        say(f"{len(change.figures)} derived values differ; --figures lists them")


def _tell_claim(claim: ToldClaim) -> None:
    say(f"{claim.claim}: {claim.text}")
    for line in claim.lines:
        say(f"  {line.kind}: {line.text}")
        if line.because:
            say(f"    because {', and '.join(cause.text for cause in line.because)}")
    if claim.says:
        say(f"  {claim.says}")

"""`status`: what a review holds, what is next, and why."""

import datetime
import json
import shlex
from dataclasses import dataclass
from pathlib import Path

from evidermis.appraisal import Appraisal
from evidermis.evidence.freshness import Freshness, Turn, freshness, turns
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.living import watched
from evidermis.pipeline import concluded, digest
from evidermis.publishing.wording import counted
from evidermis.review.articles.auditing import changed_statements
from evidermis.review.folder.checking import check
from evidermis.review.folder.loading import read_folder
from evidermis.review.living.history import History
from evidermis.review.records.harvesting import past_harvests
from evidermis.review.records.keeping import Kept, kept

__all__ = ["Next", "Standing", "standing"]


@dataclass(frozen=True, slots=True)
class Next:
    """Something to do, and why. `command` is what does it, where a command can."""

    what: str
    because: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a review on one day. `version` is the last published one, or what the protocol says before the first;
    `held` counts what is in it; `overdue_days` is above 0 where a search is late.

    `status` is `living`, `overdue`, `lapsed` or `retired`; `turns` is the schedule, source by source and stage by stage.
    """

    name: str
    version: str
    searched: datetime.date | None
    due: datetime.date | None
    overdue_days: int
    status: str
    turns: tuple[Turn, ...]
    held: dict[str, int]
    verdicts: dict[str, str]
    next: tuple[Next, ...]


def standing(path: Path, today: datetime.date) -> Standing:
    """What is in a review folder and what is next. A folder with faults is told so; `BadInput` where there is none."""
    vocabulary = bundled_vocabulary()
    faults = check(path, vocabulary, today)
    review = read_folder(path).review
    if review is None or faults:
        todo = (Next(f"mend {len(faults)} faults", str(faults[0]), f"evidermis check {path}"),)
        return Standing(path.name, "", None, None, 0, "", (), {}, {}, todo)
    appraisal = concluded(review, vocabulary)
    protocol = review.protocol
    fresh = freshness(protocol, today)
    planned = turns(protocol, today, _done(path))
    imported = kept(path)
    last = History(path).last
    return Standing(
        name=protocol.name,
        version=last.version if last else protocol.version,
        searched=protocol.searched,
        due=fresh.due,
        overdue_days=fresh.late,
        status=fresh.status,
        turns=planned,
        held={**_held(review, appraisal), **_imported(imported)},
        verdicts={answer.claim: answer.verdict for answer in appraisal.claims},
        next=(
            *_overdue(fresh, planned, path),
            *_next(path, review, appraisal, today),
            *_next_in_library(imported),
            *_next_in_harvests(path),
        ),
    )


def _held(review: Review, appraisal: Appraisal) -> dict[str, int]:
    return {
        "claims": len(review.protocol.claims),
        "records": len(review.references),
        "studies": len(review.studies),
        "findings": sum(len(s.findings) for s in review.studies),
        "evidence families": len(appraisal.families),
        "products": len(review.products),
        "trials to watch": len(review.background.registrations),
        "judgements": len(review.judgements),
    }


def _imported(library: Kept) -> dict[str, int]:
    return {"imported files": library.files, "imported records": library.records} if library.files else {}


def _done(path: Path) -> dict[str, datetime.date]:
    """The last day of what the folder itself remembers: whole harvests by source, and publications."""
    found: dict[str, datetime.date] = {}
    for one in past_harvests(path):
        if one.is_whole:
            key, day = f"search:{one.source}", datetime.date.fromisoformat(one.date)
            found[key] = max(day, found.get(key, day))
    if last := History(path).last:
        found["stage:publication"] = last.day
    return found


def _overdue(fresh: Freshness, planned: tuple[Turn, ...], path: Path) -> list[Next]:
    if fresh.retired:
        return []
    todo: list[Next] = []
    if fresh.late:
        lapsed = "; it is not called living any more" if not fresh.living else ""
        todo.append(Next("search again", f"the search was due on {fresh.due}, {fresh.late} days ago{lapsed}"))
    for turn in planned:
        if turn.late:
            what = f"search {turn.what}" if turn.kind == "search" else turn.what
            last = f"last done on {turn.last}" if turn.last else "never done"
            command = f"evidermis publish {path}" if turn.what == "publication" else ""
            todo.append(Next(what, f"it was due on {turn.due}, {turn.late} days ago; {last}", command))
    return todo


def _next_in_library(library: Kept) -> list[Next]:
    todo: list[Next] = []
    if library.left_out:
        first = library.left_out[0]
        what = f"look at {len(library.left_out)} imported entries that could not be read"
        todo.append(Next(what, f"they are missing from the library; the first: {first}"))
    if library.withdrawn:
        because = "their source has taken them back since"
        todo.append(Next(f"look at {library.withdrawn} withdrawn records", because))
    return todo


def _next_in_harvests(path: Path) -> list[Next]:
    """What the latest harvest of each query has left undone."""
    latest = {(one.source, one.query): one for one in past_harvests(path)}
    todo: list[Next] = []
    for one in latest.values():
        command = f"evidermis harvest {one.source} {shlex.quote(one.query)} --review {path}"
        if not one.is_whole:
            todo.append(Next(f"finish the harvest from {one.source}", one.failure or "it was interrupted", command))
        elif one.is_short:
            because = f"{one.came} entries came of the {one.found} that it told of"
            todo.append(Next(f"harvest from {one.source} again", because, command))
    return todo


def _next(path: Path, review: Review, appraisal: Appraisal, today: datetime.date) -> list[Next]:
    todo: list[Next] = []
    conflicts = sorted({h.id for a in appraisal.claims for h in a.held_out if h.id.startswith("finding:")})
    if conflicts:
        because = f"their numbers are in conflict, so nothing is concluded from them: {', '.join(conflicts)}"
        todo.append(Next(f"settle {len(conflicts)} conflict{'' if len(conflicts) == 1 else 's'}", because))
    places = [one for study in review.studies for one in study.locators] + list(review.background.locators)
    unread = sum(one.reading == "to-verify" for one in places)
    if unread:
        todo.append(
            Next(f"read {unread} places in their source", "they are marked to-verify: taken from memory or hearsay")
        )
    silent = [one.trial for one in watched(review, today) if one.kind == "silent"]
    if silent:
        because = f"they ended over twelve months ago and no result is known: {', '.join(silent)}"
        todo.append(Next(f"ask after {counted(len(silent), 'silent trial', 'silent trials')}", because))
    people = {study for family in appraisal.families for study in family.studies}
    unassessed = sorted(s.id for s in review.studies if s.id in people and s.bias.overall == "not assessed")
    if unassessed:
        because = f"until then they are not trusted: {', '.join(unassessed)}"
        todo.append(Next(f"assess the risk of bias of {len(unassessed)} studies in people", because))
    if changed := changed_statements(path, review):
        lines = ", ".join(f"line {one.line} ({', '.join(one.records)})" for one in changed)
        because = f"what stands behind them has changed since the article was last read: {lines}"
        todo.append(
            Next(f"read {len(changed)} sentences of the article again", because, "evidermis audit ARTICLE --keep")
        )
    if (reason := _page_reason(path, review)) is not None:
        todo.append(Next("publish", reason, f"evidermis publish {path}"))
    return todo


def _page_reason(path: Path, review: Review) -> str | None:
    made = path / "site" / "made.json"
    if not made.is_file():
        return "there is no page yet"
    try:
        rows = json.loads(made.read_bytes())["made"]
        told = {name for row in rows for name in row["inputs"]}
    except (ValueError, KeyError, TypeError):
        return "the page's lineage cannot be read"
    return None if digest(review) in told else "the folder has changed since the page was written"

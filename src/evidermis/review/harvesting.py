"""Fetching what a service holds on a query into a review, page by page, each page kept before the next is asked for.

`harvests.jsonl` has one line a harvest: the query as asked, the number the service said it has, and the pages that were kept. One
that was interrupted goes on behind its last page; one that ended makes the next ask only for what has come since. A failure is
written there too: a service that was down did not find nothing.
"""

import datetime
import json
import tempfile
from dataclasses import asdict, dataclass, replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import cast

from pydantic import TypeAdapter, ValidationError

from evidermis.evidence.errors import BadInput, SourceFailed
from evidermis.evidence.observer import Notice, Observer, silent
from evidermis.library import keep, looked_at
from evidermis.review.atomic import write_file
from evidermis.review.keeping import opened_library
from evidermis.sources import Fetching, Page, Source

__all__ = ["Harvest", "harvest", "known_sources", "past_harvests"]


@dataclass(frozen=True, slots=True)
class Harvest:
    """One harvest. `since` is the day from which records were asked for (`""`: all), `kept` the digests of its pages.

    `next` is where to go on, where it was interrupted; `failure` says by what. `found` is -1 until the service has told.
    """

    source: str
    query: str
    since: str
    date: str
    found: int = -1
    kept: tuple[str, ...] = ()
    next: str = ""
    is_whole: bool = False
    failure: str = ""


_HARVEST = TypeAdapter(Harvest)


def known_sources() -> dict[str, Source]:
    """Every source that is installed, ours and others', by name (the entry points `evidermis.sources`)."""
    return {one.name: cast("Source", one.load()()) for one in entry_points(group="evidermis.sources")}


def past_harvests(folder: Path) -> tuple[Harvest, ...]:
    """The harvests of a review, in the order they began. `BadInput` names a line that is none."""
    path = folder / "harvests.jsonl"
    found: list[Harvest] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else (), 1):
        try:
            found.append(_HARVEST.validate_json(line))
        except ValidationError as error:
            place = f"line {number}"
            raise BadInput("is no harvest", file=str(path), place=place, mend="take the line out") from error
    return tuple(found)


def harvest(
    folder: Path,
    source: Source,
    query: str,
    fetch: Fetching,
    today: datetime.date,
    observer: Observer = silent,
) -> Harvest:
    """Fetch a query's pages into a review. `SourceFailed` where the service fails; what came before that is kept and noted."""
    if not query.strip():
        raise BadInput("the query is empty", mend="write the words to search for")
    with opened_library(folder, observer):
        earlier = past_harvests(folder)
    now = _begun(earlier, source, query, today)
    log = [one for one in earlier if one is not now]
    now = replace(now, failure="")

    def note(state: Harvest) -> None:
        rows = [json.dumps(asdict(one), ensure_ascii=False) for one in (*log, state)]
        write_file(folder / "harvests.jsonl", "".join(f"{row}\n" for row in rows).encode("utf-8"))

    note(now)
    try:
        for page in source.pages(fetch, query, since=now.since, after=now.next):
            now = _with_page(now, page, folder, today)
            note(now)
            observer(Notice(stage="harvest", what=f"{source.name}: {len(now.kept)} pages of {now.found:,} records"))
    except SourceFailed as error:
        note(replace(now, failure=str(error)))
        raise
    now = replace(now, is_whole=True, found=max(now.found, 0))
    note(now)
    with opened_library(folder, observer):
        return now


def _begun(earlier: tuple[Harvest, ...], source: Source, query: str, today: datetime.date) -> Harvest:
    """The harvest to go on with: the interrupted one, or a new one since the last that ended."""
    mine = [one for one in earlier if (one.source, one.query) == (source.name, query)]
    if mine and not mine[-1].is_whole:
        return mine[-1]
    whole = [one.date for one in mine if one.is_whole]
    return Harvest(source.name, query, whole[-1] if whole else "", today.isoformat())


def _with_page(now: Harvest, page: Page, folder: Path, today: datetime.date) -> Harvest:
    """The harvest with one more page, which is in `records/` afterwards; a page without a record is not kept."""
    now = replace(now, found=page.found if page.found >= 0 else now.found, next=page.next)
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / f"a page of {now.source}"
        file.write_bytes(page.content)
        try:
            looked = looked_at(file)
        except BadInput:
            # Nothing was found, or the records of the last page have gone meanwhile.
            if page.found == 0 or (now.kept and not page.next):
                return now
            raise SourceFailed(now.source, 200, "a page holds no record that can be read") from None
        keep(looked, folder / "records", today.isoformat())
    return replace(now, kept=(*now.kept, looked.digest))

"""Fetching what a service holds on a query into a review, page by page, each page kept before the next is asked for.

`harvests.jsonl` has one line a harvest: the query as asked, the numbers the service said it has, the pages that were kept and
how many records came. One that was interrupted goes on behind its last page; one that ended makes the next ask only for what has
come since, unless fewer records came than the service had told of. A failure is written there too: a service that was down did
not find nothing.
"""

import datetime
import json
import os
import re
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import cast

from pydantic import TypeAdapter, ValidationError

from evidermis import MADE_BY
from evidermis.disk import write_file
from evidermis.evidence.errors import BadInput, SourceFailed
from evidermis.evidence.observer import Notice, Observer, silent
from evidermis.library import keep, looked_at
from evidermis.review.records.keeping import opened_library
from evidermis.sources import Fetching, Page, Source

__all__ = ["Harvest", "contact_address", "harvest", "known_sources", "past_harvests"]


@dataclass(frozen=True, slots=True)
class Harvest:
    """One harvest, the `version`th of its query at its source.

    `since` is the day from which records were asked for (`""`: all), `kept` the digests of its pages. `next` is where to go on,
    where it was interrupted; `failure` says by what. `found` is the number the service told last, -1 until it has, and `counts`
    each number that it told. `came` are the different entries in the pages, counted at the end. `by` is who asked.
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
    version: int = 1
    counts: tuple[int, ...] = ()
    came: int = -1
    by: str = ""

    @property
    def is_short(self) -> bool:
        """True where it ended, and fewer records came than the service had told of."""
        return self.is_whole and 0 <= self.came < self.found


_HARVEST = TypeAdapter(Harvest)
# How services say that a cursor has run out (Crossref's do after five minutes).
_PLACE_UNKNOWN = (400, 404, 410)


def known_sources() -> dict[str, Source]:
    """Every source that is installed, ours and others', by name (the entry points `evidermis.sources`)."""
    return {one.name: cast("Source", one.load()()) for one in entry_points(group="evidermis.sources")}


def contact_address(folder: Path) -> str:
    """The e-mail address that services are told: `EVIDERMIS_CONTACT`, else the contact of `review.toml`, else `""`.

    An address at `example.org` and its like is nobody's, and is not told.
    """
    told = os.environ.get("EVIDERMIS_CONTACT", "")
    if not told:
        try:
            held = tomllib.loads((folder / "review.toml").read_text(encoding="utf-8"))
            told = str(held["contact"]["url"]).removeprefix("mailto:")
        except (OSError, ValueError, KeyError, TypeError):
            return ""
    is_address = re.fullmatch(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", told, re.ASCII)
    is_nobody = re.search(r"[@.](?:example(?:\.\w+)?|test|invalid)$", told)
    return told if is_address and not is_nobody else ""


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
        for page in _pages(source, fetch, now):
            now = _with_page(now, page, folder, today)
            note(now)
            observer(Notice(stage="harvest", what=f"{source.name}: {len(now.kept)} pages of {now.found:,} records"))
    except SourceFailed as error:
        note(replace(now, failure=str(error)))
        raise
    with opened_library(folder, observer) as library:
        now = replace(now, is_whole=True, found=max(now.found, 0), next="", came=library.different(now.kept))
    note(now)
    return now


def _pages(source: Source, fetch: Fetching, now: Harvest) -> Iterator[Page]:
    """The pages behind where the harvest stands; from the first again where the service no longer knows that place."""
    pages = source.pages(fetch, now.query, since=now.since, after=now.next)
    try:
        first = next(pages, None)
    except SourceFailed as error:
        if not now.next or error.status not in _PLACE_UNKNOWN:
            raise
        pages = source.pages(fetch, now.query, since=now.since, after="")
        first = next(pages, None)
    if first is not None:
        yield first
        yield from pages


def _begun(earlier: tuple[Harvest, ...], source: Source, query: str, today: datetime.date) -> Harvest:
    """The harvest to go on with: the interrupted one, or a new one since the last that ended."""
    mine = [one for one in earlier if (one.source, one.query) == (source.name, query)]
    if mine and not mine[-1].is_whole:
        return mine[-1]
    whole = [one.date for one in mine if one.is_whole and not one.is_short]
    since = whole[-1] if whole and source.tells_new else ""
    return Harvest(source.name, query, since, today.isoformat(), version=len(mine) + 1, by=MADE_BY)


def _with_page(now: Harvest, page: Page, folder: Path, today: datetime.date) -> Harvest:
    """The harvest with one more page, which is in `records/` afterwards; a page without a record is not kept."""
    if page.found >= 0 and page.found != now.found:
        now = replace(now, found=page.found, counts=(*now.counts, page.found))
    now = replace(now, next=page.next)
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

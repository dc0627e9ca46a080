"""One unattended turn of a living review, up to the first decision that is a person's.

Sources that are due are asked for what is new, Crossref for notices, the registry for the trials that are watched; records are
linked, the queue of undecided publications is written with proposals, and everything is concluded anew and compared with the
last version. Each step keeps what it did before the next begins and does nothing twice, so that a turn that was killed is taken
up by the next one. Nothing is decided here but what a notice says of itself: a retracted record leaves at once.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from evidermis.appraisal.integrity import ListedNotice, NoticeList, joined
from evidermis.disk import held
from evidermis.evidence.change import Difference
from evidermis.evidence.days import days_after
from evidermis.evidence.errors import SourceFailed
from evidermis.evidence.observer import Notice, Observer, silent
from evidermis.evidence.trial import TrialState
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.living import watched_trials
from evidermis.review.appraisal.reliance import keep_notices, reliance
from evidermis.review.folder.checking import checked
from evidermis.review.folder.loading import load
from evidermis.review.living.comparing import between, now, then
from evidermis.review.living.history import History
from evidermis.review.living.watching import keep_states
from evidermis.review.records.harvesting import harvest, past_harvests
from evidermis.review.records.keeping import kept
from evidermis.review.records.linking import grouped_review
from evidermis.review.records.noticing import crossref_notices, library_notices
from evidermis.review.screening.flow import inclusion_faults
from evidermis.review.screening.queueing import write_queue
from evidermis.sources import Crossref, Fetching, Source

__all__ = ["Asked", "Updated", "update"]

REGISTRY = "clinicaltrials.gov"
_NCT = re.compile(r"NCT\d{8}")
# So many numbers a query; a longer one meets the limits of addresses.
_TRIALS_A_QUERY = 50

Connect = Callable[[Source], AbstractContextManager[Fetching]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A service that was asked: how many requests that took, what it was asked for, and why it failed (`""`: it did not)."""

    source: str
    query: str
    requests: int
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Updated:
    """What a turn found. `change` is None where nothing has been published yet; `waiting` are publications to be screened.

    `flow` tells where `[flow]` counts other studies than those that count now; `published` is the version that it was published
    as after this turn, `""` where that was not asked for or nothing changed.
    """

    asked: tuple[Asked, ...]
    new_records: int
    notices: tuple[ListedNotice, ...]
    trials: tuple[TrialState, ...]
    waiting: int
    doubts: int
    change: Difference | None
    flow: tuple[str, ...] = ()
    published: str = ""

    @property
    def for_a_person(self) -> tuple[str, ...]:
        """What only a person can do next, each in a few words; none where the review is as it should be."""
        told = [f"{one.source} did not answer: {one.failure}" for one in self.asked if one.failure]
        if self.waiting:
            told.append(f"screen {self.waiting} publications in queue.jsonl")
        told += [f"{one.reference} is {one.now}: see what that changes" for one in self.notices]
        told += [f"correct [flow] in review.toml: {one}" for one in self.flow]
        if self.trials:
            told.append(f"look at {len(self.trials)} news of watched trials")
        if self.change is not None and self.change.weight != "none" and not self.published:
            told.append(f"publish: a {self.change.weight} change since the last version")
        return tuple(told)


def update(
    folder: Path,
    today: datetime.date,
    connect: Connect,
    sources: Mapping[str, Source],
    listed: NoticeList,
    observer: Observer = silent,
    *,
    every: bool = False,
) -> Updated:
    """Run one turn. `connect` opens a connection to a source, `listed` is the user's own list of notices (or an empty one).

    Only sources that are due are asked, with `every` all of them. A service that fails is told and asked again next time. The
    folder is held meanwhile: `BadInput` where another turn, or a `publish`, is at work on it for longer than one waits.
    """
    with held(folder, observer):
        return _turn(folder, today, connect, sources, listed, observer, every=every)


def _turn(
    folder: Path,
    today: datetime.date,
    connect: Connect,
    sources: Mapping[str, Source],
    listed: NoticeList,
    observer: Observer,
    *,
    every: bool,
) -> Updated:
    vocabulary = bundled_vocabulary()
    checked(folder, vocabulary, today)
    before = kept(folder).records
    asked = [
        _harvested(folder, sources[name], query, today, connect, observer)
        for name, query in _due(folder, today, sources, every=every)
    ]
    notices, crossref = _notices(folder, today, connect, listed)
    trials = keep_states(folder, load(folder))
    grouping = grouped_review(folder, observer)
    review = checked(folder, vocabulary, today)
    waiting = write_queue(folder, review, grouping)
    observer(Notice(stage="compare", what="with the last version"))
    history = History(folder)
    change = between(then(history, history.last), now(folder, review)) if history.last else None
    return Updated(
        asked=(*asked, *crossref),
        new_records=kept(folder).records - before,
        notices=notices,
        trials=trials,
        waiting=waiting,
        doubts=len(grouping.reports.doubts),
        change=change,
        flow=inclusion_faults(review),
    )


def _due(folder: Path, today: datetime.date, sources: Mapping[str, Source], *, every: bool) -> list[tuple[str, str]]:
    """Sources with the queries to ask them now: those of the schedule, and the registry for the trials that are watched."""
    review = load(folder)
    last = {(one.source, one.query): one for one in past_harvests(folder)}
    found: list[tuple[str, str]] = []
    for planned in review.protocol.schedule.sources:
        key = (planned.source, planned.query)
        if not planned.query or planned.source not in sources:
            continue
        before = last.get(key)
        if every or before is None or not before.is_whole or _is_due(before.date, planned.every_days, today):
            found.append(key)
    trials = sorted(number for number in watched_trials(review) if _NCT.fullmatch(number))
    if REGISTRY in sources:
        batches = (trials[at : at + _TRIALS_A_QUERY] for at in range(0, len(trials), _TRIALS_A_QUERY))
        found += [(REGISTRY, " OR ".join(several)) for several in batches]
    return found


def _is_due(last: str, every: int, today: datetime.date) -> bool:
    return days_after(datetime.date.fromisoformat(last), every) <= today


class _Counting:
    """Requests to a service, counted."""

    def __init__(self, fetch: Fetching) -> None:
        self._fetch, self.requests = fetch, 0

    @property
    def contact(self) -> str:
        """The e-mail address of who asks."""
        return self._fetch.contact

    def __call__(self, url: str, parameters: Mapping[str, str], *, form: str) -> bytes:
        self.requests += 1
        return self._fetch(url, parameters, form=form)


def _harvested(
    folder: Path, source: Source, query: str, today: datetime.date, connect: Connect, observer: Observer
) -> Asked:
    with connect(source) as fetch:
        counted = _Counting(fetch)
        try:
            harvest(folder, source, query, counted, today, observer)
        except SourceFailed as error:
            return Asked(source.name, query, counted.requests, str(error))
        return Asked(source.name, query, counted.requests)


def _notices(
    folder: Path, today: datetime.date, connect: Connect, listed: NoticeList
) -> tuple[tuple[ListedNotice, ...], tuple[Asked, ...]]:
    """What Crossref, the imported records and the user's list say that the folder did not know; it is written down."""
    lists, asked = [listed, library_notices(folder)], list[Asked]()
    dois = [one.doi for one in load(folder).references if one.doi]
    if dois:
        source = Crossref()
        query = f"notices on {len(dois)} DOIs"
        with connect(source) as fetch:
            counted = _Counting(fetch)
            try:
                lists.append(crossref_notices(folder, counted).listed)
                asked.append(Asked(source.name, query, counted.requests))
            except SourceFailed as error:
                asked.append(Asked(source.name, query, counted.requests, str(error)))
    found = reliance(folder, today, joined(lists))
    if found.listed:
        keep_notices(folder, found)
    return found.listed, tuple(asked)

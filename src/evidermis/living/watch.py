"""What befell the registered trials of a review: changes between two looks at a registry, silence, results, publication.

A trial is *silent* when its primary measurements ended, or were to end, more than twelve months ago and neither the registry nor
the review knows a result: the FDA's rule and the WHO's statement ask for results within that time.
"""

import calendar
import datetime
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from evidermis.evidence.background import Registration
from evidermis.evidence.days import days_after
from evidermis.evidence.review import Review
from evidermis.evidence.trial import TrialEvent, TrialEventKind, TrialState

__all__ = ["watched", "watched_trials"]

_DAYS_OF_GRACE = 365
# A report of results; a registration is none.
_REPORTS = ("article", "preprint", "abstract", "letter", "companion")


def watched_trials(review: Review) -> frozenset[str]:
    """The registrations that a review watches: those it lists, and those of its studies."""
    return frozenset({one.id for one in review.background.registrations}) | {
        number for study in review.studies for number in study.registrations
    }


def watched(review: Review, today: datetime.date) -> tuple[TrialEvent, ...]:
    """Everything that befell the watched trials up to a day, trial by trial, in the order it was seen."""
    listed = {one.id: one for one in review.background.registrations}
    published = _published(review)
    found: list[TrialEvent] = []
    for trial in sorted(watched_trials(review)):
        states = sorted((one for one in review.trials if one.id == trial and one.seen <= today), key=lambda s: s.seen)
        found += _between(trial, _first(listed.get(trial)), states)
        known = trial in published
        if known:
            found.append(TrialEvent(trial, "published", None, now=published[trial]))
        elif (since := _silent_since(listed.get(trial), states)) is not None and since < today:
            found.append(TrialEvent(trial, "silent", since, was=_last(listed.get(trial), states, "completed")))
    return tuple(found)


def _published(review: Review) -> dict[str, str]:
    """The report of each published registration."""
    roles = {
        report.record: report.role for study in review.studies for report in study.reports if report.role in _REPORTS
    }
    found: dict[str, str] = {}
    for study in review.studies:
        for number in study.registrations:
            reports = sorted(one.record for one in study.reports if one.record in roles)
            if reports:
                found.setdefault(number, reports[0])
    for one in review.background.registrations:
        study = review.study(one.study) if one.study else None
        reports = sorted(r.record for r in study.reports if r.role in _REPORTS) if study else []
        if reports:
            found.setdefault(one.id, reports[0])
    return found


def _first(listed: Registration | None) -> TrialState | None:
    """What the review itself wrote down of a trial, where it says on which day that was seen."""
    if listed is None or listed.status_seen is None:
        return None
    return TrialState(
        id=listed.id,
        seen=listed.status_seen,
        enrolment=listed.enrolment,
        completed=listed.completed,
        results=listed.results,
    )


def _between(trial: str, first: TrialState | None, states: list[TrialState]) -> Iterator[TrialEvent]:
    """The events between each two looks. The review's own words for a status are not held against a registry's."""
    earlier = [first] if first is not None and (not states or first.seen <= states[0].seen) else []
    for was, now in pairwise([*earlier, *states]):
        yield from _events(trial, was, now)


def _events(trial: str, was: TrialState, now: TrialState) -> Iterator[TrialEvent]:
    told: tuple[tuple[TrialEventKind, Callable[[TrialState], str]], ...] = (
        ("status", lambda state: state.status),
        ("enrolment", lambda state: "" if state.enrolment is None else str(state.enrolment)),
        ("completion moved", lambda state: state.completed),
        ("primary outcome switched", lambda state: "; ".join(state.primary)),
    )
    for kind, words in told:
        before, after = words(was), words(now)
        if before and after and _plain(before) != _plain(after):
            yield TrialEvent(trial, kind, now.seen, before, after)
    if now.results and was.results is False:
        yield TrialEvent(trial, "results posted", now.seen)


def _plain(text: str) -> str:
    """Words without case, spacing and the order of outcomes: what a registry rewrites without meaning."""
    return "; ".join(sorted(" ".join(part.casefold().split()) for part in text.split(";")))


def _silent_since(listed: Registration | None, states: list[TrialState]) -> datetime.date | None:
    """The day after which a trial without results is silent; None where its end is not known or results are posted."""
    if any(state.results for state in states) or (listed is not None and listed.results):
        return None
    ended = _day(_last(listed, states, "completed"))
    return ended and days_after(ended, _DAYS_OF_GRACE)


def _last(listed: Registration | None, states: Iterable[TrialState], name: str) -> str:
    """The latest known value of a part of a trial's states."""
    known = [str(value) for state in states if (value := getattr(state, name))]
    return known[-1] if known else str(getattr(listed, name)) if listed is not None else ""


def _day(told: str) -> datetime.date | None:
    """The last day that a date as far as it is told can mean: `2025-06` is the 30th. None for what is no date."""
    try:
        year, month, day = ([int(part) for part in told.split("-")] + [0, 0])[:3]
        month = month or 12
        return datetime.date(year, month, day or calendar.monthrange(year, month)[1])
    except ValueError:
        return None

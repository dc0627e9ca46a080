"""Checks of `background.toml`: facts, harms, notices and registrations with their places."""

import re
from collections.abc import Iterator

from evidermis.review.folder.checks.inspection import Inspection, repeated
from evidermis.review.folder.faults import Fault

__all__ = ["BACKGROUND"]

_FILE = "background.toml"
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def places(look: Inspection) -> Iterator[Fault]:
    """Every entry names its locators; a fact without one says whose judgement it is."""
    background = look.review.background
    yield from look.locators(_FILE, ("locators",), background.locators)
    known = {one.id for one in background.locators}
    for kind in ("facts", "harms", "notices", "registrations"):
        entries = getattr(background, kind)
        yield from repeated(look, _FILE, (kind,), [one.id for one in entries])
        for i, one in enumerate(entries):
            for j, at in enumerate(one.at):
                yield from look.at(_FILE, (kind, i, "at", j), at, known)
            if not one.at and not getattr(one, "by", ""):
                what = f"{one.id!r} has no locator"
                mend = "say where it was read" + (", or by whom it is judged" if kind == "facts" else "")
                yield look.fault(_FILE, (kind, i), "locator", what, mend)


def harms(look: Inspection) -> Iterator[Fault]:
    """Harmed people are among the exposed; routes are words of the vocabulary."""
    for i, harm in enumerate(look.review.background.harms):
        yield from look.code(_FILE, ("harms", i, "route"), "routes", harm.route)
        if harm.people is not None and harm.exposed is not None and harm.people > harm.exposed:
            what = f"{harm.people} harmed of {harm.exposed} exposed"
            yield look.fault(_FILE, ("harms", i, "people"), "counts", what, "correct one of the two")
        if harm.record and look.review.reference(harm.record) is None:
            what = f"no record is called {harm.record!r}"
            yield look.fault(_FILE, ("harms", i, "record"), "record", what, "add it to records/curated.toml")


def watched(look: Inspection) -> Iterator[Fault]:
    """Notices and registry statuses were seen on a past day; trials lead to studies and records that exist."""
    background = look.review.background
    for i, notice in enumerate(background.notices):
        yield from look.past(_FILE, ("notices", i, "date"), notice.date)
    for i, trial in enumerate(background.registrations):
        yield from look.past(_FILE, ("registrations", i, "status_seen"), trial.status_seen)
        if trial.completed and not _DATE.fullmatch(trial.completed):
            what = f"{trial.completed[:40]!r} is no date"
            yield look.fault(
                _FILE, ("registrations", i, "completed"), "date", what, "write 2025, 2025-06 or 2025-06-30"
            )
        yield from look.code(_FILE, ("registrations", i, "route"), "routes", trial.route)
        yield from look.code(_FILE, ("registrations", i, "source"), "sources", trial.source)
        if trial.study and look.review.study(trial.study) is None:
            what = f"no study is called {trial.study!r}"
            yield look.fault(_FILE, ("registrations", i, "study"), "study", what, "correct the id")
        if trial.record and look.review.reference(trial.record) is None:
            what = f"no record is called {trial.record!r}"
            yield look.fault(_FILE, ("registrations", i, "record"), "record", what, "add it to records/curated.toml")


BACKGROUND = (places, harms, watched)

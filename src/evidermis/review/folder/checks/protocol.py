"""Checks of `review.toml`: claims, dates, versions, PRISMA numbers."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from evidermis.evidence.protocol import Flow
from evidermis.evidence.reference import Reference
from evidermis.review.folder.checks.inspection import Inspection, repeated
from evidermis.review.folder.faults import Fault

__all__ = ["PROTOCOL"]

_FILE = "review.toml"
_VERSION = re.compile(r"\d+\.\d+\.\d+")

# A century: nobody plans further.
_LONGEST_PERIOD = 36_500


def claims(look: Inspection) -> Iterator[Fault]:
    """Every claim has an outcome of the vocabulary that can show it, and slots made of its codes."""
    protocol = look.review.protocol
    opinions = {one.code: one.label for one in look.vocabulary.outcomes if one.link == "none"}
    yield from repeated(look, _FILE, ("claims",), [c.id for c in protocol.claims])
    for i, claim in enumerate(protocol.claims):
        if not claim.outcomes:
            mend = "name the outcomes that would show it"
            yield look.fault(_FILE, ("claims", i), "claim", f"claim {claim.id!r} has no outcome", mend)
        for j, code in enumerate(claim.outcomes):
            yield from look.code(_FILE, ("claims", i, "outcomes", j), "outcomes", code)
            if code in opinions:
                what = f"claim {claim.id!r} rests on {opinions[code]}, which is an opinion and shows no effect"
                mend = "name an outcome that would show it, or take the claim out"
                yield look.fault(_FILE, ("claims", i, "outcomes", j), "claim", what, mend)
        for j, code in enumerate(claim.mechanisms):
            yield from look.code(_FILE, ("claims", i, "mechanisms", j), "outcomes", code)
        for slot, kind in (("sources", "sources"), ("routes", "routes"), ("populations", "populations")):
            for j, code in enumerate(getattr(claim.slots, slot)):
                if code != "any":
                    yield from look.code(_FILE, ("claims", i, "slots", slot, j), kind, code)


def dates(look: Inspection) -> Iterator[Fault]:
    """No date lies in the future, and nothing is published before it was searched for."""
    protocol = look.review.protocol
    yield from look.past(_FILE, ("published",), protocol.published)
    yield from look.past(_FILE, ("searched",), protocol.searched)
    if protocol.searched > protocol.published:
        what = f"searched {protocol.searched}, after it was published {protocol.published}"
        yield look.fault(_FILE, ("published",), "date", what, "a version cannot hold what was found after it")
    for i, search in enumerate(protocol.searches):
        yield from look.past(_FILE, ("searches", i, "date"), search.date)
        if search.found < 0:
            yield look.fault(
                _FILE, ("searches", i, "found"), "number", "a search cannot find fewer than none", "correct it"
            )


def schedule(look: Inspection) -> Iterator[Fault]:
    """Periods are days, days lie in the past, thresholds can be passed, and a retired review says so for a past day."""
    written = look.review.protocol.schedule
    turns = [(("schedule", "search_every_days"), written.search_every_days)]
    turns += [(("schedule", "sources", i, "every_days"), one.every_days) for i, one in enumerate(written.sources)]
    turns += [(("schedule", "stages", i, "every_days"), one.every_days) for i, one in enumerate(written.stages)]
    for key, days in turns:
        if not 1 <= days <= _LONGEST_PERIOD:
            yield look.fault(_FILE, key, "number", "the period is not a number of days", "write 1 to 36500")
    for i, one in enumerate(written.stages):
        yield from look.past(_FILE, ("schedule", "stages", i, "done"), one.done)
    yield from look.past(_FILE, ("schedule", "retired"), written.retired)
    for key, value, least in (("difference", written.versions.difference, 0.0), ("ratio", written.versions.ratio, 1.0)):
        if not least < value < float("inf"):
            what = f"{value:g} is no threshold: every change or none would pass it"
            mend = f"write a number above {least:g}"
            yield look.fault(_FILE, ("schedule", "versions", key), "number", what, mend)
    needed = look.review.protocol.thresholds
    for key in ("information_size", "parallel_information_size"):
        if getattr(needed, key) < 1:
            yield look.fault(_FILE, ("thresholds", key), "number", "no number of people", "write 1 or more")


def changes(look: Inspection) -> Iterator[Fault]:
    """Versions are semantic, the log is in order, and it ends with the version that is published."""
    protocol = look.review.protocol
    if not _VERSION.fullmatch(protocol.version):
        yield look.fault(_FILE, ("version",), "version", f"{protocol.version!r} is no version", "write it as 1.0.0")
    known = {c.id for c in protocol.claims}
    for i, change in enumerate(protocol.changes):
        yield from look.past(_FILE, ("changes", i, "date"), change.date)
        for j, claim in enumerate(change.claims):
            if claim not in known:
                what = f"no claim is called {claim!r}"
                yield look.fault(_FILE, ("changes", i, "claims", j), "claim", what, "use a claim of this protocol")
    for i, (one, later) in enumerate(pairwise(protocol.changes)):
        if later.date < one.date:
            yield look.fault(
                _FILE, ("changes", i + 1, "date"), "date", "the change log is out of order", "put the oldest first"
            )
    if protocol.changes and protocol.changes[-1].version != protocol.version:
        what = f"the log ends at version {protocol.changes[-1].version}, the review is {protocol.version}"
        yield look.fault(_FILE, ("version",), "version", what, "add a change, or correct the version")


def contact(look: Inspection) -> Iterator[Fault]:
    """Readers can write to somebody, and links lead to the web or to mail."""
    protocol = look.review.protocol
    if not protocol.contact.url.startswith(("https://", "mailto:")):
        mend = "write https://… or mailto:…"
        yield look.fault(_FILE, ("contact", "url"), "url", "the contact is not a web or mail address", mend)
    if protocol.url and not protocol.url.startswith(("https://", "http://")):
        yield look.fault(_FILE, ("url",), "url", "not a web address", "write https://…, or leave it out")
    for i, related in enumerate(protocol.related):
        if related.url and not related.url.startswith(("https://", "http://")):
            yield look.fault(
                _FILE, ("related", i, "url"), "url", "not a web address", "write https://…, or leave it empty"
            )


def flow(look: Inspection) -> Iterator[Fault]:
    """The PRISMA numbers add up, box by box, and the last one is what the folder holds."""
    written = look.review.protocol.flow
    if written is None:
        return
    for key, value, parts, sum_of in _sums(written):
        if value != sum_of:
            what = f"PRISMA numbers do not add up: {key} is {value}, but {parts} gives {sum_of}"
            yield look.fault(_FILE, ("flow", key), "flow", what, "correct whichever number is wrong")
    for key in Flow.__dataclass_fields__:  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportAttributeAccessIssue]
        number = getattr(written, key)  # pyright: ignore[reportUnknownArgumentType]
        if isinstance(number, int) and number < 0:
            yield look.fault(_FILE, ("flow", key), "flow", f"{key} is below zero", "correct it")  # pyright: ignore[reportUnknownArgumentType]
    # What a list of notices adds leaves the synthesis at once, and the numbers when a person corrects them.
    held, held_now = (_counted(look, references) for references in (look.folder.references, look.review.references))
    if written.included_studies not in (held, held_now):
        what = f"PRISMA says {written.included_studies} studies are included, studies/ holds {held} that count"
        yield look.fault(
            _FILE, ("flow", "included_studies"), "flow", what, "correct the number, or add the missing study"
        )


def _counted(look: Inspection, references: Iterable[Reference]) -> int:
    """How many studies are neither a summary of others nor retracted by these records."""
    retracted = {one.id for one in references if one.notice == "retracted"}
    summaries = {term.code: term.synthesis for term in look.vocabulary.designs}
    return sum(
        not summaries.get(study.design, True) and retracted.isdisjoint(report.record for report in study.reports)
        for study in look.review.studies
    )


def _sums(written: Flow) -> Iterator[tuple[str, int, str, int]]:
    before = written.identified - written.duplicates - written.automation
    yield "screened", written.screened, "identified - duplicates - automation", before
    yield "sought", written.sought, "screened - excluded", written.screened - written.excluded
    yield "assessed", written.assessed, "sought - not_retrieved", written.sought - written.not_retrieved
    left = written.assessed - sum(e.n for e in written.exclusions)
    yield "included_reports", written.included_reports, "assessed - exclusions", left


PROTOCOL = (claims, dates, schedule, changes, contact, flow)

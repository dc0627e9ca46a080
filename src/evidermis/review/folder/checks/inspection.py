"""What every check looks at: the folder, its review, the vocabulary and today's date."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidermis.evidence.locator import Locator
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.review.folder.faults import Fault
from evidermis.review.folder.lines import Path
from evidermis.review.folder.loading import Folder

__all__ = ["Inspection", "repeated"]


@dataclass(frozen=True, slots=True)
class Inspection:
    """One look at a folder on one day."""

    folder: Folder
    review: Review
    vocabulary: Vocabulary
    today: datetime.date

    def fault(self, file: str, key: Path, rule: str, what: str, mend: str) -> Fault:
        """A fault at a key of a file."""
        return self.folder.fault(file, key, rule, what, mend)

    def locators(self, file: str, above: Path, locators: Sequence[Locator]) -> Iterator[Fault]:
        """Faults of a list of locators: ids, records, and where they were read."""
        yield from repeated(self, file, above, [one.id for one in locators])
        records = {reference.id for reference in self.review.references}
        for i, one in enumerate(locators):
            if one.record and one.record not in records:
                mend = "add the record to records/curated.toml, or correct the id"
                yield self.fault(file, (*above, i, "record"), "locator", f"no record is called {one.record!r}", mend)
            if not one.record and not one.url:
                mend = "name the record or the url the fact was read at"
                yield self.fault(file, (*above, i), "locator", f"locator {one.id!r} leads nowhere", mend)
            if one.url and not one.url.startswith(("https://", "http://")):
                yield self.fault(
                    file, (*above, i, "url"), "locator", f"not a web address: {one.url[:60]!r}", "write https://…"
                )
            yield from self.past(file, (*above, i, "seen"), one.seen)

    def at(self, file: str, key: Path, wanted: str, known: set[str]) -> Iterator[Fault]:
        """A fault where a named locator does not exist."""
        if wanted and wanted not in known:
            mend = f"use one of: {', '.join(sorted(known)) or 'none is written yet'}"
            yield self.fault(file, key, "locator", f"no locator is called {wanted!r}", mend)

    def code(self, file: str, key: Path, kind: str, wanted: str) -> Iterator[Fault]:
        """A fault where a vocabulary code does not exist. `kind` is a list of the vocabulary (`designs`, `routes` …)."""
        known = {term.code for term in getattr(self.vocabulary, kind)}
        if wanted and wanted not in known:
            close = sorted(known, key=lambda code: (-len(set(code.split("-")) & set(wanted.split("-"))), code))[:5]
            what = f"{wanted!r} is not in the vocabulary's {kind}"
            yield self.fault(file, key, "vocabulary", what, f"use a code such as {', '.join(close)}")

    def past(self, file: str, key: Path, date: datetime.date | None) -> Iterator[Fault]:
        """A fault where a date lies in the future."""
        if date is not None and date > self.today:
            yield self.fault(file, key, "date", f"{date} lies in the future", "correct the date")


def repeated(inspection: Inspection, file: str, above: Path, ids: Sequence[str]) -> Iterator[Fault]:
    """A fault for each id that stands twice or is not a plain word."""
    for i, one in enumerate(ids):
        if one in ids[:i]:
            yield inspection.fault(
                file, (*above, i, "id"), "id", f"the id {one!r} is used twice", "give each its own id"
            )
        if not one or not all(c.isalnum() or c in "-_." for c in one):
            mend = "use letters, digits, - and _ only"
            yield inspection.fault(file, (*above, i, "id"), "id", f"{one[:60]!r} cannot be an id", mend)

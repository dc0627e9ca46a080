"""The version that a page appears as: what changed since readers saw the last one, and the number that this makes."""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evidermis.evidence.change import Difference, Published
from evidermis.evidence.review import Review
from evidermis.living import next_version
from evidermis.pipeline import Conclusions
from evidermis.review.living.comparing import State, between, now, then
from evidermis.review.living.history import History, Publication, input_files

__all__ = ["Edition", "next_edition", "site_name"]


@dataclass(frozen=True, slots=True)
class Edition:
    """A version about to appear. `change` is what it changes (None: it is the first); `versions` ends with this one."""

    history: History
    state: State
    files: Mapping[str, bytes]
    day: datetime.date
    change: Difference | None
    versions: tuple[Published, ...]

    @property
    def version(self) -> str:
        """Its number."""
        return self.versions[-1].version

    def keep(self, site: Mapping[str, bytes], made_by: str) -> None:
        """Write it into the history, unless it is the last publication to the byte."""
        last, page = self.history.last, site_name(site)
        if last is not None and last.site == page and self.history.holds_files(last, self.files):
            return
        this = self.versions[-1]
        line = Publication(
            number=0,
            day=self.day,
            version=this.version,
            published=this.day,
            weight=self.change.weight if self.change else "none",
            snapshot="",
            difference="",
            files="",
            site=page,
            made_by=made_by,
            previous="",
        )
        self.history.add(line, self.state.snapshot, self.change, self.files)


def next_edition(folder: Path, review: Review, drawn: Conclusions, day: datetime.date) -> Edition:
    """The edition of a checked review, with the conclusions drawn from it, on a day."""
    history, state, files = History(folder), now(folder, review, drawn), input_files(folder)
    last, protocol = history.last, review.protocol
    if last is None:
        first = Published(protocol.version, protocol.published)
        return Edition(history, state, files, day, None, (first,))
    change = between(then(history, last), state)
    version = next_version(last.version, protocol.version, change.weight)
    new = () if version == last.version else (Published(version, day, change),)
    return Edition(history, state, files, day, change, (*history.published(), *new))


def site_name(files: Mapping[str, bytes]) -> str:
    """SHA-256 (hex) over the names and contents of all files of a page."""
    told = hashlib.sha256()
    for name, content in sorted(files.items()):
        told.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return told.hexdigest()

"""The imported records of a review, read together: a study's reports beside its registration, whichever file each came from.

Of which study a record is, is known by the registry's number that it bears, by what links the records of a review, and by the
registrations that people wrote into `studies/`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidermis.evidence.content import Content
from evidermis.evidence.errors import BadInput
from evidermis.evidence.observer import Observer, silent
from evidermis.formats import Unreadable, read_contents
from evidermis.library import kept_files
from evidermis.reading import Facts, seen_together
from evidermis.review.folder.loading import load
from evidermis.review.records.linking import grouped_review

__all__ = ["ReadOfReview", "ReadRecord", "read_of_review"]


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record, the file in `records/` that gave it, and what was read of it."""

    file: str
    content: Content
    facts: Facts


@dataclass(frozen=True, slots=True)
class ReadOfReview:
    """Every imported record with its facts, in the order of the files, and the entries that cannot be read."""

    records: tuple[ReadRecord, ...]
    left_out: tuple[Unreadable, ...] = ()


def read_of_review(folder: Path, read: Callable[[Content], Facts], observer: Observer = silent) -> ReadOfReview:
    """Read each imported record of a review once, and hold those of one study together.

    Products are left out: they report nothing. `BadInput` where there is no review, or nothing has been imported.
    """
    load(folder)
    found: dict[Content, str] = {}
    left_out: list[Unreadable] = []
    for file in kept_files(folder / "records"):
        with file.open("rb") as stream:
            for entry in read_contents(stream, f"records/{file.name}"):
                if isinstance(entry, Unreadable):
                    left_out.append(entry)
                elif isinstance(entry, Content) and entry.record.kind != "product":
                    found.setdefault(entry, f"records/{file.name}")
    if not found:
        mend = "import the files first (`evidermis import`), or hold the review's own words with --compare"
        raise BadInput("this review holds no imported record", file=str(folder / "records"), mend=mend)
    contents = list(found)
    facts = [read(one) for one in contents]
    if any(one.registration for one in facts):
        facts = seen_together(contents, facts, _numbers(folder, contents, observer))
    kept = zip(found.values(), contents, facts, strict=True)
    return ReadOfReview(tuple(ReadRecord(*one) for one in kept), tuple(left_out))


def _numbers(folder: Path, contents: Iterable[Content], observer: Observer) -> dict[str, Sequence[str]]:
    """The registrations of each record's study, by the record's digest."""
    known: dict[str, set[str]] = {}
    for study in load(folder).studies:
        for report in study.reports:
            known.setdefault(report.record, set()).update(study.registrations)
    for one in contents:
        if one.record.kind == "registration":
            known.setdefault(one.record.digest, set()).update(one.record.registrations)
    found: dict[str, Sequence[str]] = {}
    for cluster in grouped_review(folder, observer).studies:
        numbers = sorted({number for key in cluster for number in known.get(key, ())})
        found.update(dict.fromkeys(cluster, numbers) if numbers else {})
    return found

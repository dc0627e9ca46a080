"""Which records of a review are one: its library's and its hand-written ones, in reports and studies, with what people undid.

A judgement about `records:ONE/OTHER` decides a pair: `one publication`, `not one publication` or `not one study`; of several on
one pair the latest counts. An id of a library record may be cut to its first twelve characters, as `evidermis search` prints it.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from evidermis import MADE_BY
from evidermis.evidence.errors import BadInput
from evidermis.evidence.judgement import Judgement
from evidermis.evidence.observer import Notice, Observer, silent
from evidermis.evidence.record import Record
from evidermis.library import Library, Work
from evidermis.linkage import Grouping, PairJudgements, grouped, report_record
from evidermis.pipeline import digest
from evidermis.review.folder.loading import load
from evidermis.review.records.keeping import opened_library

__all__ = ["SHORTEST", "grouped_review", "pair_judgements", "report_records"]

_GROUPING = TypeAdapter(Grouping)
# The characters of a digest that `evidermis search` prints.
SHORTEST = 12
_DECISIONS = {
    "one publication": "one_publication",
    "not one publication": "not_one_publication",
    "not one study": "not_one_study",
}


def grouped_review(folder: Path, observer: Observer = silent) -> Grouping:
    """Reports and studies over all records of a review; hand-written ones go by their ids, the library's by their digests.

    The result is kept in the library with its lineage: as long as neither records nor judgements change, it is read back.
    """
    review = load(folder)
    written = [(reference.id, reference.record) for reference in review.references]
    with opened_library(folder, observer) as library:
        names = [key for key, _ in written] + list(library.digests())
        judged = pair_judgements(review.judgements, names)
        inputs = (
            digest(sorted((key, one.digest) for key, one in written)),
            digest(library.digests()),
            digest(judged),
        )
        work = Work("grouped", 1, MADE_BY, inputs)
        observer(Notice(stage="link", what=f"{len(names):,} records"))
        content = library.derived(work, lambda: _GROUPING.dump_json(grouped(_records(written, library), judged)))
    return _GROUPING.validate_json(content)


def report_records(folder: Path, clusters: Iterable[tuple[str, ...]]) -> tuple[Record, ...]:
    """One record a report, for clusters that `grouped_review` gave; what one record lacks is taken from another and named."""
    review = load(folder)
    with opened_library(folder) as library:
        written = [(reference.id, reference.record) for reference in review.references]
        held = dict(_records(written, library))
    return tuple(report_record([held[key] for key in cluster]) for cluster in clusters)


def pair_judgements(judgements: Iterable[Judgement], names: Iterable[str]) -> PairJudgements:
    """What people decided on pairs of records. `BadInput` where a decision on a pair is none of the three."""
    known = set(names)
    short = {name[:SHORTEST]: name for name in known}
    latest: dict[tuple[str, str], str] = {}
    for one in sorted(judgements, key=lambda judgement: (judgement.time, judgement.id)):
        kind, _, about = one.about.partition(":")
        if kind != "records":
            continue
        if one.decision not in _DECISIONS:
            mend = f"write one of: {', '.join(_DECISIONS)}"
            raise BadInput(f"{one.decision[:60]!r} decides no pair", file="judgements.jsonl", place=one.id, mend=mend)
        first, _, second = about.partition("/")
        a, b = sorted(name if name in known else short.get(name[:SHORTEST], name) for name in (first, second))
        latest[a, b] = _DECISIONS[one.decision]
    pairs = {word: tuple(sorted(p for p, how in latest.items() if how == word)) for word in _DECISIONS.values()}
    return PairJudgements(**pairs)


def _records(written: Sequence[tuple[str, Record]], library: Library) -> list[tuple[str, Record]]:
    # A product is no publication of anything.
    imported = ((digest, record) for _, digest, record in library.records() if record.kind != "product")
    return [*written, *imported]

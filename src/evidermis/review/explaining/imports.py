"""`explain` for imported records: where each was read, and why two of them are, or are not, one publication or one study.

`record:ID` is one record, `records:ONE/OTHER` a pair; an id is that of a hand-written record or the beginning (twelve characters
or more) of an imported one's digest, as `evidermis search` prints it.
"""

from collections.abc import Iterable
from pathlib import Path

from evidermis.evidence.errors import BadInput
from evidermis.evidence.judgement import Judgement
from evidermis.evidence.observer import Observer, silent
from evidermis.evidence.record import Record
from evidermis.library import Library
from evidermis.linkage import Grouping, compared
from evidermis.review.explaining.ids import Node
from evidermis.review.folder.loading import load
from evidermis.review.records.keeping import opened_library
from evidermis.review.records.linking import SHORTEST, grouped_review

__all__ = ["explain_imported", "is_imported"]


def is_imported(wanted: str) -> bool:
    """Whether an id is one that only a library can explain: a record, or a pair with a digest in it."""
    kind, _, rest = wanted.partition(":")
    return kind == "record" or (kind == "records" and any(map(_is_digest, rest.split("/"))))


def explain_imported(folder: Path, wanted: str, observer: Observer = silent) -> Node:
    """The tree below `record:ID` or `records:ONE/OTHER`. `BadInput` where a record is not known, or several begin so."""
    grouping = grouped_review(folder, observer)
    review = load(folder)
    written = {one.id: one.record for one in review.references}
    with opened_library(folder, observer) as library:
        held = _Held(library, written, grouping, review.judgements)
        kind, _, rest = wanted.partition(":")
        if kind == "record":
            return held.record(held.key(rest))
        one, _, other = rest.partition("/")
        return held.pair(*sorted((held.key(one), held.key(other))))


class _Held:
    """The records of one review with what is known of them."""

    def __init__(
        self, library: Library, written: dict[str, Record], grouping: Grouping, judgements: Iterable[Judgement]
    ) -> None:
        self.library, self.written, self.grouping = library, written, grouping
        self.judgements = [one for one in judgements if one.about.startswith("records:")]
        self.content: dict[str, Record] = dict(written)

    def key(self, told: str) -> str:
        """The whole id that is meant."""
        if told in self.written:
            return told
        found = self.library.starting(told) if _is_digest(told) else ()
        if len(found) != 1:
            what = "several records begin with" if found else "no record is called"
            raise BadInput(f"{what} {told[:80]!r}", mend="take an id that `evidermis search` prints, or longer")
        ((number, digest),) = found
        self.content[digest] = self.library.numbered([number])[number][1]
        return digest

    def record(self, key: str) -> Node:
        record = self.content[key]
        below = [Node("", f"read from records/{file}, entry {n}", "read@1") for file, n in self.library.places(key)]
        below += [Node("", f"notice: {one.state} {one.date} {one.text}".rstrip()) for one in record.notices]
        members = next((c for c in self.grouping.reports.clusters if key in c), (key,))
        study = next((s for s in self.grouping.studies if key in s), members)
        for level, others in (("publication", members), ("study", [one for one in study if one not in members])):
            for other in others:
                if other != key:
                    pair = self.pair(*sorted((key, self.key(other))))
                    below.append(
                        Node(pair.id, f"one {level} with {_short(other)}: {self._cited(other)}", below=pair.below)
                    )
        for doubt in self.grouping.reports.doubts:
            if key in (doubt.one, doubt.other):
                other = self.key(doubt.other if key == doubt.one else doubt.one)
                pair = self.pair(doubt.one, doubt.other)
                below.append(
                    Node(
                        pair.id, f"perhaps one publication with {_short(other)}: {self._cited(other)}", below=pair.below
                    )
                )
        return Node(f"record:{_short(key)}", self._cited(key), below=tuple(below))

    def pair(self, one: str, other: str) -> Node:
        """Whether two records are one, and every reason for and against."""
        decision = compared(self.content[one], self.content[other])
        weights = [Node("", f"{name} {weight:+g}", "records@1") for name, weight in decision.reasons]
        weights.append(Node("", f"together {decision.weight:+g}: {_SAID[decision.verdict]}", "records@1"))
        links = [link for link in self.grouping.study_links if (link.one, link.other) == (one, other)]
        for link in links:
            told = "one study" if link.made else "perhaps one study: a person should look"
            weights.append(Node("", f"{told}: {'; '.join(link.reasons)}", "records@1"))
        names = {frozenset((a, b)) for a in (one, _short(one)) for b in (other, _short(other))}
        for judged in self.judgements:
            if frozenset(judged.about.partition(":")[2].split("/")) in names:
                told = f"{judged.author}, {judged.time.isoformat()}: {judged.decision}, {judged.reason}"
                weights.append(Node(f"judgement:{judged.id}", told))
        return Node(f"records:{_short(one)}/{_short(other)}", self._level(one, other), below=tuple(weights))

    def _level(self, one: str, other: str) -> str:
        for level, groups in (("publication", self.grouping.reports.clusters), ("study", self.grouping.studies)):
            if any(one in group and other in group for group in groups):
                return f"one {level}"
        return "two studies, as far as these records tell"

    def _cited(self, key: str) -> str:
        record = self.content[key]
        names = [record.source, record.identifier("doi") and f"doi:{record.identifier('doi')}"]
        parts = [record.title, record.journal, str(record.year or ""), *names]
        return ". ".join(part for part in parts if part)


_SAID = {
    "same": "at 6 or more two records are one publication",
    "ask": "from 3 to 6 a person is asked",
    "different": "below 3 they are two",
}


def _is_digest(told: str) -> bool:
    return len(told) >= SHORTEST and all(c in "0123456789abcdef" for c in told)


def _short(key: str) -> str:
    return key[:SHORTEST] if len(key) == 64 and _is_digest(key) else key

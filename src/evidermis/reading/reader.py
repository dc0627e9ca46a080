"""A *reader* turns a record into facts. Readers are plug-ins found by the entry point group `evidermis.readers`.

`CueReader` is the one that comes with the package: deterministic, offline, driven by the vocabulary's cues.
"""

from collections.abc import Iterable
from typing import Protocol

from evidermis.evidence.ladders import COMPARATORS, Comparator
from evidermis.evidence.record import Record
from evidermis.reading.arms import arms_of
from evidermis.reading.counts import Count, counted, settings_of, total_of
from evidermis.reading.cues import Cues, Seen, bundled_cues
from evidermis.reading.design import DesignName, design_of, design_points, designs_seen, rung_of
from evidermis.reading.facts import Facts, Noted, PeopleCount
from evidermis.reading.learned import DesignModel, Example, terms_of
from evidermis.reading.passages import Passage, Quote, passages_of

__all__ = ["READERS", "CueReader", "Reader", "bundled_reader", "fields_of"]

# The entry point group under which readers of others are found.
READERS = "evidermis.readers"
_COUNTING = ("people", "enrolment", "comparator")


class Reader(Protocol):
    """What reads: `name` with version, and `read`. A value whose quote is not verbatim in the record is never used."""

    @property
    def name(self) -> str:
        """Name and version, as `cues@1`."""
        ...

    def read(self, record: Record) -> Facts:
        """The facts that one record states."""
        ...


class CueReader:
    """Reads by cues: words that the vocabulary lists, and how numbers stand beside them.

    With a `model` that the user trained, the design is the model's; quotes and all else stay the cues'.
    """

    def __init__(self, cues: Cues, model: DesignModel | None = None) -> None:
        self._cues = cues
        self._model = model
        self.name = f"cues@1+design-model@{model.name}" if model else "cues@1"

    def read(self, record: Record) -> Facts:
        """The facts that title and abstract state, and what the catalogue says of the design."""
        passages = passages_of(fields_of(record))
        seen = self._cues.seen(passages)
        prose = tuple(p for p in passages if p.field in ("title", "abstract"))
        settings = settings_of(prose, [one for kind in _COUNTING for one in seen[kind]])
        counts = counted(settings)
        surely = total_of(counts, least=4.0)
        arms = tuple(arms_of(settings, surely.value if surely else None))
        total = total_of(counts, tuple(arm.value for arm in arms))
        features = _features(seen["feature"])
        codes = {noted.code for noted in features}
        comparator = _comparator(codes)
        points = design_points(self._cues.kinds["design"], seen["design"])
        first = self._design(passages, seen, points)
        is_controlled = comparator not in (None, "baseline-only") or len(arms) > 1
        designs = designs_seen(seen["design"], points, first, is_controlled, total is not None)
        return Facts(
            record=record.source_id or record.identifier("pmid") or record.identifier("doi"),
            reader=self.name,
            design=first,
            rung=rung_of(first, is_controlled),
            designs=designs,
            is_within_person="within-person" in codes,
            comparator=comparator,
            n_total=_people(total) if total else None,
            n_arms=arms,
            counts=tuple(_people(count) for count in counts if count.what in ("people", "sides", "animals")),
            noted=tuple(features),
        )

    def example(self, record: Record, design: DesignName) -> Example:
        """What a design model learns from one labelled record."""
        passages = passages_of(fields_of(record))
        return Example(terms_of(passages, self._cues, self._cues.seen(passages)), design)

    def _design(
        self, passages: tuple[Passage, ...], seen: dict[str, list[Seen]], points: dict[DesignName, float]
    ) -> DesignName:
        if self._model:
            shares = self._model.shares(terms_of(passages, self._cues, seen))
            return max(shares, key=shares.__getitem__)
        return design_of(points, any(one.cue.code == "people" for one in seen["people"]))


def fields_of(record: Record) -> tuple[tuple[str, str], ...]:
    """The texts of a record that are read, by the name a quote gives for its place."""
    return (
        ("title", record.title),
        ("abstract", record.abstract_text),
        ("publication type", "; ".join(record.publication_types)),
        ("heading", "; ".join(heading.descriptor for heading in record.headings)),
        ("journal", record.journal),
    )


def bundled_reader(model: DesignModel | None = None) -> CueReader:
    """The reader with the cues that come with the package, and with the user's own design model where one is given."""
    return CueReader(bundled_cues(), model)


def _features(seen: Iterable[Seen]) -> list[Noted]:
    """Each feature once, where it is first said."""
    found: dict[str, Noted] = {}
    for one in seen:
        kind, _, code = one.cue.code.partition(".")
        if one.cue.code not in found:
            found[one.cue.code] = Noted(kind, code, _quote(one), rule=one.cue.name or one.cue.code)
    return list(found.values())


def _quote(one: Seen) -> Quote:
    return one.passage.quote(one.hit.first, one.hit.last)


def _comparator(codes: set[str]) -> Comparator | None:
    ranked: list[Comparator] = [rung for rung in COMPARATORS if rung in codes]
    return ranked[-1] if ranked else None


def _people(count: Count) -> PeopleCount:
    return PeopleCount(count.value, count.what, count.stage, count.quote)

"""A *reader* turns a record into facts. Readers are plug-ins found by the entry point group `evidermis.readers`.

`CueReader` is the one that comes with the package: deterministic, offline, driven by the vocabulary's cues.
"""

import datetime
from dataclasses import replace
from typing import Protocol

from evidermis.evidence.content import Content
from evidermis.evidence.ladders import COMPARATORS, Comparator
from evidermis.evidence.record import Record
from evidermis.reading.contents import article_prose, is_of_methods, registry_prose
from evidermis.reading.designs import DesignModel, Example, design_of, design_points, designs_seen, terms_of
from evidermis.reading.facts import BENCH, DesignName, Facts, PeopleCount, rung_of
from evidermis.reading.figures import effects_in, results_in
from evidermis.reading.noted import cautions, features_noted, noted_in, on_rung
from evidermis.reading.people import Count, arms_of, arms_of_people, counted, is_given_to_people, settings_of, total_of
from evidermis.reading.registrations import with_registration
from evidermis.reading.sides import with_sides
from evidermis.reading.tables import tables_read
from evidermis.reading.text import Cues, Passage, Seen, bundled_cues, fields_of, passages_of

__all__ = ["READERS", "CueReader", "Reader", "bundled_reader"]

# The entry point group under which readers of others are found.
READERS = "evidermis.readers"
# The design that is presumed of a report which shows no work of its own, and points from which a title names another.
_PRESUMED: DesignName = "narrative-review"
_TOLD = 4.0
# In fewer words than this no report can be expected to show its data.
_SHORT = 80
# Points of a report that is presumed to be another kind of work and counts people.
_ONLY_COUNTS = 5.0
_COUNTING = ("people", "enrolment", "comparator")


class Reader(Protocol):
    """What reads: `name` with version, and `read`. A value whose quote is not verbatim in the record is never used."""

    @property
    def name(self) -> str:
        """Name and version, as `cues@2`."""
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
        self._presumed = tuple(cue for cue in cues.kinds["design"] if not cue.phrases)
        self._model = model
        self.name = f"cues@2+design-model@{model.name}" if model else "cues@2"

    def read(self, record: Record) -> Facts:
        """The facts that title and abstract state, and what the catalogue says of the design."""
        passages = passages_of(fields_of(record))
        seen = self._cues.seen(passages)
        prose = tuple(p for p in passages if p.field in ("title", "abstract"))
        settings = settings_of(prose, [one for kind in _COUNTING for one in seen[kind]])
        counts = counted(settings)
        surely = total_of(counts, least=5.0)
        arms = tuple(arms_of(settings, surely.value if surely else None))
        total = total_of(counts, tuple(arm.value for arm in arms))
        animals = [one for one in seen["people"] if one.cue.code == "animals"]
        given = is_given_to_people(total, animals) if total else False
        features = with_sides(features_noted(seen["feature"]), prose)
        codes = {noted.code for noted in features}
        comparator = _comparator(codes)
        points = design_points(self._presumed, seen["design"])
        first = self._design(passages, seen, points)
        if given and not self._model and first == "other" and _tells_of_treatment(seen, codes, points):
            first = "human-non-randomised"
        if first in BENCH and given:
            arms = arms_of_people(arms, animals)
        elif first in BENCH:
            # What is counted and compared here is animals, wells or donors: nobody says that people were given something.
            total, arms = None, ()
            features = [one for one in features if one.code != "within-person"]
            codes.discard("within-person")
        is_controlled = comparator not in (None, "baseline-only") or len(arms) > 1 or "within-person" in codes
        quote = total.quote if total else None
        designs = designs_seen(_counting(seen["design"]), points, first, is_controlled, quote, animals)
        people = _people(total) if total else None
        rung = rung_of(first, is_controlled)
        figures = [effects_in(passage) for passage in prose]
        told = [results_in(passage, seen, arms, found) for passage, found in zip(prose, figures, strict=True)]
        noted = features + noted_in(seen, prose) + [one for found in figures for one in found]
        return Facts(
            record=record.source_id or record.identifier("pmid") or record.identifier("doi"),
            reader=self.name,
            design=first,
            rung=rung,
            designs=designs,
            is_within_person="within-person" in codes,
            comparator=comparator,
            n_total=people,
            n_arms=arms,
            counts=tuple(_people(count) for count in counts if count.what in ("people", "sides", "animals")),
            noted=(*on_rung(noted, rung), *cautions(seen["caution"], noted, is_controlled, people)),
            results=tuple(result for results, _ in told for result in results),
            apart=tuple(one for _, untied in told for one in untied),
        )

    def read_content(self, content: Content, today: datetime.date | None = None) -> Facts:
        """The facts of the record, of a registration's fields, and of an article's body and tables.

        `today` is the day on which a trial's results are asked to be due (None: the entry's own).
        """
        facts = self.read(content.record)
        if content.record.kind == "registration":
            return with_registration(self._with_prose(facts, registry_prose(content)), content, today)
        return self._with_article(facts, content) if content.parts or content.tables else facts

    def _with_article(self, facts: Facts, content: Content) -> Facts:
        """What an article adds to its abstract: details of what was done, people where the abstract counts none, and tables."""
        methods = is_of_methods(content)
        prose = article_prose(content)
        read = self._with_results(self._with_prose(facts, prose, methods), prose, methods)
        tables = tables_read(content, self._cues)
        total = read.n_total or self._total(tuple(one for one in prose if one[0] in methods) or prose)
        return replace(
            read,
            n_total=total,
            n_arms=read.n_arms or tables.arms,
            results=(*read.results, *tables.results),
            apart=(*read.apart, *tables.apart),
        )

    def _with_results(self, facts: Facts, texts: tuple[tuple[str, str], ...], methods: frozenset[str]) -> Facts:
        """The facts with the results that an article's prose tells outside its methods."""
        passages = passages_of(tuple(one for one in texts if one[0] not in methods))
        seen = self._cues.seen(passages)
        read = [results_in(passage, seen, facts.n_arms, effects_in(passage)) for passage in passages]
        return replace(
            facts,
            results=(*facts.results, *(result for results, _ in read for result in results)),
            apart=(*facts.apart, *(one for _, untied in read for one in untied)),
        )

    def _total(self, texts: tuple[tuple[str, str], ...]) -> PeopleCount | None:
        passages = passages_of(texts)
        seen = self._cues.seen(passages)
        total = total_of(counted(settings_of(passages, [one for kind in _COUNTING for one in seen[kind]])), least=4.0)
        return _people(total) if total else None

    def _with_prose(
        self, facts: Facts, texts: tuple[tuple[str, str], ...], methods: frozenset[str] | None = None
    ) -> Facts:
        """The facts with what further texts say that they do not hold: each code once, where it is first said.

        Where `methods` are given, features of the design are taken from them alone: elsewhere an article speaks of others' too.
        Whether people are compared with themselves is never taken from there: bodies speak of sides in too many ways.
        """
        prose = passages_of(texts)
        seen = self._cues.seen(prose)
        told = {(one.kind, one.code) for one in facts.noted}
        features = [
            one
            for one in seen["feature"]
            if methods is None or (one.passage.field in methods and one.cue.code != "pairing.within-person")
        ]
        found = features_noted(features) if methods is not None else with_sides(features_noted(features), prose)
        more = [one for one in (*found, *noted_in(seen, prose)) if (one.kind, one.code) not in told]
        return replace(
            facts,
            noted=(*facts.noted, *more),
            is_within_person=facts.is_within_person or any(one.code == "within-person" for one in more),
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
        named = [one.cue.code for one in seen["people"]]
        # A face has somebody behind it, whether or not the report says "patients".
        faces = any(one.cue.name == "sides-compared-titled" for one in seen["design"])
        people, animals = named.count("people") + faces, named.count("animals")
        design = design_of(points, people, animals, seen["design"])
        is_short = sum(len(passage.words) for passage in passages) < _SHORT
        if design == _PRESUMED and _is_told_otherwise(points, seen["design"], is_short):
            return design_of({**points, _PRESUMED: 0.0}, people, animals, seen["design"])
        return design


def bundled_reader(model: DesignModel | None = None) -> CueReader:
    """The reader with the cues that come with the package, and with the user's own design model where one is given."""
    return CueReader(bundled_cues(), model)


def _is_told_otherwise(points: dict[DesignName, float], seen: list[Seen], is_short: bool) -> bool:
    """Whether a title, or a text too short to show any work, names another design, and nothing but presumption says review."""
    stated = [one for one in _counting(seen) if one.cue.states]
    named = [one.cue.code for one in stated if is_short or one.passage.field == "title"]
    return not any(one.cue.code == _PRESUMED for one in stated) and any(
        points[design] >= _TOLD for design in points if design in named
    )


def _tells_of_treatment(seen: dict[str, list[Seen]], codes: set[str], points: dict[DesignName, float]) -> bool:
    """Whether sides were compared, or something of the vocabulary was given and nothing but counting people speaks for another
    kind of work."""
    return "within-person" in codes or (bool(seen["source"] or seen["route"]) and points["other"] <= _ONLY_COUNTS)


def _counting(seen: list[Seen]) -> list[Seen]:
    """The cues seen that no other one takes away."""
    names = {one.cue.name for one in seen}
    return [one for one in seen if names.isdisjoint(one.cue.unless)]


def _comparator(codes: set[str]) -> Comparator | None:
    ranked: list[Comparator] = [rung for rung in COMPARATORS if rung in codes]
    return ranked[-1] if ranked else None


def _people(count: Count) -> PeopleCount:
    return PeopleCount(count.value, count.what, count.stage, count.quote)

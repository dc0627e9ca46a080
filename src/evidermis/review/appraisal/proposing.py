"""Proposed answers to the questions on risk of bias, from a review's study files or from the text of records; none is final."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from evidermis.appraisal import studies_in_people
from evidermis.appraisal.bias import (
    ROB2,
    ROB2_CROSSOVER,
    WITHIN_PERSON,
    Proposed,
    Said,
    Tool,
    proposed,
    said_of_people,
    said_of_plan,
)
from evidermis.evidence.ladders import RUNGS
from evidermis.evidence.record import Record, Section
from evidermis.evidence.study import Study
from evidermis.evidence.vocabulary import Vocabulary, bundled_vocabulary
from evidermis.reading import Facts, Reader, bundled_reader
from evidermis.review.folder.checking import checked

__all__ = ["proposals_of_records", "proposals_of_review"]

_KINDS = ("blinding", "concealment", "sequence")


def proposals_of_review(path: Path, today: datetime.date) -> tuple[Proposed, ...]:
    """Proposals for each randomised study in people, by id, from its file: blinding, people, plan, each with its locator."""
    vocabulary = bundled_vocabulary()
    reader = bundled_reader()
    studies = studies_in_people(checked(path, vocabulary, today), vocabulary)
    trials = [one for one in studies if vocabulary.design(one.design).rung == RUNGS[-2]]
    found = (proposed(one.id, _tool(one, vocabulary), _said(one, reader)) for one in trials)
    return tuple(sorted((one for one in found if one.answers), key=lambda one: one.study))


def proposals_of_records(records: list[Record]) -> tuple[Proposed, ...]:
    """Proposals from titles and abstracts that call themselves randomised; each quote stands verbatim at its place."""
    reader = bundled_reader()
    found: list[Proposed] = []
    for record in records:
        facts = reader.read(record)
        if facts.rung == RUNGS[-2]:
            tool = WITHIN_PERSON if facts.is_within_person else ROB2
            found.append(proposed(record.source_id or record.title, tool, _noted(facts)))
    return tuple(one for one in found if one.answers)


def _tool(study: Study, vocabulary: Vocabulary) -> Tool:
    pairing = vocabulary.design(study.design).pairing
    return {"within-person": WITHIN_PERSON, "crossover": ROB2_CROSSOVER}.get(pairing, ROB2)


def _said(study: Study, reader: Reader) -> Iterator[Said]:
    facts = reader.read(Record(title="", abstract=(Section(study.blinding.value),)))
    yield from (Said(one.code, study.blinding.value, study.blinding.at) for one in _noted(facts))
    first = study.locators[0].id if study.locators else ""
    read_at = study.people.analysed.at if study.people.analysed else ""
    yield from said_of_people(study.people, read_at or first)
    yield from said_of_plan(study.plan)


def _noted(facts: Facts) -> Iterator[Said]:
    for kind in _KINDS:
        for one in facts.of_kind(kind):
            place = f"{one.quote.field} {one.quote.start}-{one.quote.end}"
            yield Said(f"{kind}.{one.code}", one.quote.text, place)

"""Answers that follow from what a report or a study's file says, for a person to sign. Each carries the words and their place.

Only what was said is turned into an answer, and none stronger than *probably*: a word such as double-blind tells what was
meant, not what was done. That a trial is called randomised says nothing of how (Sterne et al. 2019), so it answers no question.
Two statements that answer one question differently leave it at no information.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidermis.appraisal.bias.assessing import Assessed, assess
from evidermis.appraisal.bias.tables import Answer, Tool
from evidermis.evidence.quantity import known
from evidermis.evidence.study import BiasAnswer, People, Plan

__all__ = ["RULE", "Proposed", "Said", "proposed", "said_of_people", "said_of_plan"]

RULE = "rule:bias-proposals@1"
# What a statement's code answers. The codes are those that reports are read by (`cues/feature.toml`), and two of our own.
_ANSWERS: Mapping[str, tuple[tuple[str, Answer], ...]] = {
    "sequence.reported": (("1.1", "PY"),),
    "concealment.reported": (("1.2", "PY"),),
    "blinding.double": (("2.1", "PN"), ("2.2", "PN"), ("4.3", "PN")),
    "blinding.triple": (("2.1", "PN"), ("2.2", "PN"), ("4.3", "PN")),
    "blinding.participant": (("2.1", "PN"),),
    "blinding.assessor": (("4.3", "PN"),),
    "blinding.investigator": (("4.3", "PN"),),
    "blinding.open": (("2.1", "PY"), ("2.2", "PY")),
    "people.kept": (("3.1", "PY"),),
    "people.lost": (("3.1", "PN"),),
    "plan.late": (("5.1", "PN"),),
}
# All or nearly all: the share that the guidance calls often enough for continuous outcomes.
_NEARLY_ALL = 0.95


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: its code, its words, and where they stand (a locator's id, or a field and its characters)."""

    code: str
    words: str
    at: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """Proposals of one study and what the algorithm would make of them if a person signed them all, and no others."""

    study: str
    answers: tuple[BiasAnswer, ...]
    assessed: Assessed


def proposed(study: str, tool: Tool, said: Iterable[Said]) -> Proposed:
    """The answers that follow, in the tool's order; questions that it does not ask are left out."""
    found: dict[str, list[tuple[Answer, Said]]] = {}
    for one in said:
        for question, answer in _ANSWERS.get(one.code, ()):
            found.setdefault(question, []).append((answer, one))
    answers = tuple(_answer(q.id, found[q.id]) for q in tool.questions if q.id in found)
    return Proposed(study, answers, assess(tool, {one.question: one.answer for one in answers}))


def _answer(question: str, given: list[tuple[Answer, Said]]) -> BiasAnswer:
    same = {answer for answer, _ in given}
    answer: Answer = given[0][0] if len(same) == 1 else "NI"
    words = "; ".join(dict.fromkeys(one.words for _, one in given))
    at = "; ".join(dict.fromkeys(one.at for _, one in given if one.at))
    return BiasAnswer(question=question, answer=answer, at=at, note=words, by=RULE)


def said_of_people(people: People, at: str) -> tuple[Said, ...]:
    """Whether all, or nearly all, were analysed, where both numbers are known."""
    before, after = known(people.randomised), known(people.analysed)
    if not before or after is None:
        return ()
    code = "people.kept" if after / before >= _NEARLY_ALL else "people.lost"
    return (Said(code, f"{after:g} of {before:g} people analysed", at),)


def said_of_plan(plan: Plan) -> tuple[Said, ...]:
    """A plan that was written once results could be known is none made before."""
    late = plan.registered is not None and plan.completed is not None and plan.registered > plan.completed
    if plan.when == "after completion" or late:
        return (Said("plan.late", "registered after completion", plan.at),)
    return ()

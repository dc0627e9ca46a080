"""Who decided what on which report, read from the log of judgements.

A judgement about `screening:STAGE/RECORD` is one person's decision on a record at a stage, about `settling:STAGE/RECORD` one that
settles what several people disagree on. `undo` takes back what the same person said there last; a `note` decides nothing.
About `screening:STAGE/list:HASH` a rule decides on a whole list of records at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from evidermis.evidence.errors import BadInput
from evidermis.evidence.judgement import Judgement

__all__ = ["ANSWERS", "STAGES", "Answer", "Candidate", "Decision", "Decisions", "Stage", "decision_of", "is_screening"]

Stage = Literal["title-abstract", "full-text"]
Answer = Literal["include", "exclude", "maybe", "not retrieved", "note", "undo"]
STAGES: dict[str, Stage] = {"title-abstract": "title-abstract", "full-text": "full-text"}
_ANSWERS: tuple[Answer, ...] = ("include", "exclude", "maybe", "not retrieved", "note", "undo")
ANSWERS: dict[str, Answer] = {str(one): one for one in _ANSWERS}
_KINDS = ("screening", "settling")
_LIST = "list:"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One publication as it is screened: the keys of its records, in order. `earlier` where the review holds it already."""

    keys: tuple[str, ...]
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody or some rule answered about a record (or, by a rule, about a list of them) at a stage."""

    id: str
    stage: Stage
    about: str
    answer: Answer
    author: str
    time: datetime
    reason: str
    settles: bool = False

    @property
    def is_human(self) -> bool:
        """Whether a person decided."""
        return self.author.startswith("human:")


def is_screening(judgement: Judgement) -> bool:
    """Whether a judgement is a decision of screening."""
    return judgement.about.partition(":")[0] in _KINDS


def decision_of(judgement: Judgement) -> Decision:
    """A judgement as a decision of screening. `BadInput` where its stage or answer is unknown, or a reason is missing."""
    kind, _, rest = judgement.about.partition(":")
    named, _, about = rest.partition("/")
    stage, answer = STAGES.get(named), ANSWERS.get(judgement.decision)
    if stage is None or not about:
        told, mend = f"{judgement.about[:80]!r} names no stage and record", f"write {kind}:STAGE/RECORD"
        raise BadInput(told, mend=f"{mend} with one of: {', '.join(STAGES)}")
    if answer is None:
        raise BadInput(f"{judgement.decision[:40]!r} is no answer", mend=f"write one of: {', '.join(ANSWERS)}")
    if answer == "not retrieved" and stage != "full-text":
        raise BadInput("only a full text can be not retrieved", mend="decide at the stage full-text")
    if answer in ("exclude", "note") and stage == "full-text" and not judgement.reason.strip():
        raise BadInput(f"{answer} at full text without a reason", mend="say why; PRISMA counts the reasons")
    return Decision(
        judgement.id, stage, about, answer, judgement.author, judgement.time, judgement.reason, kind == "settling"
    )


class Decisions:
    """Every decision that stands, by stage and record; undone and replaced ones are gone, notes are kept apart.

    `lists` are the records of each list that a rule decided on, by its hash.
    """

    def __init__(self, judgements: Iterable[Judgement], lists: Mapping[str, Iterable[str]]) -> None:
        self._lists = lists
        self._said: dict[tuple[Stage, str, bool], dict[str, Decision]] = {}
        self._notes: dict[str, list[Decision]] = {}
        self._automated: dict[tuple[Stage, str], Decision] = {}
        for one in sorted((j for j in judgements if is_screening(j)), key=lambda j: (j.time, j.id)):
            self.add(decision_of(one))

    def add(self, decision: Decision) -> None:
        """Take in a decision that is later than all others."""
        if decision.about.startswith(_LIST):
            self._add_list(decision)
        elif decision.answer == "note":
            self._notes.setdefault(decision.about, []).append(decision)
        else:
            said = self._said.setdefault((decision.stage, decision.about, decision.settles), {})
            said.pop(decision.author, None)
            if decision.answer != "undo":
                said[decision.author] = decision

    def of_people(self, stage: Stage, candidate: Candidate) -> dict[str, Decision]:
        """The latest standing decision of each person on any record of a candidate, by who decided first."""
        return {who: one for who, one in self._latest(stage, candidate, settles=False).items() if one.is_human}

    def settling(self, stage: Stage, candidate: Candidate) -> Decision | None:
        """The latest decision that settles what people disagreed on."""
        found = [one for one in self._latest(stage, candidate, settles=True).values() if one.is_human]
        return max(found, key=lambda one: (one.time, one.id), default=None)

    def automated(self, stage: Stage, candidate: Candidate) -> Decision | None:
        """What a rule decided: the exclusion of a candidate all of whose records it listed."""
        found = [self._automated.get((stage, key)) for key in candidate.keys]
        return found[0] if all(found) else None

    def notes(self, candidate: Candidate) -> list[Decision]:
        """What people noted on a candidate, in order of time."""
        found = [one for key in candidate.keys for one in self._notes.get(key, ())]
        return sorted(found, key=lambda one: (one.time, one.id))

    def _latest(self, stage: Stage, candidate: Candidate, *, settles: bool) -> dict[str, Decision]:
        found = [one for key in candidate.keys for one in self._said.get((stage, key, settles), {}).values()]
        return {one.author: one for one in sorted(found, key=lambda one: (one.time, one.id))}

    def _add_list(self, decision: Decision) -> None:
        name = decision.about.removeprefix(_LIST)
        if name not in self._lists:
            raise BadInput(f"the list {name[:12]} is not there", mend="put its file back into screening/")
        for key in self._lists[name]:
            if decision.answer == "exclude":
                self._automated[decision.stage, key] = decision
            else:
                self._automated.pop((decision.stage, key), None)

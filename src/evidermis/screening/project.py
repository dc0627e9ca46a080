"""Where screening stands: what the decisions on each candidate come to, who has what to read, and the PRISMA numbers.

People decide without seeing one another's answers. As many as the protocol asks for must agree; where they differ, or all of them
say *maybe*, somebody settles it. A rule's exclusion holds until a person decides otherwise.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from evidermis.evidence.protocol import Exclusion, Flow
from evidermis.screening.agreement import Agreement, agreement
from evidermis.screening.decisions import Candidate, Decision, Decisions, Stage

__all__ = ["WAITS", "Numbers", "Outcome", "Project", "State"]

State = Literal["open", "waiting", "conflict", "include", "exclude", "not retrieved", "automation", "earlier"]
_PASSES: tuple[State, ...] = ("include",)
# What still needs somebody.
WAITS: tuple[State, ...] = ("open", "waiting", "conflict")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the decisions on a candidate at a stage come to, and those decisions.

    `open`: nobody decided; `waiting`: fewer people than are needed; `automation`: excluded by a rule; `earlier`: in the review
    already, so that it is not screened.
    """

    state: State
    decisions: tuple[Decision, ...] = ()

    @property
    def reason(self) -> str:
        """The reason that the deciding answer gives; the first, where several people decided."""
        return next((one.reason for one in reversed(self.decisions) if one.reason), "")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The PRISMA 2020 numbers so far. `open` counts candidates that still wait for somebody, at either stage."""

    identified: int
    duplicates: int
    automation: int
    screened: int
    excluded: int
    sought: int
    not_retrieved: int
    assessed: int
    exclusions: tuple[tuple[str, int], ...]
    included: int
    earlier: int
    open: int

    def flow(self, studies: int) -> Flow | None:
        """The numbers as the protocol holds them, once nothing is open; `studies` is how many studies are included."""
        if self.open:
            return None
        return Flow(
            identified=self.identified,
            duplicates=self.duplicates,
            automation=self.automation,
            screened=self.screened,
            excluded=self.excluded,
            sought=self.sought,
            not_retrieved=self.not_retrieved,
            assessed=self.assessed,
            exclusions=tuple(Exclusion(reason=reason, n=n) for reason, n in self.exclusions),
            included_reports=self.included,
            included_studies=studies,
        )


class Project:
    """The candidates of a review and all decisions on them; `people` must decide on each."""

    def __init__(self, candidates: Sequence[Candidate], decisions: Decisions, people: int = 1) -> None:
        self.candidates = tuple(candidates)
        self.decisions = decisions
        self.people = people

    def outcome(self, candidate: Candidate, stage: Stage) -> Outcome:
        """What the decisions on a candidate come to at a stage."""
        if candidate.earlier:
            return Outcome("earlier")
        said = tuple(self.decisions.of_people(stage, candidate).values())
        if (settled := self.decisions.settling(stage, candidate)) is not None and settled.answer != "maybe":
            return Outcome(_state(settled), (*said, settled))
        if not said:
            by_rule = self.decisions.automated(stage, candidate)
            return Outcome("automation", (by_rule,)) if by_rule else Outcome("open")
        return Outcome(_agreed([one.answer for one in said], self.people), said)

    def at(self, stage: Stage) -> list[Candidate]:
        """The candidates of a stage: at full text, those that titles and abstracts let through."""
        if stage == "title-abstract":
            return [one for one in self.candidates if not one.earlier]
        return [one for one in self.candidates if self.outcome(one, "title-abstract").state in _PASSES]

    def to_read(self, person: str, stage: Stage) -> list[Candidate]:
        """What somebody still has to decide on: not decided by them, and not by enough others or a rule."""
        waiting = [one for one in self.at(stage) if self.outcome(one, stage).state in ("open", "waiting")]
        return [one for one in waiting if person not in self.decisions.of_people(stage, one)]

    def conflicts(self, stage: Stage) -> list[Candidate]:
        """What somebody has to settle."""
        return [one for one in self.at(stage) if self.outcome(one, stage).state == "conflict"]

    def decided_by(self, person: str, stage: Stage, since: datetime | None = None) -> list[tuple[Candidate, Decision]]:
        """What somebody decided, in order of time."""
        own = [(one, self.decisions.of_people(stage, one).get(person)) for one in self.candidates]
        found = [(one, said) for one, said in own if said and (since is None or said.time >= since)]
        return sorted(found, key=lambda pair: (pair[1].time, pair[1].id))

    def agreement(self, stage: Stage) -> Agreement | None:
        """How well people agreed before anything was settled; None where fewer than two people decided."""
        said = [self.decisions.of_people(stage, one) for one in self.candidates]
        people = sorted({person for one in said for person in one})
        if len(people) < 2:
            return None
        return agreement([[one[who].answer if who in one else None for who in people] for one in said if one])

    def numbers(self) -> Numbers:
        """The PRISMA numbers. What the review holds already stands in `earlier` alone."""
        first = Counter(self.outcome(one, "title-abstract").state for one in self.candidates)
        passed = self.at("full-text")
        ends = [self.outcome(one, "full-text") for one in passed]
        second = Counter(one.state for one in ends)
        waiting = sum(counts[state] for counts in (first, second) for state in WAITS)
        reasons = Counter(one.reason for one in ends if one.state == "exclude")
        screened = first["include"] + first["exclude"]
        joined = self.at("title-abstract")
        records = sum(len(one.keys) for one in joined)
        return Numbers(
            identified=records,
            duplicates=records - len(joined),
            automation=first["automation"],
            screened=screened,
            excluded=first["exclude"],
            sought=len(passed),
            not_retrieved=second["not retrieved"],
            assessed=second["include"] + second["exclude"],
            exclusions=tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
            included=second["include"],
            earlier=first["earlier"],
            open=waiting,
        )


def _state(decision: Decision) -> State:
    match decision.answer:
        case "include" | "exclude" | "not retrieved":
            return decision.answer
        case _:
            return "conflict"


def _agreed(answers: list[str], people: int) -> State:
    """What people's answers come to. *Maybe* goes with an inclusion and against an exclusion; alone it settles nothing."""
    kinds = set(answers)
    if len(answers) < people:
        return "waiting"
    if kinds <= {"include", "maybe"}:
        return "include" if "include" in kinds else "conflict"
    if kinds == {"exclude"}:
        return "exclude"
    return "not retrieved" if kinds == {"not retrieved"} else "conflict"

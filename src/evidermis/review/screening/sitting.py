"""One person's sitting at the screening desk: the next candidate, the decision, the one after it.

Every decision is in the log, flushed to the disk, before the next candidate is shown; a kill loses nothing that was decided. What
others decided is neither shown nor learned from, unless it is settled.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from evidermis.evidence.errors import BadInput
from evidermis.evidence.judgement import Judgement
from evidermis.evidence.record import Record
from evidermis.review.folder.screening_lists import kept_list
from evidermis.review.folder.signing import judgement_id, sign
from evidermis.review.screening.candidates import Desk, note_visit
from evidermis.screening.decisions import Answer, Candidate, Decision, Stage, decision_of
from evidermis.screening.ranker import Ranker
from evidermis.screening.stopping import RecallEstimate, Stop, StoppingRule, estimated_recall, stopping_rule

__all__ = ["Progress", "Sitting", "Waiting", "progress_of"]

_TOWARD = ("include", "maybe")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A candidate that waits for a decision. `said` holds the answers in conflict, where it waits for somebody to settle them."""

    candidate: Candidate
    record: Record
    is_new: bool
    said: tuple[Decision, ...]
    notes: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is: candidates read and left, those found relevant, and what the stopping rule says of it.

    `since` is set where records joined later: rule and recall then look only at what was decided since.
    """

    read: int
    left: int
    relevant: int
    rule: StoppingRule
    stop: Stop
    recall: RecallEstimate
    since: datetime | None


def progress_of(desk: Desk, person: str, stage: Stage) -> Progress:
    """How far somebody is at a stage."""
    decided = desk.project.decided_by(person, stage)
    return _progress(desk, [one for _, one in decided], len(desk.project.to_read(person, stage)))


def _progress(desk: Desk, decided: Sequence[Decision], left: int) -> Progress:
    rule, joined = stopping_rule(desk.protocol.screening.stop), desk.joined()
    seen = [one.answer in _TOWARD for one in decided if joined is None or one.time >= joined]
    total = len(seen) + left
    relevant = sum(one.answer in _TOWARD for one in decided)
    recall = estimated_recall(seen, total)
    return Progress(len(decided), left, relevant, rule, rule.decide(seen, total), recall, joined)


class Sitting:
    """What one person reads at a stage, most promising first; with `settling` the conflicts of others instead."""

    def __init__(
        self,
        desk: Desk,
        person: str,
        stage: Stage,
        clock: Callable[[], datetime],
        *,
        settling: bool = False,
        only_new: bool = False,
        seed: int = 1,
    ) -> None:
        if not person.startswith("human:") or any(one.isspace() for one in person) or person == "human:":
            raise BadInput(f"{person[:60]!r} names no person", mend="give a name without spaces, as in A.Reader")
        self.desk = desk
        self.person = person
        self.stage: Stage = stage
        self.settling = settling
        self._clock = clock
        self._new = desk.new_to(person, stage)
        project = desk.project
        todo = project.conflicts(stage) if settling else project.to_read(person, stage)
        if only_new:
            todo = [one for one in todo if not self._new.isdisjoint(one.keys)]
        self._row = {one: row for row, one in enumerate(project.candidates)}
        self._todo = {self._row[one] for one in todo}
        self._later: list[int] = []
        self._done = [] if settling else project.decided_by(person, stage)
        self._left = len(project.to_read(person, stage))
        self._shown: int | None = None
        self._ranker: Ranker | None = None
        self._seed = seed
        note_visit(desk, person, stage, clock())

    def __len__(self) -> int:
        """How many candidates still wait in this sitting."""
        return len(self._todo)

    def current(self) -> Waiting | None:
        """The candidate to decide on now; None where nothing waits."""
        if self._shown is None:
            self._shown = next((row for row in self._order() if row in self._todo and row not in self._later), None)
        if self._shown is None and self._todo:
            self._shown = self._later[0]
        if (row := self._shown) is None:
            return None
        one = self.desk.project.candidates[row]
        decisions = self.desk.project.decisions
        said = tuple(decisions.of_people(self.stage, one).values()) if self.settling else ()
        is_new = not self._new.isdisjoint(one.keys)
        return Waiting(one, self.desk.shown[one], is_new, said, tuple(decisions.notes(one)))

    def decide(self, one: Candidate, answer: Answer, reason: str = "") -> None:
        """Sign a decision. `BadInput` where the stage does not allow it; then nothing is written."""
        decision = self._say(one, answer, reason)
        row = self._row[one]
        self._shown = None
        self._todo.discard(row)
        self._later = [other for other in self._later if other != row]
        self._done.append((one, decision))
        self._left -= 1
        if self._ranker is not None:
            self._ranker.learn(row, answer in _TOWARD)

    def note(self, one: Candidate, text: str) -> None:
        """Write a note on a candidate; it decides nothing."""
        self._say(one, "note", text)

    def later(self, one: Candidate) -> None:
        """Put a candidate behind all others of this sitting; nothing is written."""
        row = self._row[one]
        self._shown = None
        self._later = [*(other for other in self._later if other != row), row]

    def undo(self) -> Candidate | None:
        """Take back this person's last decision that was not taken back yet; None where there is none."""
        if not self._done:
            return None
        one, decision = self._done.pop()
        self._say(one, "undo", "", decision.about)
        self._shown = row = self._row[one]
        self._todo.add(row)
        self._left += 1
        self._ranker = None if self.settling else self._relearned()
        return one

    def progress(self) -> Progress:
        """How far this person is."""
        return _progress(self.desk, [one for _, one in self._done], self._left)

    def leave_rest_out(self) -> int:
        """Leave out what is still open, in the name of the protocol's rule. `BadInput` where the rule says to read on."""
        now = self.progress()
        if not now.stop.stop:
            mend = f"read on; {now.left} are left"
            raise BadInput(f"{now.rule.name} does not say stop: {now.stop.because}", mend=mend)
        rest = [key for one in self.desk.project.to_read(self.person, self.stage) for key in one.keys]
        if not rest:
            return 0
        about = f"screening:{self.stage}/list:{kept_list(self.desk.folder, rest)}"
        told = f"{now.stop.because}; asked for by {self.person}"
        self._sign(about, "exclude", f"rule:{now.rule.name}@1", told)
        self._todo.clear()
        return now.left

    def _say(self, one: Candidate, answer: Answer, reason: str, key: str = "") -> Decision:
        # An undo names the record that the decision named: grouping may have put another in its front since.
        kind = "settling" if self.settling else "screening"
        return self._sign(f"{kind}:{self.stage}/{key or one.keys[0]}", answer, self.person, reason)

    def _sign(self, about: str, answer: Answer, author: str, reason: str) -> Decision:
        now = self._clock()
        judgement = Judgement(
            id=judgement_id("screening", about, answer, author, now.isoformat(), reason),
            about=about,
            decision=answer,
            author=author,
            time=now,
            reason=reason,
        )
        decision = decision_of(judgement)
        sign(self.desk.folder, [judgement])
        if not about.partition("/")[2].startswith("list:"):
            self.desk.project.decisions.add(decision)
        return decision

    def _order(self) -> Sequence[int]:
        if self.settling:
            return sorted(self._todo)
        if self._ranker is None:
            self._ranker = self._relearned()
        return self._ranker.order()

    def _relearned(self) -> Ranker:
        """The order as this person's own decisions, what was settled and what the review holds already make it."""
        ranker = self._ranker or Ranker(self.desk.pool(), self.desk.question(), self._seed)
        ranker.forget()
        project = self.desk.project
        known = [(one, True) for one in project.candidates if one.earlier]
        for one in project.candidates:
            settled = project.decisions.settling(self.stage, one)
            if settled and self.person not in project.decisions.of_people(self.stage, one):
                known.append((one, settled.answer in _TOWARD))
        known += [(one, said.answer in _TOWARD) for one, said in project.decided_by(self.person, self.stage)]
        for one, relevant in known:
            ranker.learn(self._row[one], relevant)
        return ranker

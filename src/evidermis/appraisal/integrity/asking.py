"""The questions of integrity that a review's own data can answer, study by study. What nobody wrote down is *unknown*."""

from collections.abc import Iterable, Iterator

from evidermis.appraisal.answer import IntegrityAnswer, Step
from evidermis.evidence.ladders import INTEGRITY_STATES, IntegrityState
from evidermis.evidence.quantity import Conflict, known
from evidermis.evidence.review import Review
from evidermis.evidence.study import Finding, Plan, Study

__all__ = ["integrity"]

_NOTICES: dict[str, IntegrityState] = {
    "none": "unknown",
    "corrected": "no concern",
    "concern": "serious concern",
    "retracted": "retracted",
}


_Told = tuple[str, IntegrityState, str]


def integrity(review: Review) -> tuple[IntegrityAnswer, ...]:
    """The answers for every study, by id. Numbers are those of a review whose numbers were held against arithmetic."""
    return tuple(_answer(study, review) for study in sorted(review.studies, key=lambda s: s.id))


def _answer(study: Study, review: Review) -> IntegrityAnswer:
    told = (_notices(study, review), *_conduct(study), _numbers(study))
    steps = tuple(Step(rule, 1, state, because, (f"study:{study.id}",)) for rule, state, because in told)
    return IntegrityAnswer(study.id, _worst(state for _, state, _ in told), steps)


def _worst(states: Iterable[IntegrityState]) -> IntegrityState:
    return INTEGRITY_STATES[max(INTEGRITY_STATES.index(state) for state in states)]


def _notices(study: Study, review: Review) -> _Told:
    found = [one for report in study.reports if (one := review.reference(report.record)) and one.notice != "none"]
    if not found:
        return "notices", "unknown", "no notice is known; that none is listed says nothing"
    state = _worst(_NOTICES[one.notice] for one in found)
    because = ", ".join(f"{one.id}: {one.notice}" for one in sorted(found, key=lambda r: r.id))
    return "notices", state, because


def _conduct(study: Study) -> Iterator[_Told]:
    yield ("registered before start", *_timing(study.plan, bool(study.registrations)))
    yield ("people as planned", *_people(study))
    yield ("outcomes as planned", *_outcomes(study))


def _timing(plan: Plan, is_registered: bool) -> tuple[IntegrityState, str]:
    if plan.registered is not None and plan.started is not None:
        days = (plan.registered - plan.started).days
        if days <= 0:
            return "no concern", f"registered on {plan.registered}, begun on {plan.started}"
        late = plan.completed is not None and plan.registered > plan.completed
        told = f"registered {days} days after it began"
        return ("serious concern", f"{told}, when it was over") if late else ("some concern", told)
    if plan.when == "before start":
        return "no concern", "told to be registered before it began"
    if plan.when == "after completion":
        return "serious concern", "registered after completion"
    if plan.when:
        return "some concern", f"registered {plan.when}"
    return "unknown", "when it was registered is not known" if is_registered else "no registration is known"


def _people(study: Study) -> tuple[IntegrityState, str]:
    planned, done = known(study.plan.people), known(study.people.randomised)
    if planned is None or done is None:
        return "unknown", "how many were planned, or took part, is not known"
    if planned == done:
        return "no concern", f"{done:g} people, as planned"
    return "some concern", f"{planned:g} people in the registration, {done:g} in the report"


def _outcomes(study: Study) -> tuple[IntegrityState, str]:
    """Outcomes exchanged between plan and report, in the four ways of COMPare (Goldacre et al. 2019, Trials 20:118)."""
    planned = study.plan.outcomes
    if not planned:
        return "unknown", "no planned outcome is written down"
    primary = {one.outcome for one in planned if one.rank == "primary"}
    secondary = {one.outcome for one in planned if one.rank == "secondary"}
    reported = [f for f in study.findings if not f.subgroup]
    faults = list(_exchanged(primary, secondary, reported))
    serious = any(outcome in primary for outcome, _ in faults) or any("made primary" in what for _, what in faults)
    if not faults:
        return "no concern", "every planned outcome is reported in its rank, and none was added"
    because = "; ".join(f"{outcome}: {what}" for outcome, what in faults)
    return ("serious concern", because) if serious else ("some concern", because)


def _exchanged(primary: set[str], secondary: set[str], reported: list[Finding]) -> Iterator[tuple[str, str]]:
    ranks: dict[str, set[str]] = {}
    for finding in reported:
        ranks.setdefault(finding.outcome, set()).add(finding.rank)
    for outcome in sorted(primary | secondary):
        if outcome not in ranks:
            yield outcome, "planned, not reported"
        elif outcome in primary and ranks[outcome] == {"secondary"}:
            yield outcome, "planned as primary, reported as secondary"
    for outcome, told in sorted(ranks.items()):
        if "primary" in told and outcome not in primary:
            yield outcome, "made primary after it was planned" if outcome in secondary else "made primary, not planned"
        elif outcome not in primary | secondary:
            yield outcome, "reported, not planned"


def _numbers(study: Study) -> _Told:
    against = [
        f.id
        for f in study.findings
        for _, number in f.numbers
        if isinstance(number.quantity, Conflict)
        and any(s.words.startswith("arithmetic") for s in number.quantity.stated)
    ]
    if against:
        return "numbers", "some concern", f"arithmetic rules out numbers of {', '.join(sorted(set(against)))}"
    return "numbers", "unknown", "no number that could be checked is impossible"

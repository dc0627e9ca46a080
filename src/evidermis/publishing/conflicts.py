"""Numbers on which sources disagree, gathered from everywhere in a review so that the page can show both sides."""

from dataclasses import dataclass

from evidermis.evidence.quantity import Conflict, Figure
from evidermis.evidence.review import Review
from evidermis.evidence.study import Study

__all__ = ["Disagreement", "disagreements"]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One number in conflict. `about` is the id on the page that it belongs to, `what` the name of the number there."""

    about: str
    study: str
    label: str
    what: str
    conflict: Conflict


def disagreements(review: Review) -> tuple[Disagreement, ...]:
    """All conflicts of all studies, in the page's order."""
    return tuple(
        Disagreement(about, study.id, study.label, what, number.quantity)
        for study in review.studies
        for about, what, number in _numbers(study)
        if number is not None and isinstance(number.quantity, Conflict)
    )


def _numbers(study: Study) -> list[tuple[str, str, Figure | None]]:
    own = f"study:{study.id}"
    people = study.people
    found: list[tuple[str, str, Figure | None]] = [
        (own, "people randomised", people.randomised),
        (own, "people analysed", people.analysed),
        (own, "sides", people.sides),
    ]
    for arm in study.arms:
        found += [(own, f"people in {arm.label}", arm.people), (own, f"sides in {arm.label}", arm.sides)]
    for f in study.findings:
        about = f"finding:{study.id}/{f.id}"
        named = {"n analysed": f.analysed, "estimate": f.estimate, "p": f.p, "standard error": f.se}
        named |= {"interval from": f.ci_low, "interval to": f.ci_high}
        found += [(about, f"{what} of {f.id}", number) for what, number in named.items()]
        found += [(about, f"{v.what} of {f.id} in {v.arm}", v.number) for v in f.values]
    return found

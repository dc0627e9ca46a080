"""The words that a review holds of a study: its reports' titles and the prose of its entry.

Codes and numbers of the entry are left out: they are what reading is held against.
"""

from collections.abc import Iterator

from evidermis.evidence.record import Record, Section
from evidermis.evidence.review import Review
from evidermis.evidence.study import Study

__all__ = ["words_held"]

_UNSAID = frozenset(["", "none", "numbers unknown", "means unknown", "not stated in the abstract"])


def words_held(review: Review, study: Study) -> Record:
    """The words as a record: the first report's title, the entry's prose as sections, registrations that the reports bear."""
    references = [one for report in study.reports if (one := review.reference(report.record))]
    titles = [one.title for one in references]
    numbers = tuple(one.registration for one in references if one.registration)
    said = dict.fromkeys(text.strip() for text in _said(study) if text.strip() not in _UNSAID)
    sections = [Section(_sentence(text)) for text in (*titles[1:], *said)]
    return Record(
        title=titles[0] if titles else study.title,
        source="review",
        source_id=study.id,
        abstract=tuple(sections),
        registrations=numbers,
    )


def _said(study: Study) -> Iterator[str]:
    yield study.title
    yield study.population.label
    for fact in (study.population.sex, study.population.age, study.population.phototype, study.population.country):
        yield fact.value
    yield study.blinding.value
    for arm in study.arms:
        yield ", ".join(
            text for text in (arm.label, arm.dose, arm.vehicle, arm.schedule, arm.with_) if text not in _UNSAID
        )
    for finding in study.findings:
        yield finding.note


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."

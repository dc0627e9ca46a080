"""What stands behind a reference: what was studied, in whom, by which route, and where it points.

Curated studies of a review come first. A record that nobody curated is read by its title and abstract; what is then not known
stays None or empty, and no rule takes that for an answer.
"""

from dataclasses import dataclass

from evidermis.evidence.ladders import is_human
from evidermis.evidence.record import Record
from evidermis.evidence.review import Review
from evidermis.evidence.study import Finding, Study
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.reading import Facts, bundled_reader

__all__ = ["Behind", "Subject", "behind"]

_DESIGNS_IN_PEOPLE = frozenset({"randomised-trial", "human-non-randomised", "case-report"})
_DESIGNS_ELSEWHERE = frozenset({"animal", "in-vitro", "ex-vivo"})
_REVIEWS = frozenset({"systematic-review", "narrative-review"})


@dataclass(frozen=True, slots=True)
class Subject:
    """What an article is about: beginnings of its words (`exosom`), and whether it speaks of something put on the skin."""

    stems: tuple[str, ...]
    is_topical: bool

    def is_in(self, text: str) -> bool:
        """Whether a text speaks of it."""
        low = text.casefold()
        return any(stem in low for stem in self.stems)


@dataclass(frozen=True, slots=True)
class Behind:
    """A resolved reference. None: not known. `routes` are those of tested material; `outcomes` those measured in people."""

    number: int
    record: str
    title: str
    year: int | None
    studies: tuple[Study, ...]
    facts: Facts | None
    is_human: bool | None
    is_review: bool
    is_registration: bool
    is_retracted: bool
    about_subject: bool | None
    about_skin: bool | None
    routes: frozenset[str]
    outcomes: frozenset[str]

    @property
    def findings(self) -> tuple[tuple[Study, Finding], ...]:
        """All findings of its studies, with the study."""
        return tuple((study, finding) for study in self.studies for finding in study.findings)


def behind(number: int, record_id: str, review: Review, subject: Subject, vocabulary: Vocabulary) -> Behind | None:
    """What is known of the record behind a printed reference."""
    reference = review.reference(record_id)
    if reference is None:
        return None
    record = reference.record
    studies = tuple(s for s in review.studies if any(one.record == record_id for one in s.reports))
    facts = None if studies or reference.design else bundled_reader().read(record)
    design = reference.design or (facts.design if facts else "")
    routes = frozenset(arm.route for s in studies for arm in s.arms if arm.source and arm.route)
    registered = next((one for one in review.background.registrations if one.record == record_id), None)
    if registered and registered.route:
        routes |= {registered.route}
    return Behind(
        number=number,
        record=record_id,
        title=record.title,
        year=record.year,
        studies=studies,
        facts=facts,
        is_human=_is_human(studies, design, vocabulary),
        is_review=design in _REVIEWS and not studies,
        is_registration=record.kind == "registration",
        is_retracted=any(notice.state == "retracted" for notice in record.notices),
        about_subject=reference.about_vesicles if reference.about_vesicles is not None else _speaks(record, subject),
        about_skin=reference.about_skin,
        routes=routes - {"undisclosed"},
        outcomes=_measured(studies, vocabulary),
    )


def _speaks(record: Record, subject: Subject) -> bool | None:
    """Whether title or abstract speak of the subject; not known without an abstract where the title does not."""
    if subject.is_in(record.title) or subject.is_in(record.abstract_text):
        return True
    return False if record.abstract_text else None


def _is_human(studies: tuple[Study, ...], design: str, vocabulary: Vocabulary) -> bool | None:
    if studies:
        return any(_in_people(study, vocabulary) for study in studies)
    known = next((one for one in vocabulary.designs if one.code == design), None)
    if known:
        return None if known.synthesis or known.rung == "systematic-review" else is_human(known.rung)
    if design in _DESIGNS_IN_PEOPLE:
        return True
    return False if design in _DESIGNS_ELSEWHERE else None


def _in_people(study: Study, vocabulary: Vocabulary) -> bool:
    return vocabulary.population(study.population.code).species == "human"


def _measured(studies: tuple[Study, ...], vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(f.outcome for s in studies if _in_people(s, vocabulary) for f in s.findings)

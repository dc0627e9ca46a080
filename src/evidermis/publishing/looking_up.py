"""What the templates ask for by id: labels, studies, places and figures as a reader sees them."""

from collections import Counter
from dataclasses import dataclass

from evidermis.appraisal import Appraisal, Card
from evidermis.evidence.background import BackgroundFact
from evidermis.evidence.protocol import Claim
from evidermis.evidence.quantity import Bound, Conflict, Figure, Known, Unknown
from evidermis.evidence.reference import Reference
from evidermis.evidence.review import Review
from evidermis.evidence.study import Study
from evidermis.evidence.vocabulary import Vocabulary

__all__ = ["LookUp"]


@dataclass(frozen=True, slots=True)
class LookUp:
    """One review, its answers and the words for its codes."""

    review: Review
    appraisal: Appraisal
    vocabulary: Vocabulary

    def label(self, kind: str, code: str) -> str:
        """The label of a vocabulary code; the code itself where the vocabulary does not hold it."""
        return next((term.label for term in getattr(self.vocabulary, kind) if term.code == code), code)

    def plain(self, kind: str, code: str) -> str:
        """The one-sentence meaning of a vocabulary code, or `""`."""
        return next((term.plain for term in getattr(self.vocabulary, kind) if term.code == code), "")

    def study(self, study_id: str) -> Study | None:
        """The study of that id."""
        return self.review.study(study_id)

    def product(self, product_id: str) -> object:
        """The product of that id."""
        return next(p for p in self.review.products if p.id == product_id)

    def card(self, study_id: str) -> Card:
        """The identity card of what a study gave."""
        return next(one for one in self.appraisal.cards if one.about == f"study:{study_id}")

    def claim(self, claim_id: str) -> Claim | None:
        """The claim of that id."""
        return self.review.claim(claim_id)

    def facts(self, *topics: str) -> list[BackgroundFact]:
        """Background facts of these topics."""
        return [fact for fact in self.review.background.facts if fact.topic in topics]

    def settings(self) -> list[str]:
        """The settings of claims, in the protocol's order."""
        return list(dict.fromkeys(claim.setting for claim in self.review.protocol.claims))

    def in_people(self) -> list[Study]:
        """The studies with results in people, which are the members of evidence families."""
        members = {name for family in self.appraisal.families for name in family.studies}
        return [study for study in self.review.studies if study.id in members]

    def elsewhere(self) -> list[Study]:
        """All other studies: cells, skin pieces, animals, retracted ones."""
        human = {study.id for study in self.in_people()}
        return [study for study in self.review.studies if study.id not in human]

    def retracted(self) -> set[str]:
        """Ids of the studies that no longer count."""
        return {held.id.removeprefix("study:") for held in self.appraisal.held_out}

    def readings(self, study: Study) -> dict[str, int]:
        """How many of a study's places were read in the source, second hand, or not yet."""
        return dict(sorted(Counter(one.reading for one in study.locators).items()))

    def numbered(self) -> dict[str, int]:
        """The number of each reference in the list."""
        return {reference.id: at for at, reference in enumerate(self.references(), start=1)}

    def references(self) -> list[Reference]:
        """References by first author and year, as readers look for them."""
        return sorted(
            self.review.references,
            key=lambda r: ((r.authors[0] if r.authors else r.title).casefold(), r.year or 0, r.id),
        )

    def studies_of(self, reference_id: str) -> list[Study]:
        """The studies that a record reports."""
        return [s for s in self.review.studies if any(one.record == reference_id for one in s.reports)]

    def cited(self, reference_id: str) -> str:
        """A short name of a record: first author and year, else its id."""
        found = self.review.reference(reference_id)
        if found is None or not found.authors:
            return reference_id
        return f"{found.record.authors[0].family} {found.year or ''}".strip()

    @staticmethod
    def shown(figure: Figure | None) -> str:
        """A figure as a reader sees it: the number, the bound, `unknown`, or both sides of a conflict."""
        if figure is None:
            return "unknown"
        unit = f" {figure.unit}" if figure.unit else ""
        match figure.quantity:
            case Known(value=value):
                return f"{value:g}{unit}".replace("-", "−")
            case Bound(relation=relation, limit=limit):
                return f"{relation} {limit:g}{unit}"
            case Unknown():
                return "unknown"
            case Conflict(stated=stated):
                return "in conflict: " + " against ".join(str(one) for one in stated)

    @staticmethod
    def is_conflict(figure: Figure | None) -> bool:
        """True where sources disagree on the figure."""
        return figure is not None and isinstance(figure.quantity, Conflict)

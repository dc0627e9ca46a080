"""The whole audit of an article against a review: every rule over every statement."""

from dataclasses import dataclass

from evidermis.auditing.article import Article
from evidermis.auditing.case import Picture, case_of
from evidermis.auditing.finding import SEVERITIES, Finding
from evidermis.auditing.resolving import Resolution
from evidermis.auditing.rules import RULES
from evidermis.auditing.statements import Statement
from evidermis.evidence.family import Family
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary

__all__ = ["Audit", "audit"]


@dataclass(frozen=True, slots=True)
class Audit:
    """An article, what its references are, its statements, and what was found, in reading order and the gravest first."""

    article: Article
    resolutions: tuple[Resolution, ...]
    statements: tuple[Statement, ...]
    pictures: tuple[Picture, ...]
    findings: tuple[Finding, ...]
    review: str
    searched: str


def audit(article: Article, review: Review, vocabulary: Vocabulary, families: tuple[Family, ...]) -> Audit:
    """Hold an article against a review's records, studies and families. Deterministic; nothing is fetched."""
    case = case_of(article, review, vocabulary, families)
    findings = [
        Finding(
            rule.id,
            rule.version,
            rule.kind,
            rule.severity,
            one.statement,
            one.line,
            one.start,
            one.end,
            one.excerpt,
            one.reason,
            one.suggestion,
            one.references,
        )
        for rule in RULES
        for one in rule.find(case)
    ]
    findings.sort(key=lambda f: (f.line, f.start, -SEVERITIES.index(f.severity), f.rule))
    return Audit(
        article,
        case.resolutions,
        case.statements,
        case.pictures,
        tuple(findings),
        review.protocol.name,
        str(review.protocol.searched),
    )

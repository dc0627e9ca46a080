"""Everything a rule may look at: the article, its statements, and what stands behind its references."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from evidermis.auditing.article import Article, Block
from evidermis.auditing.behind import Behind, Subject, behind
from evidermis.auditing.citations import citation
from evidermis.auditing.finding import Found
from evidermis.auditing.resolving import Resolution, resolved
from evidermis.auditing.statements import Statement, statements_of
from evidermis.auditing.words import words
from evidermis.evidence.family import Family
from evidermis.evidence.record import Record
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary

__all__ = ["Case", "Picture", "case_of"]

_WORD = re.compile(r"[^\W\d_]{5,}")
_TOPICAL = re.compile(
    r"skin ?care|cosmetic|cream|serum|topical|lotion|moisturi[sz]er|sunscreen|ointment|cosmeceutical", re.I
)
_CREDIT = re.compile(r"\b(?:image|photo|picture|figure|illustration)\s+(?:credit|source|courtesy)\b\s*[:.]?\s*", re.I)
_LONGEST_EXCERPT = 160


@dataclass(frozen=True, slots=True)
class Picture:
    """A caption: what it says, whom it credits, and the reference or record that the credit is."""

    block: Block
    says: str
    credit: str
    resolution: Resolution | None
    cites: tuple[int, ...]


@dataclass(frozen=True)
class Case:
    """One article and the review that it is held against."""

    article: Article
    review: Review
    vocabulary: Vocabulary
    families: tuple[Family, ...]
    resolutions: tuple[Resolution, ...]
    statements: tuple[Statement, ...]
    pictures: tuple[Picture, ...]
    subject: Subject

    @cached_property
    def sources(self) -> dict[int, Behind]:
        """What stands behind each reference, by its printed number; unresolved ones are missing."""
        found: dict[int, Behind] = {}
        for one in self.resolutions:
            if one.record and (known := behind(one.number, one.record, self.review, self.subject, self.vocabulary)):
                found[one.number] = known
        return found

    def behind(self, statement: Statement) -> list[Behind]:
        """What stands behind a statement's own references."""
        return [self.sources[number] for number in statement.cites if number in self.sources]

    @cached_property
    def trials(self) -> list[Behind]:
        """The cited studies in people, each once."""
        cited = {number for statement in self.statements for number in statement.cites}
        return [one for number, one in sorted(self.sources.items()) if one.is_human and number in cited and one.studies]

    def at(self, statement: Statement, reason: str, suggestion: str, references: Sequence[int] = ()) -> Found:
        """A finding at a statement."""
        excerpt = _shortened(statement.text)
        span = (statement.start, statement.end)
        return Found(statement.id, statement.block.line, *span, excerpt, reason, suggestion, tuple(references))

    def at_block(self, block: Block, reason: str, suggestion: str, references: Sequence[int] = ()) -> Found:
        """A finding at a whole block."""
        return Found("", block.line, 0, len(block.text), _shortened(block.text), reason, suggestion, tuple(references))

    def label(self, kind: str, code: str) -> str:
        """The label of a term of the vocabulary, or its code."""
        terms = getattr(self.vocabulary, kind)
        return next((term.label for term in terms if term.code == code), code)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_EXCERPT else text[: _LONGEST_EXCERPT - 1].rstrip() + "…"


def case_of(article: Article, review: Review, vocabulary: Vocabulary, families: tuple[Family, ...]) -> Case:
    """Put a case together: resolve the references, read the statements, tell what the article is about."""
    records = [(one.id, one.record) for one in review.references]
    resolutions = resolved(article.references, records)
    pictures = tuple(_picture(block, resolutions, records) for block in article.images)
    cited = {picture.block.number: picture.cites for picture in pictures if picture.cites}
    said = {
        picture.block.number: len(picture.block.text) - len(_behind_credit(picture.block.text)) for picture in pictures
    }
    names = {product.line for product in article.products}
    statements: list[Statement] = []
    for one in statements_of(article):
        if one.block.line in names and one.block.kind == "item":
            continue
        if one.block.kind == "caption":
            if one.start >= said[one.block.number]:
                continue
            one = _with_cites(one, cited.get(one.block.number, ()))
        statements.append(one)
    subject = _subject(article, review)
    return Case(article, review, vocabulary, families, resolutions, tuple(statements), pictures, subject)


def _with_cites(one: Statement, cites: tuple[int, ...]) -> Statement:
    return replace(one, cites=tuple(dict.fromkeys((*one.cites, *cites))))


def _behind_credit(text: str) -> str:
    found = _CREDIT.search(text)
    return text[found.start() :] if found else ""


def _picture(block: Block, resolutions: Sequence[Resolution], records: Sequence[tuple[str, Record]]) -> Picture:
    found = _CREDIT.search(block.text)
    if not found:
        return Picture(block, block.text, "", None, ())
    credit = block.text[found.end() :].strip()
    (told,) = resolved([citation(0, credit, block.line)], records)
    cites = tuple(one.number for one in resolutions if told.record and one.record == told.record)
    return Picture(block, block.text[: found.start()].strip(), credit, told, cites)


def _subject(article: Article, review: Review) -> Subject:
    """The words that title and headings repeat; where the review's topic is among the article's words, that."""
    heads = [article.title, *(block.text for block in article.of_kind("heading"))]
    whole = " ".join(block.text for block in article.of_kind("title", "heading", "paragraph", "item"))
    topic = [word.casefold().rstrip("s") for word in _WORD.findall(review.protocol.topic)]
    stems = [word for word in topic if word in whole.casefold()]
    if not stems:
        counted = Counter(
            w.casefold().rstrip("s")
            for head in heads
            for w in set(_WORD.findall(head))
            if w.casefold() not in words("common")
        )
        stems = [word for word, times in counted.most_common(2) if times >= 2 or word in article.title.casefold()]
    return Subject(tuple(stems), bool(_TOPICAL.search(article.title) or len(_TOPICAL.findall(whole)) >= 3))

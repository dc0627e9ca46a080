"""Rules on citations: what needs one and has none, which are defective, retracted, or stand in a heap."""

import re
from collections.abc import Iterator

from evidermis.auditing.case import Case
from evidermis.auditing.finding import Found
from evidermis.auditing.rules.rule import Rule
from evidermis.auditing.statements import Statement

__all__ = ["CITING"]

# Subjects on which a reader decides; a sentence on them needs a source.
_LOAD_BEARING = ("safety", "price", "delivery", "evidence", "benefit")
_FEWEST_WORDS = 7
# More references than this behind one sentence with several claims cannot be told apart claim by claim.
_HEAP = 4
# A study named by its journal and year in the running text is a source, if a poor one.
_NAMES_SOURCE = re.compile(r"\b(?:published|reported|appeared) in (?:the )?[A-Z]|\b\d{4} study\b")
_CONCLUDES = re.compile(r"\b(?:conclusion|bottom line|verdict|summary|take ?away|in short)", re.I)
_PROMISE = re.compile(r"\b(?:i|we)(?:['’]ll| will)\b.*\b(?:updat|add|post)", re.I)


def uncited(case: Case) -> Iterator[Found]:
    """Sentences that readers will lean on, on safety, price, delivery, evidence or benefit, without a source; the first of each
    subject in a paragraph."""
    told: set[tuple[int, str]] = set()
    for one in case.statements:
        for subject in _LOAD_BEARING:
            if (one.block.number, subject) not in told and _leans(case, one, subject):
                told.add((one.block.number, subject))
                yield case.at(
                    one,
                    f"It speaks of {subject} and names no source.",
                    "Name the source it rests on, or say that it is your own view.",
                )
                break


def _leans(case: Case, one: Statement, subject: str) -> bool:
    if (
        one.cites
        or one.is_question
        or "requirement" in one.codes
        or not one.speaks_of(subject)
        or one.block.kind == "caption"
    ):
        return False
    if len(one.text.split()) < _FEWEST_WORDS or "consult" in one.codes or _PROMISE.search(one.text):
        return False
    if _NAMES_SOURCE.search(one.block.text) and one.voice in ("study", "study authors"):
        return False
    if subject == "benefit":
        # Benefits told as an advertiser's are his; hedged ones and advice have rules of their own.
        return (
            bool(one.outcomes) and one.voice in ("author", "study") and not one.is_hedged and "advice" not in one.codes
        )
    if subject == "evidence":
        return "limit" in one.codes
    if one.is_hedged and _CONCLUDES.search(one.block.section):
        return False
    beside = [s for s in case.statements if s.block is one.block and s.cites and s.speaks_of(subject)]
    return not beside


def heap(case: Case) -> Iterator[Found]:
    """Many references behind several claims in one sentence."""
    for one in case.statements:
        if len(one.cites) > _HEAP and len(one.outcomes) >= 2:
            wanted = ", ".join(sorted(case.label("outcomes", code) for code in one.outcomes))
            yield case.at(
                one,
                f"{len(one.cites)} references stand behind {len(one.outcomes)} claims ({wanted}); none can be told apart.",
                "Put each reference behind the claim that it supports.",
                one.cites,
            )


def missing(case: Case) -> Iterator[Found]:
    """Numbers of references that the list does not have."""
    printed = {one.number for one in case.article.references}
    for one in case.statements:
        lost = tuple(number for number in one.cites if number not in printed)
        if lost and printed:
            yield case.at(
                one,
                f"The list has no reference {', '.join(map(str, lost))}.",
                "Add the reference or mend the number.",
                lost,
            )


def defective(case: Case) -> Iterator[Found]:
    """References that are printed otherwise than their record, cannot be, or are another work."""
    by_line = {one.number: one for one in case.article.references}
    for told in case.resolutions:
        printed = by_line[told.number]
        block = next(b for b in case.article.of_kind("reference") if b.line == printed.line)
        if told.state == "impossible":
            yield case.at_block(
                block, f"This cannot exist: {told.because}.", "Look the identifier up again.", (told.number,)
            )
        elif told.differences:
            reason = f"{'; '.join(told.differences)}."
            yield case.at_block(block, reason[:1].upper() + reason[1:], "Print what the record has.", (told.number,))


def repeated(case: Case) -> Iterator[Found]:
    """The same work listed twice."""
    seen: dict[str, int] = {}
    for told in case.resolutions:
        if told.record and told.record in seen:
            printed = next(one for one in case.article.references if one.number == told.number)
            block = next(b for b in case.article.of_kind("reference") if b.line == printed.line)
            first = seen[told.record]
            yield case.at_block(block, f"This is reference {first} once more.", "List it once.", (first, told.number))
        elif told.record:
            seen[told.record] = told.number


def retracted(case: Case) -> Iterator[Found]:
    """Statements that rest on a retracted work."""
    for one in case.statements:
        gone = tuple(source.number for source in case.behind(one) if source.is_retracted)
        if gone:
            yield case.at(
                one,
                f"Reference {', '.join(map(str, gone))} has been retracted.",
                "Take the statement out, or rest it on work that stands.",
                gone,
            )


def uncredited(case: Case) -> Iterator[Found]:
    """Pictures without a source, or from a source that the list of references does not have."""
    for picture in case.pictures:
        if not picture.credit:
            yield case.at_block(picture.block, "Nobody is named as the picture's source.", "Name whose picture it is.")
        elif not picture.cites and case.article.references:
            yield case.at_block(
                picture.block, "The picture's source is not among the references.", "Add it to the list of references."
            )


CITING: tuple[Rule, ...] = (
    Rule("uncited", 1, "uncited", "medium", "A statement that readers lean on names no source.", uncited),
    Rule("reference-heap", 1, "uncited", "medium", "A block of references stands behind several claims at once.", heap),
    Rule("missing-reference", 1, "citation-defect", "high", "A reference number is not in the list.", missing),
    Rule(
        "reference-defect",
        1,
        "citation-defect",
        "medium",
        "A reference is printed otherwise than its record.",
        defective,
    ),
    Rule("reference-twice", 1, "citation-defect", "low", "A work is listed twice.", repeated),
    Rule("retracted", 1, "retracted", "high", "A statement rests on retracted work.", retracted),
    Rule("picture-source", 1, "image-without-source", "low", "A picture's source is missing.", uncredited),
)

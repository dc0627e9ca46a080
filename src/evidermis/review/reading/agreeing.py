"""What reading a review's own words proposes, held against what people wrote: agreed, not said in those words, or different.

A difference is no fault by itself: words often name for whom a thing is, or less than is known. Each one wants a reason, which
people keep in the review's `readings.toml`; one without a reason is a finding.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from evidermis.evidence.errors import BadInput
from evidermis.evidence.ladders import is_human
from evidermis.evidence.review import Review
from evidermis.evidence.study import Study
from evidermis.evidence.vocabulary import Vocabulary, bundled_vocabulary
from evidermis.evidence.written import written
from evidermis.reading import Facts, Reader, bundled_reader
from evidermis.review.folder.loading import load, written_entries
from evidermis.review.reading.held import words_held

__all__ = ["READINGS", "Compared", "Explained", "compared", "compared_review"]

READINGS = "readings.toml"
What = Literal["design", "rung", "within-person", "people", "source", "route", "outcome", "registration"]
_NOT_SAID = frozenset({"undisclosed"})
# What a reader may call a design that people wrote down by this code.
_DESIGNS = {"case-series": ("case-report", "human-non-randomised"), "case-report": ("case-report",)}


@written
class Explained:
    """Why reading a study's words gives something else than its entry: `what` of which study, the value `read`, the reason."""

    study: str
    what: What
    read: str
    because: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing of a study: what people wrote (`entry`), what was read with its words, and whether they agree."""

    study: str
    what: What
    state: Literal["agrees", "not said", "differs"]
    entry: str
    read: str = ""
    quote: str = ""
    because: str = ""


def compared_review(path: Path) -> tuple[Compared, ...]:
    """Everything that can be held together in a review folder; `BadInput` where a reason is for nothing that differs."""
    reasons = written_entries(path, Explained, READINGS, "readings")
    found = compared(load(path), bundled_reader(), bundled_vocabulary())
    told = {(one.study, one.what, one.read): one.because for one in reasons}
    differing = {(one.study, one.what, one.read) for one in found if one.state == "differs"}
    for key in sorted(told.keys() - differing):
        raise BadInput(
            f"nothing differs there: {key[0]}, {key[1]}, {key[2]}",
            file=str(path / READINGS),
            mend="take the reason out",
        )
    return tuple(replace(one, because=told.get((one.study, one.what, one.read), "")) for one in found)


def compared(review: Review, reader: Reader, vocabulary: Vocabulary) -> tuple[Compared, ...]:
    """Every study of a review, what is read of its words against its entry, in the order of their ids."""
    held = [(study, words_held(review, study)) for study in review.studies]
    return tuple(
        one for study, record in held for one in _of_study(study, reader.read(record), record.registrations, vocabulary)
    )


def _of_study(study: Study, facts: Facts, numbers: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[Compared]:
    design = vocabulary.design(study.design)
    rung = design.rung
    stated = facts.designs[0] if facts.designs and facts.designs[0].design == facts.design else None
    allowed = _DESIGNS.get(study.design, (rung if rung == "randomised-trial" else "human-non-randomised",))
    allowed = allowed if is_human(rung) else (rung,)
    read, words = (stated.design, stated.quote.text) if stated else ("", "")
    yield _one(study, "design", study.design, read, words, read in allowed)
    yield _one(
        study, "rung", rung, str(stated.rung) if stated else "", words, stated is not None and stated.rung == rung
    )
    pairing = next((one.quote.text for one in facts.noted if one.code == "within-person"), "")
    is_within = design.pairing == "within-person"
    read = "yes" if facts.is_within_person else ""
    if is_within or read:
        yield _one(study, "within-person", "yes" if is_within else "no", read, pairing, is_within)
    if (people := study.people.counted) is not None and is_human(rung):
        total = facts.n_total
        told = str(total.value) if total else ""
        yield _one(study, "people", str(people), told, total.quote.text if total else "", told == str(people))
    kinds: tuple[tuple[What, set[str]], ...] = (
        ("source", {arm.source for arm in study.arms if arm.source}),
        ("route", {arm.route for arm in study.arms if arm.route}),
        ("outcome", {finding.outcome for finding in study.findings}),
    )
    for what, codes in kinds:
        yield from _of_codes(study, what, codes, {one.code: one.quote.text for one in facts.of_kind(what)})
    if study.registrations:
        same = sorted(set(numbers) & set(study.registrations))
        yield _one(study, "registration", ", ".join(study.registrations), ", ".join(same), ", ".join(same), bool(same))


def _of_codes(study: Study, what: What, codes: set[str], read: dict[str, str]) -> Iterator[Compared]:
    """One line for what agrees or is not said, and one for each code that is read and not in the entry."""
    codes = codes - _NOT_SAID
    same = sorted(codes & read.keys())
    if codes:
        yield _one(
            study, what, ", ".join(sorted(codes)), ", ".join(same), ", ".join(read[one] for one in same), bool(same)
        )
    for code in sorted(read.keys() - codes):
        yield _one(study, what, ", ".join(sorted(codes)) or "none", code, read[code], agrees=False)


def _one(study: Study, what: What, entry: str, read: str, quote: str, agrees: bool) -> Compared:
    return Compared(
        study.id, what, "agrees" if read and agrees else "differs" if read else "not said", entry, read, quote
    )

"""What each version changed, in plain words, for the page, the feeds and the terminal. The words are in `words.toml`."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from evidermis.evidence.change import Aspect, Cause, ChangedConclusion, Difference, Published
from evidermis.evidence.ladders import CERTAINTIES
from evidermis.evidence.reference import Reference
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.publishing.wording import counted, short_words

__all__ = ["ToldCause", "ToldClaim", "ToldLine", "ToldVersion", "told_difference", "told_versions"]

# The anchor on the page of a part, by its kind; other parts have none.
_ANCHORS = {"study": "study:", "record": "reference:", "claim": "claim:", "product": "product:"}


@dataclass(frozen=True, slots=True)
class ToldCause:
    """A cause in words; `anchor` is its place on the page, `""` where it has none there (any more)."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One sentence on what changed, and because of what."""

    kind: str
    text: str
    because: tuple[ToldCause, ...]


@dataclass(frozen=True, slots=True)
class ToldClaim:
    """All that changed of a claim; `here` is False where the claim is not on the page any more."""

    claim: str
    text: str
    here: bool
    lines: tuple[ToldLine, ...]
    says: str


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """A version with its number and day, one sentence, the claims that changed, and every part that differs."""

    number: str
    day: datetime.date
    headline: str
    claims: tuple[ToldClaim, ...] = ()
    parts: tuple[ToldCause, ...] = ()


def told_versions(versions: Iterable[Published], review: Review, vocabulary: Vocabulary) -> tuple[ToldVersion, ...]:
    """The versions in words, in the order given."""
    words = short_words("changes")
    return tuple(
        told_difference(one.change, review, vocabulary, number=one.version, day=one.day)
        if one.change
        else ToldVersion(one.version, one.day, words["first"])
        for one in versions
    )


def told_difference(
    change: Difference, review: Review, vocabulary: Vocabulary, *, number: str, day: datetime.date
) -> ToldVersion:
    """A difference in words. `review` is the later one: what is not in it any more goes by its id."""
    teller = _Teller(review, vocabulary)
    claims = tuple(teller.claim(one) for one in change.conclusions)
    return ToldVersion(number, day, _headline(claims), claims, tuple(teller.cause(one) for one in change.parts))


def _headline(claims: tuple[ToldClaim, ...]) -> str:
    if not claims:
        return short_words("changes")["none"]
    verdicts = sum(any(line.kind == "verdict" for line in one.lines) for one in claims)
    told = f"The answer to {counted(len(claims), 'claim', 'claims')} changed in some way; "
    return told + (f"{counted(verdicts, 'verdict is', 'verdicts are')} another." if verdicts else "no verdict did.")


class _Teller:
    """Words for ids, from one review and its vocabulary."""

    def __init__(self, review: Review, vocabulary: Vocabulary) -> None:
        self._words, self._causes = short_words("changes"), short_words("change_causes")
        self._labels = {f"study:{one.id}": one.label for one in review.studies}
        self._labels |= {f"record:{one.id}": _cited(one) for one in review.references}
        self._labels |= {f"product:{one.id}": f"{one.brand} {one.name}" for one in review.products}
        self._labels |= {f"claim:{one.id}": one.text for one in review.protocol.claims}
        self._labels |= short_words("change_parts")
        self._outcomes = {one.code: one.label for one in vocabulary.outcomes}

    def claim(self, changed: ChangedConclusion) -> ToldClaim:
        """One claim with a sentence an aspect."""
        part = f"claim:{changed.claim}"
        lines = tuple(
            ToldLine(one.kind, self._sentence(one), tuple(self.cause(cause) for cause in one.causes))
            for one in changed.aspects
        )
        says = self._words["now"].format(says=changed.says) if changed.says else ""
        return ToldClaim(changed.claim, self._labels.get(part, changed.claim), part in self._labels, lines, says)

    def cause(self, one: Cause) -> ToldCause:
        """A cause in words, with its place on the page."""
        kind, _, name = one.part.partition(":")
        label = self._labels.get(one.part)
        shown = label if label else one.part
        anchor = f"{_ANCHORS[kind]}{name}" if label and kind in _ANCHORS else ""
        return ToldCause(self._causes[one.how].format(part=shown), anchor)

    def _sentence(self, one: Aspect) -> str:
        where, _, name = one.about.partition(":")
        code, _, rest = name.partition(", ")
        label = self._outcomes.get(code, code)
        key = f"{one.kind} of {where}" if name else one.about or one.kind
        if one.kind == "certainty":
            key += ", up" if _rank(one.now) > _rank(one.was) else ", down"
        return self._words[key].format(was=one.was, now=one.now, o=f"{label} ({rest})" if rest else label)


def _cited(reference: Reference) -> str:
    """A record in a few words: its first author and year, or the start of its title."""
    author = reference.record.authors[:1]
    return f"the record {author[0].family if author else reference.title[:60]} {reference.year or ''}".strip()


def _rank(level: str) -> int:
    return next((at for at, one in enumerate(CERTAINTIES) if one == level), -1)

"""The numbers of a whole finding held against arithmetic: what fails is a *conflict* between the source and arithmetic.

Which numbers a check needs is read from the finding itself; what was not printed is not checked. A check that fails turns
the number into a `Conflict`, so that nothing downstream can pool it by accident, and the page shows both sides. A person who
has looked settles it by a judgement `stands` about the number.

Numbers are kept as values, so a trailing zero that the source prints is not seen: `3.50` is checked as `3.5`, which misses
some impossible numbers and accuses none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from evidermis.evidence.judgement import Judgement
from evidermis.evidence.quantity import Bound, Conflict, Figure, Known, Stated, known
from evidermis.evidence.study import Finding, Study, Value
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.statistics.number_checks import Check, grim, grimmer, mcnemar_check, percentage_check, sd_or_se
from evidermis.statistics.reported_tests import recompute_p

__all__ = ["STANDS", "FailedCheck", "checked_studies", "failed_checks"]

# What a person decides of a number that failed a check and is nevertheless to be used.
STANDS = "stands"
_MCNEMAR = re.compile(r"mcnemar|^$", re.IGNORECASE)
# A test as papers print it: t(24) = 2.80, F(1, 23) = 4.2, r(28) = .31; a chi-square may print its n, so it is left alone.
_PRINTED = re.compile(
    r"\b(?P<test>[tFr])\s*\(\s*(?P<df1>\d+)\s*(?:,\s*(?P<df2>\d+)\s*)?\)\s*=\s*[-−]?(?P<statistic>\d*\.?\d+)"
)
_RANGE = re.compile(r"^(-?[\d.]+) to (-?[\d.]+)$")
_PERCENT = ("percent of people", "percent with event")


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A number that cannot be right beside the others of its finding. `key` names it as `explain` does (`p`, `sd-treated`)."""

    study: str
    finding: str
    key: str
    check: Check

    @property
    def about(self) -> str:
        """The id of the number, which a judgement is about."""
        return f"number:{self.study}/{self.finding}/{self.key}"


@dataclass(frozen=True, slots=True)
class _Told:
    """A finding with its study's people and its instrument's scale."""

    study: Study
    finding: Finding
    vocabulary: Vocabulary

    def people(self, arm: str) -> int | None:
        """The people behind an arm's numbers; all of them where sides of one person are compared."""
        paired = self.vocabulary.design(self.study.design).pairing != "parallel"
        found = self.study.arm(arm)
        n = self.value(arm, "n") or self.value(arm, "total")
        n = n or known(self.finding.analysed if paired else found.people if found else None)
        return int(n) if n and n == int(n) else None

    def value(self, arm: str, what: str) -> float | None:
        """A known number of an arm."""
        return next((known(v.number) for v in self.finding.values if v.arm == arm and v.what == what), None)

    @property
    def scale(self) -> tuple[float, float] | None:
        """The ends of the instrument's scale."""
        found = _RANGE.match(self._instrument[0])
        return (float(found[1]), float(found[2])) if found else None

    @property
    def whole(self) -> bool:
        """Whether each person's value is a whole number."""
        return self._instrument[1]

    @property
    def _instrument(self) -> tuple[str, bool]:
        name = self.finding.instrument
        return next(((one.range, one.whole) for one in self.vocabulary.instruments if one.code == name), ("", False))


def failed_checks(studies: Iterable[Study], vocabulary: Vocabulary) -> tuple[FailedCheck, ...]:
    """Every number of these studies that fails a check, in the order of their ids. Conflicts between sources are not checked."""
    found: list[FailedCheck] = []
    for study in studies:
        for finding in study.findings:
            told = _Told(study, finding, vocabulary)
            for check in (_mcnemar, _printed_test, _percentages, _averages, _spreads):
                found += [FailedCheck(study.id, finding.id, key, one) for key, one in check(told) if one.holds is False]
    return tuple(sorted(found, key=lambda one: (one.study, one.finding, one.key, one.check.name)))


def checked_studies(
    studies: Sequence[Study], vocabulary: Vocabulary, judgements: Iterable[Judgement] = ()
) -> tuple[Study, ...]:
    """The studies, each number that fails a check made a conflict, unless the latest judgement of a person lets it stand."""
    settled = _settled(judgements)
    failed: dict[tuple[str, str], dict[str, Check]] = {}
    for one in failed_checks(studies, vocabulary):
        if one.about not in settled:
            failed.setdefault((one.study, one.finding), {})[one.key] = one.check
    if not failed:
        return tuple(studies)
    return tuple(
        replace(study, findings=tuple(_blocked(f, failed.get((study.id, f.id), {})) for f in study.findings))
        for study in studies
    )


def _settled(judgements: Iterable[Judgement]) -> set[str]:
    signed = [j for j in judgements if j.author.startswith("human:") and j.about.startswith("number:")]
    last = {j.about: j.decision for j in sorted(signed, key=lambda j: (j.time, j.id))}
    return {about for about, decision in last.items() if decision == STANDS}


def _blocked(finding: Finding, failed: Mapping[str, Check]) -> Finding:
    if not failed:
        return finding
    p = _conflict(finding, finding.p, failed["p"]) if finding.p and "p" in failed else finding.p
    values = tuple(
        replace(v, number=_conflict(finding, v.number, failed[_key(v)])) if _key(v) in failed else v
        for v in finding.values
    )
    return replace(finding, p=p, values=values)


def _conflict(finding: Finding, number: Figure, check: Check) -> Figure:
    at = number.at or (finding.at[0] if finding.at else "")
    quantity = number.quantity if isinstance(number.quantity, Known | Bound) else None
    sides = (Stated(at=at, quantity=quantity), Stated(at=at, words=f"arithmetic ({check.name}): {check.because}"))
    return replace(number, quantity=Conflict(stated=sides, because="the numbers printed cannot all be right"))


def _key(value: Value) -> str:
    return f"{value.what}-{value.arm}"


def _digits(value: float) -> str:
    """A value with the fewest digits that give it back, never in powers of ten."""
    return format(Decimal(repr(float(value))).normalize(), "f")


def _mcnemar(told: _Told) -> Iterator[tuple[str, Check]]:
    """p of two shares of the same people, where no other test is named."""
    finding = told.finding
    if told.vocabulary.design(told.study.design).pairing != "within-person" or not _MCNEMAR.search(
        finding.test.strip()
    ):
        return
    of, against = (told.value(arm, "events") for arm in (finding.contrast.of, finding.contrast.against))
    pairs, printed = known(finding.analysed), _p(finding)
    if of is None or against is None or pairs is None or printed is None or max(of, against) > pairs:
        return
    p, relation = printed
    yield "p", mcnemar_check(int(of), int(against), int(pairs), p, relation=relation)


def _printed_test(told: _Told) -> Iterator[tuple[str, Check]]:
    """p against the statistic printed beside it."""
    found, printed = _PRINTED.search(told.finding.test), _p(told.finding)
    if found is None or printed is None or (found["test"] == "F") != bool(found["df2"]):
        return
    p, relation = printed
    statistic, df1, df2 = found["statistic"], float(found["df1"]), float(found["df2"] or "inf")
    test = "t" if found["test"] == "t" else "F" if found["test"] == "F" else "r"
    again = recompute_p(test, statistic, p, df1=df1, df2=df2, relation=relation)  # pyright: ignore[reportArgumentType]
    # Half the p is a one-sided test, which papers use without saying so.
    because = f"{found[0]} gives p between {again.lowest:.4g} and {again.highest:.4g}"
    yield "p", Check("reported test", again.holds or again.one_sided_would_hold, because, 0.0)


def _p(finding: Finding) -> tuple[str, str] | None:
    quantity = finding.p.quantity if finding.p else None
    if isinstance(quantity, Known):
        return (_digits(quantity.value), "=") if 0 <= quantity.value <= 1 else None
    if isinstance(quantity, Bound) and 0 < quantity.limit <= 1:
        return _digits(quantity.limit), quantity.relation[0]
    return None


def _percentages(told: _Told) -> Iterator[tuple[str, Check]]:
    """A share of people against how many there were, and against the count beside it."""
    for value in told.finding.values:
        share, n = known(value.number), told.people(value.arm)
        if value.what not in _PERCENT or share is None or not n or not 0 <= share <= 100:
            continue
        yield _key(value), percentage_check(_digits(share), n)
        events = told.value(value.arm, "events")
        half = 0.5 * 10.0 ** -len(_digits(share).partition(".")[2]) + 1e-9
        if events is not None and abs(100 * events / n - share) > half:
            because = f"{events:g} of {n} is {100 * events / n:.4g} %"
            yield _key(value), Check("percentage", False, because, 0.0)


def _averages(told: _Told) -> Iterator[tuple[str, Check]]:
    """Mean and SD of whole numbers of so many people (GRIM, GRIMMER)."""
    if not told.whole or told.finding.unit != "people":
        return
    for value in told.finding.values:
        mean, n = known(value.number), told.people(value.arm)
        if value.what != "mean" or mean is None or not n or n < 2:
            continue
        check = grim(_digits(mean), n)
        yield _key(value), check
        sd = told.value(value.arm, "sd")
        if check.holds and sd is not None and sd >= 0:
            yield f"sd-{value.arm}", grimmer(_digits(mean), _digits(sd), n)


def _spreads(told: _Told) -> Iterator[tuple[str, Check]]:
    """An SD larger than the scale allows with that mean."""
    if told.scale is None:
        return
    low, high = told.scale
    for value in told.finding.values:
        mean, n, sd = known(value.number), told.people(value.arm), told.value(value.arm, "sd")
        if (
            value.what == "mean"
            and mean is not None
            and low <= mean <= high
            and sd is not None
            and sd >= 0
            and n
            and n > 1
        ):
            yield f"sd-{value.arm}", sd_or_se(mean, sd, n, low=low, high=high)

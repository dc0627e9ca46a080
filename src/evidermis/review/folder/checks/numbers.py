"""Checks of the numbers themselves: what no trial can have produced."""

import math
from collections.abc import Iterator

from evidermis.evidence.quantity import Conflict, Number, known
from evidermis.evidence.study import Finding
from evidermis.review.folder.checks.inspection import Inspection
from evidermis.review.folder.checks.studies import numbers_of
from evidermis.review.folder.faults import Fault

__all__ = ["NUMBERS", "smallest_mcnemar_p"]


def possible(look: Inspection) -> Iterator[Fault]:
    """p lies between 0 and 1, counts are whole, intervals hold their estimate, conflicts have two sides."""
    for file, study in look.folder.studies:
        for i, finding in enumerate(study.findings):
            for key, number in numbers_of(finding):
                for what, mend in _impossible(key, number):
                    yield look.fault(file, ("findings", i, *key), "number", what, mend)
            yield from _interval(look, file, i, finding)
        for key in ("randomised", "analysed", "sides"):
            number = getattr(study.people, key)
            n = known(number)
            if n is not None and (n < 0 or n != int(n)):
                what = f"{n:g} is not a number of people or sides"
                yield look.fault(file, ("people", key), "number", what, "write a whole number")


def counts(look: Inspection) -> Iterator[Fault]:
    """No more events than people, and no p value that the counts cannot give."""
    for file, study in look.folder.studies:
        paired = any(d.code == study.design and d.pairing == "within-person" for d in look.vocabulary.designs)
        for i, finding in enumerate(study.findings):
            of = _value(finding, finding.contrast.of, "events")
            against = _value(finding, finding.contrast.against, "events")
            n = known(finding.analysed)
            for events in (of, against):
                if events is not None and n is not None and finding.unit == "people" and events > n:
                    what = f"{events:g} events in {n:g} people"
                    yield look.fault(file, ("findings", i, "values"), "counts", what, "correct the count or the people")
            p = known(finding.p)
            if paired and p is not None and of is not None and against is not None and of != against:
                least = smallest_mcnemar_p(int(abs(of - against)))
                if p < least - 0.0005:  # printed p values are rounded to three places
                    what = f"p = {p:g} is impossible for {of:g} against {against:g} in the same people"
                    mend = f"no McNemar test gives less than {least:.3g}; the p belongs to another comparison"
                    yield look.fault(file, ("findings", i, "p"), "counts", what, mend)


def smallest_mcnemar_p(difference: int) -> float:
    """The smallest p any McNemar test can give where the margins differ by `difference` people (from 1).

    It is reached when nobody changed the other way (b = difference, c = 0): exact 2 x 0.5^b, and the uncorrected chi-square
    with one degree of freedom, b (McNemar 1947, Psychometrika 12:153). The smaller of the two is returned.
    """
    return min(2 * 0.5**difference, math.erfc(math.sqrt(difference / 2)))


def _impossible(key: tuple[str | int, ...], number: Number) -> Iterator[tuple[str, str]]:
    if isinstance(number.quantity, Conflict):
        if len(number.quantity.stated) < 2:
            yield "a conflict with one side", "give what each source says, with its locator"
        return
    value = known(number)
    if value is None:
        return
    if not math.isfinite(value):
        yield "a number that is not finite", "write what the source prints"
    elif key == ("p",) and not 0 <= value <= 1:
        yield f"{value:g} is no p value", "a p value lies between 0 and 1"
    elif key == ("analysed",) and (value < 0 or value != int(value)):
        yield f"{value:g} is not a number of people", "write a whole number"


def _interval(look: Inspection, file: str, i: int, finding: Finding) -> Iterator[Fault]:
    low, estimate, high = (known(n) for n in (finding.ci_low, finding.estimate, finding.ci_high))
    if low is not None and high is not None and low > high:
        what = f"the interval runs from {low:g} to {high:g}"
        yield look.fault(file, ("findings", i, "ci_low"), "interval", what, "put the lower limit first")
    elif low is not None and high is not None and estimate is not None and not low <= estimate <= high:
        what = f"the estimate {estimate:g} lies outside its interval {low:g} to {high:g}"
        yield look.fault(file, ("findings", i, "estimate"), "interval", what, "correct the estimate or the interval")


def _value(finding: Finding, arm: str, what: str) -> float | None:
    return next((known(v.number) for v in finding.values if v.arm == arm and v.what == what), None)


NUMBERS = (possible, counts)

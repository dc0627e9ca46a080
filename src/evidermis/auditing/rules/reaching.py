"""Rules on how far a source is from what it is cited for: another kind of study, route, subject, condition or direction."""

import re
from collections.abc import Iterator

from evidermis.auditing.behind import Behind
from evidermis.auditing.case import Case
from evidermis.auditing.finding import Found
from evidermis.auditing.rules.rule import Rule
from evidermis.auditing.statements import Statement

__all__ = ["REACHING"]

_WORSE = re.compile(r"\b(?:promot|exacerbat|aggravat|worsen|induc|increas|enhanc|driv)\w*\b(.{0,60})", re.I)
_LESS = re.compile(r"\b(?:reduc|decreas|improv|alleviat|calm|sooth|prevent|lighten|heal|treat|relie)\w*\b", re.I)
_UNDER_THE_SKIN = frozenset({"bypassed", "systemic"})


def _claims_benefit(case: Case, one: Statement) -> bool:
    links = {outcome.code: outcome.link for outcome in case.vocabulary.outcomes}
    told = any(links.get(code) in ("efficacy", "mechanism") for code in one.outcomes)
    return told and one.speaks_of("benefit") and not one.is_question


def rung(case: Case) -> Iterator[Found]:
    """Cells or animals cited for what happens in people."""
    for one in case.statements:
        sources = [source for source in case.behind(one) if not source.is_review and not source.is_registration]
        if _claims_benefit(case, one) and sources and all(source.is_human is False for source in sources):
            numbers = tuple(source.number for source in sources)
            yield case.at(
                one,
                f"None of the {len(numbers)} studies cited here was done in people.",
                "Say that it was seen in cells or animals, or cite a study in people.",
                numbers,
            )


def route(case: Case) -> Iterator[Found]:
    """Injections, or skin that was opened first, cited for something put on whole skin."""
    for one in case.statements:
        if not (case.subject.is_topical and _claims_benefit(case, one)):
            continue
        injected = [
            source
            for source in case.behind(one)
            if not source.is_registration and _barriers(case, source) and _barriers(case, source) <= _UNDER_THE_SKIN
        ]
        told = one.routes & {code for source in injected for code in source.routes}
        if injected and not told:
            numbers = tuple(source.number for source in injected)
            yield case.at(
                one,
                f"In reference {', '.join(map(str, numbers))} the material was put under the skin, not on it.",
                "Say how the material was given in these studies.",
                numbers,
            )


def _barriers(case: Case, source: Behind) -> frozenset[str]:
    known = {route.code: route.barrier for route in case.vocabulary.routes}
    return frozenset(known[code] for code in source.routes if known.get(code, "unknown") != "unknown")


def other_subject(case: Case) -> Iterator[Found]:
    """Sources that did not study the article's subject at all."""
    for one in case.statements:
        other = [source for source in case.behind(one) if source.about_subject is False]
        if other:
            numbers = tuple(source.number for source in other)
            yield case.at(
                one,
                f"{_titles(other)} is not about the article's subject.",
                "Cite a source on the subject itself, or say what is carried over.",
                numbers,
            )


def other_field(case: Case) -> Iterator[Found]:
    """Sources on the subject in another field than skin."""
    for one in case.statements:
        other = [
            source for source in case.behind(one) if source.about_skin is False and source.about_subject is not False
        ]
        if other:
            numbers = tuple(source.number for source in other)
            yield case.at(
                one,
                f"{_titles(other)} comes from another field than skin.",
                "Cite a source on skin, or name the field.",
                numbers,
            )


def _titles(sources: list[Behind]) -> str:
    told = [
        f"reference {source.number} ({source.title if len(source.title) < 80 else source.title[:79] + '…'})"
        for source in sources
    ]
    return "R" + "; ".join(told)[1:]


def opposite(case: Case) -> Iterator[Found]:
    """Sources that point the other way."""
    for one in case.statements:
        if not (one.outcomes and _LESS.search(one.text)) or "result.no-difference" in one.codes:
            continue
        against = [source for source in case.behind(one) if _is_against(case, source, one)]
        if against:
            numbers = tuple(source.number for source in against)
            yield case.at(
                one,
                f"{_titles(against)} points the other way.",
                "Take the reference out, or tell that it found the opposite.",
                numbers,
            )


def _is_against(case: Case, source: Behind, one: Statement) -> bool:
    pointing = [finding.direction for _, finding in source.findings if finding.direction in ("benefit", "harm")]
    if pointing:
        return all(direction == "harm" for direction in pointing)
    found = _WORSE.search(source.title)
    labels = [case.label("outcomes", code).casefold() for code in one.outcomes]
    return bool(found) and any(label.split()[0] in found[1].casefold() for label in labels)


def condition(case: Case) -> Iterator[Found]:
    """A condition or outcome named that none of the cited studies enrolled or measured."""
    known = {outcome.code: outcome for outcome in case.vocabulary.outcomes}
    for one in case.statements:
        trials = [source for source in case.behind(one) if source.studies and source.is_human]
        if not trials or not one.speaks_of("benefit") or len(one.cites) > 3:
            continue
        told = " ".join(_all_words(source) for source in trials).casefold()
        measured = {code for source in trials for code in source.outcomes}
        swapped = [
            known[code].label
            for code in sorted(one.outcomes - measured)
            if code in known and known[code].link == "efficacy" and known[code].label.split()[0].casefold() not in told
        ]
        if swapped:
            yield case.at(
                one,
                f"{', '.join(swapped).capitalize()}: none of the cited studies enrolled people for it or measured it.",
                "Name what was measured, in whom.",
                tuple(source.number for source in trials),
            )


def _all_words(source: Behind) -> str:
    parts = [source.title]
    for study in source.studies:
        # What stands behind a semicolon comments on the people, it does not name them.
        parts += [study.title, study.population.code.replace("-", " "), study.population.label.split(";")[0]]
    return " ".join(parts)


def surrogate(case: Case) -> Iterator[Found]:
    """An instrument's reading told as a benefit that people would notice."""
    kinds = {instrument.code: instrument for instrument in case.vocabulary.instruments}
    for one in case.statements:
        for source in case.behind(one) if one.voice != "study authors" else ():
            measures = [
                kinds[finding.instrument]
                for _, finding in source.findings
                if finding.instrument in kinds and finding.outcome in one.outcomes and finding.contrast.against
            ]
            only = bool(measures) and all(measure.kind in ("instrument", "bench") for measure in measures)
            if only and source.is_human and not _names_measure(one.text, [measure.label for measure in measures]):
                yield case.at(
                    one,
                    f"Reference {source.number} measured it with {measures[0].label}, which is not what people see.",
                    "Name the instrument, and whether people or clinicians saw a difference.",
                    (source.number,),
                )
                break


def _names_measure(text: str, labels: list[str]) -> bool:
    low = text.casefold()
    return (
        any(word in low for label in labels for word in label.casefold().split() if len(word) > 4) or "measured" in low
    )


def requirement(case: Case) -> Iterator[Found]:
    """A condition for working asserted without a source, though an effect was seen without it."""
    for one in case.statements:
        if "requirement" not in one.codes or one.cites or not one.speaks_of("delivery"):
            continue
        shown = [source for source in case.sources.values() if _works_without(case, source)]
        also = f" {_titles(shown[:1])} found an effect although little went in." if shown else ""
        yield case.at(
            one,
            f"It states what must happen for an effect, without a source.{also}",
            "Name the evidence that it is needed, or say that it is thought to be.",
            tuple(source.number for source in shown[:1]),
        )


def _works_without(case: Case, source: Behind) -> bool:
    links = {outcome.code: outcome.link for outcome in case.vocabulary.outcomes}
    passed = [f.direction for _, f in source.findings if links.get(f.outcome) == "delivery"]
    helped = [f.direction for _, f in source.findings if links.get(f.outcome) in ("efficacy", "mechanism")]
    return bool(passed) and "benefit" not in passed and "benefit" in helped


REACHING: tuple[Rule, ...] = (
    Rule("rung-stretched", 1, "rung-stretched", "high", "Cells or animals are cited for people.", rung),
    Rule(
        "route-stretched",
        1,
        "route-stretched",
        "medium",
        "Another way of giving it is cited for something put on skin.",
        route,
    ),
    Rule("other-subject", 1, "not-about-subject", "high", "A source is not about the subject.", other_subject),
    Rule(
        "other-field",
        1,
        "not-about-subject",
        "medium",
        "A source on the subject comes from another field.",
        other_field,
    ),
    Rule("direction-opposite", 1, "direction-opposite", "high", "A source points the other way.", opposite),
    Rule(
        "condition-swapped",
        1,
        "surrogate-as-benefit",
        "medium",
        "A condition is named that nobody studied there.",
        condition,
    ),
    Rule("surrogate", 1, "surrogate-as-benefit", "medium", "An instrument's reading is told as a benefit.", surrogate),
    Rule(
        "requirement",
        1,
        "direction-opposite",
        "high",
        "A condition for working is asserted without a source.",
        requirement,
    ),
)

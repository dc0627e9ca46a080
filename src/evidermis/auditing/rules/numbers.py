"""Rules on numbers: read for something else, left out, told otherwise, or absence told as equality."""

import re
from collections.abc import Iterator

from evidermis.auditing.behind import Behind
from evidermis.auditing.case import Case
from evidermis.auditing.finding import Found
from evidermis.auditing.rules.rule import Rule
from evidermis.evidence.ladders import is_human
from evidermis.evidence.quantity import Bound, Known
from evidermis.evidence.study import Finding, Study

__all__ = ["NUMBERS"]

_PER_CENT = re.compile(r"(\d+(?:\.\d+)?)\s?(?:%|per ?cent)")
_EFFECT = re.compile(r"\d+(?:\.\d+)?\s?(?:%|per ?cent|points?\b|fold\b|times\b)|\bp\s?[=<]|\bCI\b|±|\bSD\b", re.I)
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = {word: at for at, word in enumerate(_WORDS)}
_A_NUMBER = rf"(\d{{1,5}}|{'|'.join(_WORDS)})"
_SESSIONS = re.compile(rf"\b{_A_NUMBER}\s+(?:treatments?|sessions?|applications?|injections?)\b", re.I)
_PEOPLE = re.compile(
    rf"\b{_A_NUMBER}\s+(?:\w+\s+)?"
    r"(?:people|subjects?|participants?|patients?|volunteers?|females?|males?|women|men|persons?)\b",
    re.I,
)
_TIE = re.compile(
    r"\b(?:as effective as|equally effective|equivalent to|comparable to|no effect|does not work|same as)\b", re.I
)


def over_read(case: Case) -> Iterator[Found]:
    """A number that was measured of something else, in cells, skin pieces or animals, told of people."""
    for one in case.statements:
        percents = {float(found[1]) for found in _PER_CENT.finditer(one.text)}
        for source in case.behind(one):
            for study, finding in source.findings:
                what = _measured_as(study, finding, percents, one.text, case)
                if what:
                    yield case.at(one, *_over_read(what, source))
                    break


def _over_read(what: str, source: Behind) -> tuple[str, str, tuple[int, ...]]:
    return (
        f"The number in reference {source.number} is {what}; the sentence tells it of something else.",
        "Say what was measured, in what, and that it is one study.",
        (source.number,),
    )


def _measured_as(study: Study, finding: Finding, percents: set[float], text: str, case: Case) -> str:
    """What a matching number was measured of, where that is not what the sentence says; `""` where it is."""
    rung = case.vocabulary.design(study.design).rung
    if is_human(rung) and finding.unit in ("people", "sides"):
        return ""
    for value in finding.values:
        quantity = value.number.quantity
        number = (
            quantity.value if isinstance(quantity, Known) else quantity.limit if isinstance(quantity, Bound) else None
        )
        words = [word for word in re.findall(r"[a-z]{5,}", value.what.casefold()) if word not in ("which", "percent")]
        if number in percents and words and not any(word[:6] in text.casefold() for word in words[:1]):
            people = case.vocabulary.population(study.population.code).label
            return f"{value.what}, in {people}"
    return ""


def no_size(case: Case) -> Iterator[Found]:
    """A trial's result told without any number that says how large it was."""
    for one in case.statements:
        trials = [source for source in case.behind(one) if source.is_human and source.studies]
        tells = one.speaks_of("benefit") and bool(one.outcomes) and one.voice == "study"
        later = "result.no-difference" in one.codes or "about.durability" in one.codes or "hedge" in one.codes
        if trials and tells and not later and not _EFFECT.search(one.text) and one.block.kind != "caption":
            yield case.at(
                one,
                "It tells that there was an effect and not how large it was, nor how certain.",
                "Give the difference with its interval, or say that the source gives none.",
                tuple(source.number for source in trials),
            )


def sessions(case: Case) -> Iterator[Found]:
    """A number of treatments that is not the study's."""
    for one in case.statements:
        told = [number for found in _SESSIONS.finditer(one.text) if (number := _whole(found[1])) is not None]
        for source in case.behind(one):
            given = {
                n for study in source.studies for arm in study.arms if (n := _sessions_of(arm.schedule)) is not None
            }
            if len(told) == 1 and len(given) == 1 and set(told) != given:
                yield case.at(
                    one,
                    f"{told[0]} treatments are told; in reference {source.number} there were {given.pop()}.",
                    "Give the study's own number, and when the result was measured.",
                    (source.number,),
                )


def people(case: Case) -> Iterator[Found]:
    """A number of people that is not the study's, or sides counted as people."""
    for one in case.statements:
        told = [number for found in _PEOPLE.finditer(one.text) if (number := _whole(found[1])) is not None]
        sources = [source for source in case.behind(one) if source.is_human and source.studies]
        if len(told) != 1 or len(sources) != 1:
            continue
        (source,) = sources
        counted = {n for study in source.studies if (n := study.people.counted) is not None}
        randomised = {n for study in source.studies if (n := _known(study.people.randomised)) is not None}
        if counted and told[0] not in counted | randomised:
            sides = any(told[0] == 2 * n for n in counted)
            how = "both sides of each person were counted as people" if sides else f"the study had {min(counted)}"
            yield case.at(
                one,
                f"{told[0]} people are told; {how}.",
                "Count people, and say that each is their own control.",
                (source.number,),
            )


def null_result(case: Case) -> Iterator[Found]:
    """No significant difference told as no effect, or as equal."""
    for one in case.statements:
        if "result.no-difference" in one.codes and (
            one.cites or one.voice in ("study", "study authors") or _TIE.search(one.text)
        ):
            yield case.at(
                one,
                "That a difference was not significant, often in a part of the people, does not show that there is none.",
                "Give the difference with its interval, and say whether this part was planned beforehand.",
                one.cites,
            )


def baseline(case: Case) -> Iterator[Found]:
    """An improvement since the beginning told as what the product did."""
    for one in case.statements:
        if "result.baseline" in one.codes and one.speaks_of("benefit") and not one.is_question:
            yield case.at(
                one,
                "People were compared with themselves before, which time, season and attention change too.",
                "Say that nothing was compared with, or give the difference from the control.",
                one.cites,
            )


def opinion(case: Case) -> Iterator[Found]:
    """What people said they saw, told as a percentage that improved."""
    for one in case.statements:
        if "result.opinion" in one.codes and _PER_CENT.search(one.text):
            yield case.at(
                one,
                "A share of people who agreed with a sentence is an opinion, not a measurement.",
                "Say who asked whom what, and what was measured.",
                one.cites,
            )


def _whole(word: str) -> int | None:
    return int(word) if word.isdigit() else _NUMBER.get(word.casefold())


def _known(figure: object) -> int | None:
    quantity = getattr(figure, "quantity", None)
    return int(quantity.value) if isinstance(quantity, Known) else None


def _sessions_of(schedule: str) -> int | None:
    found = _SESSIONS.search(schedule)
    return _whole(found[1]) if found else None


NUMBERS: tuple[Rule, ...] = (
    Rule("number-over-read", 1, "number-over-read", "high", "A number was measured of something else.", over_read),
    Rule("no-effect-size", 1, "units-of-analysis", "medium", "A result is told without its size.", no_size),
    Rule("sessions-differ", 1, "number-over-read", "medium", "The number of treatments is not the study's.", sessions),
    Rule("people-differ", 1, "units-of-analysis", "high", "The number of people is not the study's.", people),
    Rule(
        "null-as-equal", 1, "subgroup-or-null", "medium", "No difference found is told as no difference.", null_result
    ),
    Rule("baseline-only", 1, "surrogate-as-benefit", "medium", "A change since before is told as an effect.", baseline),
    Rule("opinion", 1, "surrogate-as-benefit", "medium", "Opinions are told as a measured share.", opinion),
)

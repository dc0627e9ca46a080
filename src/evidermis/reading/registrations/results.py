"""Results as a registry posts them: each group's value of each outcome, and each analysis, figure by figure with its place."""

import re
from collections.abc import Iterator

from evidermis.reading.facts import Figure, Result, Told
from evidermis.reading.registrations.entry import Entry
from evidermis.reading.registrations.registry import registry_words

__all__ = ["posted_results"]

_MEASURES = "resultsSection.outcomeMeasuresModule.outcomeMeasures"
_NUMBER = re.compile(r"[<>≤≥=]{0,2}\s*-?\d{1,12}(?:,\d{3})*(?:\.\d{1,12})?(?:[eE]-?\d{1,3})?")
_BOUNDS = {"lowerLimit": "low", "upperLimit": "high"}
_PEOPLE = frozenset({"participants", "participant", "subjects", "patients"})


def posted_results(entry: Entry) -> Iterator[Result]:
    """Every posted value of a group and every analysis, in the entry's order. Values that are no numbers (`NA`) are none."""
    for measure in entry.each(_MEASURES):
        shared = [
            told
            for what, key in (("outcome", "title"), ("time", "timeFrame"), ("unit", "unitOfMeasure"))
            if (told := entry.told(what, f"{measure}.{key}"))
        ]
        if rank := entry.text(f"{measure}.type"):
            shared += _some(entry.told("rank", f"{measure}.type", rank.lower().replace("_", " ")))
        groups = {entry.text(f"{place}.id"): f"{place}.title" for place in entry.each(f"{measure}.groups")}
        for held in entry.each(f"{measure}.classes"):
            for category in entry.each(f"{held}.categories"):
                parts = [t for place in (held, category) if (t := entry.told("part", f"{place}.title"))]
                for value in entry.each(f"{category}.measurements"):
                    if figures := tuple(_figures(entry, measure, value)):
                        group = entry.text(f"{value}.groupId")
                        told = _some(entry.told("arm", groups.get(group, "")))
                        told += _some(_analysed(entry, (held, measure), group))
                        yield Result("registry: posted value", figures, (*shared, *parts, *told))
        for analysis in entry.each(f"{measure}.analyses"):
            if figures := tuple(_analysed_figures(entry, analysis)):
                yield Result("registry: posted analysis", figures, (*shared, *_compared(entry, analysis, groups)))


def _some(told: Told | None) -> list[Told]:
    return [told] if told else []


def _analysed(entry: Entry, places: tuple[str, ...], group: str) -> Told | None:
    """The people that a group's value rests on, where the registry counts people."""
    for place in places:
        for denominator in entry.each(f"{place}.denoms"):
            if entry.text(f"{denominator}.units").strip().lower() in _PEOPLE:
                for count in entry.each(f"{denominator}.counts"):
                    if entry.text(f"{count}.groupId") == group and entry.text(f"{count}.value").isdecimal():
                        return entry.told("analysed", f"{count}.value")
    return None


def _figures(entry: Entry, measure: str, value: str) -> Iterator[Figure]:
    words = registry_words()
    param = entry.text(f"{measure}.paramType")
    what = words["measures"].get(param, param.lower().replace("_", "-") or "value")
    unit = entry.text(f"{measure}.unitOfMeasure").lower()
    if what == "number" and ("percent" in unit or unit.strip() == "%"):
        what = "percent"
    yield from _figure(entry, what, f"{value}.value")
    spread = _spread(entry.text(f"{measure}.dispersionType"))
    if spread:
        yield from _figure(entry, spread, f"{value}.spread")
        for key, end in _BOUNDS.items():
            yield from _figure(entry, f"{spread}-{end}", f"{value}.{key}")


def _spread(text: str) -> str:
    plain = text.strip().lower().replace("_", " ")
    spreads = registry_words()["spreads"]
    return next((code for name, code in spreads.items() if plain == name or plain.endswith(name)), "")


def _figure(entry: Entry, what: str, place: str) -> Iterator[Figure]:
    told = entry.told(what, place)
    if told and _NUMBER.fullmatch(told.value):
        yield Figure(what, told.value.replace(",", "").replace(" ", ""), told.quote)


def _analysed_figures(entry: Entry, analysis: str) -> Iterator[Figure]:
    yield from _figure(entry, "p", f"{analysis}.pValue")
    yield from _figure(entry, "estimate", f"{analysis}.paramValue")
    yield from _figure(entry, "ci-percent", f"{analysis}.ciPctValue")
    yield from _figure(entry, "ci-low", f"{analysis}.ciLowerLimit")
    yield from _figure(entry, "ci-high", f"{analysis}.ciUpperLimit")
    if spread := _spread(entry.text(f"{analysis}.dispersionType")):
        yield from _figure(entry, spread, f"{analysis}.dispersionValue")


def _compared(entry: Entry, analysis: str, groups: dict[str, str]) -> Iterator[Told]:
    """The groups of an analysis, as the registry lists them: which is taken from which is not told by their order."""
    arms = [
        told
        for place in entry.each(f"{analysis}.groupIds")
        if (told := entry.told("arm", groups.get(entry.text(place), "")))
    ]
    yield from arms
    for what, key in (("measure", "paramType"), ("test", "statisticalMethod"), ("hypothesis", "nonInferiorityType")):
        if told := entry.told(what, f"{analysis}.{key}"):
            yield told
    if len(arms) > 1 and (told := entry.told("contrast", f"{analysis}.groupIds[0]", "between-groups")):
        yield told

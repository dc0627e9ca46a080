"""Checks of `studies/*.toml`: every fact has a place, every name leads somewhere, people are not sides."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from evidermis.appraisal.bias import TOOLS
from evidermis.appraisal.vesicles import identity_items
from evidermis.evidence.characterised import Characterised
from evidermis.evidence.quantity import Conflict, Number, known
from evidermis.evidence.study import Finding, Plan, Study
from evidermis.review.folder.checks.inspection import Inspection, repeated
from evidermis.review.folder.faults import Fault

__all__ = ["STUDIES", "numbers_of", "told_once"]


def identity(look: Inspection) -> Iterator[Fault]:
    """A study is named as its file, and reported by at least one record."""
    seen: dict[str, str] = {}
    for file, study in look.folder.studies:
        if study.id != PurePosixPath(file).stem:
            what = f"the study is called {study.id!r}, its file {PurePosixPath(file).name!r}"
            yield look.fault(file, ("id",), "id", what, "give both the same name")
        if study.id in seen:
            yield look.fault(
                file, ("id",), "id", f"{study.id!r} is also the id in {seen[study.id]}", "give each its own id"
            )
        seen[study.id] = file
        if not study.reports:
            what = "the study is in no record"
            yield look.fault(file, ("reports",), "record", what, "name the records that report it")
        for i, report in enumerate(study.reports):
            if look.review.reference(report.record) is None:
                what = f"no record is called {report.record!r}"
                mend = "add it to records/curated.toml, or correct the id"
                yield look.fault(file, ("reports", i, "record"), "record", what, mend)


def codes(look: Inspection) -> Iterator[Fault]:
    """Designs, populations, sources, routes, outcomes and instruments are words of the vocabulary."""
    for file, study in look.folder.studies:
        yield from look.code(file, ("design",), "designs", study.design)
        yield from look.code(file, ("population", "code"), "populations", study.population.code)
        for i, arm in enumerate(study.arms):
            yield from look.code(file, ("arms", i, "source"), "sources", arm.source)
            yield from look.code(file, ("arms", i, "route"), "routes", arm.route)
            if arm.product and arm.product not in {p.id for p in look.review.products}:
                what = f"no product is called {arm.product!r}"
                yield look.fault(file, ("arms", i, "product"), "product", what, "correct the id, or add the product")
        for i, finding in enumerate(study.findings):
            yield from look.code(file, ("findings", i, "outcome"), "outcomes", finding.outcome)
            yield from look.code(file, ("findings", i, "instrument"), "instruments", finding.instrument)


def locators(look: Inspection) -> Iterator[Fault]:
    """Every finding and every sourced fact names a locator of its study."""
    for file, study in look.folder.studies:
        yield from look.locators(file, ("locators",), study.locators)
        known = {one.id for one in study.locators}
        for i, finding in enumerate(study.findings):
            if not finding.at:
                what = f"finding {finding.id!r} has no locator"
                yield look.fault(file, ("findings", i), "locator", what, 'say where it was read: at = ["…"]')
            for j, at in enumerate(finding.at):
                yield from look.at(file, ("findings", i, "at", j), at, known)
            for key, number in numbers_of(finding):
                yield from look.at(file, ("findings", i, *key), number.at, known)
                if isinstance(number.quantity, Conflict):
                    for stated in number.quantity.stated:
                        yield from look.at(file, ("findings", i, *key), stated.at, known)
        for key in ("maker", "affiliated", "funding", "blinding", "setting"):
            yield from look.at(file, (key,), getattr(study, key).at, known)
        for i, arm in enumerate(study.arms):
            yield from look.at(file, ("arms", i, "at"), arm.at, known)
        for key in ("flags", "vesicle_identity"):
            for i, fact in enumerate(getattr(study, key)):
                yield from look.at(file, (key, i), fact.at, known)


def contrasts(look: Inspection) -> Iterator[Fault]:
    """Findings compare arms that exist; an arm compared against says what kind of comparator it is."""
    for file, study in look.folder.studies:
        yield from repeated(look, file, ("arms",), [arm.id for arm in study.arms])
        yield from repeated(look, file, ("findings",), [finding.id for finding in study.findings])
        arms = {arm.id: (i, arm) for i, arm in enumerate(study.arms)}
        for i, finding in enumerate(study.findings):
            for side in ("of", "against"):
                name = getattr(finding.contrast, side)
                if name and name not in arms:
                    what = f"no arm is called {name!r}"
                    yield look.fault(
                        file, ("findings", i, "contrast", side), "arm", what, f"use one of: {', '.join(arms)}"
                    )
            against = arms.get(finding.contrast.against)
            if against and against[1].comparator is None:
                what = f"arm {against[1].id!r} is compared against, but what it is is not said"
                yield look.fault(
                    file, ("arms", against[0]), "arm", what, 'write its comparator, such as "vehicle-or-placebo"'
                )
            for j, value in enumerate(finding.values):
                if value.arm not in arms:
                    what = f"no arm is called {value.arm!r}"
                    yield look.fault(
                        file, ("findings", i, "values", j, "arm"), "arm", what, f"use one of: {', '.join(arms)}"
                    )


def people(look: Inspection) -> Iterator[Fault]:
    """n sides of a face are not n people, and nobody is analysed who was not there."""
    for file, study in look.folder.studies:
        randomised, analysed, sides = (
            known(n) for n in (study.people.randomised, study.people.analysed, study.people.sides)
        )
        people_known = [n for n in (randomised, analysed) if n is not None]
        if randomised is not None and analysed is not None and analysed > randomised:
            what = f"{analysed:g} people analysed of {randomised:g}"
            yield look.fault(file, ("people", "analysed"), "people", what, "more cannot be analysed than took part")
        if sides is not None and people_known and sides <= max(people_known) and _is_paired(look, study):
            what = f"{sides:g} sides cannot come from {max(people_known):g} people whose sides are compared"
            yield look.fault(file, ("people", "sides"), "sides", what, "count people in people, sides in sides")
        if not people_known:
            continue
        for i, finding in enumerate(study.findings):
            n = known(finding.analysed)
            if n is not None and finding.unit == "people" and n > max(people_known):
                what = f"{n:g} people in a finding of a study of {max(people_known):g}"
                mend = 'if these are sides, write unit = "sides" and count people in people'
                yield look.fault(file, ("findings", i, "analysed"), "sides", what, mend)


def times(look: Inspection) -> Iterator[Fault]:
    """Time after treatment is part of the time since its start."""
    for file, study in look.folder.studies:
        whole, after = study.duration_weeks, study.after_treatment_weeks
        if whole is not None and after is not None and after > whole:
            what = f"followed {after:g} weeks after treatment, {whole:g} in all"
            yield look.fault(file, ("after_treatment_weeks",), "time", what, "correct one of the two")
        for i, finding in enumerate(study.findings):
            if finding.weeks is not None and finding.weeks_after is not None and finding.weeks_after > finding.weeks:
                what = f"{finding.weeks_after:g} weeks after treatment, but {finding.weeks:g} since its start"
                yield look.fault(file, ("findings", i, "weeks_after"), "time", what, "correct one of the two")


def bias(look: Inspection) -> Iterator[Fault]:
    """A risk-of-bias answer says with which tool, by whom and why; each question is the tool's, and is answered once."""
    for file, study in look.folder.studies:
        if study.bias.overall != "not assessed" and not (study.bias.tool and study.bias.by and study.bias.because):
            what = f"risk of bias is {study.bias.overall!r} without its tool, author or reason"
            yield look.fault(file, ("bias",), "bias", what, "write tool, by and because")
        tool, known = TOOLS.get(study.bias.tool), {one.id for one in study.locators}
        if study.bias.answers and tool is None:
            what = f"{study.bias.tool!r} is no tool whose questions can be answered"
            yield look.fault(file, ("bias", "tool"), "bias", what, f"use one of: {', '.join(TOOLS)}")
        asked = {question.id for question in tool.questions} if tool else {one.question for one in study.bias.answers}
        for i, one in enumerate(study.bias.answers):
            key = ("bias", "answers", i)
            if one.question not in asked:
                what = f"{study.bias.tool} asks no question {one.question!r}"
                yield look.fault(file, (*key, "question"), "bias", what, f"it asks {', '.join(sorted(asked))}")
            if one.question in {other.question for other in study.bias.answers[:i]}:
                what = f"question {one.question} is answered twice"
                yield look.fault(file, (*key, "question"), "bias", what, "keep one answer")
            if one.is_signed:
                yield from look.at(file, (*key, "at"), one.at, known)
            elif not one.by.startswith(("rule:", "model:")):
                what = f"{one.by[:40]!r} is no author"
                yield look.fault(
                    file, (*key, "by"), "author", what, "write human:NAME, or rule:… or model:… for a proposal"
                )


def plans(look: Inspection) -> Iterator[Fault]:
    """A plan has a place, its outcomes are of the vocabulary, and its dates have an order."""
    for file, study in look.folder.studies:
        plan, known_places = study.plan, {one.id for one in study.locators}
        yield from look.at(file, ("plan", "at"), plan.at, known_places)
        if plan != Plan() and not plan.at:
            yield look.fault(file, ("plan",), "locator", "the plan has no locator", "say where it was read: at = …")
        if plan.started and plan.completed and plan.started > plan.completed:
            yield look.fault(file, ("plan",), "date", "it ended before it began", "correct one of the two dates")
        for i, one in enumerate(plan.outcomes):
            yield from look.code(file, ("plan", "outcomes", i, "outcome"), "outcomes", one.outcome)
            yield from look.at(file, ("plan", "outcomes", i, "at"), one.at, known_places)


def numbers_of(finding: Finding) -> Iterator[tuple[tuple[str | int, ...], Number]]:
    """Every number of a finding with its key."""
    for key in ("analysed", "estimate", "ci_low", "ci_high", "se", "p"):
        number = getattr(finding, key)
        if number is not None:
            yield (key,), number
    for j, value in enumerate(finding.values):
        yield ("values", j, "number"), value.number


def vesicles(look: Inspection) -> Iterator[Fault]:
    """An identity card's items are those of the checklist, each is told once, and what is told has a value and a place."""
    for file, study in look.folder.studies:
        yield from told_once(look, file, ("vesicle_identity",), study.vesicle_identity)


def told_once(
    look: Inspection, file: str, key: tuple[str | int, ...], told: tuple[Characterised, ...]
) -> Iterator[Fault]:
    """The faults of one identity card."""
    known = [item.code for item in identity_items()]
    for i, one in enumerate(told):
        if one.item not in known:
            what = f"no item of the identity card is called {one.item!r}"
            yield look.fault(file, (*key, i, "item"), "item", what, f"use one of: {', '.join(known)}")
        if one.item in {other.item for other in told[:i]}:
            yield look.fault(file, (*key, i, "item"), "item", f"{one.item!r} is told twice", "keep one")
        if not one.at:
            what = f"{one.item!r} has no locator"
            yield look.fault(file, (*key, i), "locator", what, "say where it was read: at = …")


def _is_paired(look: Inspection, study: Study) -> bool:
    return any(d.code == study.design and d.pairing == "within-person" for d in look.vocabulary.designs)


STUDIES = (identity, codes, locators, contrasts, people, times, bias, plans, vesicles)

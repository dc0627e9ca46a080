"""The rules of reasoning on reviews as large as real ones: up to 500 studies, made from a seed."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from building import WORDS, arms, claim, figure, finding, product, protocol, reference, review, study
from evidermis.appraisal import Appraisal
from evidermis.evidence.locator import Fact
from evidermis.evidence.review import Review
from evidermis.evidence.study import Contrast, Population, Study
from evidermis.pipeline import concluded, synthesised

CLAIMS = (claim(), claim("wrinkles", outcomes=("wrinkles", "pigment")))
few = settings(max_examples=5, deadline=None)
sizes = st.integers(100, 500)
seeds = st.integers(0, 10**6)


def person_study(name: str, dice: Random) -> Study:
    against = dice.choice(("control", "control", ""))
    return study(
        name,
        n=dice.choice((None, dice.randint(5, 200))),
        design=dice.choice(("rct-sides", "rct", "cohort", "single-arm")),
        arms=arms(
            source=dice.choice(("fat", "rose", "medium", "")), route=dice.choice(("leave-on", "needling", "injection"))
        ),
        population=Population(code=dice.choice(("spots", "melasma", "ageing"))),
        findings=tuple(
            finding(
                dice.choice(("benefit", "harm", "no difference", "unclear")),
                id=outcome,
                outcome=outcome,
                instrument=dice.choice(("", "seen", "meter")),
                contrast=Contrast(of="treated", against=against),
            )
            for outcome in ("pigment", "wrinkles")
        ),
        maker=Fact(value=dice.choice(("", "one", "two", "three")), at="abstract"),
    )


def made(size: int, seed: int) -> tuple[Review, Random]:
    dice = Random(seed)
    studies = [person_study(f"s{at}-2020", dice) for at in range(size)]
    return review(*studies, protocol=protocol(*CLAIMS), products=(product(),)), dice


def conclusions(found: Appraisal) -> list[object]:
    return [
        (a.claim, a.verdict, a.certainty, a.people, a.controlled_people, a.direction, a.families, a.outcomes)
        for a in found.claims
    ]


@few
@given(sizes, seeds)
def test_cells_and_animals_change_nothing_among_hundreds_of_studies(size: int, seed: int) -> None:
    whole, dice = made(size, seed)
    bench = tuple(
        replace(
            person_study(f"b{at}-2019", dice),
            design=dice.choice(("mice", "cells")),
            population=Population(code="mouse"),
        )
        for at in range(50)
    )
    beside = replace(
        whole, studies=(*whole.studies, *bench), references=(*whole.references, *(reference(b.id) for b in bench))
    )
    assert conclusions(concluded(beside, WORDS)) == conclusions(concluded(whole, WORDS))


@few
@given(sizes, seeds)
def test_retracted_studies_leave_as_if_they_had_never_been_there(size: int, seed: int) -> None:
    whole, dice = made(size, seed)
    gone = {s.id for s in whole.studies if dice.random() < 0.2}
    marked = replace(
        whole, references=tuple(replace(r, notice="retracted" if r.id in gone else r.notice) for r in whole.references)
    )
    left = replace(whole, studies=tuple(s for s in whole.studies if s.id not in gone))
    found, expected = concluded(marked, WORDS), concluded(left, WORDS)
    assert conclusions(found) == conclusions(expected)
    assert found.products == expected.products
    assert {held.id for held in found.held_out} == {f"study:{name}" for name in gone}
    assert repr(synthesised(marked, WORDS)) == repr(synthesised(left, WORDS))


@few
@given(sizes, seeds)
def test_an_erratum_or_a_concern_moves_no_number_and_takes_nobody_out(size: int, seed: int) -> None:
    whole, dice = made(size, seed)
    noticed = replace(
        whole,
        references=tuple(replace(r, notice=dice.choice(("none", "corrected", "concern"))) for r in whole.references),
    )
    found, expected = concluded(noticed, WORDS), concluded(whole, WORDS)
    assert conclusions(found) == conclusions(expected)
    assert (found.products, found.families, found.held_out) == (expected.products, expected.families, ())
    assert repr(synthesised(noticed, WORDS)) == repr(synthesised(whole, WORDS))


@few
@given(sizes, seeds, st.sampled_from((None, 0.0001, 0.049, 0.9, "<0.05")))
def test_significance_moves_no_verdict_among_hundreds_of_studies(size: int, seed: int, p: float | str | None) -> None:
    whole, dice = made(size, seed)
    told = tuple(
        replace(
            s,
            findings=tuple(
                replace(f, p=figure(p if dice.random() < 0.7 else dice.choice((0.01, 0.6)))) for f in s.findings
            ),
        )
        for s in whole.studies
    )
    assert conclusions(concluded(replace(whole, studies=told), WORDS)) == conclusions(concluded(whole, WORDS))


@few
@given(sizes, seeds)
def test_however_many_improved_over_their_own_baseline_it_is_unproven(size: int, seed: int) -> None:
    whole, _ = made(size, seed)
    alone = tuple(
        replace(s, findings=tuple(replace(f, direction="benefit", contrast=Contrast(of="treated")) for f in s.findings))
        for s in whole.studies
    )
    for answer in concluded(replace(whole, studies=alone), WORDS).claims:
        assert (answer.verdict, answer.certainty, answer.controlled_people) == ("unproven", "very low", 0)


@few
@given(sizes, seeds)
def test_one_makers_trials_stay_one_family_however_many(size: int, seed: int) -> None:
    whole, _ = made(size, seed)
    one = replace(whole, studies=tuple(replace(s, maker=Fact(value="one", at="abstract")) for s in whole.studies))
    for answer in concluded(one, WORDS).claims:
        assert len(answer.families) <= 1
        assert answer.verdict != "supported"


@few
@given(sizes, seeds)
def test_a_product_gets_the_nearest_study_of_all(size: int, seed: int) -> None:
    """The shelf looks at what decides alone; measuring every study whole gives the same nearest."""
    from evidermis.appraisal.distance import distance
    from evidermis.evidence.ladders import RUNGS, nearness

    whole, _ = made(size, seed)
    found = concluded(whole, WORDS)
    (line,) = found.products[0].claims
    slots = replace(CLAIMS[0].slots, sources=("fat",), routes=("leave-on",), preparation="", dose="", vehicle="")
    mine = replace(CLAIMS[0], slots=slots)
    every = [distance(mine, s, _counted(s, found), WORDS, "serum") for s in whole.studies if _counted(s, found)]
    reached = [d for d in every if d.within_reach]
    best = min(reached, key=lambda d: (nearness(d.overall), -RUNGS.index(d.rung), d.study), default=None)
    assert line.distance == best


def _counted(one: Study, found: Appraisal) -> tuple[object, ...]:
    held = next((d.findings for d in found.claim("dark-spots").distances if d.study == one.id), ())
    return tuple(f for f in one.findings if f.id in held)

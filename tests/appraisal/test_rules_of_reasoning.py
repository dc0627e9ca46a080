"""The rules of reasoning, as properties over generated reviews. The numbers are those of the design page."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from building import CONFLICT, WORDS, arms, claim, figure, finding, product, protocol, reference, review, study, value
from evidermis.appraisal import Appraisal
from evidermis.evidence.ladders import CERTAINTIES, VERDICTS
from evidermis.evidence.review import Review
from evidermis.evidence.study import Contrast, Finding, Population, Study
from evidermis.pipeline import concluded as appraise

NAMES = st.from_regex(r"[a-e]-20(1|2)[0-9]", fullmatch=True)
DIRECTIONS = ("benefit", "no difference", "harm", "mixed", "unclear")
CLAIMS = (
    claim(),
    claim("wrinkles", outcomes=("wrinkles",)),
    claim("any-route", slots=replace(claim().slots, routes=("any",))),
)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    controlled = draw(st.booleans())
    return finding(
        draw(st.sampled_from(DIRECTIONS)),
        id=f"f{draw(st.integers(0, 3))}",
        outcome=draw(st.sampled_from(("pigment", "wrinkles", "harm"))),
        instrument=draw(st.sampled_from(("", "seen", "scale", "meter"))),
        contrast=Contrast(of="treated", against="control" if controlled else ""),
        p=figure(draw(st.sampled_from((None, 0.001, 0.04, 0.2, 0.9, "<0.01")))),
    )


@st.composite
def human_studies(draw: st.DrawFn, names: st.SearchStrategy[str] = NAMES) -> Study:
    name = draw(names)
    return study(
        name,
        n=draw(st.one_of(st.none(), st.integers(1, 300))),
        design=draw(st.sampled_from(("rct-sides", "rct", "cohort", "single-arm"))),
        arms=arms(
            source=draw(st.sampled_from(("", "fat", "cord", "platelet", "medium", "rose"))),
            route=draw(st.sampled_from(("", "leave-on", "cream", "needling", "injection"))),
            with_=draw(st.sampled_from(("", "none", "laser"))),
        ),
        population=Population(code=draw(st.sampled_from(("spots", "melasma", "ageing")))),
        findings=tuple(draw(st.lists(findings(), min_size=1, max_size=3, unique_by=lambda f: f.id))),
        cohort=draw(st.sampled_from(("", "", "shared"))),
    )


@st.composite
def bench_studies(draw: st.DrawFn) -> Study:
    kind, who, unit = draw(
        st.sampled_from(
            (("mice", "mouse", "animals"), ("cells", "melanocytes", "cells or samples"), ("rct", "mouse", "people"))
        )
    )
    name = draw(st.from_regex(r"bench[a-e]-20(1|2)[0-9]", fullmatch=True))
    one = draw(human_studies(st.just(name)))
    told = tuple(replace(f, unit=unit) for f in one.findings)
    return replace(one, design=kind, population=Population(code=who), findings=told)


def reviews(studies: list[Study], **changes: object) -> Review:
    return review(*studies, protocol=protocol(*CLAIMS), **changes)


def conclusions(found: Appraisal) -> list[tuple[object, ...]]:
    return [
        (a.claim, a.verdict, a.certainty, a.people, a.controlled_people, a.direction, a.families) for a in found.claims
    ]


unique_humans = st.lists(human_studies(), max_size=5, unique_by=lambda s: s.id)
unique_bench = st.lists(bench_studies(), min_size=1, max_size=4, unique_by=lambda s: s.id)


@given(unique_humans, unique_bench)
def test_rule_1_cells_and_animals_never_change_a_conclusion_about_people(
    people: list[Study], bench: list[Study]
) -> None:
    alone = appraise(reviews(people), WORDS)
    beside = appraise(reviews(people + bench), WORDS)
    assert conclusions(alone) == conclusions(beside)


def test_rule_1_holds_for_a_bench_paper_that_shares_authors_with_two_trials() -> None:
    trials = [study("a-2020", n=200), study("b-2021", n=200)]
    bench = study("c-2019", design="mice", population=Population(code="mouse"))
    names = [reference("a-2020", authors=("Cho BS", "Yi YW")), reference("b-2021", authors=("Kim HJ", "Lee KS"))]
    bridge = reference("c-2019", authors=("Cho BS", "Yi YW", "Kim HJ", "Lee KS"))
    alone = appraise(review(*trials, references=tuple(names)), WORDS)
    beside = appraise(review(*trials, bench, references=(*names, bridge)), WORDS)
    assert conclusions(alone) == conclusions(beside)


@given(unique_humans, st.sampled_from((None, 0.0001, 0.049, 0.5, "<0.05")))
def test_rule_2_significance_never_moves_a_verdict(people: list[Study], p: float | str | None) -> None:
    changed = [replace(s, findings=tuple(replace(f, p=figure(p)) for f in s.findings)) for s in people]
    assert conclusions(appraise(reviews(people), WORDS)) == conclusions(appraise(reviews(changed), WORDS))


@given(unique_humans)
def test_rule_3_improvement_over_baseline_never_makes_more_than_unproven(people: list[Study]) -> None:
    alone = [
        replace(s, findings=tuple(replace(f, contrast=Contrast(of="treated")) for f in s.findings)) for s in people
    ]
    for answer in appraise(reviews(alone), WORDS).claims:
        assert answer.verdict in ("untested", "unproven")
        assert answer.certainty == "very low"
        assert answer.controlled_people == 0


@given(st.integers(1, 500))
def test_rule_4_sides_of_a_face_are_counted_as_people(n: int) -> None:
    answer = appraise(review(study(n=n)), WORDS).claim("dark-spots")
    assert answer.people == n


def test_rule_4_people_of_one_cohort_are_counted_once() -> None:
    told_twice = review(study("a-2022", n=56, cohort="same"), study("b-2024", n=56, cohort="same"))
    assert appraise(told_twice, WORDS).claim("dark-spots").people == 56


def test_rule_5_an_unknown_number_of_people_stays_unknown() -> None:
    answer = appraise(review(study("a-2022", n=None), study("b-2024", n=20)), WORDS).claim("dark-spots")
    assert answer.people == 20
    assert "n is unknown for A-2022" in answer.people_step.because


@given(st.sampled_from(("source", "route")))
def test_rule_5_an_unknown_slot_is_never_near(slot: str) -> None:
    answer = appraise(review(study(arms=arms(**{slot: ""}))), WORDS).claim("dark-spots")
    assert answer.distances[0].level("source" if slot == "source" else "route") == "unknown"
    assert answer.directness == "unknown"


@given(unique_humans)
def test_rule_6_a_conflict_is_held_out_and_listed(people: list[Study]) -> None:
    disputed = study("z-2025", n=400, findings=(finding("benefit", estimate=CONFLICT),))
    without, beside = appraise(reviews(people), WORDS), appraise(reviews([*people, disputed]), WORDS)
    assert conclusions(without) == conclusions(beside)
    assert "finding:z-2025/melanin" in {held.id for held in beside.claim("dark-spots").held_out}


@given(unique_humans)
def test_rule_7_every_study_of_the_outcome_is_counted_or_listed_with_a_reason(people: list[Study]) -> None:
    found = appraise(reviews(people), WORDS)
    for answer in found.claims:
        outcomes = next(c for c in CLAIMS if c.id == answer.claim).outcomes
        bearing = {s.id for s in people if any(f.outcome in outcomes for f in s.findings)}
        listed = {held.id.removeprefix("study:") for held in answer.held_out if held.id.startswith("study:")}
        assert bearing == set(answer.studies) | listed
        assert all(held.reason for held in answer.held_out)


@given(unique_humans, st.integers(0, 4))
def test_rule_8_only_a_retraction_takes_a_study_out(people: list[Study], index: int) -> None:
    if not people:
        return
    hit = people[index % len(people)].id

    def notices(state: str) -> Appraisal:
        told = tuple(reference(s.id, notice=state if s.id == hit else "none") for s in people)
        return appraise(reviews(people, references=told), WORDS)

    none, corrected, concern, retracted = (notices(s) for s in ("none", "corrected", "concern", "retracted"))
    assert conclusions(none) == conclusions(corrected) == conclusions(concern)
    gone = appraise(reviews([s for s in people if s.id != hit]), WORDS)
    assert conclusions(retracted) == conclusions(gone)
    assert f"study:{hit}" in {held.id for held in retracted.held_out}


@given(unique_humans, unique_bench, st.integers(0, 10**6))
def test_rule_9_order_never_matters(people: list[Study], bench: list[Study], seed: int) -> None:
    one = people + bench
    other = list(one)
    Random(seed).shuffle(other)
    assert appraise(reviews(one), WORDS) == appraise(reviews(other), WORDS)


@settings(max_examples=50)
@given(unique_humans)
def test_rule_10_every_conclusion_names_its_rules_and_their_inputs(people: list[Study]) -> None:
    for answer in appraise(reviews(people), WORDS).claims:
        steps = (
            *answer.certainty_steps,
            *answer.verdict_steps,
            answer.people_step,
            *(link.step for link in answer.chain),
        )
        assert all(step.rule and step.version >= 1 and step.because for step in steps)
        for step in steps:
            for name in step.inputs:
                assert name.split(":")[0] in ("study", "certainty", "distance", "judgement")


@given(unique_humans)
def test_a_family_counts_once_however_many_trials_it_has(people: list[Study]) -> None:
    made = [replace(s, maker=replace(s.maker, value="One Maker")) for s in people]
    for answer in appraise(reviews(made), WORDS).claims:
        assert len(answer.families) <= 1
        assert answer.verdict != "supported"


@given(unique_humans)
def test_answers_use_the_words_of_the_design(people: list[Study]) -> None:
    for answer in appraise(reviews(people), WORDS).claims:
        assert answer.verdict in VERDICTS
        assert answer.certainty in CERTAINTIES


@given(unique_humans)
def test_a_product_is_never_supported_without_a_study_of_itself(people: list[Study]) -> None:
    silent = product("secret", source=replace(product().source, value=""))
    found = appraise(reviews(people, products=(product(), silent)), WORDS)
    states = {p.product: p.claims[0].state for p in found.products}
    assert states["serum"] in ("indirect only", "cannot be checked")
    assert states["secret"] == "cannot be checked"


def test_a_zero_event_count_still_bounds_the_rate() -> None:
    safe = finding("no difference", id="ae", outcome="harm", values=(value("treated", "events", 0),))
    answer = appraise(review(study(n=25, findings=(finding(), safe))), WORDS).claim("dark-spots")
    safety = next(link for link in answer.chain if link.link == "safety")
    assert "11.3 %" in safety.because  # 1 - 0.05 ** (1 / 25), Hanley 1983


def test_a_bound_on_harm_counts_the_treated_and_falls_with_any_event() -> None:
    def harm(name: str, arm: str, events: int, n: int) -> Finding:
        told = (value(arm, "events", events), value(arm, "total", n))
        return finding(
            "no difference", id=name, outcome="harm", contrast=Contrast(of=arm, against="control"), values=told
        )

    def safety(*findings: Finding) -> str:
        answer = appraise(review(study(n=101, findings=(finding(), *findings))), WORDS).claim("dark-spots")
        return next(link.because for link in answer.chain if link.link == "safety")

    assert "no event counted in 27 treated people" in safety(harm("one", "treated", 0, 27))
    assert "no event" not in safety(harm("one", "treated", 0, 27), harm("two", "treated", 1, 33))


def test_two_large_independent_trials_of_the_claim_as_made_support_it() -> None:
    seen = (finding("benefit", instrument="seen", ci_low=figure(0.2), ci_high=figure(0.8), measure="MD"),)
    trials = [study(name, n=100, findings=seen) for name in ("a-2020", "b-2021")]
    answer = appraise(review(*trials), WORDS).claim("dark-spots")
    assert (answer.verdict, answer.certainty) == ("supported", "high")

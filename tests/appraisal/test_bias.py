"""Risk of bias: every combination of answers leads to one judgement, and the published algorithms' corners are kept."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidermis.appraisal.bias import (
    ANSWERS,
    QUIN_ITEMS,
    ROB2,
    ROB2_ADHERENCE,
    ROBVIS_HEAD,
    ROBVIS_LEVELS,
    TOOLS,
    Answer,
    Domain,
    RobvisRow,
    Said,
    assess,
    judged_bias,
    ohat_tier,
    printed_tables,
    proposed,
    quin,
    robins_i,
    robvis_row,
    robvis_rows,
    robvis_table,
    rows_matching,
    said_of_people,
    syrcle,
)
from evidermis.evidence.errors import BadInput
from evidermis.evidence.study import Bias, BiasAnswer, People

DOMAINS = {f"{tool.id}-{domain.id}": domain for tool in TOOLS.values() for domain in tool.domains}
# One answer of each cell of the tables: PY and PN stand in their cells with Y and N.
CELLS: tuple[Answer, ...] = ("Y", "N", "NI", "NA")


def answers(**given: Answer) -> dict[str, Answer]:
    return {name.lstrip("q").replace("_", "."): one for name, one in given.items()}


def level(domain: Domain, **given: Answer) -> str:
    told = answers(**given)
    found = [rows_matching(table, told)[0].level for table in domain.tables]
    return max(found, key=("low", "some concerns", "high").index)


@pytest.mark.parametrize("name", DOMAINS)
def test_every_combination_of_answers_meets_exactly_one_row(name: str) -> None:
    domain = DOMAINS[name]
    asked = [question.id for question in domain.questions]
    # Not applicable is an answer only to questions that a table lets be skipped.
    skipped = {q for table in domain.tables for row in table.rows for q, cell in row.answers if "NA" in cell}
    choices = [CELLS if question in skipped else CELLS[:3] for question in asked]
    for combination in product(*choices):
        told = dict(zip(asked, combination, strict=True))
        for table in domain.tables:
            assert len(rows_matching(table, told)) == 1, told


@pytest.mark.parametrize("name", DOMAINS)
def test_probably_counts_as_what_it_is_probably(name: str) -> None:
    domain, dice = DOMAINS[name], Random(1)
    for _ in range(200):
        told: dict[str, Answer] = {question.id: dice.choice(CELLS[:3]) for question in domain.questions}
        softer: dict[str, Answer] = {"Y": "PY", "N": "PN"}  # pyright: ignore[reportAssignmentType]
        probably = {question: softer.get(answer, answer) for question, answer in told.items()}
        for table in domain.tables:
            assert rows_matching(table, told) == rows_matching(table, probably)


def every_answer(domain: Domain) -> list[dict[str, Answer]]:
    asked = [question.id for question in domain.questions]
    return [dict(zip(asked, told, strict=True)) for told in product(ANSWERS[:5], repeat=len(asked))]


def judged(domain: Domain, told: dict[str, Answer]) -> str:
    found = [rows_matching(table, told)[0].level for table in domain.tables]
    return max(found, key=("low", "some concerns", "high").index)


YES, NO = ("Y", "PY"), ("N", "PN")
# Rules that public re-implementations of RoB 2 hold (read in newmanga/RiskOfBias2, rob2/domain_*.py, and in the documentation of
# sims1253/pharmhand), with the level that they give and the one that the algorithm gives.
WRONG_RULES = [
    # No random sequence is high, though it was concealed.
    (0, lambda q: q["1.1"] in NO and q["1.2"] in YES, "high", {"some concerns"}),
    # Missing data that nobody shows to be harmless are high, whatever they depend on.
    (2, lambda q: q["3.1"] in NO and q["3.2"] in NO and q["3.3"] in NO, "high", {"low"}),
    (
        2,
        lambda q: q["3.1"] in NO and q["3.2"] in NO and q["3.3"] not in NO and q["3.4"] in NO,
        "high",
        {"some concerns"},
    ),
    # Missing because of its value, and likely so, is low.
    (2, lambda q: q["3.1"] in NO and q["3.2"] in NO and q["3.3"] in YES and q["3.4"] in YES, "low", {"high"}),
    # A plan made beforehand is enough, whatever was picked.
    (4, lambda q: q["5.1"] in YES and (q["5.2"] in YES or q["5.3"] in YES), "low", {"high"}),
    # Nothing picked is enough, without a plan.
    (4, lambda q: q["5.1"] in NO and q["5.2"] in NO and q["5.3"] in NO, "low", {"some concerns"}),
    # Only a result picked among both, without a plan, is high.
    (4, lambda q: (q["5.2"] in YES) != (q["5.3"] in YES), "some concerns", {"high"}),
]


@pytest.mark.parametrize(("domain", "case", "theirs", "ours"), WRONG_RULES)
def test_mistakes_of_public_implementations_are_not_made_in_any_combination(
    domain: int, case: Callable[[dict[str, Answer]], bool], theirs: str, ours: set[str]
) -> None:
    whole = ROB2.domains[domain]
    levels = {judged(whole, told) for told in every_answer(whole) if case(told)}
    assert levels == ours
    assert theirs not in levels


@given(st.lists(st.sampled_from(("low", "some concerns")), min_size=5, max_size=5))
def test_no_number_of_concerns_is_high_by_a_rule(levels: list[str]) -> None:
    """One public implementation calls two domains with some concerns high; the tool leaves that to a person."""
    told = answers(q1_2="Y", q1_3="N", q2_1="N", q2_2="N", q2_6="Y", q3_1="Y", q4_1="N", q4_2="N", q4_3="N")
    told |= answers(q5_1="Y", q5_2="N", q5_3="N")
    worse = (answers(q1_2="NI"), answers(q2_6="N", q2_7="N"), answers(q3_1="N", q3_2="N", q3_3="Y", q3_4="N"))
    for level, change in zip(levels, (*worse, answers(q4_2="NI"), answers(q5_1="N")), strict=True):
        told |= change if level == "some concerns" else {}
    assert assess(ROB2, told).overall == ("some concerns" if "some concerns" in levels else "low")


@pytest.mark.parametrize(
    ("domain", "given", "wanted"),
    [
        (0, {"q1_1": "Y", "q1_2": "Y", "q1_3": "N"}, "low"),
        (0, {"q1_1": "NI", "q1_2": "Y", "q1_3": "Y"}, "some concerns"),
        (0, {"q1_1": "Y", "q1_2": "NI", "q1_3": "Y"}, "high"),
        (1, {"q2_1": "N", "q2_2": "N", "q2_6": "Y"}, "low"),
        (1, {"q2_1": "Y", "q2_2": "N", "q2_3": "Y", "q2_4": "Y", "q2_5": "N", "q2_6": "Y"}, "high"),
        (1, {"q2_1": "N", "q2_2": "N", "q2_6": "N", "q2_7": "Y"}, "high"),
        (3, {"q4_1": "N", "q4_2": "N", "q4_3": "Y", "q4_4": "Y", "q4_5": "Y"}, "high"),
        (3, {"q4_1": "N", "q4_2": "NI", "q4_3": "N"}, "some concerns"),
        (4, {"q5_1": "Y", "q5_2": "N", "q5_3": "N"}, "low"),
        (4, {"q5_1": "NI", "q5_2": "N", "q5_3": "N"}, "some concerns"),
    ],
)
def test_corners_of_the_algorithm(domain: int, given: dict[str, Answer], wanted: str) -> None:
    assert level(ROB2.domains[domain], **given) == wanted


def test_adherence_asks_for_the_right_analysis_where_others_were_treated_otherwise() -> None:
    domain = ROB2_ADHERENCE.domains[1]
    aware: dict[str, Answer] = {"q2_1": "Y", "q2_3": "N"}
    assert level(domain, **aware, q2_6="Y") == "some concerns"
    assert level(domain, **aware, q2_6="N") == "high"


def test_the_whole_is_the_worst_domain_and_several_concerns_ask_a_person() -> None:
    nothing_known = assess(ROB2, {})
    assert nothing_known.overall == "high"
    some = answers(q1_1="Y", q1_2="NI", q1_3="N", q2_1="N", q2_2="N", q2_6="Y", q3_1="Y", q4_1="N", q4_2="NI", q4_3="N")
    some |= answers(q5_1="NI", q5_2="N", q5_3="N")
    assert (assess(ROB2, some).overall, assess(ROB2, some).asks) == ("some concerns", True)


def test_an_unknown_question_is_refused() -> None:
    with pytest.raises(BadInput, match=r"asks no question 9\.9"):
        assess(ROB2, {"9.9": "Y"})


def test_what_a_person_signed_counts_and_stands_beside_the_algorithm() -> None:
    told = Bias(
        tool="rob2",
        overall="some concerns",
        by="human:x",
        because="why",
        answers=(BiasAnswer(question="1.2", answer="N"),),
    )
    judged = judged_bias(told)
    assert (judged.level, judged.overridden) == ("some concerns", True)
    assert judged.algorithm is not None
    assert judged.algorithm.overall == "high"


def test_answers_without_a_signature_give_the_algorithms_judgement() -> None:
    judged = judged_bias(Bias(tool="rob2", answers=(BiasAnswer(question="1.2", answer="N"),)))
    assert (judged.level, judged.overridden) == ("high", False)


SAID = st.builds(
    Said,
    st.sampled_from(
        (
            "blinding.double",
            "blinding.open",
            "blinding.assessor",
            "sequence.reported",
            "concealment.reported",
            "people.lost",
            "unknown.word",
        )
    ),
    st.text(max_size=20),
    st.just("abstract"),
)


@given(st.lists(SAID, max_size=5))
def test_a_proposal_never_counts_until_a_person_takes_it_over(said: list[Said]) -> None:
    found = proposed("a", ROB2, said)
    unsigned = judged_bias(Bias(tool="rob2", answers=found.answers))
    assert (unsigned.level, unsigned.algorithm) == ("not assessed", None)
    signed = tuple(replace(one, by="human:x") for one in found.answers)
    if signed:
        assert unsigned.proposed == found.assessed
        assert judged_bias(Bias(tool="rob2", answers=signed)).algorithm == found.assessed


@given(st.lists(SAID, max_size=5))
def test_no_proposal_is_surer_than_probably_and_each_has_its_words(said: list[Said]) -> None:
    for one in proposed("a", ROB2, said).answers:
        assert one.answer in ("PY", "PN", "NI")
        assert any(said_one.words in one.note for said_one in said)
        assert one.at == "abstract"


def test_statements_that_disagree_answer_nothing() -> None:
    said = (Said("blinding.double", "double-blind", "title"), Said("blinding.open", "open-label", "abstract"))
    told = {one.question: one.answer for one in proposed("a", ROB2, said).answers}
    assert (told["2.1"], told["4.3"]) == ("NI", "PN")


def test_nearly_all_are_nineteen_of_twenty() -> None:
    from building import figure

    def code(before: float, after: float | None) -> list[str]:
        people = People(randomised=figure(before), analysed=figure(after))
        return [one.code for one in said_of_people(people, "abstract")]

    assert (code(100, 95), code(100, 94), code(30, None)) == (["people.kept"], ["people.lost"], [])


def test_no_comparator_is_critical_for_effect() -> None:
    assert robins_i({}, has_comparator=False) == "critical"


@given(st.lists(st.sampled_from(("low", "moderate", "serious")), min_size=7, max_size=7))
def test_robins_is_as_bad_as_its_worst_domain(levels: list[str]) -> None:
    from evidermis.appraisal.bias.observed import ROBINS_DOMAINS

    told = dict(zip(ROBINS_DOMAINS, levels, strict=True))
    assert robins_i(told, has_comparator=True) == max(levels, key=("low", "moderate", "serious").index)  # pyright: ignore[reportArgumentType]


def test_syrcle_gives_items_and_no_sum() -> None:
    found = syrcle({"sequence": ("Y", "N"), "baseline": ("Y", "Y")})
    assert (found["sequence"], found["baseline"], found["other"]) == ("high", "low", "unclear")


@pytest.mark.parametrize(
    ("scores", "risk"), [((2,) * 7 + (0,) * 3, "medium"), ((2,) * 8 + (1,) * 4, "low"), ((2,) * 4 + (0,) * 5, "high")]
)
def test_quin_has_its_published_boundaries(scores: tuple[int, ...], risk: str) -> None:
    """70 % is medium and 44.4 % high in the published table."""
    given = dict(zip(QUIN_ITEMS, [*scores, *[None] * (12 - len(scores))], strict=True))
    assert quin(given).risk == risk


def test_ohat_tiers_hang_on_the_key_questions() -> None:
    key = ("Q1", "Q8")
    assert ohat_tier({"Q1": "++", "Q8": "+", "Q9": "+"}, key) == 1
    assert ohat_tier({"Q1": "--", "Q8": "-", "Q9": "-"}, key) == 3
    assert ohat_tier({"Q1": "++", "Q8": "--", "Q9": "+"}, key) == 2


LEVELS = st.sampled_from(ROBVIS_LEVELS)
ROWS = st.builds(
    RobvisRow,
    st.from_regex(r"[A-Z][a-z]{1,9} 20[0-2][0-9]", fullmatch=True),
    st.tuples(LEVELS, LEVELS, LEVELS, LEVELS, LEVELS),
    LEVELS,
    st.integers(0, 5000).map(float),
)


@given(st.lists(ROWS))
def test_a_robvis_table_reads_back(rows: list[RobvisRow]) -> None:
    told = [dict(zip(ROBVIS_HEAD, map(str, cells), strict=True)) for cells in robvis_table(rows)]
    assert robvis_rows(told) == rows


def test_a_judged_study_keeps_its_signed_level_and_tells_of_domains_nobody_answered() -> None:
    answered = judged_bias(Bias(tool="within-person", answers=(BiasAnswer(question="1.2", answer="N"),)))
    assert robvis_row("A", answered, 21.0).domains[0] == "high"
    signed = judged_bias(Bias(tool="of a house", overall="low", by="human:x", because="why"))
    row = robvis_row("B", signed, 1.0)
    assert (set(row.domains), row.overall) == ({"no information"}, "low")


def test_a_word_that_is_no_judgement_is_refused_with_its_line() -> None:
    with pytest.raises(BadInput, match="line 2"):
        robvis_rows([{"Study": "A", "D1": "Green"}])


def test_the_documents_tables_are_those_that_judge() -> None:
    """Mend with `python scripts/write_bias_tables.py`."""
    document = Path(__file__).parents[2] / "docs" / "risk-of-bias.md"
    assert document.read_text(encoding="utf-8").endswith(printed_tables())

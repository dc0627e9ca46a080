"""Full text read: details from the methods, and tables cell by cell with the cell as the place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import ARTICLE, with_table
from evidermis.evidence.content import Content
from evidermis.formats import read_contents
from evidermis.reading import Facts, Result, bundled_reader, facts_as_json, texts_of

pytest.importorskip("lxml", reason="lxml is not installed (pip install 'evidermis[formats]')")
READER = bundled_reader()


def facts(text: str) -> Facts:
    (content,) = read_contents(text.encode(), "article.xml", "jats")
    assert isinstance(content, Content), content
    return READER.read_content(content)


def cell(found: Facts, place: str) -> Result:
    (one,) = [one for one in found.results if one.figures[0].quote.field.endswith(f"/{place}")]
    return one


def figures(one: Result) -> dict[str, str]:
    return {figure.what: figure.value for figure in one.figures}


def told(one: Result) -> dict[str, str]:
    return {each.what: each.value for each in one.told}


@pytest.mark.parametrize(
    ("place", "expected", "about"),
    [
        ("r3c3", {"mean": "181.2", "sd": "18.0"}, {"outcome": "Melanin index", "arm": "Serum", "time": "Week 8", "analysed": "26"}),
        ("r3c4", {"mean": "199.9", "sd": "19.7"}, {"outcome": "Melanin index", "arm": "Placebo", "time": "Baseline", "analysed": "24"}),
        ("r3c6", {"p": "<0.01"}, {"outcome": "Melanin index"}),
        ("r5c3", {"mean": "0.66", "sd": "0.07"}, {"outcome": "R2", "under": "Elasticity", "arm": "Serum", "time": "Week 8"}),
        ("r6c3", {"events": "17", "percent": "65.4"}, {"outcome": "Improved, n (%)", "arm": "Serum"}),
        ("r7c3", {"median": "54", "iqr-low": "50", "iqr-high": "56"}, {"arm": "Serum", "time": "Week 8"}),
        ("r7c5", {"median": "53", "iqr-low": "48", "iqr-high": "56"}, {"arm": "Placebo", "time": "Week 8"}),
    ],
)  # fmt: skip
def test_a_cell_is_figures_of_its_group_outcome_and_time(place: str, expected: dict, about: dict) -> None:
    one = cell(facts(ARTICLE), place)
    assert figures(one) == expected
    assert about.items() <= told(one).items()


def test_groups_are_counted_in_their_headings() -> None:
    found = [(arm.role, arm.value, arm.label) for arm in facts(ARTICLE).n_arms]
    assert found == [("intervention", 26, "Serum"), ("control", 24, "Placebo")]


def test_methods_add_what_the_abstract_leaves_out_and_other_peoples_work_does_not() -> None:
    found = facts(ARTICLE)
    assert found.n_total is not None
    assert (found.n_total.value, found.n_total.quote.field) == (50, "body/sec[2]/p[1]")
    codes = {one.code for one in found.noted}
    assert {"phototype", "assessor"} <= codes
    assert not any("700" in one.quote.text or "900" in one.quote.text for one in found.noted)


@pytest.mark.parametrize(
    ("cell_text", "heading", "expected"),
    [
        ("5.1 ± 1.2", "Change", {"mean": "5.1", "spread": "1.2"}),  # nobody says whether it is SD or SE
        ("5.1 ± 1.2", "Change (mean ± SEM)", {"mean": "5.1", "se": "1.2"}),
        ("12 (3)", "Score", {"value": "12", "bracketed": "3"}),
        ("12 (30)", "Healed, no. (%)", {"events": "12", "percent": "30"}),
        ("12/40 (30%)", "Healed", {"events": "12", "total": "40", "percent": "30"}),
        ("30%", "Healed", {"percent": "30"}),
        ("56 (173)", "Sex (% female)", {"percent": "56", "bracketed": "173"}),
        ("1.4 (1.1 to 1.9)", "Odds ratio (95% CI)", {"estimate": "1.4", "ci-low": "1.1", "ci-high": "1.9"}),
        ("−3.2 (−4.1, −2.3)", "Mean difference [95% CI]", {"estimate": "-3.2", "ci-low": "-4.1", "ci-high": "-2.3"}),
        ("7 (2–19)", "Days, median (range)", {"median": "7", "range-low": "2", "range-high": "19"}),
        ("7 (2–19)", "Days", {"value": "7", "between-low": "2", "between-high": "19"}),
        ("1,204", "Cells", {"value": "1204"}),
        ("twice 5", "Dose", {}),
    ],
)
def test_what_a_number_is_stands_in_its_headings_or_stays_unknown(cell_text: str, heading: str, expected: dict) -> None:
    rows = f"<tr><th/><th>Serum group</th></tr><tr><td>{heading}</td><td>{cell_text}</td></tr>"
    found = facts(with_table(rows)).results
    assert (figures(found[0]) if found else {}) == expected


def test_names_beside_a_p_value_are_groups() -> None:
    rows = (
        "<thead><tr><th>Outcome</th><th>Spirulina</th><th>Soya</th><th>P</th></tr></thead>"
        "<tr><td>Weight</td><td>60.1</td><td>58.2</td><td>0.4</td></tr>"
    )
    found = facts(with_table(rows))
    assert [told(one).get("arm") for one in found.results] == ["Spirulina", "Soya", None]


def test_groups_in_rows_and_outcomes_in_columns_are_read_too() -> None:
    rows = (
        "<thead><tr><th>Group</th><th>Melanin index, mean</th><th>Redness, mean</th></tr></thead>"
        "<tr><td>Serum (n = 20)</td><td>181</td><td>9.1</td></tr><tr><td>Vehicle (n = 19)</td><td>197</td><td>9.9</td></tr>"
    )
    one = cell(facts(with_table(rows)), "r3c2")
    assert figures(one) == {"mean": "197"}
    assert {"outcome": "Melanin index, mean", "arm": "Vehicle", "analysed": "19"}.items() <= told(one).items()


def test_a_size_of_its_own_counts_the_group_above_it() -> None:
    rows = (
        "<thead><tr><th/><th>Ciclesonide</th><th>Both</th></tr><tr><th/><th>n = 88</th><th>n = 82</th></tr></thead>"
        "<tr><td>Score</td><td>7</td><td>8</td></tr>"
    )
    found = facts(with_table(rows))
    assert [(told(one)["arm"], told(one)["analysed"]) for one in found.results] == [
        ("Ciclesonide", "88"),
        ("Both", "82"),
    ]


def test_a_table_that_names_no_group_time_or_p_is_told_and_not_read() -> None:
    found = facts(with_table("<tr><td>Lens</td><td>50 mm</td></tr><tr><td>Weight</td><td>12</td></tr>"))
    assert found.results == ()
    assert [one.kind for one in found.apart] == ["table"]


def test_a_head_of_endless_rows_is_not_repeated_for_every_cell() -> None:
    head = "<tr><th/><th>Serum group</th></tr>" * 200
    found = facts(with_table(f"<thead>{head}</thead><tr><td>Score</td><td>5</td></tr>")).results
    assert len(found[0].told) < 20


def quotes_in(value: object) -> list[dict]:
    if isinstance(value, dict):
        inner = [quote for part in value.values() for quote in quotes_in(part)]
        return [value, *inner] if "quote" in value and "field" in value else inner
    return [quote for part in value for quote in quotes_in(part)] if isinstance(value, list) else []


CELLS = st.sampled_from(
    [
        "5.1 ± 1.2",
        "12 (30%)",
        "p < 0.05",
        "n = 20",
        "Placebo (n = 9)",
        "Week 8",
        "",
        "1 (2–3)",
        "Score",
        "7 a",
        "−.5",
        "(",
        "±",
    ]
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6), st.booleans())
def test_every_quote_of_a_table_stands_verbatim_in_its_cell(grid: list[list[str]], has_head: bool) -> None:
    made = ["<tr>" + "".join(f"<td>{text}</td>".replace("< ", "&lt; ") for text in row) + "</tr>" for row in grid]
    rows = f"<thead>{made[0]}</thead>{''.join(made[1:])}" if has_head else "".join(made)
    for content in read_contents(with_table(rows).encode(), "article.xml", "jats"):
        assert isinstance(content, Content)
        texts = dict(texts_of(content))
        for found in quotes_in(facts_as_json(READER.read_content(content))):
            assert texts[found["field"]][found["start"] : found["end"]] == found["quote"] != ""

"""Full text in JATS: front matter as a record, body and tables as content, and nothing of what hostile XML tries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import ARTICLE, BODY, FRONT, with_table
from evidermis.evidence.content import Content
from evidermis.evidence.record import Author, Record
from evidermis.formats import Unreadable, detected_format, read, read_contents

pytest.importorskip("lxml", reason="lxml is not installed (pip install 'evidermis[formats]')")


def content(text: str) -> Content:
    (found,) = read_contents(text.encode(), "article.xml")
    assert isinstance(found, Content), found
    return found


def refused(text: str) -> str:
    (found,) = read(text.encode(), "article.xml", "jats")
    assert isinstance(found, Unreadable)
    return found.reason


def test_it_is_told_from_its_content() -> None:
    assert detected_format(ARTICLE.encode()) == "jats"
    assert (
        detected_format(f"<pmc-articleset>{ARTICLE[ARTICLE.index('<article ') :]}</pmc-articleset>".encode()) == "jats"
    )


def test_the_front_matter_is_a_record() -> None:
    (record,) = read(ARTICLE.encode())
    assert isinstance(record, Record)
    assert record.title == "A serum against dark spots: a randomised trial"
    assert (record.journal, record.date, record.volume, record.pages) == ("Skin Notes", "2024-02-03", "7", "11-19")
    assert [(one.scheme, one.value) for one in record.identifiers] == [
        ("doi", "10.5555/skin.1"),
        ("pmid", "99000001"),
        ("pmcid", "PMC9900001"),
        ("issn", "1234-5679"),
    ]
    assert record.authors == (Author("Sol", "Ana", affiliations=("A Clinic, Lisbon",)),)
    assert [one.label for one in record.abstract] == ["Methods", "Results"]
    assert record.registrations == ("NCT09990001",)
    assert record.funding == ("Glow Ltd",)
    assert record.conflict_statement == "A. Sol is a consultant of Glow Ltd."


def test_paragraphs_keep_their_place_and_their_headings() -> None:
    parts = {part.place: part for part in content(ARTICLE).parts}
    assert parts["body/sec[1]/p[1]"].section == "1. Introduction"
    assert parts["body/sec[2]/p[1]"].text.startswith("In all, 50 women")


def test_an_exponent_stays_one_and_a_citation_is_no_number() -> None:
    texts = " ".join(part.text for part in content(ARTICLE).parts)
    assert "10⁹ particles/mL" in texts
    assert "laser ." in texts
    assert "in the table." in texts


def test_a_table_is_a_grid_with_spans_marks_and_notes() -> None:
    (table,) = content(ARTICLE).tables
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    assert cells[1, 4].text == "Placebo (n = 24)"
    assert cells[2, 2].text == "Baseline"  # the first column is taken from above
    assert cells[5, 3].text == "0.66 (0.07) a"
    assert (table.head_rows, table.caption.text, table.caption.section) == (2, "Outcomes, mean (SD)", "Table 2")
    assert [note.text for note in table.notes] == ["a One reading was lost."]


def test_a_cell_ends_with_its_table_however_far_it_says_it_goes() -> None:
    rows = '<tr><td rowspan="99999999">Week 8</td><td>1</td></tr><tr><td>2</td></tr>'
    (table,) = content(with_table(rows)).tables
    assert [(cell.row, cell.column, cell.rows, cell.text) for cell in table.cells] == [
        (1, 1, 2, "Week 8"),
        (1, 2, 1, "1"),
        (2, 2, 1, "2"),
    ]


def test_named_characters_are_read_and_names_of_ones_own_refused() -> None:
    assert (
        content(ARTICLE.replace("fell", "fell&nbsp;by&plusmn;")).record.abstract[1].text
        == "The melanin index fell by±."
    )
    assert "not well-formed" in refused(ARTICLE.replace("fell", "&mine;"))


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE article [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><article>{FRONT}<body><p>&b;</p></body></article>',
        f'<!DOCTYPE article [<!ENTITY f SYSTEM "file:///etc/passwd">]><article>{FRONT}<body><p>&f;</p></body></article>',
        f"<article>{FRONT}<body>{'<sec>' * 5000}</body></article>",
        f"<article>{FRONT}<body>{'<sec>' * 5000}{'</sec>' * 5000}</body></article>",
        f"<article>{FRONT}<body><p>cut off",
        "<article><front></front></article>",
        with_table("<tr>" + '<td colspan="999999" rowspan="99999999">1</td>' * 600 + "</tr>"),
    ],
)
def test_hostile_or_broken_articles_are_refused_with_a_reason(text: str) -> None:
    assert refused(text)


def test_a_broken_article_costs_only_itself() -> None:
    whole = ARTICLE[ARTICLE.index("<article ") :]
    entries = list(read(f"<pmc-articleset>{whole}<article><p></article>{whole}</pmc-articleset>".encode(), "set.xml"))
    assert [isinstance(one, Record) for one in entries] == [True, False, True]


@given(st.text(alphabet="<>/&;abtdrp= \"'[]1", max_size=200))
def test_whatever_stands_in_a_body_no_error_escapes(text: str) -> None:
    for one in read_contents(f"<article>{FRONT}<body>{text}</body></article>".encode(), "article.xml", "jats"):
        assert isinstance(one, Content | Unreadable)


def test_places_are_names_of_one_text_each() -> None:
    places = [place for place, _ in content(ARTICLE.replace(BODY, BODY * 1)).texts()]
    assert len(places) == len(set(places))

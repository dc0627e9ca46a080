"""One article in five formats reads alike; hostile documents are inert or refused in one clear line."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as some

from evidermis.auditing import lines_of, outlined
from evidermis.evidence.errors import BadInput

TITLE = "Does a made-up cream work?"
TEXT = (
    "Trials of the cream were small and none ran for longer than a month. A second sentence follows the first one here.",
    "It is said to be mild.",
)
REFERENCE = "A trial of a made-up cream. Miller et al. Journal of Creams. 2020;3(2):10-12."
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def in_plain() -> bytes:
    return f"{TITLE}\n\nWhat was seen\n\n{TEXT[0]}1\n\n{TEXT[1]}\n\nReferences\n\n1. {REFERENCE}\n".encode()


def in_markdown() -> bytes:
    return f"# {TITLE}\n\n## What was seen\n\n{TEXT[0]}[^1]\n\n**{TEXT[1]}**\n\n[^1]: {REFERENCE}\n".encode()


def in_html() -> bytes:
    head = "<html><head><script>alert(1)</script><style>p{}</style></head><body><nav>Home Shop</nav>"
    body = f"<h1>{TITLE}</h1><h2>What was seen</h2><p>{TEXT[0]}<sup>1</sup></p><p>{TEXT[1]}</p>"
    return f"{head}{body}<h2>References</h2><ol><li>{REFERENCE}</li></ol><footer>Shop</footer></body></html>".encode()


def paragraph(text: str, style: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    main, _, raised = text.partition("^")
    more = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{raised}</w:t></w:r>' if raised else ""
    return f"<w:p>{styled}<w:r><w:t>{main}</w:t></w:r>{more}</w:p>"


def archive(document: str, name: str = "word/document.xml") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, document)
    return held.getvalue()


def in_docx() -> bytes:
    parts = [
        paragraph(TITLE, "Title"),
        paragraph("What was seen", "Heading1"),
        paragraph(f"{TEXT[0]}^1"),
        paragraph(TEXT[1]),
        paragraph("References", "Heading1"),
        paragraph(f"1. {REFERENCE}"),
    ]
    return archive(f"<w:document {WORD}><w:body>{''.join(parts)}</w:body></w:document>")


def in_pdf() -> bytes:
    """A page of text in a standard font, written by hand: a line each, wrapped as PDF wraps."""
    lines = [
        TITLE,
        "",
        "What was seen",
        "",
        f"{TEXT[0][:70]}",
        f"{TEXT[0][70:]} [1]",
        "",
        TEXT[1],
        "",
        "References",
        f"1. {REFERENCE}",
    ]
    shown = "".join(f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj 0 -18 Td\n" for line in lines)
    stream = f"BT /F1 12 Tf 40 780 Td\n{shown}ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n"
    start = len(out)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    return out.encode("latin-1")


FORMATS = {"plain": in_plain, "markdown": in_markdown, "html": in_html, "docx": in_docx, "pdf": in_pdf}


@pytest.mark.parametrize("name", FORMATS)
def test_an_article_reads_alike_in_every_format(name: str) -> None:
    if name == "pdf":
        pytest.importorskip("pypdf", reason="the extra `audit` is not installed")
    article = outlined(lines_of(FORMATS[name]()))
    (reference,) = article.references
    said = " ".join(block.text for block in article.of_kind("paragraph"))
    assert article.title == TITLE
    assert (reference.title, reference.first_author, reference.year) == ("A trial of a made-up cream", "Miller", 2020)
    assert (reference.volume, reference.issue, reference.pages) == ("3", "2", "10-12")
    assert "none ran for longer" in said
    assert TEXT[1] in said


def test_scripts_styles_and_navigation_are_not_read() -> None:
    told = " ".join(line.text for line in lines_of(in_html()))
    assert "alert" not in told
    assert "Shop" not in told


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "holds no text"),
        (b"   \n \n", "holds no text"),
        (b"\x00\x01" * 4000, "is no text"),
        (b"x" * 50_000_000, "holds 50 MB"),
        (b"PK\x03\x04 not an archive", "broken archive"),
        (archive("<x/>", "other.xml"), "without a text document"),
        (archive("<w:document"), "broken text part"),
        (archive('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'), "entities"),
        (archive(f"<w:document {WORD}>{'<w:p/>' * 12_000_000}</w:document>"), "would unpack"),
        (b"<html><body><script>only()</script></body></html>", "holds no text"),
    ],
    ids=["empty", "blank", "binary", "huge", "no zip", "other zip", "broken", "entities", "bomb", "only script"],
)
def test_what_is_no_article_is_refused_in_one_line(raw: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        lines_of(raw)


def test_a_broken_pdf_is_refused() -> None:
    pytest.importorskip("pypdf", reason="the extra `audit` is not installed")
    with pytest.raises(BadInput, match=r"PDF|text"):
        lines_of(b"%PDF-1.7\n" + b"\xff" * 2000)


def test_turning_and_hidden_characters_are_taken_out() -> None:
    told = lines_of("A title of words\n\nThe \u202eevil\u202c sentence\u200b is here.".encode())
    assert all("\u202e" not in line.text and "\u200b" not in line.text for line in told)


@given(some.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        article = outlined(lines_of(text.encode("utf-8", "surrogatepass")))
    except BadInput:
        return
    assert all(block.text for block in article.blocks)


@given(some.text(alphabet="<>/aphul1 &;!-\"'=", max_size=300))
def test_any_markup_is_survived(text: str) -> None:
    try:
        lines_of(f"<p>word {text}".encode())
    except BadInput:
        return

"""Nothing that a file holds makes a reader fail otherwise than by saying so, in bounded memory."""

import gzip
import io
import time
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidermis import formats
from evidermis.evidence.errors import BadInput
from evidermis.evidence.record import Record

PIECES = st.sampled_from(
    [b"TY  - JOUR\n", b"TI  - a\n", b"ER  - \n", b"PMID- 1\n", b"OWN - NLM\n", b"\n", b"      more\n", b"@article{k,\n", b" title = {", b"}", b"{",
     b'"', b",", b"\\", b"<PubmedArticleSet>", b"<PubmedArticle>", b"</PubmedArticle>", b"<PMID>1</PMID>", b"<ReferenceList>", b"</ReferenceList>",
     b"<DeleteCitation>", b"</DeleteCitation>", b"<xml><records><record>", b"</record>", b"<titles><title>x</title></titles>", b"[", b"]", b'{"title": "x"',
     b'"protocolSection": {', b"PT J\n", b"AU x\n", b"ER\n", b"title,abstract\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"10.1000/x",
     b'"author": [null, 3, {}]', b'"issued": {"date-parts": [[]]}', b"DA  - 0000/00/00\n", b"&amp;", b"&x;", b"<!--", b"-->", b"<![CDATA["]
)  # fmt: skip
FILES = st.one_of(st.binary(max_size=300), st.lists(PIECES | st.binary(max_size=4), max_size=30).map(b"".join))


@pytest.mark.parametrize("form", ["", *formats.FORMATS])
@given(data=FILES)
@settings(deadline=None, max_examples=40)
def test_any_bytes_give_entries_or_one_clear_error(form: str, data: bytes) -> None:
    try:
        for entry in formats.read(data, "f", form):
            assert isinstance(entry, formats.Entry)
    except BadInput as error:
        assert str(error)


class Endless(io.RawIOBase):
    """A head and then one byte, over and over, up to a size: a file that need not be held to be read."""

    def __init__(self, head: bytes, filler: bytes, size: int, tail: bytes) -> None:
        self._parts = self._made(head, filler, size, tail)

    def _made(self, head: bytes, filler: bytes, size: int, tail: bytes) -> Iterator[bytes]:
        yield head
        for _ in range(size >> 18):
            yield filler * (1 << 18)
        yield tail

    def read(self, size: int = -1) -> bytes:
        return next(self._parts, b"")


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        (b"TY  - JOUR\nTI  - ", b"\nER  - \nTY  - JOUR\nTI  - after\nER  - \n"),
        (b"PMID- 1\nOWN - NLM\nTI  - ", b"\n\nPMID- 2\nTI  - after\n"),
        (b"@article{k,\n title = {", b"}}\n@article{b,\n title = {after}}\n"),
        (b"<PubmedArticleSet><PubmedArticle>", b"</PubmedArticle><PubmedArticle><MedlineCitation><PMID>2</PMID><Article><ArticleTitle>after"
         b"</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"),
        (b"<xml><records><record><titles><title>", b"</title></titles></record><record><titles><title>after</title></titles></record></records></xml>"),
        (b"title,abstract\n", b"\nafter,y\n"),
    ],
)  # fmt: skip
def test_a_field_of_100_megabytes_is_refused_in_little_memory_and_the_next_entry_is_read(
    head: bytes, tail: bytes
) -> None:
    tracemalloc.start()
    entries = list(formats.read(Endless(head, b"x", 100_000_000, tail)))  # pyright: ignore[reportArgumentType]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    broken, after = entries
    assert isinstance(broken, formats.Unreadable)
    assert isinstance(after, Record)
    assert after.title == "after"
    assert peak < 90_000_000


def test_the_lines_of_an_endless_cell_are_no_rows() -> None:
    cell = b"x" * 99 + b"\n"
    entries = list(formats.read(b'title,abstract\na,"' + cell * 60_000 + b'",\nafter,y\n', "f.csv"))
    broken, after = entries
    assert isinstance(broken, formats.Unreadable)
    assert isinstance(after, Record)
    assert (broken.number, broken.line, after.title) == (1, 2, "after")


def test_a_bibtex_entry_whose_first_line_was_refused_is_told() -> None:
    first, second = formats.read(b"@article{a,title={x\0y}}\n@article{b,title={z}}\n", "f.bib")
    assert isinstance(first, formats.Unreadable)
    assert (first.number, first.line, first.reason) == (1, 1, "a line holds a NUL byte")
    assert isinstance(second, Record)


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("bibtex", b"@a{x\n" * 200_000),
        ("csl", b'{"title":"a" b},\n' * 40_000),
        ("pubmed-xml", b"<PubmedArticleSet>" + b"x<!--" * 80_000),
        ("pubmed-xml", b"<PubmedArticleSet>" + b"x<!DOCTYPE[" * 80_000),
        ("endnote-xml", b"<xml>" + b"<records " * 80_000),
        ("wos", b"PT J\nTI a\nAU a\n" + b"   b\n" * 8000 + b"C1 [b]\n" + b"   b\n" * 8000 + b"ER\n"),
    ],
)  # fmt: skip
def test_time_grows_with_the_file_and_not_with_its_square(form: str, data: bytes) -> None:
    begun = time.process_time()
    list(formats.read(data, "f", form))
    assert time.process_time() - begun < 5


def test_json_of_nothing_but_faults_is_left_and_that_is_told() -> None:
    entries = list(formats.read(b'{"title":"a" b}\n' * 5000 + b'{"title":"c"}', "f.json"))
    assert isinstance(entries[-1], formats.Unreadable)
    assert entries[-1].reason.startswith("the rest is not read")


def test_what_stands_between_the_entries_of_xml_is_told() -> None:
    record = b"<record><titles><title>a</title></titles></record>"
    first, told, second = formats.read(
        b"<xml><records>" + record + b"\nstray\n" + record + b"</records></xml>", "f.xml"
    )
    assert isinstance(first, Record)
    assert isinstance(told, formats.Unreadable)
    assert (told.number, told.reason) == (2, "text outside an entry: 'stray'")
    assert isinstance(second, Record)


def test_a_reason_is_one_line() -> None:
    entries = formats.read(b"<xml><records><record><titles><title>a\0b</title></titles></record></records></xml>")
    assert all("\n" not in str(entry) for entry in entries)


def test_a_gzip_bomb_is_refused() -> None:
    bomb = gzip.compress(b"TY  - JOUR\nTI  - " + b"x" * 100_000_000, 9)
    with pytest.raises(BadInput, match="bomb"):
        list(formats.read(bomb, "bomb.gz"))


def test_a_gzip_file_cut_short_says_so() -> None:
    packed = gzip.compress(b"TY  - JOUR\nTI  - a\nER  - \n" * 1000)
    with pytest.raises(BadInput, match="ends before"):
        list(formats.read(packed[:-20]))


def test_json_that_nests_without_end_is_refused() -> None:
    with pytest.raises(BadInput, match="nests"):
        list(formats.read(b'[{"title": ' + b"[" * 100_000))


def test_a_nul_byte_costs_one_record_and_is_told() -> None:
    first, second = formats.read(b"TY  - JOUR\nTI  - a\0b\nER  - \nTY  - JOUR\nTI  - c\nER  - \n", "f.ris")
    assert isinstance(first, formats.Unreadable)
    assert "NUL" in first.reason
    assert isinstance(second, Record)


def test_other_files_are_refused_in_one_line() -> None:
    for data in (b"", b"  \n", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"<html><body>Sorry</body></html>", b"%PDF-1.7 text"):
        with pytest.raises(BadInput, match=r"^f\.x: [^\n]+$"):
            list(formats.read(data, "f.x"))


BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + b"".join(b'<!ENTITY %c "' % (99 + i) + b"&%c;" % (98 + i) * 10 + b'">' for i in range(12))
    + b"]>"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>", b"</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"),
        (b"<xml><records><record><titles><title>", b"</title></titles></record></records></xml>"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("inside", [b"&n;", b"&xxe;", b"<b>" * 100_000])
@pytest.mark.parametrize("declared", [BILLION_LAUGHS, b'<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>'])
def test_no_entity_is_ever_expanded_and_no_nesting_goes_without_end(
    before: bytes, after: bytes, inside: bytes, declared: bytes
) -> None:
    tracemalloc.start()
    try:
        entries = list(formats.read(declared + before + inside + after, "f.xml"))
    except BadInput as error:
        entries = []
        assert "\n" not in str(error)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not any(isinstance(entry, Record) and ("root:" in entry.title or "haha" in entry.title) for entry in entries)
    assert all(isinstance(entry, formats.Unreadable) for entry in entries)
    assert peak < 50_000_000

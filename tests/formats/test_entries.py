"""Cutting plain entries out of whole blocks gives what reading line by line gives."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidermis.formats.medline_entries import MedlineEntry, medline_entries
from evidermis.formats.ris_entries import RisEntry, ris_entries

RIS = st.sampled_from(
    ["TY  - JOUR", "TI  - A title", "T1 - one space", "AB  - ", "AB  - text ", "KW  - a; b", "N1  -  padded\t", "more of it", "  indented", "", "   ",
     "ER  - ", "ER  -", "ER - ", "ER  - 17", "ER  - \t", "1.", "<12>", "\ufeffTY  - JOUR", "\u00c9A  - accent", "a1  - small", "AB - x\u00a0",
     "\0a line is refused", "ER", "TY  -x", "X9  - y"]
)  # fmt: skip
MEDLINE = st.sampled_from(
    ["PMID- 1", "PMID- 2", "OWN - NLM", "TI  - A title", "TI  - ends in blanks  ", "AB  - ", "AB  -", "AB  -x", "      more", "      more ", "       much",
     "      ", "      \t", "      \u00a0", "", " ", "\t", "\u00a0", "no tag", "    - x", "A B - x", "\0a line is refused", "FAU - Doe, J", "AD  - A place", "  half"]
)  # fmt: skip
READERS = [pytest.param(RIS, ris_entries, id="ris"), pytest.param(MEDLINE, medline_entries, id="nbib")]
Cut = Callable[..., Iterator[RisEntry] | Iterator[MedlineEntry]]


def told(cut: Cut, blocks: Iterable[str], **settings: int) -> list[tuple[object, ...]]:
    return [astuple(entry) for entry in cut(blocks, **settings)]


@pytest.mark.parametrize(("lines", "cut"), READERS)
@given(data=st.data())
@settings(deadline=None, max_examples=300)
def test_a_plain_entry_is_read_as_it_is_line_by_line(
    lines: st.SearchStrategy[str], cut: Cut, data: st.DataObject
) -> None:
    ended = [f"{line}\n" for line in data.draw(st.lists(lines, max_size=25))]
    assert told(cut, ["".join(ended)]) == told(cut, ended, patience=0)


@pytest.mark.parametrize(("lines", "cut"), READERS)
@given(data=st.data())
@settings(deadline=None, max_examples=200)
def test_where_a_file_is_cut_into_blocks_does_not_matter(
    lines: st.SearchStrategy[str], cut: Cut, data: st.DataObject
) -> None:
    blocks = data.draw(st.lists(st.lists(lines, min_size=1, max_size=5), max_size=6))
    ended = ["".join(f"{line}\n" for line in block) for block in blocks]
    assert told(cut, ended) == told(cut, ["".join(ended)])

"""Whatever a RIS entry says stands somewhere in its record."""

import re
from dataclasses import astuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidermis import formats
from evidermis.evidence.record import Record
from evidermis.formats.dates import is_whole_date, iso_date

# Beside the tags that have a place: those that many exports carry, and some that no specification names.
TAGS = st.sampled_from(
    ["TI", "T1", "CT", "T2", "JF", "JO", "BT", "JA", "J2", "AU", "A1", "A2", "PY", "Y1", "DA", "AB", "N2", "VL", "IS", "CP", "SP", "EP", "DO",
     "DI", "SN", "AN", "C1", "C2", "C5", "C6", "C7", "PM", "KW", "N1", "UR", "LK", "L1", "L2", "LA", "PB", "ID", "U2", "U5", "DB", "DP", "M1", "M3",
     "AD", "CY", "ET", "ST", "SE", "CN", "FU", "RP", "OP", "TT", "Y2", "X9"]
)  # fmt: skip
WORDS = st.text("abxyz 0123456789-/.,()[]", min_size=1, max_size=12).map(str.strip).filter(bool)
VALUES = WORDS | st.sampled_from(
    ["2014 Sep-Oct", "2014/09/18/Spring", "2014/13/01", "1234-5678 (Print)", "12345678", "978-3-16-148410-0", "https://doi.org/10.1000/aB",
     "10.1000/x", "PMC12", "WOS:1", "NCT01234567", "NCT01234567 and more", "12-3", "Embase", "corrected 2020-01", "1"]
)  # fmt: skip


def one(*lines: str) -> Record:
    (entry,) = formats.read("\n".join(("TY  - JOUR", *lines, "ER  - ")).encode(), form="ris")
    assert isinstance(entry, Record)
    return entry


def plain(text: str) -> str:
    """Letters and digits alone: separators are what a reader may take apart and put back."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


@given(values=st.lists(st.tuples(TAGS, VALUES), max_size=8))
@settings(deadline=None, max_examples=300)
def test_no_value_of_an_entry_is_lost(values: list[tuple[str, str]]) -> None:
    record = one("TI  - A title of its own", *(f"{tag}  - {text}" for tag, text in values))
    held = plain(str(astuple(record)))
    for tag, text in values:
        assert (
            plain(text) in held
            or plain(text.removeprefix("https://doi.org/")) in held
            or _said_as_date(tag, text, record)
        )


def _said_as_date(tag: str, text: str, record: Record) -> bool:
    # A date is kept in ISO form, with a month by its number and without the zeros of an unknown one.
    return tag in {"PY", "Y1", "DA"} and is_whole_date(text) and record.date.startswith(iso_date(text))


@pytest.mark.parametrize("tag", ["AD", "CY", "ET", "A2", "C1", "M1", "SE", "ST", "U1", "U5", "Y2", "X9"])
def test_a_tag_without_a_place_is_a_note(tag: str) -> None:
    assert one("TI  - T", f"{tag}  - said here").notes == (f"{tag}: said here",)


@pytest.mark.parametrize(
    "line",
    [
        "T1  - Another title", "T2  - A second journal", "N2  - A second abstract", "UR  - https://example.org/b", "SN  - 978-3-16-148410-0",
        "SN  - 1234-5678 (Print)", "DA  - 2014/09/18/Spring", "DA  - 2014 Sep-Oct", "DA  - 2013/09/18", "DO  - 10.1000/other", "VL  - 8", "LA  - fre",
        "CN  - not a register", "C7  - Article 12", "SE  - 7",
    ],
)  # fmt: skip
def test_what_its_place_does_not_hold_is_a_note(line: str) -> None:
    known = (
        "TI  - T",
        "JF  - J",
        "JA  - J.",
        "AB  - X",
        "UR  - https://example.org/a",
        "DO  - 10.1000/x",
        "VL  - 7",
        "LA  - eng",
        "PY  - 2014",
    )
    assert one(*known, line).notes == (line.replace("  - ", ": "),)


def test_what_has_a_place_is_not_said_twice() -> None:
    record = one(
        "TI  - T", "T1  - T", "JF  - Journal of skin", "JO  - J Skin", "PY  - 2014", "DA  - 2014/09/18/", "AB  - X", "VL  - 7", "IS  - 2", "SP  - 1",
        "EP  - 9", "DO  - https://doi.org/10.1000/ABC", "SN  - 12345678", "SN  - 1234-567x", "AN  - 123", "DB  - PubMed", "LA  - eng", "KW  - a; b",
        "UR  - https://example.org", "M3  - Review", "FU  - A fund",
    )  # fmt: skip
    assert record.notes == ()


def test_a_type_that_says_more_than_its_kind_is_kept() -> None:
    (record,) = formats.read(b"TY  - THES\nTI  - T\nER  - \n")
    assert isinstance(record, Record)
    assert (record.kind, record.notes) == ("other", ("TY: THES",))


def test_text_behind_the_end_mark_is_kept() -> None:
    (record,) = formats.read(b"TY  - JOUR\nTI  - T\nER  - 17\n")
    assert isinstance(record, Record)
    assert record.notes == ("ER: 17",)


@given(values=st.lists(st.tuples(TAGS, VALUES), max_size=8))
@settings(deadline=None, max_examples=60)
def test_notes_survive_being_written(values: list[tuple[str, str]]) -> None:
    record = one("TI  - T", *(f"{tag}  - {text}" for tag, text in values))
    assert list(formats.read(formats.write([record], "ris").encode(), form="ris")) == [record]

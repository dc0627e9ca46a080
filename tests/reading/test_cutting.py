"""Texts are cut quickly into the very words that the definition of a word gives."""

import re

from hypothesis import given
from hypothesis import strategies as st

from evidermis.reading.text.cutting import cut

# A word by its definition: letters with digits behind them, a number with its marks, or a sign.
WORD = re.compile(r"[^\W\d_]+\d*|\d+(?:[.,·]\d+)*|[%=<>≤≥±]")
PIECES = [
    "co2",
    "12.5",
    "1,046",
    "p<0.05",
    "n=30",
    "naïve",
    "β2",
    "10²",
    "vs.",
    "5 ± 2",
    "_x_",
    "٣",
    "ﬁ",
    "\u00a0",
    "?",
    "1.",
    " ",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30).map("".join)


@given(TEXTS)
def test_words_are_those_of_the_definition(text: str) -> None:
    lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    expected = [(found[0], *found.span()) for found in WORD.finditer(lowered)]
    found = cut(text)
    assert list(zip(found.words, found.starts, found.ends, strict=True)) == expected


@given(TEXTS)
def test_every_word_stands_at_its_place(text: str) -> None:
    found = cut(text)
    places = zip(found.words, found.starts, found.ends, strict=True)
    assert all(len(word) == end - start for word, start, end in places)
    assert found.starts == sorted(found.starts)


@given(TEXTS)
def test_the_words_that_are_not_all_letters_are_told(text: str) -> None:
    found = cut(text)
    assert found.odd == [at for at, word in enumerate(found.words) if not word.isalpha()]

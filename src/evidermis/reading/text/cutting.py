"""Cutting a text into its words, with the characters each takes up.

A *word* is a run of letters, digits and marks inside it (`vestibulo`, `co2`, `1,046`, `12.5`), or one of `% = < > ≤ ≥ ±`;
hyphens part words, so that "split-face" and "split face" read alike. Words are lower case.

`_WORD` says what a word is. Nearly all words are plain letters between plain marks, though, and those are cut by spaces,
which takes a fifth of the time; only runs that hold a digit, a sign or a letter beyond ASCII are cut by the pattern.
"""

import re
from typing import NamedTuple

import numpy as np

__all__ = ["Cut", "cut"]

# Possessive, so that no text makes it go back.
_WORD = re.compile(r"[a-z][^\W\d_]*+\d*+|[^\W\d_][^\W\d_]*+\d*+|\d\d*+(?:[.,·]\d+)*+|[%=<>≤≥±]")
_SIGNS = frozenset("%=<>")
# Characters beyond ASCII are question marks where a text is cut by spaces; a true one is looked at again like them.
_BEYOND = "?"
_MARK, _LETTER, _ODD = range(3)
_KINDS = bytes(
    _LETTER if chr(at).isalpha() else _ODD if chr(at).isdigit() or chr(at) in (*_SIGNS, _BEYOND) else _MARK
    for at in range(128)
).ljust(256)
_SPACED = bytes(at if _KINDS[at] != _MARK else ord(" ") for at in range(128)).ljust(256)


class Cut(NamedTuple):
    """The words, the first character of each and the one after its last, and the numbers of those that are not all letters."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    odd: list[int]


def cut(text: str) -> Cut:
    """The words of a text in lower case, with the characters in it from the first (included) to the last (not)."""
    low = _same_length_lower(text)
    plain = low.encode("ascii", "replace")
    runs = plain.translate(_SPACED).decode("ascii").split()
    kinds = np.frombuffer(b"\0" + plain.translate(_KINDS) + b"\0", np.uint8)
    is_run = kinds.view(np.bool_)
    edges = (is_run[1:] != is_run[:-1]).nonzero()[0]
    odd = (kinds == _ODD).nonzero()[0]
    places: list[int] = edges.tolist()
    starts, ends = places[0::2], places[1::2]
    if not odd.size:
        return Cut(runs, starts, ends, [])
    numbers: list[int] = edges[0::2].searchsorted(odd).tolist()
    return _cut_again(low, [after - 1 for after in dict.fromkeys(numbers)], Cut(runs, starts, ends, []))


def _cut_again(low: str, odd: list[int], runs: Cut) -> Cut:
    """The words where the runs of the given numbers are cut as the pattern says; "12.5" is two runs with one mark between."""
    old_words, old_starts, old_ends, _ = runs
    words, starts, ends, no_letters = cut_anew = Cut([], [], [], [])
    done = after = 0
    for number in odd:
        if number < after:
            continue
        after = number + 1
        while (
            after < len(old_words) and old_starts[after] == old_ends[after - 1] + 1 and not old_words[after].isalpha()
        ):
            after += 1
        if after == number + 1 and (old_words[number].isdigit() or old_words[number] in _SIGNS):
            no_letters.append(len(words) + number - done)
            continue
        words += old_words[done:number]
        starts += old_starts[done:number]
        ends += old_ends[done:number]
        done = after
        for found in _WORD.finditer(low, old_starts[number], old_ends[after - 1]):
            if not (word := found[0]).isalpha():
                no_letters.append(len(words))
            words.append(word)
            starts.append(found.start())
            ends.append(found.end())
    words += old_words[done:]
    starts += old_starts[done:]
    ends += old_ends[done:]
    return cut_anew


def _same_length_lower(text: str) -> str:
    """Lower case in which every character keeps its place (a few letters grow when lowered, e.g. `İ`)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)

"""Which words stand where? A record's fields as passages, and the cues, terms and whole numbers found in them."""

from evidermis.reading.text.cues import Cue, Cues, Seen, cues_from
from evidermis.reading.text.fields import fields_of, texts_of
from evidermis.reading.text.numerals import Numeral, numerals
from evidermis.reading.text.passages import Passage, Quote, passages_of
from evidermis.reading.text.terms import bench_outcomes, bundled_cues
from evidermis.reading.text.words import NUMBER_WORDS, listed, words

__all__ = [
    "NUMBER_WORDS",
    "Cue",
    "Cues",
    "Numeral",
    "Passage",
    "Quote",
    "Seen",
    "bench_outcomes",
    "bundled_cues",
    "cues_from",
    "fields_of",
    "listed",
    "numerals",
    "passages_of",
    "texts_of",
    "words",
]

"""What a report says, with the place it says it.

A reader takes a record and proposes facts: its design and rung, the numbers of people, what was given, what was measured,
and wording that calls for caution. Every value carries a quote that stands verbatim in the record, with its field and
characters; a person confirms it. The reader of this package works by cues from the vocabulary: no model, no network.
"""

from evidermis.reading.arms import ArmCount
from evidermis.reading.as_json import facts_as_json
from evidermis.reading.cues import Cue, Cues, bundled_cues, cues_from
from evidermis.reading.design import DESIGNS, DesignName, DesignSeen
from evidermis.reading.facts import Facts, Noted, PeopleCount
from evidermis.reading.passages import Passage, Quote, passages_of
from evidermis.reading.reader import READERS, CueReader, Reader, bundled_reader, fields_of

__all__ = [
    "DESIGNS",
    "READERS",
    "ArmCount",
    "Cue",
    "CueReader",
    "Cues",
    "DesignName",
    "DesignSeen",
    "Facts",
    "Noted",
    "Passage",
    "PeopleCount",
    "Quote",
    "Reader",
    "bundled_cues",
    "bundled_reader",
    "cues_from",
    "facts_as_json",
    "fields_of",
    "passages_of",
]

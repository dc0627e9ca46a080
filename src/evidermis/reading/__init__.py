"""What a report says, with the place it says it.

A reader takes a record and proposes facts: its design and rung, the numbers of people, what was given, what was measured,
and wording that calls for caution. Every value carries a quote that stands verbatim in the record, with its field and
characters; a person confirms it. The reader of this package works by cues from the vocabulary: no model, no network.
"""

from evidermis.reading.contents import ContentReader
from evidermis.reading.designs import (
    DesignModel,
    Example,
    design_model,
    design_of_label,
    model_as_bytes,
    model_from_bytes,
)
from evidermis.reading.facts import (
    DESIGNS,
    Apart,
    ArmCount,
    Asked,
    Change,
    DesignName,
    DesignSeen,
    Elsewhere,
    Facts,
    Figure,
    Noted,
    PeopleCount,
    PlannedMeasure,
    RegisteredArm,
    Registration,
    Result,
    Standing,
    Told,
    facts_as_json,
)
from evidermis.reading.proposals import KINDS, Proposed, facts_of_proposals
from evidermis.reading.reader import READERS, CueReader, Reader, bundled_reader
from evidermis.reading.registrations import seen_together
from evidermis.reading.text import Cue, Cues, Passage, Quote, bundled_cues, cues_from, fields_of, passages_of, texts_of
from evidermis.reading.verifying import verified
from evidermis.reading.wordings import PageRead, page_read, wording_of

__all__ = [
    "DESIGNS",
    "KINDS",
    "READERS",
    "Apart",
    "ArmCount",
    "Asked",
    "Change",
    "ContentReader",
    "Cue",
    "CueReader",
    "Cues",
    "DesignModel",
    "DesignName",
    "DesignSeen",
    "Elsewhere",
    "Example",
    "Facts",
    "Figure",
    "Noted",
    "PageRead",
    "Passage",
    "PeopleCount",
    "PlannedMeasure",
    "Proposed",
    "Quote",
    "Reader",
    "RegisteredArm",
    "Registration",
    "Result",
    "Standing",
    "Told",
    "bundled_cues",
    "bundled_reader",
    "cues_from",
    "design_model",
    "design_of_label",
    "facts_as_json",
    "facts_of_proposals",
    "fields_of",
    "model_as_bytes",
    "model_from_bytes",
    "page_read",
    "passages_of",
    "seen_together",
    "texts_of",
    "verified",
    "wording_of",
]

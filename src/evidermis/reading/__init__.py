"""What a report says, with the place it says it.

A reader takes a record and proposes facts: its design and rung, the numbers of people, what was given, what was measured,
and wording that calls for caution. Every value carries a quote that stands verbatim in the record, with its field and
characters; a person confirms it. The reader of this package works by cues from the vocabulary: no model, no network.
"""

from evidermis.reading.arms import ArmCount
from evidermis.reading.as_json import facts_as_json
from evidermis.reading.contents import ContentReader
from evidermis.reading.cues import Cue, Cues, cues_from
from evidermis.reading.design import DESIGNS, DesignName, DesignSeen
from evidermis.reading.facts import Apart, Asked, Facts, Noted, PeopleCount
from evidermis.reading.fields import fields_of, texts_of
from evidermis.reading.labels import design_of_label
from evidermis.reading.learned import DesignModel, Example, design_model, model_as_bytes, model_from_bytes
from evidermis.reading.passages import Passage, Quote, passages_of
from evidermis.reading.proposals import KINDS, Proposed, facts_of_proposals
from evidermis.reading.reader import READERS, CueReader, Reader, bundled_reader
from evidermis.reading.registration import Change, PlannedMeasure, RegisteredArm, Registration, Standing
from evidermis.reading.results import Figure, Result, Told
from evidermis.reading.terms import bundled_cues
from evidermis.reading.together import seen_together
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

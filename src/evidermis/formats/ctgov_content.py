"""All that a registration of ClinicalTrials.gov says, as one part a value, its place the value's path in the JSON.

Listings of adverse events by term and of places are left out: they are most of the volume, and no fact read rests on them.
"""

from collections.abc import Iterator
from typing import cast

from evidermis.evidence.content import Content, Part
from evidermis.formats.ctgov import studies_of, study_record
from evidermis.formats.json_entries import Json, entries_of
from evidermis.formats.lines import Chunks
from evidermis.formats.unreadable import Unreadable

__all__ = ["read_ctgov_content"]

_LEFT_OUT = ("seriousEvents", "otherEvents", "locations", "centralContacts", "ancestors", "browseLeaves",
             "browseBranches", "largeDocumentModule")  # fmt: skip
# The data structure nests ten levels; what nests deeper is none of it.
_DEEPEST = 24


def read_ctgov_content(chunks: Chunks, name: str) -> Iterator[Content | Unreadable]:
    """Every study in its order with its values; versions of one registration are studies of their own."""
    for number, line, entry in entries_of(chunks, name, ("studies",)):
        if isinstance(entry, Unreadable):
            yield entry
            continue
        for study in studies_of(entry):
            record = study_record(study)
            if record is None:
                yield Unreadable(name, number, line, "the study has neither a number nor a title")
            else:
                # The older form names its fields otherwise; its record is all that is read of it.
                is_older = "FullStudiesResponse" in entry or "ProtocolSection" in entry
                yield Content(record, () if is_older else tuple(_parts(study, "", 0)))


def _parts(value: object, place: str, depth: int) -> Iterator[Part]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for key, held in cast("Json", value).items():
            if key not in _LEFT_OUT:
                yield from _parts(held, f"{place}.{key}" if place else key, depth + 1)
    elif isinstance(value, list):
        for number, held in enumerate(cast("list[object]", value)):
            yield from _parts(held, f"{place}[{number}]", depth + 1)
    elif isinstance(value, bool):
        yield Part(place, "true" if value else "false")
    elif isinstance(value, str | int | float) and str(value).strip():
        yield Part(place, str(value))

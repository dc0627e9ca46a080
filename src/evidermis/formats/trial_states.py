"""ClinicalTrials.gov's answers read as states of trials: what of an entry changes while a trial is under way.

Field names: ClinicalTrials.gov, "Study Data Structure" (API 2.0).
"""

import datetime
import re
from collections.abc import Iterator
from typing import BinaryIO

from evidermis.evidence.trial import TrialState
from evidermis.formats.ctgov import studies_of
from evidermis.formats.json_entries import Json, entries_of, listed, object_of, text_in
from evidermis.formats.lines import opened
from evidermis.formats.unreadable import Unreadable

__all__ = ["read_trial_states"]

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def read_trial_states(stream: BinaryIO, name: str, seen: datetime.date) -> Iterator[TrialState]:
    """The state of every study of an answer that has a number; entries that cannot be read are the import's to report."""
    for _, _, entry in entries_of(opened(stream, name), name, ("studies",)):
        if isinstance(entry, Unreadable):
            continue
        for study in studies_of(entry):
            protocol = object_of(study.get("protocolSection"))
            if number := text_in(object_of(protocol.get("identificationModule")), "nctId"):
                yield _state(number, protocol, study, seen)


def _state(number: str, protocol: Json, study: Json, seen: datetime.date) -> TrialState:
    status = object_of(protocol.get("statusModule"))
    count = text_in(object_of(object_of(protocol.get("designModule")).get("enrollmentInfo")), "count")
    outcomes = listed(object_of(protocol.get("outcomesModule")).get("primaryOutcomes"))
    posted = study.get("hasResults")
    return TrialState(
        id=number,
        seen=seen,
        status=text_in(status, "overallStatus").lower().replace("_", " "),
        enrolment=int(count) if count.isdecimal() else None,
        completed=_completed(status),
        primary=tuple(text for one in outcomes if (text := text_in(object_of(one), "measure"))),
        results=posted if isinstance(posted, bool) else None,
    )


def _completed(status: Json) -> str:
    """The day on which the primary measurements end, else the whole; `""` where neither is told as a date."""
    for name in ("primaryCompletionDateStruct", "completionDateStruct"):
        day = text_in(object_of(status.get(name)), "date")
        if _DAY.fullmatch(day):
            return day
    return ""

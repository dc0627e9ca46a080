"""Checks of screening: its rule and its decisions can be read, and the lists that rules left out are there, unchanged."""

from collections.abc import Iterator

from evidermis.evidence.errors import BadInput
from evidermis.review.folder.checks.inspection import Inspection
from evidermis.review.folder.faults import Fault
from evidermis.review.folder.screening_lists import lists_of
from evidermis.screening.decisions import Decisions, decision_of, is_screening
from evidermis.screening.stopping import stopping_rule

__all__ = ["SCREENING"]


def protocol(look: Inspection) -> Iterator[Fault]:
    """The protocol names a stopping rule that there is, and somebody decides."""
    asked = look.review.protocol.screening
    try:
        stopping_rule(asked.stop)
    except BadInput as error:
        yield look.fault("review.toml", ("screening", "stop"), "screening", error.what, error.mend)
    if asked.people < 1:
        told = "nobody decides on a record"
        yield look.fault("review.toml", ("screening", "people"), "screening", told, "write 1 or more")


def decisions(look: Inspection) -> Iterator[Fault]:
    """Each decision of screening can be read, and what it is about is there."""
    try:
        lists = lists_of(look.folder.path)
    except BadInput as error:
        yield Fault(error.file, 1, "", "screening", error.what, error.mend)
        return
    for number, one in look.folder.judgements:
        if is_screening(one):
            try:
                Decisions((), lists).add(decision_of(one))
            except BadInput as error:
                yield look.fault("judgements.jsonl", (number, "about"), "screening", error.what, error.mend)


SCREENING = (protocol, decisions)

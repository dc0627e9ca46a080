"""A *judgement*: somebody's or some rule's decision, with time and reason. The log of them is append-only."""

import datetime
from collections.abc import Container, Iterable

from evidermis.evidence.written import written

__all__ = ["Judgement", "latest_signed"]


@written
class Judgement:
    """`author` is `human:…`, `rule:name@version` or `model:name@version`; `about` is the id of what is decided.

    `decision` is the decided value: a certainty for `certainty:CLAIM`, `include` or `exclude` for a record, and so on.
    """

    id: str
    about: str
    decision: str
    author: str
    time: datetime.datetime
    reason: str


def latest_signed(judgements: Iterable[Judgement], about: str, decisions: Container[str]) -> Judgement | None:
    """The latest of these decisions that a person signed about something; a rule's or model's judgement is never final."""
    signed = [j for j in judgements if j.about == about and j.author.startswith("human:") and j.decision in decisions]
    return max(signed, key=lambda j: (j.time.isoformat(), j.id), default=None)

"""A *judgement*: somebody's or some rule's decision, with time and reason. The log of them is append-only."""

import datetime

from evidermis.evidence.written import written

__all__ = ["Judgement"]


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

"""One link of a chain as an answer: its state, the reason, the studies, and the highest rung that it rests on."""

from collections.abc import Iterable

from evidermis.appraisal.answer import LinkAnswer, Step
from evidermis.evidence.ladders import Link, LinkState, Rung, highest_rung

__all__ = ["link_answer"]


def link_answer(
    link: Link, state: LinkState, because: str, studies: Iterable[str] = (), rungs: Iterable[Rung] = ()
) -> LinkAnswer:
    """The answer with its step; `rungs` are those of the findings behind it."""
    ids, found = tuple(sorted(set(studies))), tuple(rungs)
    step = Step(link, 1, state, because, tuple(f"study:{one}" for one in ids))
    return LinkAnswer(link, state, because, ids, step, highest_rung(found) if found else "")

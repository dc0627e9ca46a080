"""A review taken apart into named parts and put together again, so that any mixture of two reviews can be concluded from.

A part is what changes on its own: a study, a record, a product, a judgement, a claim, a fact of the background, or one of
the protocol's own pieces. The order of parts carries no meaning but for claims, whose order the protocol decides.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from evidermis.evidence.background import Background
from evidermis.evidence.change import Cause, CauseKind
from evidermis.evidence.protocol import Protocol, Schedule, Thresholds
from evidermis.evidence.record import NoticeState
from evidermis.evidence.reference import Reference
from evidermis.evidence.review import Review

__all__ = ["assembled", "cause_of", "parts_of"]

_OF_BACKGROUND = {
    "fact": "facts",
    "harm": "harms",
    "notice": "notices",
    "registration": "registrations",
    "locator": "locators",
}
_OF_REVIEW = {"study": "studies", "record": "references", "product": "products", "judgement": "judgements"}
# A part that comes and goes by itself is added or removed; these are told by what they are.
_BY_KIND: dict[str, CauseKind] = {
    "judgement": "judgement",
    "registration": "registry",
    "trial": "registry",
    "vocabulary": "vocabulary",
}
_PROTOCOL = ("claim", "thresholds", "schedule", "protocol")
_BY_NOTICE: dict[NoticeState, CauseKind] = {
    "none": "corrected",
    "corrected": "correction notice",
    "concern": "expression of concern",
    "retracted": "retraction",
}


def parts_of(review: Review) -> dict[str, object]:
    """The parts of a review by id. What is said of a version itself (its number, its days) is no part."""
    protocol, background = review.protocol, review.background
    parts: dict[str, object] = {f"claim:{one.id}": one for one in protocol.claims}
    parts["thresholds"], parts["schedule"] = protocol.thresholds, protocol.schedule
    parts["protocol"] = (_bare(protocol), tuple(claim.id for claim in protocol.claims))
    for kind, name in _OF_REVIEW.items():
        parts |= {f"{kind}:{one.id}": one for one in getattr(review, name)}
    for kind, name in _OF_BACKGROUND.items():
        parts |= {f"{kind}:{one.id}": one for one in getattr(background, name)}
    return parts | {f"trial:{one.id}/{one.seen}": one for one in review.trials}


def assembled(parts: Mapping[str, object], like: Protocol) -> Review:
    """The review of these parts; what is no part is taken from `like`."""
    held: dict[str, list[Any]] = {}
    for name, value in parts.items():
        held.setdefault(name.partition(":")[0], []).append(value)
    bare, order = _only(held, "protocol", (_bare(like), ()))
    place = {claim: at for at, claim in enumerate(order)}
    claims = sorted(held.get("claim", ()), key=lambda one: (place.get(one.id, len(place)), one.id))
    protocol = replace(
        bare,
        version=like.version,
        published=like.published,
        searched=like.searched,
        changes=like.changes,
        claims=tuple(claims),
        thresholds=_only(held, "thresholds", like.thresholds),
        schedule=_only(held, "schedule", like.schedule),
    )
    background = {name: _by_id(held.get(kind, ())) for kind, name in _OF_BACKGROUND.items()}
    rest = {name: _by_id(held.get(kind, ())) for kind, name in _OF_REVIEW.items()}
    trials = tuple(sorted(held.get("trial", ()), key=lambda one: (one.id, one.seen)))
    return Review(protocol=protocol, background=Background(**background), trials=trials, **rest)


def cause_of(part: str, was: object, now: object) -> Cause:
    """How a part differs; None stands for a part that is not there."""
    kind = part.partition(":")[0]
    if kind in _PROTOCOL:
        return Cause(part, "protocol")
    if kind in _BY_KIND:
        return Cause(part, _BY_KIND[kind])
    if isinstance(now, Reference) and now.notice != (before := was.notice if isinstance(was, Reference) else "none"):
        return Cause(part, "retraction taken back" if before == "retracted" else _BY_NOTICE[now.notice])
    return Cause(part, "added" if was is None else "removed" if now is None else "corrected")


def _bare(protocol: Protocol) -> Protocol:
    """The protocol without what is a part of its own, and without what only names the version."""
    nothing = Schedule(search_every_days=0, retire_when="")
    return replace(
        protocol,
        claims=(),
        thresholds=Thresholds(),
        schedule=nothing,
        version="",
        published=datetime.date.min,
        searched=datetime.date.min,
        changes=(),
    )


def _only(held: Mapping[str, list[Any]], name: str, otherwise: Any) -> Any:
    return next(iter(held.get(name, ())), otherwise)


def _by_id(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(values, key=lambda one: one.id))

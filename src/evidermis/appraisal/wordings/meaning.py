"""Which claims of a protocol a wording makes. Where people or a procedure are named, only claims about them are meant."""

from collections.abc import Iterable
from dataclasses import dataclass

from evidermis.evidence.protocol import Claim
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.evidence.wording import Wording

__all__ = ["Meant", "meant_by"]


@dataclass(frozen=True, slots=True)
class Meant:
    """The ids of the claims that a wording makes, in the protocol's order; where there is none, `because` says why."""

    claims: tuple[str, ...]
    because: str = ""


def meant_by(wording: Wording, claims: Iterable[Claim], vocabulary: Vocabulary) -> Meant:
    """The claims on the same outcome, for the same use and the same people.

    A wording that names no procedure is about the product alone. Nothing is meant where slots could not be read, and nothing
    is guessed where the review asks of other people.
    """
    if wording.unread:
        return Meant((), wording.unread)
    same = [one for one in claims if set(one.outcomes) & set(wording.outcomes)]
    if not same:
        return Meant((), f"this review asks nothing about {_labels(vocabulary.outcomes, wording.outcomes)}")
    used = [one for one in same if _same_use(wording, one, vocabulary)]
    if not used:
        use = _labels(vocabulary.routes, wording.routes) if wording.routes else "the product alone"
        return Meant((), f"this review asks it of other uses than {use}")
    of_them = [one for one in used if _same_people(wording, one)]
    if not of_them:
        people = _labels(vocabulary.populations, wording.populations)
        return Meant((), f"this review does not ask it of {people}")
    return Meant(tuple(one.id for one in of_them))


def _same_use(wording: Wording, claim: Claim, vocabulary: Vocabulary) -> bool:
    routes = claim.slots.routes
    if "any" in routes:
        return True
    if not wording.routes:
        return claim.slots.co_intervention == "none"
    barriers = {vocabulary.route(code).barrier for code in wording.routes}
    return any(vocabulary.route(code).barrier in barriers for code in routes if code)


def _same_people(wording: Wording, claim: Claim) -> bool:
    people = claim.slots.populations
    return not wording.populations or "any" in people or bool(set(people) & set(wording.populations))


def _labels(terms: Iterable[object], codes: tuple[str, ...]) -> str:
    named = {getattr(term, "code", ""): getattr(term, "label", "") for term in terms}
    return ", ".join(named.get(code, code) for code in codes)

"""The parts that FHIR R5 resources are made of: names that never change, coded words, numbers.

Codes are those of R5 (5.0.0), whose code systems for the kind and the rating of certainty stand under hl7.org/fhir and the others
on terminology.hl7.org. What is unknown is left out: FHIR has no empty values.
"""

import math
import uuid
from collections.abc import Sequence

from evidermis.evidence.inert import clean

__all__ = ["Json", "Namer", "coded", "compact", "pointer", "quantity", "said", "span", "worded"]

Json = dict[str, object]

_SYSTEMS = {
    "certainty-type": "http://hl7.org/fhir/certainty-type",
    "certainty-rating": "http://hl7.org/fhir/certainty-rating",
}
# As in snapshots: the last few digits are the processor's.
_DIGITS = 9


class Namer:
    """Names of a review's resources: the same review and the same thing give the same UUID wherever it is made."""

    def __init__(self, review: str) -> None:
        self._review = review

    def __call__(self, kind: str, *name: str) -> str:
        """The UUID of one resource."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, "\n".join((f"evidermis:fhir:{self._review}", kind, *name))))


def coded(system: str, code: str, text: str = "") -> Json:
    """A CodeableConcept of one code, with our own words beside it."""
    address = _SYSTEMS.get(system, f"http://terminology.hl7.org/CodeSystem/{system}")
    return compact({"coding": [{"system": address, "code": code}], "text": said(text)})


def worded(text: str) -> Json:
    """A CodeableConcept in words alone, where no official code says the same."""
    return compact({"text": said(text)})


def said(text: str) -> str:
    """Outside text as FHIR takes it: nothing that acts, no white space around it."""
    return clean(text).strip()


def compact(told: Json) -> Json:
    """The object without what is unknown or empty."""
    return {name: value for name, value in told.items() if value is not None and value not in ("", [], {})}


def pointer(name: str, display: str = "") -> Json:
    """A Reference to a resource of the Bundle."""
    return compact({"reference": f"urn:uuid:{name}", "display": said(display)})


def quantity(value: float, unit: str = "") -> Json | None:
    """A Quantity with nine significant digits, or None for what could not be computed."""
    return compact({"value": _rounded(value), "unit": said(unit)}) if math.isfinite(value) else None


def span(low: float, high: float) -> Json | None:
    """A Range, or None unless both ends are known."""
    ends: Sequence[Json | None] = (quantity(low), quantity(high))
    return {"low": ends[0], "high": ends[1]} if all(ends) else None


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}") + 0.0

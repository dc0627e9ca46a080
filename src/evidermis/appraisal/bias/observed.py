"""ROBINS-I (Sterne et al. 2016, BMJ 355:i4919): judgements of studies in people that chance did not divide."""

from collections.abc import Mapping
from typing import Literal

from evidermis.evidence.errors import BadInput
from evidermis.evidence.study import BiasLevel

__all__ = ["ROBINS_DOMAINS", "ROBINS_LEVELS", "RobinsLevel", "as_bias_level", "robins_i"]

RobinsLevel = Literal["low", "moderate", "serious", "critical", "no information"]
ROBINS_LEVELS: tuple[RobinsLevel, ...] = ("low", "no information", "moderate", "serious", "critical")
ROBINS_DOMAINS = (
    "confounding",
    "selection of participants",
    "classification of interventions",
    "deviations from interventions",
    "missing data",
    "measurement of outcomes",
    "selection of the reported result",
)


def robins_i(domains: Mapping[str, RobinsLevel], *, has_comparator: bool) -> RobinsLevel:
    """The overall judgement: the worst of the domains; without a comparator critical, for any question of effect.

    No information on a domain keeps the whole from being low. `BadInput` for a domain that the tool does not have.
    """
    if unknown := sorted(set(domains) - set(ROBINS_DOMAINS)):
        raise BadInput(f"ROBINS-I has no domain {unknown[0]!r}", mend=f"use {', '.join(ROBINS_DOMAINS)}")
    if not has_comparator:
        return "critical"
    given = [domains.get(name, "no information") for name in ROBINS_DOMAINS]
    return ROBINS_LEVELS[max(ROBINS_LEVELS.index(one) for one in given)]


def as_bias_level(level: RobinsLevel) -> BiasLevel:
    """The same on the ladder that certainty reads: serious and critical are high."""
    levels: dict[RobinsLevel, BiasLevel] = {
        "low": "low",
        "moderate": "some concerns",
        "no information": "some concerns",
        "serious": "high",
        "critical": "high",
    }
    return levels[level]

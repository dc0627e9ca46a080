"""The rung and comparator of a *finding*, taken from its own part of a study.

One paper may hold cells, mice and thirty people. A finding never stands higher than what was measured in it, whatever the
paper's title says.
"""

from evidermis.evidence.ladders import Comparator, Rung, lowest_rung
from evidermis.evidence.study import Finding, Study
from evidermis.evidence.vocabulary import Vocabulary

__all__ = ["comparator_of", "rung_of"]

_BY_SPECIES: dict[str, Rung] = {
    "human skin explant": "ex-vivo",
    "human cells": "in-vitro",
    "animal cells": "in-vitro",
}


def comparator_of(study: Study, finding: Finding) -> Comparator:
    """What the finding's contrast compares with; a contrast without a second arm is with baseline only."""
    arm = study.arm(finding.contrast.against) if finding.contrast.against else None
    if arm is None:
        return "baseline-only"
    return arm.comparator or "untreated"


def rung_of(study: Study, finding: Finding, vocabulary: Vocabulary) -> Rung:
    """The lowest of: the design's rung, what was measured in (species, unit), and whether it was compared at all."""
    design = vocabulary.design(study.design)
    caps: list[Rung] = [design.rung]
    species = vocabulary.population(study.population.code).species
    if species != "human":
        caps.append(_BY_SPECIES.get(species, "animal"))
    if finding.unit == "animals":
        caps.append("animal")
    elif finding.unit == "cells or samples":
        caps.append("ex-vivo" if design.rung == "ex-vivo" else "in-vitro")
    if comparator_of(study, finding) == "baseline-only":
        caps.append("human-uncontrolled")
    return lowest_rung(caps)

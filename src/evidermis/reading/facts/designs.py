"""The designs that a report can have, and the rung that each stands on."""

from dataclasses import dataclass
from typing import Literal, get_args

from evidermis.evidence.ladders import Rung
from evidermis.reading.text import Quote

__all__ = ["BENCH", "DESIGNS", "DesignName", "DesignSeen", "rung_of"]

DesignName = Literal[
    "systematic-review",
    "narrative-review",
    "protocol",
    "randomised-trial",
    "human-non-randomised",
    "case-report",
    "animal",
    "in-vitro",
    "ex-vivo",
    "other",
]
DESIGNS: tuple[DesignName, ...] = get_args(DesignName)
BENCH: tuple[DesignName, ...] = ("animal", "in-vitro", "ex-vivo")
# Reports that measured nothing themselves, or not people's response to anything, stand on no rung.
_RUNGS: dict[DesignName, Rung] = {
    "systematic-review": "systematic-review",
    "randomised-trial": "randomised-trial",
    "human-non-randomised": "human-uncontrolled",
    "case-report": "human-uncontrolled",
    "animal": "animal",
    "in-vitro": "in-vitro",
    "ex-vivo": "ex-vivo",
}


@dataclass(frozen=True, slots=True)
class DesignSeen:
    """A design that the report shows, its rung (None: it stands on none), its points, and the words that show it."""

    design: DesignName
    rung: Rung | None
    points: float
    cue: str
    quote: Quote


def rung_of(design: DesignName, is_controlled: bool) -> Rung | None:
    """The rung of a design; `is_controlled` tells human studies without randomisation apart. None: it stands on none."""
    if design == "human-non-randomised" and is_controlled:
        return "human-controlled"
    return _RUNGS.get(design)

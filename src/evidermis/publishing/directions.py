"""How a direction is drawn everywhere: a colour and a shape, so that colour never stands alone."""

from typing import Any

from evidermis.evidence.ladders import Direction
from evidermis.publishing.picture import PALETTE

__all__ = ["COLOUR", "SHAPE"]

_SHAPES: dict[Direction, str] = {
    "benefit": "triangle-up",
    "no difference": "circle",
    "harm": "triangle-down",
    "mixed": "diamond",
    "unclear": "square",
}

COLOUR: dict[str, Any] = {
    "field": "direction",
    "type": "nominal",
    "title": "Points to",
    "scale": {"domain": list(PALETTE), "range": list(PALETTE.values())},
}
SHAPE: dict[str, Any] = {**COLOUR, "scale": {"domain": list(_SHAPES), "range": list(_SHAPES.values())}}

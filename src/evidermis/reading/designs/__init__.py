"""Which design has the report? By the points of its cues, or by a model that a user trained on their own labels."""

from evidermis.reading.designs.by_cues import design_of, design_points, designs_seen
from evidermis.reading.designs.labels import design_of_label
from evidermis.reading.designs.learned import (
    DesignModel,
    Example,
    design_model,
    model_as_bytes,
    model_from_bytes,
    terms_of,
)

__all__ = [
    "DesignModel",
    "Example",
    "design_model",
    "design_of",
    "design_of_label",
    "design_points",
    "designs_seen",
    "model_as_bytes",
    "model_from_bytes",
    "terms_of",
]

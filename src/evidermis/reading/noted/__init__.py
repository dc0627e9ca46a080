"""What else does it say? What was given, to whom and how, noted as codes and wordings, and what calls for a second look."""

from evidermis.reading.noted.cautions import cautions
from evidermis.reading.noted.noting import features_noted, noted_in, on_rung

__all__ = ["cautions", "features_noted", "noted_in", "on_rung"]

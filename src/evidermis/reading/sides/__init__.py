"""Are people compared with themselves? Sentences that set parts of one body against one another, known by their likeness."""

from evidermis.reading.sides.compared import with_sides

__all__ = ["with_sides"]

"""Which figures does the prose give? Each with the group, outcome, instrument and time that its sentence ties it to."""

from evidermis.reading.figures.effects import effects_in
from evidermis.reading.figures.sentences import results_in

__all__ = ["effects_in", "results_in"]

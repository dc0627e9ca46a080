"""How many were studied? The people counted, the groups among them, and which group is the comparison."""

from evidermis.reading.people.arms import arms_of
from evidermis.reading.people.counts import Count, counted, settings_of, total_of
from evidermis.reading.people.given import arms_of_people, is_given_to_people

__all__ = ["Count", "arms_of", "arms_of_people", "counted", "is_given_to_people", "settings_of", "total_of"]

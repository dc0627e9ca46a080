"""What does a registry's entry say? Its fields and posted results, what changed in it, and how its report differs."""

from evidermis.reading.registrations.facts import with_registration
from evidermis.reading.registrations.together import seen_together

__all__ = ["seen_together", "with_registration"]

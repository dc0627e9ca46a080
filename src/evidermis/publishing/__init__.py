"""How it is shown: the page, its figures and the formats others read."""

from evidermis.publishing.site import publish

__all__ = ["publish"]

"""Evidermis: does this skincare claim really work?

The package is a house of rooms; imports only go down (see ``docs/design.md``). People and programs enter through
:mod:`evidermis.cli`; the reasoning rooms below ``pipeline`` are pure: values in, values out.
"""

__version__ = "0.1.0"
# How this release names itself in all that it makes.
MADE_BY = f"evidermis {__version__}"

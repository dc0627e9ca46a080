"""What must hold across a review folder: one file a subject, one function a rule.

A rule is a generator of faults over an :class:`Inspection`; :data:`CHECKS` lists them all.
"""

from collections.abc import Callable, Iterator

from evidermis.review.folder.checks.background import BACKGROUND
from evidermis.review.folder.checks.identifiers import IDENTIFIERS
from evidermis.review.folder.checks.inspection import Inspection
from evidermis.review.folder.checks.numbers import NUMBERS
from evidermis.review.folder.checks.products import PRODUCTS
from evidermis.review.folder.checks.protocol import PROTOCOL
from evidermis.review.folder.checks.screening import SCREENING
from evidermis.review.folder.checks.studies import STUDIES
from evidermis.review.folder.faults import Fault

__all__ = ["CHECKS", "Inspection"]

CHECKS: tuple[Callable[[Inspection], Iterator[Fault]], ...] = (
    *PROTOCOL,
    *IDENTIFIERS,
    *STUDIES,
    *NUMBERS,
    *PRODUCTS,
    *BACKGROUND,
    *SCREENING,
)

"""A connection to a service of records for a verb, or one line that says what is missing for it."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from evidermis.evidence.errors import BadInput
from evidermis.review.records.harvesting import contact_address
from evidermis.sources import Fetching, Source

__all__ = ["fetching"]


@contextmanager
def fetching(source: Source, review: Path) -> Generator[Fetching]:
    """Requests to a source, told as the review's contact. `BadInput` where httpx is not installed."""
    try:
        from evidermis.sources.fetching import Fetch
    except ImportError as error:
        raise BadInput("asking services needs httpx", mend="pip install 'evidermis[sources]'") from error
    with Fetch(source, contact=contact_address(review)) as fetch:
        yield fetch

"""Europe PMC by its RESTful web service (https://europepmc.org/RestfulWebService): PubMed, PMC, preprints, patents and more."""

from collections.abc import Iterator

from evidermis.sources.answers import Answer, Json, cursor_pages, within
from evidermis.sources.door import Fetching, Page

__all__ = ["EuropePmc"]


class EuropePmc:
    """Entries of result type `core`, each page as the service's own JSON."""

    name = "europepmc"
    hosts = frozenset({"www.ebi.ac.uk"})
    # No rate is written down by the service; others who ask it keep to ten a second, we to two.
    pause = 0.5
    tells_new = True
    key = ""
    # 1,000 is the most; pages of that size come near the time limit.
    page_size = 500

    def pages(self, fetch: Fetching, query: str, *, since: str, after: str) -> Iterator[Page]:
        """The pages of a search. What is new since a day was first indexed, or changed, from then on."""
        if since:
            days = f"[{since} TO 3000-12-31]"
            query = f"({query}) AND (FIRST_IDATE:{days} OR UPDATE_DATE:{days})"
        asked = {"query": query, "resultType": "core", "format": "json", "pageSize": str(self.page_size)}

        def ask(cursor: str) -> bytes:
            address = "https://www.ebi.ac.uk/europepmc/webservices/rest/search"
            return fetch(address, {**asked, "cursorMark": cursor}, form="json")

        return cursor_pages(self.name, ask, _look, after)


def _look(answer: Json) -> Answer:
    # A query that it cannot parse is answered with status 200 and a message in the place of the hits.
    entries = within(answer, "resultList", "result")
    if not isinstance(entries, list):
        raise TypeError
    return Answer(int(str(answer["hitCount"])), len(entries), str(answer.get("nextCursorMark") or ""))  # pyright: ignore[reportUnknownArgumentType]

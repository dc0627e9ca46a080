"""OpenAlex by its API (https://developers.openalex.org): works from every field of science.

Since February 2026 it answers little without a key, which is free. Asking for what is new needs a paid plan, so each harvest asks
for all; records that came before stay the ones they were.
"""

import os
from collections.abc import Iterator
from typing import cast

from evidermis.sources.answers import Answer, Json, cursor_pages, no_more_than, parameters_of, within
from evidermis.sources.door import Fetching, Page

__all__ = ["OpenAlex"]

_EXAMPLE = "search=exosome skin&filter=from_publication_date:2015-01-01,type:article"
# What a record has a place for; counts of citations, which change every day, would make each answer a new one.
_FIELDS = (
    "id,doi,title,publication_year,publication_date,ids,language,primary_location,type,authorships,biblio,is_retracted,"
    "abstract_inverted_index,mesh,keywords"
)
MOST = 10_000


class OpenAlex:
    """Works, each page as the service's own JSON. A query is words, or the API's own `search…` and `filter`."""

    name = "openalex"
    hosts = frozenset({"api.openalex.org"})
    pause = 0.2
    tells_new = False
    key = "OPENALEX_API_KEY"
    page_size = 100

    def pages(self, fetch: Fetching, query: str, *, since: str, after: str) -> Iterator[Page]:
        """The pages of a search; `since` is not minded."""
        asked = parameters_of(query, "search", _is_query, _EXAMPLE)
        asked |= {"select": _FIELDS, "per_page": str(self.page_size)}
        if key := os.environ.get(self.key, ""):
            asked["api_key"] = key

        def ask(cursor: str) -> bytes:
            return fetch("https://api.openalex.org/works", {**asked, "cursor": cursor}, form="json")

        return no_more_than(MOST, cursor_pages(self.name, ask, _look, after), _EXAMPLE)


def _is_query(name: str) -> bool:
    return name in ("search", "filter") or name.startswith("search.")


def _look(answer: Json) -> Answer:
    works = within(answer, "results")
    if not isinstance(works, list):
        raise TypeError
    found, cursor = within(answer, "meta", "count"), cast("Json", answer["meta"]).get("next_cursor")
    return Answer(int(str(found)), len(cast("list[object]", works)), str(cursor or ""))

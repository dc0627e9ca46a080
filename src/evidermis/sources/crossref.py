"""Crossref by its REST API (https://api.crossref.org): works, and the notices about them.

A search for words gives every work with any of them, best first, so it is refused where it is large: nobody reads it to its end.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import cast
from urllib.parse import quote

from evidermis.evidence.errors import SourceFailed
from evidermis.sources.answers import Answer, Json, cursor_pages, json_answer, no_more_than, parameters_of, within
from evidermis.sources.door import Fetching, Page

__all__ = ["Crossref", "works_named"]

_WORKS = "https://api.crossref.org/works"
_EXAMPLE = "query.bibliographic=exosome skin&filter=from-pub-date:2015,type:journal-article"
MOST = 10_000
# Addresses of forty DOIs stay below 4,000 characters.
_DOIS_A_REQUEST = 40


class Crossref:
    """Works, each page as the service's own JSON. A query is words, or the API's own `query…` and `filter`."""

    name = "crossref"
    hosts = frozenset({"api.crossref.org"})
    # One list a second is allowed to who does not say who they are, three to who does.
    pause = 1.0
    tells_new = True
    key = ""
    page_size = 100

    def pages(self, fetch: Fetching, query: str, *, since: str, after: str) -> Iterator[Page]:
        """The pages of a search. What is new since a day was indexed anew from then on: a notice does that to its work."""
        asked = parameters_of(query, "query.bibliographic", _is_query, _EXAMPLE)
        if since:
            asked["filter"] = ",".join(part for part in (asked.get("filter", ""), f"from-index-date:{since}") if part)
        asked["rows"] = str(self.page_size)

        def ask(cursor: str) -> bytes:
            return fetch(_WORKS, {**asked, "cursor": cursor}, form="json")

        return no_more_than(MOST, cursor_pages(self.name, ask, _look, after), _EXAMPLE)


def works_named(fetch: Fetching, dois: Iterable[str]) -> Iterator[Json]:
    """The works with these DOIs, as Crossref describes them; one that it does not have is left out."""
    known = sorted(set(dois))
    # A comma parts filters, so a DOI that has one is asked for by itself.
    plain = [doi for doi in known if "," not in doi]
    for start in range(0, len(plain), _DOIS_A_REQUEST):
        several = plain[start : start + _DOIS_A_REQUEST]
        told = {"filter": ",".join(f"doi:{doi}" for doi in several), "rows": str(len(several))}
        yield from _works(fetch(_WORKS, told, form="json"), several)
    for doi in (doi for doi in known if "," in doi):
        try:
            body = fetch(f"{_WORKS}/{quote(doi, safe='')}", {}, form="json")
        except SourceFailed as error:
            if error.status == 404:
                continue
            raise
        work = json.loads(body).get("message")
        if not isinstance(work, dict):
            raise SourceFailed("crossref", 200, "its answer is not as documented")
        yield cast("Json", work)


def _works(body: bytes, asked: Sequence[str]) -> Iterator[Json]:
    json_answer("crossref", body, _look)
    wanted = {doi.lower() for doi in asked}
    for work in cast("list[Json]", within(json.loads(body), "message", "items")):
        if str(work.get("DOI", "")).lower() in wanted:
            yield work


def _is_query(name: str) -> bool:
    return name in ("query", "filter") or name.startswith("query.")


def _look(answer: Json) -> Answer:
    items = within(answer, "message", "items")
    if not isinstance(items, list):
        raise TypeError
    message = cast("Json", answer["message"])
    came = len(cast("list[object]", items))
    return Answer(int(str(message["total-results"])), came, str(message.get("next-cursor") or ""))

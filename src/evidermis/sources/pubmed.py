"""PubMed by NCBI's E-utilities, with the history server (https://www.ncbi.nlm.nih.gov/books/NBK25499/).

A search is kept on the server and fetched in pages as PubMed XML. From one search the server gives the first 9,999 records only;
a larger one is refused here, before anything of it could go missing.
"""

import json
import os
from collections.abc import Iterator
from typing import cast

from evidermis.evidence.errors import BadInput, SourceFailed
from evidermis.sources.door import Fetching, Page

__all__ = ["PubMed"]

_TOOLS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
MOST = 9_999


class PubMed:
    """Articles as PubMed XML. The key and the contact address go along with each request."""

    name = "pubmed"
    hosts = frozenset({"eutils.ncbi.nlm.nih.gov"})
    # Three requests a second without a key.
    pause = 0.34
    tells_new = True
    key = "NCBI_API_KEY"
    page_size = 200

    def pages(self, fetch: Fetching, query: str, *, since: str, after: str) -> Iterator[Page]:
        """The pages of a search, oldest request first; `after` counts the records fetched before."""
        told = {"api_key": os.environ.get(self.key, ""), "email": fetch.contact}
        asked = {"db": "pubmed", "tool": "evidermis", **{name: value for name, value in told.items() if value}}
        search = {**asked, "term": query, "usehistory": "y", "retmax": "0", "retmode": "json"}
        if since:
            search |= {"datetype": "edat", "mindate": since.replace("-", "/"), "maxdate": "3000"}
        found, place = _found(fetch(f"{_TOOLS}esearch.fcgi", search, form="json"))
        if found > MOST:
            mend = "split it by years, as in: … AND 2015:2020[dp]"
            raise BadInput(f"the query has {found:,} records; PubMed gives {MOST:,} of one search", mend=mend)
        for start in range(int(after or 0), found, self.page_size):
            told = {**asked, **place, "retstart": str(start), "retmax": str(self.page_size), "retmode": "xml"}
            content = fetch(f"{_TOOLS}efetch.fcgi", told, form="PubmedArticleSet")
            end = start + self.page_size
            yield Page(content, found, str(end) if end < found else "")


def _found(body: bytes) -> tuple[int, dict[str, str]]:
    """How many records a search has, and where the server keeps them."""
    try:
        result = cast("dict[str, dict[str, str]]", json.loads(body))["esearchresult"]
        if "ERROR" in result:
            raise SourceFailed("pubmed", 200, f"it says: {str(result['ERROR'])[:120]}")
        return int(result["count"]), {"WebEnv": str(result["webenv"]), "query_key": str(result["querykey"])}
    except (KeyError, TypeError, ValueError) as error:
        raise SourceFailed("pubmed", 200, "its answer to the search is not as documented") from error

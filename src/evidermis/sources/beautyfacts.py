"""Open Beauty Facts by its search (https://openfoodfacts.github.io/openfoodfacts-server/api/): products with their ingredients.

Its data are under the Open Database License: who publishes from them names Open Beauty Facts and shares alike.
"""

from collections.abc import Iterator

from evidermis.evidence.errors import SourceFailed
from evidermis.sources.answers import Answer, Json, json_answer
from evidermis.sources.door import Fetching, Page

__all__ = ["BeautyFacts"]

_FIELDS = (
    "code,product_name,product_name_en,brands,quantity,categories,countries,labels,lang,ingredients_text,ingredients_text_en,"
    "last_modified_t"
)


class BeautyFacts:
    """Products, each page as the service's own JSON. The full-text search has no cursor: pages are counted."""

    name = "openbeautyfacts"
    hosts = frozenset({"world.openbeautyfacts.org"})
    # Ten searches a minute are allowed.
    pause = 6.5
    tells_new = False
    key = ""
    page_size = 100

    def pages(self, fetch: Fetching, query: str, *, since: str, after: str) -> Iterator[Page]:
        """The pages of a search, in the order in which products were added; `since` is not minded, `after` is a page's number."""
        asked = {"search_terms": query, "search_simple": "1", "action": "process", "json": "1"}
        asked |= {"sort_by": "created_t", "page_size": str(self.page_size), "fields": _FIELDS}
        number = int(after) if after.isdigit() else 1
        while True:
            told = {**asked, "page": str(number)}
            body = fetch("https://world.openbeautyfacts.org/cgi/search.pl", told, form="json")
            answer = json_answer(self.name, body, _look)
            if answer.found < 0:
                raise SourceFailed(self.name, 200, "its answer is not as documented")
            is_last = not answer.came or number * self.page_size >= answer.found
            number += 1
            if answer.came or answer.found == 0:
                yield Page(body, answer.found, "" if is_last else str(number))
            if is_last:
                return


def _look(answer: Json) -> Answer:
    products = answer["products"]
    if not isinstance(products, list):
        raise TypeError
    return Answer(int(str(answer["count"])), len(products), "")  # pyright: ignore[reportUnknownArgumentType]

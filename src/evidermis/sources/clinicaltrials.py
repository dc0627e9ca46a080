"""ClinicalTrials.gov, version 2 of its API (https://clinicaltrials.gov/data-api/api)."""

import json
from collections.abc import Iterator
from typing import cast

from evidermis.evidence.errors import SourceFailed
from evidermis.sources.door import Fetching, Page

__all__ = ["ClinicalTrials"]


class ClinicalTrials:
    """Registrations, each page as the service's own JSON."""

    name = "clinicaltrials.gov"
    hosts = frozenset({"clinicaltrials.gov"})
    # About fifty requests a minute are asked for.
    pause = 1.2
    tells_new = True
    key = ""
    page_size = 200

    def pages(self, fetch: Fetching, query: str, *, since: str, after: str) -> Iterator[Page]:
        """The pages of a search; `after` is the service's own token of the next page."""
        asked = {"query.term": query, "pageSize": str(self.page_size), "countTotal": "true", "format": "json"}
        if since:
            asked["filter.advanced"] = f"AREA[LastUpdatePostDate]RANGE[{since},MAX]"
        found, seen = -1, {after}
        while True:
            token = {"pageToken": after} if after else {}
            body = fetch("https://clinicaltrials.gov/api/v2/studies", {**asked, **token}, form="json")
            total, after = _told(body)
            # The total stands on the first page alone.
            found = total if total >= 0 else found
            yield Page(body, found, after)
            if not after:
                return
            if after in seen:
                raise SourceFailed(self.name, 200, "it gives the same page again and again")
            seen.add(after)


def _told(body: bytes) -> tuple[int, str]:
    """The total (-1: not told) and the token of the next page."""
    try:
        answer = cast("dict[str, object]", json.loads(body))
        if not isinstance(answer["studies"], list):
            raise TypeError
        return int(str(answer.get("totalCount", -1))), str(answer.get("nextPageToken") or "")
    except (KeyError, TypeError, ValueError) as error:
        raise SourceFailed("clinicaltrials.gov", 200, "its answer is not as documented") from error

"""What services answer in JSON, looked at no further than paging needs; what is not as documented is a failure."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import cast
from urllib.parse import parse_qsl

from evidermis.evidence.errors import BadInput, SourceFailed
from evidermis.sources.door import Page

__all__ = ["Answer", "Json", "cursor_pages", "json_answer", "no_more_than", "parameters_of", "within"]

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as its source sees it: how many records the query has (-1: not told), how many came, and the next cursor."""

    found: int
    came: int
    next: str


def json_answer(service: str, body: bytes, look: Callable[[Json], Answer]) -> Answer:
    """What `look` sees in a body. `SourceFailed` where the body is of another shape than it expects."""
    try:
        return look(cast("Json", json.loads(body)))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SourceFailed(service, 200, "its answer is not as documented") from error


def within(held: object, *keys: str) -> object:
    """What stands under some keys, one in the other. `KeyError` or `TypeError` where one is not there."""
    for key in keys:
        held = cast("Json", held)[key]
    return held


def cursor_pages(
    service: str, ask: Callable[[str], bytes], look: Callable[[Json], Answer], after: str
) -> Iterator[Page]:
    """The pages of a service that gives with each the cursor of the next (the first is `*`).

    The end is a page without a cursor, with the one it was asked by, or without a record. An empty last page is not handed on.
    """
    cursor = after or "*"
    seen = {cursor}
    while True:
        body = ask(cursor)
        answer = json_answer(service, body, look)
        is_last = not answer.next or answer.next == cursor or not answer.came
        if answer.came or answer.found == 0:
            yield Page(body, answer.found, "" if is_last else answer.next)
        if is_last:
            return
        if answer.next in seen:
            raise SourceFailed(service, 200, "it gives the same page again and again")
        cursor = answer.next
        seen.add(cursor)


def no_more_than(most: int, pages: Iterable[Page], example: str) -> Iterator[Page]:
    """The pages of a query that has so many works at the most. `BadInput` where it has more."""
    for page in pages:
        if page.found > most:
            told = f"the query has {page.found:,} works, and no more than {most:,} are asked for"
            raise BadInput(told, mend=f"narrow it, as in: {example}")
        yield page


def parameters_of(query: str, words: str, allowed: Callable[[str], bool], example: str) -> dict[str, str]:
    """A query as parameters: words go to the parameter `words`; `name=value&name=value` is the service's own language."""
    name, is_pair, _ = query.partition("=")
    if not is_pair or not name.replace(".", "").replace("_", "").replace("-", "").isalnum():
        return {words: query}
    told = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted(name for name in told if not allowed(name)):
        raise BadInput(f"{unknown[0][:60]!r} is no parameter of a query", mend=f"write words, or as in: {example}")
    return told

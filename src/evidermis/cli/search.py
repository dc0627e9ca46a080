"""`evidermis search`: the records of a review, imported or written by hand, by their words."""

import re
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.printing import console, plain, print_json, progress
from evidermis.evidence.errors import BadInput
from evidermis.library import Hit
from evidermis.review.records.keeping import search_library

verb = typer.Typer()


@verb.command()
def search(
    words: Annotated[
        list[str] | None, typer.Argument(help='Words that must occur; "a phrase", title:word, OR, NOT.')
    ] = None,
    review: Annotated[Path, typer.Option(help="The review folder; left out, the current folder.")] = Path(),
    like: Annotated[str, typer.Option(metavar="ID", help="Instead of words: records like the one with this id.")] = "",
    years: Annotated[str, typer.Option(help="Published in these years: 2024, 2019-2024, 2019-, -2010.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many of each kind to show.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, with whole ids.")] = False,
) -> None:
    """Search titles, abstracts, authors, journals, keywords and identifiers of a review's records, the nearest first.

    Records that were written by hand (records/curated.toml) come first, under their own ids; then those that were imported.

    Examples:

    evidermis search dark spots --review exosomes

    evidermis search 'title:exosome "stem cell" NOT mouse' --years 2019-

    evidermis search --like 3fa9c1d2e4b5
    """
    text = " ".join(words or ()).strip()
    if bool(text) == bool(like):
        raise BadInput("search needs WORDS or --like ID", mend="give one of the two")
    found = search_library(
        review, text, like=like, limit=limit, years=_years(years) if years else None, observer=progress(as_json)
    )
    if as_json:
        hits = [{**_as_json(hit), "withdrawn": hit.digest in found.withdrawn} for hit in found.hits]
        by_hand = [{**_as_json(hit), "id": hit.record.source_id} for hit in found.by_hand]
        print_json({"records": found.records, "written": found.written, "hits": hits, "by_hand": by_hand})
        return
    out = console()
    for hit in found.by_hand:
        out.print(plain(f"{hit.record.source_id}  {_cited(hit)}  (written by hand)"), soft_wrap=True)
    for hit in found.hits:
        note = "  WITHDRAWN by its source" if hit.digest in found.withdrawn else ""
        out.print(plain(f"{hit.digest[:12]}  {_cited(hit)}{note}"), soft_wrap=True)
    if not found.by_hand and not found.hits:
        out.print(plain(f"nothing found among {found.records} imported records and {found.written} written by hand"))


def _years(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{4})?(-)?(\d{4})?", text)
    if found is None or not (found[1] or found[3]):
        raise BadInput(f"--years {text[:20]!r} is no span of years", mend="write 2024, 2019-2024, 2019- or -2010")
    first = int(found[1] or 0)
    return first, int(found[3] or (9999 if found[2] else first))


def _cited(hit: Hit) -> str:
    record = hit.record
    names = [author.family for author in record.authors]
    authors = f"{names[0]}{' et al' if len(names) > 1 else ''}" if names else ""
    return ". ".join(
        part for part in (authors, record.title.rstrip("."), record.journal, str(record.year or "")) if part
    )


def _as_json(hit: Hit) -> dict[str, object]:
    record = hit.record
    return {
        "id": hit.digest,
        "score": hit.score,
        "title": record.title,
        "authors": [f"{author.family} {author.given}".strip() for author in record.authors],
        "journal": record.journal,
        "year": record.year,
        "identifiers": {one.scheme: one.value for one in reversed(record.identifiers)},
        "source": record.source,
        "source_id": record.source_id,
    }

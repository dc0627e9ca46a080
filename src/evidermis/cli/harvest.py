"""`evidermis harvest`: what a service holds on a query, into a review."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.clock import today
from evidermis.cli.printing import print_json, progress, say
from evidermis.evidence.errors import BadInput
from evidermis.review.harvesting import harvest as harvested
from evidermis.review.harvesting import known_sources

verb = typer.Typer()


@verb.command()
def harvest(
    source: Annotated[str, typer.Argument(help="The service: pubmed, clinicaltrials.gov, or one that is installed.")],
    query: Annotated[str, typer.Argument(help="The query, in the service's own language.")],
    review: Annotated[Path, typer.Option(help="The review folder; left out, the current folder.")] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Fetch the records that a service has on a query: each page is kept verbatim in records/, the query in harvests.jsonl.

    Run again, it goes on where it was interrupted, or asks only for what has come since. Set EVIDERMIS_CONTACT to your e-mail
    address and NCBI_API_KEY to your key, and they go along to PubMed.

    Example: evidermis harvest pubmed 'exosomes AND skin AND randomized' --review exosomes
    """
    known = known_sources()
    if source not in known:
        raise BadInput(f"{source[:60]!r} is no source", mend=f"take one of {', '.join(sorted(known))}")
    try:
        from evidermis.sources.fetching import Fetch
    except ImportError as error:
        raise BadInput("harvesting needs httpx", mend="pip install 'evidermis[sources]'") from error
    with Fetch(known[source]) as fetch:
        done = harvested(review, known[source], query, fetch, today(), progress(quiet or as_json))
    if as_json:
        print_json(asdict(done))
        return
    since = f" since {done.since}" if done.since else ""
    say(f"{source}: {done.found} records{since} in {len(done.kept)} pages, kept in {review / 'records'}")

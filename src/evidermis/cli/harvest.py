"""`evidermis harvest`: what a service holds on a query, into a review."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.asking import fetching
from evidermis.cli.clock import today
from evidermis.cli.printing import print_json, progress, say
from evidermis.evidence.errors import BadInput
from evidermis.review.records.harvesting import harvest as harvested
from evidermis.review.records.harvesting import known_sources

verb = typer.Typer()


@verb.command()
def harvest(
    source: Annotated[
        str,
        typer.Argument(
            help="The service: pubmed, europepmc, crossref, openalex, clinicaltrials.gov, openbeautyfacts …"
        ),
    ],
    query: Annotated[str, typer.Argument(help="The query, in the service's own language.")],
    review: Annotated[Path, typer.Option(help="The review folder; left out, the current folder.")] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Fetch the records that a service has on a query: each page is kept verbatim in records/, the query in harvests.jsonl.

    Run again, it goes on where it was interrupted, or asks only for what has come since. Services are told your e-mail address:
    EVIDERMIS_CONTACT, or the contact of review.toml. NCBI_API_KEY and OPENALEX_API_KEY are your keys, where you have them.

    Example: evidermis harvest pubmed 'exosomes AND skin AND randomized' --review exosomes
    """
    known = known_sources()
    if source not in known:
        raise BadInput(f"{source[:60]!r} is no source", mend=f"take one of {', '.join(sorted(known))}")
    with fetching(known[source], review) as fetch:
        done = harvested(review, known[source], query, fetch, today(), progress(quiet or as_json))
    if as_json:
        print_json(asdict(done))
        return
    since = f" since {done.since}" if done.since else ""
    say(f"{source}: {done.found} records{since} in {len(done.kept)} pages, kept in {review / 'records'}")
    if done.is_short:
        say(f"only {done.came} different ones came; the next harvest asks for all of them again")
    elif len(done.counts) > 1:
        say(f"the service changed its count while it was asked: {', '.join(map(str, done.counts))}")

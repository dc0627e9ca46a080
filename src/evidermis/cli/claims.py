"""`evidermis claims`: what a product's page promises, what is known of each promise for this product, and what to ask."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.clock import today
from evidermis.cli.printing import print_json, say
from evidermis.review.products.wordings import PageClaims, WordingAnswer, page_claims

verb = typer.Typer()


@verb.command()
def claims(
    folder: Annotated[Path, typer.Argument(help="A review folder.")],
    page: Annotated[Path, typer.Argument(help="A product's page: text, Markdown, saved HTML, DOCX or PDF.")],
    product: Annotated[
        str, typer.Option(help="The review's id of the product; without it, one it does not list.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Take a product page's claims apart and sort them: supported, indirect only, contradicted, cannot be checked, not checked.

    The six criteria of Regulation (EU) No 655/2013 are asked as questions; nothing here declares compliance.

    Example: evidermis claims exosomes page.txt --product inkey-hydro-glow
    """
    found = page_claims(folder, page, product, today())
    if as_json:
        print_json(asdict(found))
    else:
        _tell(found)


def _tell(found: PageClaims) -> None:
    for one in found.wordings:
        say(f"{one.state}: {' '.join(one.wording.text.split())}")
        say(f"  {one.because}")
        for line in _lines(one):
            say(f"  {line}")
    say(f"{len(found.wordings)} sentences that claim something, {found.no_claims} that do not")
    say(found.standing)


def _lines(one: WordingAnswer) -> list[str]:
    known = [f"claim:{claim.claim} {claim.state}" for claim in one.claims]
    known = ["; ".join(known)] if known else []
    asked = [f"{a.label}? {'; '.join(a.because)}" for a in one.asked if a.weight == "pressing"]
    return known + asked

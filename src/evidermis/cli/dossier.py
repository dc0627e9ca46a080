"""`evidermis dossier PRODUCT`: what it claims, what is known, what is missing and the cheapest way to know, as PDF and JSON."""

from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.clock import today
from evidermis.cli.printing import say
from evidermis.cli.whole import written_whole_bytes
from evidermis.publishing import dossier_json, dossier_pdf
from evidermis.review.products.dossiers import product_dossier

verb = typer.Typer()


@verb.command()
def dossier(
    product: Annotated[str, typer.Argument(help="The id of a product of the review.")],
    review: Annotated[Path, typer.Option(help="A review folder, or the name of a bundled one.")] = Path("exosomes"),
    output: Annotated[Path | None, typer.Option(help="Write the PDF here; PRODUCT.pdf without it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and write no file.")] = False,
) -> None:
    """Draw up one product's dossier: claims, evidence, distance, certainty, gaps, and the cheapest trials that would close them.

    The same review gives the same bytes. A PDF needs typst: pip install 'evidermis[dossier]'.

    Example: evidermis dossier inkey-hydro-glow
    """
    found = product_dossier(review, product, today())
    if as_json:
        say(dossier_json(found).decode("utf-8").rstrip("\n"))
        return
    pdf = dossier_pdf(found)
    place = output or Path(Path(found.product).name + ".pdf")
    written_whole_bytes(place, pdf)
    written_whole_bytes(place.with_suffix(".json"), dossier_json(found))
    say(f"{found.brand} {found.name}: {found.short}")
    say(f"The dossier: {place} and {place.with_suffix('.json').name}")

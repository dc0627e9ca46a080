"""`evidermis review`: the whole way."""

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from evidermis.appraisal import ClaimAnswer
from evidermis.cli.clock import today
from evidermis.cli.printing import console, plain, print_json, progress
from evidermis.evidence.protocol import Claim
from evidermis.review.running import Ran, run_review

verb = typer.Typer()

_COLOURS = {
    "supported": "green",
    "promising": "cyan",
    "unproven": "yellow",
    "untested": "dim",
    "not supported": "red",
    "contradicted": "bold red",
}


@verb.command()
def review(
    folder: Annotated[Path, typer.Argument(help="A review folder, or the name of a bundled review.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Answer every claim of a review and write its page.

    The bundled review is copied into ./exosomes first where that does not exist yet; from then on the folder is yours.

    Example: evidermis review exosomes
    """
    ran = run_review(folder, today(), progress(quiet or as_json))
    if as_json:
        print_json(_as_json(ran))
        return
    out = console()
    out.print(_table(ran))
    out.print(plain(f"The page: {ran.site / 'index.html'}"))
    out.print(plain(f"Why: evidermis explain {folder} verdict:{ran.appraisal.claims[0].claim}"))


def _table(ran: Ran) -> Table:
    protocol = ran.review.protocol
    caption = (
        f"version {protocol.version}, evidence searched to {protocol.searched}; compared: people in controlled studies"
    )
    table = Table(title=plain(protocol.title), caption=plain(caption), box=box.SIMPLE_HEAD, padding=(0, 1))
    table.show_edge = table.pad_edge = False
    table.add_column("Claim", ratio=1, min_width=16)
    for head in ("Verdict", "Certainty", "Directness"):
        table.add_column(head, no_wrap=True)
    for head in ("People", "Compared"):
        table.add_column(head, no_wrap=True, justify="right")
    setting = ""
    for claim, answer in _pairs(ran):
        if claim.setting != setting:
            setting = claim.setting
            table.add_row(Text(plain(setting).plain, style="bold"), end_section=False)
        table.add_row(
            plain(claim.text),
            Text(answer.verdict, style=_COLOURS[answer.verdict]),
            plain(answer.certainty),
            plain(answer.directness),
            str(answer.people),
            str(answer.controlled_people),
        )
    return table


def _pairs(ran: Ran) -> list[tuple[Claim, ClaimAnswer]]:
    """Claims and their answers, one setting after another in the order of the protocol."""
    settings = list(dict.fromkeys(claim.setting for claim in ran.review.protocol.claims))
    claims = sorted(ran.review.protocol.claims, key=lambda claim: settings.index(claim.setting))
    return [(claim, ran.appraisal.claim(claim.id)) for claim in claims]


def _as_json(ran: Ran) -> dict[str, object]:
    return {
        "review": ran.review.protocol.name,
        "version": ran.review.protocol.version,
        "searched": ran.review.protocol.searched.isoformat(),
        "page": str(ran.site / "index.html"),
        "claims": [
            {
                "id": claim.id,
                "text": claim.text,
                "setting": claim.setting,
                "verdict": answer.verdict,
                "certainty": answer.certainty,
                "directness": answer.directness,
                "people": answer.people,
                "controlled_people": answer.controlled_people,
                "statement": answer.statement,
            }
            for claim, answer in _pairs(ran)
        ],
    }

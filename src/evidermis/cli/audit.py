"""`evidermis audit ARTICLE`: sentence by sentence, what an article's claims rest on."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from evidermis import MADE_BY
from evidermis.auditing import SEVERITIES, Audit, Finding, as_json, as_page, as_sarif
from evidermis.cli.clock import today
from evidermis.cli.printing import say
from evidermis.cli.whole import written_whole_bytes
from evidermis.evidence.errors import BadInput
from evidermis.evidence.vocabulary import bundled_vocabulary
from evidermis.review.articles.auditing import audited, keep_article
from evidermis.review.articles.drafting import draft_review
from evidermis.review.folder.checking import checked

verb = typer.Typer()


@verb.command()
def audit(
    article: Annotated[Path, typer.Argument(help="Plain text, Markdown, HTML, DOCX, or a PDF with a text layer.")],
    review: Annotated[
        Path, typer.Option(help="The review it is held against: a folder, or the name of a bundled one.")
    ] = Path("exosomes"),
    page: Annotated[Path | None, typer.Option(help="Write a page with the findings beside each statement.")] = None,
    sarif: Annotated[Path | None, typer.Option(help="Write SARIF 2.1.0 for editors and build services.")] = None,
    fail_on: Annotated[
        Literal["low", "medium", "high", "never"],
        typer.Option(help="Exit with status 1 where a finding is at or above this."),
    ] = "never",
    to_review: Annotated[
        Path | None, typer.Option(help="Write a draft review: question, claims, products, references, registrations.")
    ] = None,
    keep: Annotated[
        bool,
        typer.Option("--keep", help="Keep the article in the review's folder; `status` then watches its sentences."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Read an article and say of each claim what it rests on. Nothing is fetched.

    Examples:

      evidermis audit article.txt --page audit.html

      evidermis audit post.md --fail-on high --sarif audit.sarif

      evidermis audit article.html --to-review my-review
    """
    if not article.is_file():
        raise BadInput("there is no article here", file=str(article), mend="check the path")
    found = audited(article, review, today())
    if page is not None:
        written_whole_bytes(page, as_page(found, MADE_BY).encode("utf-8"))
    if sarif is not None:
        written_whole_bytes(sarif, as_sarif(found, article.name, MADE_BY).encode("utf-8"))
    if keep:
        if not review.is_dir():
            raise BadInput(
                "a bundled review cannot keep an article",
                file=str(review),
                mend="run `evidermis review exosomes` first",
            )
        keep_article(article, found, review, checked(review, bundled_vocabulary(), today()))
    if to_review is not None:
        draft_review(found, article, to_review, today())
    if json:
        typer.echo(as_json(found))
    else:
        _tell(found, page, to_review)
    at_or_above = SEVERITIES[SEVERITIES.index(fail_on) :] if fail_on != "never" else ()
    if any(one.severity in at_or_above for one in found.findings):
        raise typer.Exit(1)


def _tell(found: Audit, page: Path | None, to_review: Path | None) -> None:
    for one in found.findings:
        say(_line(one))
    counted = ", ".join(
        f"{sum(one.severity == severity for one in found.findings)} {severity}" for severity in reversed(SEVERITIES)
    )
    resolved = sum(one.state == "resolved" for one in found.resolutions)
    say(
        f"{len(found.findings)} findings ({counted}) in {len(found.statements)} statements; "
        f"{resolved} of {len(found.resolutions)} references resolved, {found.review} searched to {found.searched}."
    )
    if page is not None:
        say(f"The page: {page}")
    if to_review is not None:
        say(f"The draft: {to_review}; run `evidermis check {to_review}`")


def _line(one: Finding) -> str:
    excerpt = one.excerpt if len(one.excerpt) <= 70 else one.excerpt[:69] + "…"
    return f"line {one.line} {one.severity} {one.rule}: {one.reason} “{excerpt}”"

"""`evidermis explain`: from a figure on the page down to its places and rules."""

from pathlib import Path
from typing import Annotated

import typer
from rich.tree import Tree

from evidermis.cli.clock import today
from evidermis.cli.printing import console, plain, print_json
from evidermis.pipeline import links_of
from evidermis.review.explaining.ids import Node, known_ids
from evidermis.review.explaining.ids import explain as explained
from evidermis.review.explaining.imports import explain_imported, is_imported
from evidermis.review.running import appraised

verb = typer.Typer()


@verb.command()
def explain(
    folder: Annotated[Path, typer.Argument(help="A review folder.")],
    id: Annotated[str, typer.Argument(help="An id from the page; left out, all ids are listed.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the tree as one JSON object.")] = False,
) -> None:
    """Print what a claim, verdict or number rests on: rules with their versions, findings, and the places they were read.

    Examples:

    evidermis explain exosomes verdict:dark-spots

    evidermis explain exosomes number:kwon-2020/ecca/p

    evidermis explain exosomes records:proietti-2024/proietti-2024-article

    evidermis explain exosomes record:3fa9c1d2e4b5
    """
    if is_imported(id):
        _tell(explain_imported(folder, id), as_json=as_json)
        return
    review, appraisal = appraised(folder, today())
    links = links_of(review)
    if not id:
        ids = known_ids(review, appraisal, links)
        print_json(ids) if as_json else console().print(plain("\n".join(ids)))
        return
    _tell(explained(id, review, appraisal, links), as_json=as_json)


def _tell(tree: Node, *, as_json: bool) -> None:
    if as_json:
        print_json(_as_json(tree))
    else:
        console().print(_drawn(tree))


def _drawn(node: Node, onto: Tree | None = None) -> Tree:
    text = plain(f"{node.id}  " if node.id else "").append(plain(node.text))
    if node.rule:
        text.append(plain(f"  [{node.rule}]"))
    branch = Tree(text) if onto is None else onto.add(text)
    for below in node.below:
        _drawn(below, branch)
    return branch


def _as_json(node: Node) -> dict[str, object]:
    return {"id": node.id, "text": node.text, "rule": node.rule, "below": [_as_json(one) for one in node.below]}

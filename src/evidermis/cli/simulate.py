"""`evidermis simulate`: what an order of reading would have been worth on records whose labels are known."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.printing import print_json, say
from evidermis.cli.tables import rows_in
from evidermis.cli.whole import written_whole
from evidermis.evidence.errors import BadInput
from evidermis.formats.labels import table_label
from evidermis.screening.pool import Pool
from evidermis.screening.simulation import simulated_order

verb = typer.Typer()

_LABELS = ("label_included", "included", "label", "final_included")


@verb.command()
def simulate(
    labelled: Annotated[Path, typer.Argument(help="A table with title, abstract and label_included (1 or 0).")],
    output: Annotated[Path, typer.Option(help="Where to write the order: rank, row (zero-based).")],
    question: Annotated[str, typer.Option(help="The review's question; left out, the order starts cold.")] = "",
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same order.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as one JSON object.")] = False,
) -> None:
    """Replay screening on labelled records: in which order would they have been shown, and when was all found?

    Example: evidermis simulate labelled.csv --output run.csv --question "exosomes for ageing skin"
    """
    pool, labels = _labelled(labelled)
    order = simulated_order(pool, labels, question, seed)
    with written_whole(output) as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(("rank", "row"))
        table.writerows(enumerate(order, 1))
    found = [rank for rank, row in enumerate(order, 1) if labels[row]]
    needed = found[-(-95 * len(found) // 100) - 1] if found else 0
    if as_json:
        print_json({"records": len(order), "relevant": len(found), "read_for_95_percent": needed})
    else:
        say(f"{len(order)} records, {len(found)} relevant; 95 % of them within the first {needed}. {output}")


def _labelled(file: Path) -> tuple[Pool, list[bool]]:
    titles: list[str] = []
    abstracts: list[str] = []
    labels: list[bool] = []
    for number, row in enumerate(rows_in(file), 1):
        column = next((name for name in _LABELS if name in row), None)
        if column is None or "title" not in row:
            raise BadInput("needs the columns title and label_included", file=str(file), mend="add them")
        told = row[column].strip()
        # Where only what was included is marked, an empty cell was excluded.
        _, label = table_label(column, told or "0") or ("", told)
        if label not in ("0", "1"):
            raise BadInput(f"{told[:40]!r} is no label", file=str(file), place=f"row {number}", mend="write 1 or 0")
        titles.append(row["title"])
        abstracts.append(row.get("abstract", ""))
        labels.append(label == "1")
    if not titles:
        raise BadInput("holds no records", file=str(file))
    return Pool(tuple(titles), tuple(abstracts)), labels

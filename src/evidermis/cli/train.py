"""`evidermis train design`: a design model from the user's own labels."""

from pathlib import Path
from typing import Annotated

import typer

from evidermis.cli.tables import record_of, rows_in
from evidermis.cli.whole import written_whole_bytes
from evidermis.evidence.errors import BadInput
from evidermis.reading import Example, bundled_reader, design_model, design_of_label, model_as_bytes

verb = typer.Typer()

# The column of labels: the first of these names that the file has.
_LABELS = ("design", "label", "accepted_label", "study_design", "study_type", "class")


@verb.command()
def train(
    what: Annotated[str, typer.Argument(help="What to learn: `design`.")],
    labelled: Annotated[Path, typer.Argument(help="A table with id, title, abstract and a column of designs.")],
    output: Annotated[Path, typer.Option(help="Where to write the model.")],
    label: Annotated[str, typer.Option(help="The column that holds the designs, where it has another name.")] = "",
) -> None:
    """Learn to read study designs from your own labels; use the model with `evidermis read --model`.

    Example: evidermis train design labelled.csv --output design.model
    """
    if what != "design":
        raise BadInput(f"cannot train {what!r}", mend="write `evidermis train design LABELLED.csv --output MODEL`")
    examples = _examples(labelled, label)
    try:
        model = design_model(examples)
    except ImportError as error:
        raise BadInput("training needs scikit-learn", mend="pip install 'evidermis[reading]'") from error
    written_whole_bytes(output, model_as_bytes(model))
    typer.echo(f"{len(examples)} labelled records, {len(model.designs)} designs: {output}")


def _examples(labelled: Path, column: str) -> list[Example]:
    reader = bundled_reader()
    examples: list[Example] = []
    for number, row in enumerate(rows_in(labelled), 1):
        place = f"row {number}"
        names = (column.lower(),) if column else _LABELS
        told = next((row[name] for name in names if name in row), None)
        if told is None:
            raise BadInput(f"has no column {' or '.join(names)}", file=str(labelled), mend="name it with --label")
        design = design_of_label(told)
        if design is None:
            mend = "use the names of `evidermis read`'s designs (randomised-trial, animal, other …)"
            raise BadInput(f"names no design we know: {told!r}", file=str(labelled), place=place, mend=mend)
        examples.append(reader.example(record_of(row, str(labelled), place), design))
    if not examples:
        raise BadInput("holds no records", file=str(labelled))
    return examples

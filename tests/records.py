"""Small bibliographies made for tests."""

import random
from pathlib import Path

from evidermis.evidence.record import Author, Identifier, Record, Section
from evidermis.formats import write

WORDS = [
    "skin",
    "serum",
    "vesicle",
    "exosome",
    "trial",
    "people",
    "cheek",
    "wrinkle",
    "pigment",
    "laser",
    "needle",
    "collagen",
    "moisture",
    "placebo",
    "stem",
    "cell",
]


def record(number: int) -> Record:
    """A record of that number; the same number gives the same record."""
    dice = random.Random(number)
    text = [" ".join(dice.choices(WORDS, k=k)) for k in (8, 40)]
    return Record(
        title=f"{text[0].capitalize()} number {number}",
        source="pubmed",
        source_id=str(10_000_000 + number),
        authors=(Author("Doe", f"J{number}"), Author("Roe", "R")),
        journal="J Skin",
        year=1990 + number % 35,
        abstract=(Section(text[1]),),
        identifiers=(Identifier("pmid", str(10_000_000 + number)),),
    )


def file_of(path: Path, numbers: list[int], form: str = "ris") -> Path:
    """A file with the records of these numbers, in their order."""
    path.write_text(write([record(number) for number in numbers], form), encoding="utf-8")
    return path

"""An algorithm of signalling questions as a table: each row says which answers lead to which judgement.

Rows exclude one another and together cover every combination of answers, which a test holds by trying them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["ANSWERS", "LEVELS", "Answer", "Domain", "Level", "Question", "Row", "Table", "Tool", "rows_matching"]

Answer = Literal["Y", "PY", "PN", "N", "NI", "NA"]
ANSWERS: tuple[Answer, ...] = ("Y", "PY", "PN", "N", "NI", "NA")
Level = Literal["low", "some concerns", "high"]
LEVELS: tuple[Level, ...] = ("low", "some concerns", "high")
# What a cell of a table stands for: yes or probably yes, no or probably no, no information.
_CELLS: dict[str, frozenset[str]] = {
    "Y": frozenset({"Y", "PY"}),
    "N": frozenset({"N", "PN"}),
    "NI": frozenset({"NI"}),
    "NA": frozenset({"NA"}),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A signalling question: the tool's own id, and what it asks in our words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """`answers` pairs question ids with cells such as `Y`, `N/NI`; questions that are not named may have any answer."""

    answers: tuple[tuple[str, str], ...]
    level: Level

    def holds(self, given: Mapping[str, Answer]) -> bool:
        """Whether the answers fit; a question that nobody answered counts as no information."""
        return all(given.get(question, "NI") in _meant(cell) for question, cell in self.answers)


def _meant(cell: str) -> frozenset[str]:
    return frozenset[str]().union(*(_CELLS[part] for part in cell.split("/")))


@dataclass(frozen=True, slots=True)
class Table:
    """One path of questions to a judgement."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of bias: its judgement is the worst that any of its tables gives."""

    id: str
    name: str
    questions: tuple[Question, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: its domains, and where it comes from. `checked` says how the tables were read."""

    id: str
    name: str
    source: str
    checked: str
    domains: tuple[Domain, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in order."""
        return tuple(question for domain in self.domains for question in domain.questions)


def rows_matching(table: Table, given: Mapping[str, Answer]) -> list[Row]:
    """The rows that fit the answers; one, in a table that is right."""
    return [row for row in table.rows if row.holds(given)]

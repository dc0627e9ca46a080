"""The table that the R package robvis reads and writes: a study a row, a judgement a domain, the overall one and a weight.

robvis 0.3.0.900 asks for the weight in weighted bars and refuses it elsewhere: :func:`robvis_unweighted` is that table.

After McGuinness & Higgins 2021 (Research Synthesis Methods 12:55, 10.1002/jrsm.1411).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from evidermis.appraisal.bias.assessing import DomainJudged, Judged
from evidermis.appraisal.bias.tables import LEVELS
from evidermis.evidence.errors import BadInput

__all__ = [
    "ROBVIS_HEAD",
    "ROBVIS_LEVELS",
    "RobvisLevel",
    "RobvisRow",
    "robvis_row",
    "robvis_rows",
    "robvis_table",
    "robvis_unweighted",
]

RobvisLevel = Literal["low", "some concerns", "high", "no information"]
ROBVIS_LEVELS: tuple[RobvisLevel, ...] = get_args(RobvisLevel)
# robvis reads five domains of RoB 2; a domain beside them is folded into the one that it bears on.
_FOLDED = {"D1": ("D1",), "D2": ("D2", "DS", "DW"), "D3": ("D3",), "D4": ("D4",), "D5": ("D5",)}
ROBVIS_HEAD = ("Study", *_FOLDED, "Overall", "Weight")
_WORDS: dict[RobvisLevel, str] = {level: level.capitalize() for level in ROBVIS_LEVELS}
_READ: dict[str, RobvisLevel] = {word.casefold(): level for level, word in _WORDS.items()}


@dataclass(frozen=True, slots=True)
class RobvisRow:
    """One study: its label, D1 to D5, the overall judgement, and its weight (people, or 1)."""

    study: str
    domains: tuple[RobvisLevel, ...]
    overall: RobvisLevel
    weight: float


def robvis_row(study: str, judged: Judged, weight: float) -> RobvisRow:
    """A study as judged. Domains that no answers were given for hold no information; the overall one is that which counts."""
    given = judged.algorithm.domains if judged.algorithm else ()
    overall: RobvisLevel = "no information" if judged.level == "not assessed" else judged.level
    return RobvisRow(study, tuple(_folded(given, names) for names in _FOLDED.values()), overall, weight)


def _folded(given: Sequence[DomainJudged], names: tuple[str, ...]) -> RobvisLevel:
    levels = [one.level for one in given if one.id in names]
    return LEVELS[max(LEVELS.index(one) for one in levels)] if levels else "no information"


def robvis_table(rows: Sequence[RobvisRow]) -> list[tuple[str | float, ...]]:
    """The cells under `ROBVIS_HEAD`."""
    return [(one.study, *(_WORDS[level] for level in one.domains), _WORDS[one.overall], one.weight) for one in rows]


def robvis_unweighted(rows: Sequence[RobvisRow]) -> list[tuple[str | float, ...]]:
    """The cells under `ROBVIS_HEAD` without its last column."""
    return [cells[:-1] for cells in robvis_table(rows)]


def robvis_rows(rows: Sequence[Mapping[str, str]]) -> list[RobvisRow]:
    """Studies from such a table, whatever the case of its words. `BadInput` names the line that is none."""
    found: list[RobvisRow] = []
    for number, row in enumerate(rows, 2):
        told = {key.strip().casefold(): value.strip() for key, value in row.items() if key}
        if not told.get("study"):
            raise BadInput("has no study", place=f"line {number}", mend=f"the columns are {', '.join(ROBVIS_HEAD)}")
        domains: tuple[RobvisLevel, ...] = tuple(_level(told.get(name.casefold(), ""), number) for name in _FOLDED)
        overall = _level(told.get("overall", ""), number)
        found.append(RobvisRow(told["study"], domains, overall, _weight(told.get("weight", ""), number)))
    return found


def _level(word: str, number: int) -> RobvisLevel:
    if word.casefold() not in _READ:
        raise BadInput(f"{word!r} is no judgement", place=f"line {number}", mend=f"use {', '.join(_WORDS.values())}")
    return _READ[word.casefold()]


def _weight(word: str, number: int) -> float:
    try:
        weight = float(word) if word else 1.0
    except ValueError:
        weight = -1.0
    if not 0 <= weight < float("inf"):
        raise BadInput(f"{word!r} is no weight", place=f"line {number}", mend="write the people, or leave it empty")
    return weight

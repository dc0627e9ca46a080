"""The table that the R package robvis reads and writes: a study a row, a judgement a domain, the overall one and a weight."""

from collections.abc import Mapping, Sequence

from evidermis.appraisal.bias.assessing import Assessed, DomainJudged
from evidermis.appraisal.bias.tables import LEVELS, Level
from evidermis.evidence.errors import BadInput

__all__ = ["ROBVIS_HEAD", "robvis_rows", "robvis_table"]

# robvis reads five domains of RoB 2; a domain beside them is folded into the first that follows it in its tool.
ROBVIS_HEAD = ("Study", "D1", "D2", "D3", "D4", "D5", "Overall", "Weight")
_WORDS: dict[Level, str] = {"low": "Low", "some concerns": "Some concerns", "high": "High"}
_LEVELS: dict[str, Level] = {word.casefold(): level for level, word in _WORDS.items()}


def robvis_table(assessed: Sequence[tuple[str, Assessed, float]]) -> list[tuple[str | float, ...]]:
    """Rows under `ROBVIS_HEAD` for studies given with their label, assessment and weight (people, or 1)."""
    return [
        (label, *(_WORDS[_domain(one.domains, f"D{at}")] for at in range(1, 6)), _WORDS[one.overall], weight)
        for label, one, weight in assessed
    ]


def _domain(domains: Sequence[DomainJudged], wanted: str) -> Level:
    """The judgement of a domain of RoB 2; of D2, with what period or sites add to it."""
    folded = {"D2": ("D2", "DS", "DW")}.get(wanted, (wanted,))
    levels = [one.level for one in domains if one.id in folded]
    return LEVELS[max(LEVELS.index(one) for one in levels)]


def robvis_rows(rows: Sequence[Mapping[str, str]]) -> list[tuple[str, tuple[DomainJudged, ...], Level]]:
    """Studies with their domains and overall judgement from such a table. `BadInput` names the row that is none."""
    found: list[tuple[str, tuple[DomainJudged, ...], Level]] = []
    for number, row in enumerate(rows, 2):
        told = {key.strip().casefold(): value.strip() for key, value in row.items() if key}
        if not told.get("study"):
            raise BadInput("has no study", place=f"line {number}", mend=f"the columns are {', '.join(ROBVIS_HEAD)}")
        domains = tuple(
            DomainJudged(f"D{at}", f"D{at}", _level(told.get(f"d{at}", ""), number), "imported") for at in range(1, 6)
        )
        found.append((told["study"], domains, _level(told.get("overall", ""), number)))
    return found


def _level(word: str, number: int) -> Level:
    if word.casefold() not in _LEVELS:
        raise BadInput(f"{word!r} is no judgement", place=f"line {number}", mend=f"use {', '.join(_WORDS.values())}")
    return _LEVELS[word.casefold()]

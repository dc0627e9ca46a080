"""Tables read cell by cell: each cell of figures with the group, outcome and time that its headings name, its place the locator.

A table in which nothing names a group, a time or a p value is not read, and told so. What a cell's numbers are is said by the
nearest of its headings, then by the caption and the notes; where nobody says it, the figure's name says that too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from evidermis.evidence.content import Content, Table
from evidermis.reading.facts import Apart, ArmCount, Result, Told
from evidermis.reading.facts import Role as ArmRole
from evidermis.reading.tables.cells import Hints, figures_of_cell
from evidermis.reading.tables.grids import Headed, headed_cells
from evidermis.reading.tables.headings import Heading, headings_of, is_of_baseline, table_cues
from evidermis.reading.text import Cues, Quote, passages_of

__all__ = ["TablesRead", "tables_read"]

_COMPARATORS = ("vehicle-or-placebo", "untreated", "standard-of-care", "control")
_CENTRES = ("mean", "median", "events")
_SPREADS = ("sd", "se", "iqr", "range", "ci")


@dataclass(frozen=True, slots=True)
class TablesRead:
    """The results of an article's tables, the sizes of groups in their headings, and the tables that were not read."""

    results: tuple[Result, ...]
    arms: tuple[ArmCount, ...]
    apart: tuple[Apart, ...]


def tables_read(content: Content, cues: Cues) -> TablesRead:
    """Every table of a content, in order."""
    results: list[Result] = []
    arms: list[tuple[ArmCount, ...]] = []
    apart: list[Apart] = []
    for table in content.tables:
        cells = headed_cells(table)
        headings = headings_of(cells, cues)
        if not any(one.role in ("group", "time", "p") for one in headings.values()):
            if cells:
                reason = "no heading of this table names a group, a time or a p value"
                apart.append(Apart("table", table.place, table.caption.text, reason))
            continue
        general = _general(table)
        baseline = is_of_baseline(table)
        results += [made for cell in cells if (made := _result(table, cell, headings, general, baseline))]
        above = {one.place for cell in cells for one in cell.above}
        counts = _arms([one for place, one in headings.items() if place in above])
        arms.insert(0 if baseline else len(arms), counts)
    counted = [one for one in arms if len(one) > 1]
    return TablesRead(tuple(results), counted[0] if counted else (), tuple(apart))


def _general(table: Table) -> Hints:
    """What caption and notes say of all the numbers, where they say one thing only."""
    texts = [(one.place, one.text) for one in (table.caption, *table.notes)]
    codes = {one.cue.code for passage in passages_of(tuple(texts)) for one in table_cues().seen((passage,))["table"]}
    centres = [c for c in _CENTRES if f"centre.{c}" in codes]
    spreads = [s for s in _SPREADS if f"spread.{s}" in codes]
    is_share = "spread.percent" in codes and "ci" not in spreads
    if len(spreads) > 1 or len(centres) > 1 or (is_share and spreads):
        return Hints()
    return Hints(centres[0] if centres else "", spreads[0] if spreads else "", is_share=is_share)


def _hints(near: list[Heading], general: Hints) -> Hints:
    """The nearest heading that says how numbers are written decides; where it says several things, nobody knows."""
    roles = {one.role for one in near}
    is_p, is_effect = "p" in roles, "effect" in roles
    for one in near:
        centres = [c for c in _CENTRES if f"centre.{c}" in one.codes]
        spreads = [s for s in _SPREADS if f"spread.{s}" in one.codes]
        # The % of "95% CI" makes no share.
        is_share = "spread.percent" in one.codes and "ci" not in spreads
        if centres or spreads or is_share:
            # "Mean (SD) or n (%)" leaves it to each row; a row that says nothing leaves it open.
            is_open = len(centres) > 1 or len(spreads) > 1 or (is_share and bool(spreads))
            centre = "" if is_open or not centres else centres[0]
            spread = "" if is_open or not spreads else spreads[0]
            if not spread and centre and centre == general.centre:
                spread = general.spread
            return Hints(centre, spread, is_p, is_effect, is_share and not is_open)
    return Hints(general.centre, general.spread, is_p, is_effect, general.is_share)


def _result(
    table: Table, cell: Headed, headings: dict[str, Heading], general: Hints, baseline: Quote | None
) -> Result | None:
    above = [headings[one.place] for one in cell.above]
    beside = [headings[one.place] for one in cell.beside]
    figures = figures_of_cell(cell.cell.text, cell.cell.place, _hints([*reversed(beside), *reversed(above)], general))
    if not figures:
        return None
    told = [*_told(above, beside)]
    names = {one.what for one in told}
    if "outcome" not in names:
        corner = headings[cell.corner.place] if cell.corner else None
        caption = Quote(table.caption.text, table.caption.place, 0, len(table.caption.text))
        shown = corner.quote if corner and corner.role == "label" else caption
        if shown.text:
            told.append(Told("outcome", shown.text, shown))
    if "time" not in names and baseline:
        told.append(Told("time", "baseline", baseline))
    return Result("table: cell under its headings", figures, tuple(told))


def _told(above: list[Heading], beside: list[Heading]) -> Iterator[Told]:
    """Group, time and outcome of a cell. The outcome is told beside the cell, or above it where nothing beside tells one."""
    rows = [one for one in beside if one.role in ("label", "count", "effect", "statistic")]
    columns = [one for one in above if one.role == "label"]
    names = rows or columns
    for one in names[-1:]:
        yield Told("outcome", one.name.text, one.name)
    for one in reversed(names):
        for kind, (code, quote) in one.found.items():
            yield Told(f"{kind}-code", code, quote)
        if one.found:
            break
    for one in (*names[:-1], *(columns if rows else ())):
        yield Told("under", one.name.text, one.name)
    for one in (*above, *beside):
        yield from _of_heading(one)


def _of_heading(one: Heading) -> Iterator[Told]:
    if one.role == "group":
        yield Told("arm", one.name.text, one.name)
    elif one.role == "time":
        yield Told("time", one.quote.text, one.quote)
    elif one.role == "total":
        yield Told("subgroup", "all together", one.quote)
    elif one.role == "p":
        yield Told("test", one.quote.text, one.quote)
    if one.size:
        yield Told("analysed", one.size.text.replace(",", ""), one.size)
    if "is.change" in one.codes:
        yield Told("change", "change", one.quote)
    for code, contrast in (("is.between", "between-groups"), ("is.within", "within-group")):
        if code in one.codes:
            yield Told("contrast", contrast, one.quote)


def _arms(headings: list[Heading]) -> tuple[ArmCount, ...]:
    """The groups whose size stands in their heading, each once."""
    found: dict[str, ArmCount] = {}
    for one in headings:
        if one.role == "group" and one.size and one.name.text:
            comparator = next((code for code in _COMPARATORS if code in one.codes), "")
            role: ArmRole = "control" if comparator else "intervention"
            told = "" if comparator == "control" else comparator
            label = one.name.text
            found.setdefault(
                label.casefold(), ArmCount(role, int(one.size.text.replace(",", "")), label, told, one.size)
            )
    return tuple(found.values())

"""What the headings of a table say: which name groups, times, outcomes or statistics, read by the cues of `tables.toml`.

A heading is a group where it counts people (`n = 25`), where its words are a group's, or where a heading at the same level is
one. What is none of groups, times and statistics is taken for the outcome.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from evidermis.evidence.content import Cell, Table
from evidermis.evidence.vocabulary import vocabulary_text
from evidermis.reading.tables.grids import Headed
from evidermis.reading.text import Cues, Quote, cues_from, passages_of

__all__ = ["Heading", "Role", "headings_of", "is_of_baseline", "table_cues"]

Role = Literal["group", "time", "p", "effect", "total", "count", "statistic", "size", "label"]

# "Treatment (n = 25)", "Placebo N=24": the group's size in its own heading.
_SIZE = re.compile(r"[\s,;:(\[]{0,3}\b[nN]\s{0,2}[=:]\s{0,2}(?P<n>\d{1,3}(?:,\d{3})|\d{1,6})\s?[)\]]?")
_GROUP_WORDS = ("vehicle-or-placebo", "untreated", "standard-of-care", "control", "experimental")
# A caption that also speaks of what came of it is not of the time before.
_LATER = re.compile(r"outcome|result|change|follow|after|post|final|\bend\b|respon|effect", re.IGNORECASE)
# "miR-324-5p" is no p value, an intervention's period no group.
_P = re.compile(r"(?:^|[\s(*])[pP](?:[\s*†‡)\-–=<:(,]|$|[vV]al)|signific|\bSig\b", re.IGNORECASE)
_PERIOD = re.compile(r"\b(?:period|phase)s?\b(?!\s*[IV\d])", re.IGNORECASE)
_SHORT = 20
_AT = re.compile(
    r"\W*(?:at |after |before |change|pre|post|baseline|end|follow|first|second|third|final|last|initial|week|month|day|visit"
    r"|year|\d+ ?(?:week|wk|month|mo|day|year|hour|h|min))",
    re.IGNORECASE,
)
# Words that make no name: a heading of these alone says how figures are written.
_BARE = re.compile(
    r"[\s\d%±/(),.;:=+-]|\b(?:n|no|number|mean|median|sd|se|sem|iqr|range|ci|of|and|in|or|to|the|value|values)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its role, the cues it holds, and the size of the group that it counts."""

    quote: Quote
    role: Role
    codes: frozenset[str]
    name: Quote
    size: Quote | None = None
    found: dict[str, tuple[str, Quote]] = field(default_factory=dict[str, tuple[str, Quote]])


@cache
def table_cues() -> Cues:
    """The cues for headings of tables that come with the package."""
    return Cues({"table": cues_from(vocabulary_text("tables"), "tables.toml")})


def headings_of(cells: Iterable[Headed], cues: Cues) -> dict[str, Heading]:
    """Each heading of the cells by its place, its role settled with those beside it."""
    cells = tuple(cells)
    above = {one.place: one for cell in cells for one in cell.above}
    beside = {one.place: one for cell in cells for one in (*cell.beside, *filter(None, [cell.corner]))}
    read = {place: _heading(place, one.text, cues) for place, one in (above | beside).items()}
    for chain in dict.fromkeys(cell.above for cell in cells):
        _give_size(chain, read)
    _make_groups(above, beside, read)
    return read


def _give_size(chain: tuple[Cell, ...], read: dict[str, Heading]) -> None:
    """A heading that is a size alone counts the group that is named above it."""
    for at, cell in enumerate(chain):
        sized = read[cell.place]
        if sized.role != "size" or not sized.size:
            continue
        named = next((one for one in reversed(chain[:at]) if read[one.place].role in ("label", "group", "total")), None)
        if named is None:
            continue
        group = read[named.place]
        role: Role = "total" if group.role == "total" else "group"
        # A group over several sizes has one at each time; they stay where they stand.
        is_one = named.columns == cell.columns and group.size is None
        read[named.place] = replace(group, role=role, size=sized.size if is_one else group.size)
        if is_one:
            read[cell.place] = replace(sized, size=None)


def _make_groups(above: dict[str, Cell], beside: dict[str, Cell], read: dict[str, Heading]) -> None:
    """Headings at a group's level are groups too; so are two or more names beside a p value or a total. Rows then name none."""
    levels: dict[int, list[str]] = {}
    for place, cell in above.items():
        levels.setdefault(cell.row, []).append(place)
    roles = {read[place].role for place in above}
    has_groups = "group" in roles
    in_rows = any(read[place].role == "group" for place in beside if place not in above)
    for places in levels.values():
        labels = [place for place in places if read[place].role == "label" and place not in beside]
        is_level = any(read[place].role == "group" for place in places)
        is_compared = not has_groups and not in_rows and len(labels) > 1 and not roles.isdisjoint(("p", "total"))
        if is_level or is_compared:
            has_groups = True
            for place in labels:
                read[place] = replace(read[place], role="group")
    if has_groups:
        for place in beside:
            if place not in above and read[place].role == "group":
                read[place] = replace(read[place], role="label")
    for place in beside:
        if place not in above and read[place].role == "total":
            read[place] = replace(read[place], role="label")


def _heading(place: str, text: str, cues: Cues) -> Heading:
    passages = passages_of(((place, text),))
    codes: set[str] = set()
    found: dict[str, tuple[str, Quote]] = {}
    for passage in passages:
        codes |= {one.cue.code for one in table_cues().seen((passage,))["table"]}
        seen = cues.seen((passage,))
        codes |= {one.cue.code for one in seen["comparator"]}
        if not codes.isdisjoint(("spread.sd", "spread.se")):
            # The "standard" of a standard error is nobody's care.
            codes.discard("standard-of-care")
        for kind in ("outcome", "instrument"):
            if seen[kind]:
                found[kind] = (seen[kind][0].cue.code, seen[kind][0].quote)
    whole = Quote(text, place, 0, len(text))
    size = _SIZE.search(text)
    name = Quote(text[: size.start()].rstrip(), place, 0, len(text[: size.start()].rstrip())) if size else whole
    counted = Quote(size["n"], place, *size.span("n")) if size else None
    return Heading(
        whole, _role(text, codes, size is not None), frozenset(codes), name if name.text else whole, counted, found
    )


def _role(text: str, codes: set[str], has_size: bool) -> Role:
    if has_size and not _SIZE.sub("", text).strip(" ():;,"):
        return "size"
    if "is.p" in codes and len(text) < 40 and not has_size and _P.search(text):
        return "p"
    if "is.total" in codes and len(_SIZE.sub("", text).split()) < 4:
        return "total"
    is_period = _PERIOD.search(text) is not None and not has_size
    if is_period or ("is.time" in codes and _is_mostly_time(text)):
        return "time"
    if has_size or not codes.isdisjoint(_GROUP_WORDS) or ("is.group" in codes and "is.effect" not in codes):
        return "group"
    is_interval = "is.interval" in codes and not any(code.startswith("centre.") for code in codes)
    if ("is.effect" in codes or is_interval) and len(text) < 60:
        return "effect"
    bare = _BARE.sub("", text)
    if "is.count" in codes and len(bare) < 10:
        return "count"
    return "statistic" if len(bare) < 3 else "label"


def _is_mostly_time(text: str) -> bool:
    """Whether a heading names a time and little else: "stay of more than 14 days" is an outcome, "change at week 12" a time."""
    return "1/2" not in text and (len(text) <= _SHORT or bool(_AT.match(text)))


def is_of_baseline(table: Table) -> Quote | None:
    """The words of a caption that say the table is of the people before treatment; None where it does not."""
    if _LATER.search(table.caption.text):
        return None
    for passage in passages_of(((table.caption.place, table.caption.text),)):
        for one in table_cues().seen((passage,))["table"]:
            if one.cue.code == "of.baseline":
                return one.quote
    return None

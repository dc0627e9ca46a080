# Altair leaves the types of its methods partly open.
# pyright: reportUnknownMemberType=false
"""The evidence map: what was measured (rows), in whom (columns from cells to randomised trials), and where it points."""

from dataclasses import dataclass

import altair as alt

from evidermis.appraisal import Appraisal
from evidermis.appraisal.rungs import rung_of
from evidermis.evidence.inert import clean
from evidermis.evidence.ladders import RUNGS, Direction, Rung, is_human
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.publishing.picture import INK, MUTED, RULE, SHAPES, Drawing, Picture, direction_colour, drawn
from evidermis.publishing.wording import short_words

__all__ = ["evidence_map"]

_COLUMNS: tuple[Rung, ...] = tuple(rung for rung in RUNGS if rung != "systematic-review")
# Marks of one cell stand side by side, this share of a column apart; a cell holds about six of them.
_STEP = 0.155
# The share of a column that its marks may take.
_WIDEST = 0.86


@dataclass(frozen=True, slots=True)
class _Mark:
    study: str
    label: str
    outcome: str
    rung: Rung
    direction: Direction
    people: int


def evidence_map(review: Review, appraisal: Appraisal, vocabulary: Vocabulary) -> Picture:
    """One mark a study, outcome and rung; its size the people in it, its colour and shape the direction."""
    found = _marks(review, appraisal, vocabulary)
    rows = [(m.label, m.outcome, m.rung, m.direction, m.people) for m in found]
    needed = {code for claim in review.protocol.claims for code in claim.outcomes}
    outcomes = sorted({m.outcome for m in found} | {vocabulary.outcome(code).label for code in needed})
    return drawn(
        "evidence-map",
        _chart(found, outcomes) if found else None,
        ("study", "outcome", "rung", "direction", "people"),
        rows,
        all=len(rows),
        studies=len({m.study for m in found}),
        outcomes=len(outcomes),
        human=sum(is_human(m.rung) for m in found),
        randomised=sum(m.rung == "randomised-trial" for m in found),
    )


def _marks(review: Review, appraisal: Appraisal, vocabulary: Vocabulary) -> list[_Mark]:
    claimed = {code for claim in review.protocol.claims for code in (*claim.outcomes, *claim.mechanisms)}
    claimed |= {outcome.code for outcome in vocabulary.outcomes if outcome.link == "delivery"}
    retracted = {held.id.removeprefix("study:") for held in appraisal.held_out}
    seen: dict[tuple[str, str, str], _Mark] = {}
    for study in review.studies:
        for finding in study.findings:
            if finding.outcome not in claimed or study.id in retracted or vocabulary.design(study.design).synthesis:
                continue
            rung = rung_of(study, finding, vocabulary)
            people = (study.people.counted or 0) if is_human(rung) else 0
            label = vocabulary.outcome(finding.outcome).label
            mark = _Mark(study.id, clean(study.label), label, rung, finding.direction, people)
            seen.setdefault((label, rung, study.id), mark)
    return [seen[key] for key in sorted(seen)]


def _chart(found: list[_Mark], outcomes: list[str]) -> Drawing:
    labels = short_words("rungs")
    cells: dict[tuple[str, str], list[_Mark]] = {}
    for mark in found:
        cells.setdefault((mark.outcome, mark.rung), []).append(mark)
    values: list[dict[str, object]] = []
    for (outcome, rung), marks in cells.items():
        # However many studies a cell holds, none may leave its column: across the firewall it would be read as people.
        step = min(_STEP, _WIDEST / max(1, len(marks) - 1))
        for place, mark in enumerate(marks):
            x = _COLUMNS.index(mark.rung) + (place - (len(marks) - 1) / 2) * step
            values.append(
                {"outcome": outcome, "x": round(x, 4), "direction": mark.direction, "people": mark.people, "rung": rung}
            )
    names = "[" + ",".join(repr(labels[rung]) for rung in _COLUMNS) + "][datum.value]"
    axis = alt.Axis(
        orient="top",
        values=list(range(len(_COLUMNS))),
        labelExpr=names,
        labelAngle=0,
        labelPadding=10,
        domain=False,
        ticks=False,
        grid=False,
    )
    x = alt.X("x:Q", title=None, axis=axis, scale=alt.Scale(domain=[-0.5, len(_COLUMNS) - 0.5], nice=False, zero=False))
    y = alt.Y("outcome:N", title=None, sort=outcomes, scale=alt.Scale(domain=outcomes))
    y = y.axis(grid=True, domain=False, ticks=False, labelPadding=12)
    size = alt.Size("people:Q", title="People", scale=alt.Scale(domain=[0, 100], range=[50, 430], clamp=True))
    size = size.legend(values=[20, 50, 100], symbolFillColor=MUTED, symbolStrokeColor=MUTED)
    shape = alt.Shape(
        "direction:N", title="Points to", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    )
    human = {rung for rung in _COLUMNS if is_human(rung)}
    people = [v for v in values if v["rung"] in human]
    bench = [v for v in values if v["rung"] not in human]
    wall = _COLUMNS.index("human-uncontrolled") - 0.5
    edges = [{"x": at + 0.5} for at in range(len(_COLUMNS) - 1) if at + 0.5 != wall]
    layers: list[alt.Chart] = [
        alt.Chart(alt.Data(values=edges)).mark_rule(color=RULE).encode(x=x),
        alt.Chart(alt.Data(values=[{"x": wall}])).mark_rule(color=INK, strokeDash=[5, 4], strokeWidth=1.4).encode(x=x),
    ]
    if bench:
        mark = alt.Chart(alt.Data(values=bench)).mark_point(filled=False, strokeWidth=1.6, size=70, opacity=1)
        layers.append(mark.encode(x=x, y=y, color=direction_colour(), shape=shape))
    if people:
        mark = alt.Chart(alt.Data(values=people)).mark_point(filled=True, opacity=0.82)
        layers.append(mark.encode(x=x, y=y, color=direction_colour(), shape=shape, size=size))
    return alt.layer(*layers).properties(width=720, height=alt.Step(27))

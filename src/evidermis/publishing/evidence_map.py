"""The evidence map: what was measured (rows), in whom (columns); one mark a study, sized by people, coloured by direction."""

from dataclasses import dataclass
from typing import Any

from evidermis.appraisal import Appraisal
from evidermis.evidence.ladders import RUNGS, Direction, Rung, is_human
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.publishing.cleaning import clean, written_table
from evidermis.publishing.directions import COLOUR, SHAPE
from evidermis.publishing.picture import INK, MUTED, Picture, drawn, empty

__all__ = ["evidence_map"]


@dataclass(frozen=True, slots=True, order=True)
class _Dot:
    outcome: str
    rung: Rung
    study: str
    direction: Direction
    people: int


def evidence_map(review: Review, appraisal: Appraisal, vocabulary: Vocabulary) -> Picture:
    """The picture over every outcome and mechanism that a claim names."""
    dots = _dots(review, appraisal, vocabulary)
    rows = [(d.study, d.outcome, d.rung, d.direction, d.people) for d in dots]
    csv = written_table(("study", "outcome", "rung", "direction", "people"), rows)
    title = "Evidence map: what was measured, in whom, and where it points"
    if not dots:
        return empty("evidence-map", title, "No study bears on a claim yet.", csv)
    human = sum(is_human(d.rung) for d in dots)
    text = f"{len(dots)} study results over {len({d.outcome for d in dots})} outcomes; {human} of them in people. "
    text += "Columns run from cells on the left to randomised trials on the right. Marks are sized by people."
    return drawn("evidence-map", title, text, _spec(dots), csv)


def _dots(review: Review, appraisal: Appraisal, vocabulary: Vocabulary) -> list[_Dot]:
    """One dot a study, outcome and rung; the bench results of mechanisms too, which no claim's body holds."""
    named = {code for claim in review.protocol.claims for code in (*claim.outcomes, *claim.mechanisms)} | {
        "penetration"
    }
    retracted = {held.id.removeprefix("study:") for held in appraisal.held_out}
    human: dict[tuple[str, str], Rung] = {
        (d.study, name): d.rung for a in appraisal.claims for d in a.distances for name in d.findings
    }
    dots: dict[tuple[str, str], _Dot] = {}
    for study in review.studies:
        for finding in study.findings:
            if finding.outcome not in named or study.id in retracted or finding.subgroup:
                continue
            rung = human.get((study.id, finding.id), vocabulary.design(study.design).rung)
            people = (study.people.counted or 0) if is_human(rung) else 0
            label = vocabulary.outcome(finding.outcome).label
            dot = _Dot(label, rung, clean(study.label), finding.direction, people)
            dots.setdefault((study.id, finding.outcome), dot)
    return sorted(dots.values())


def _spec(dots: list[_Dot]) -> dict[str, Any]:
    seen: dict[tuple[str, str], int] = {}
    values: list[dict[str, Any]] = []
    for d in dots:
        place = seen[(d.outcome, d.rung)] = seen.get((d.outcome, d.rung), -1) + 1
        values.append(
            {"outcome": d.outcome, "rung": d.rung, "direction": d.direction, "people": d.people, "place": place}
        )
    most = max(seen.values())
    axis = {"orient": "top", "labelAngle": 0, "domain": False, "ticks": False, "labelPadding": 10, "grid": True}
    size = {
        "field": "people",
        "type": "quantitative",
        "title": "People",
        "scale": {"domain": [0, 100], "range": [45, 420], "clamp": True},
        "legend": {"values": [0, 20, 50, 100], "symbolFillColor": MUTED, "symbolStrokeColor": MUTED},
    }
    return {
        "data": {"values": values},
        "width": {"step": 132},
        "height": {"step": 24},
        "mark": {"type": "point", "filled": True, "opacity": 0.9, "stroke": INK, "strokeWidth": 0.4},
        "encoding": {
            "y": {
                "field": "outcome",
                "type": "nominal",
                "title": None,
                "axis": {"grid": True, "domain": False, "ticks": False},
            },
            "x": {
                "field": "rung",
                "type": "nominal",
                "title": None,
                "scale": {"domain": [r for r in RUNGS if r != "systematic-review"]},
                "axis": axis,
            },
            "xOffset": {"field": "place", "type": "quantitative", "scale": {"domain": [-0.5, max(most, 5) + 0.5]}},
            "size": size,
            "color": COLOUR,
            "shape": SHAPE,
        },
    }

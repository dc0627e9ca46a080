"""The effects of controlled comparisons: an interval where one can be computed, otherwise only where the result points."""

from collections.abc import Sequence
from typing import Any

from evidermis.appraisal import Appraisal
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.publishing.cleaning import clean, written_table
from evidermis.publishing.directions import COLOUR, SHAPE
from evidermis.publishing.effects import Drawable, drawables
from evidermis.publishing.picture import INK, MUTED, Picture, drawn, empty

__all__ = ["effect_picture"]

_HEAD = ("study", "finding", "outcome", "direction", "people", "randomised", "effect_sd", "low", "high", "note")


def effect_picture(review: Review, appraisal: Appraisal, vocabulary: Vocabulary) -> Picture:
    """The picture over every controlled finding in people. Nothing is pooled, so no diamond is drawn."""
    found = drawables(review, appraisal, vocabulary)
    csv = written_table(_HEAD, [_row(d) for d in found])
    title = "Controlled comparisons: effects and intervals"
    if not found:
        return empty("effects", title, "There is no controlled comparison in people.", csv)
    count = sum(d.effect is not None for d in found)
    text = f"{len(found)} controlled findings in people; an interval can be computed for {count} of them. "
    text += "To the right of the line the treated did better; an open mark shows a direction without a size. Nothing is pooled."
    return drawn("effects", title, text, _spec(found), csv)


def _row(d: Drawable) -> tuple[str | float | int | None, ...]:
    numbers = tuple(None if x is None else round(x, 4) for x in (d.effect, d.low, d.high))
    return (d.study, d.finding, d.outcome, d.direction, d.people, "yes" if d.randomised else "no", *numbers, d.how)


def _values(found: Sequence[Drawable]) -> list[dict[str, Any]]:
    values: list[dict[str, Any]] = []
    for d in found:
        people = "" if d.people is None else f", n {d.people}"
        row = clean(f"{d.label}: {d.outcome}{people}{'' if d.randomised else ', not randomised'}")
        # Two findings of one study and outcome need rows of their own; a thin space tells them apart.
        row += "\u2009" * sum(v["row"].rstrip("\u2009") == row for v in values)
        gutter = {"benefit": 0.35, "harm": -0.35}.get(d.direction, 0.0)
        value = {"row": row, "effect": d.effect, "low": d.low, "high": d.high, "direction": d.direction, "note": d.how}
        values.append({**value, "gutter": gutter})
    return values


def _spec(found: Sequence[Drawable]) -> dict[str, Any]:
    edge = max([1.5, *(abs(x) for d in found for x in (d.low, d.high) if x is not None)])
    y = {"field": "row", "type": "nominal", "title": None, "sort": None, "axis": {"ticks": False, "domain": False}}
    x = {"type": "quantitative", "title": "Difference in standard deviations (right: the treated did better)"}
    scale = {"domain": [-edge, edge], "nice": True}
    sized, unsized = [{"filter": "datum.effect !== null"}], [{"filter": "datum.effect === null"}]

    def layer(transform: list[dict[str, str]], mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
        return {"transform": transform, "mark": mark, "encoding": {"y": y, **encoding}}

    return {
        "data": {"values": _values(found)},
        "width": 400,
        "height": {"step": 26},
        "layer": [
            {"mark": {"type": "rule", "color": MUTED}, "encoding": {"x": {"datum": 0, **x, "scale": scale}}},
            layer(
                sized,
                {"type": "rule", "color": INK, "strokeWidth": 1.6},
                x={"field": "low", **x},
                x2={"field": "high"},
            ),
            layer(
                sized,
                {"type": "point", "filled": True, "size": 110, "opacity": 1},
                x={"field": "effect", **x},
                color=COLOUR,
                shape=SHAPE,
            ),
            layer(
                unsized,
                {"type": "point", "filled": False, "size": 80, "strokeWidth": 1.8},
                x={"field": "gutter", **x},
                color=COLOUR,
                shape=SHAPE,
            ),
            layer(
                unsized,
                {"type": "text", "align": "left", "dx": 12, "fontSize": 12, "color": MUTED},
                x={"field": "gutter", **x},
                text={"field": "note"},
            ),
        ],
    }

# Altair leaves the types of its methods partly open.
# pyright: reportUnknownMemberType=false
"""The picture of controlled comparisons: a row each, an interval only where the source allows one, never a summary."""

from itertools import groupby
from typing import Any

import altair as alt

from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.publishing.effects import Drawable, drawables
from evidermis.publishing.picture import INK, MUTED, RULE, SHAPES, Cell, Drawing, Picture, direction_colour, drawn
from evidermis.publishing.wording import short_words
from evidermis.statistics import Synthesis

__all__ = ["effect_picture"]

# Columns in pixels: label, people, direction, the interval's panel, what was reported.
_PEOPLE, _SIGN, _PANEL, _WORDS, _WIDTH = 318, 340, (366, 546), 566, 930
_LONGEST_LABEL, _LONGEST_WORDS = 42, 58


def effect_picture(review: Review, synthesis: Synthesis, vocabulary: Vocabulary) -> Picture:
    """Every controlled finding in people, grouped by outcome."""
    found = drawables(review, synthesis, vocabulary)
    head = (
        "study",
        "finding",
        "outcome",
        "direction",
        "people",
        "randomised",
        "effect_sd",
        "low",
        "high",
        "reported",
        "note",
    )
    return drawn(
        "effects",
        _chart(found) if found else None,
        head,
        [_row(d) for d in found],
        all=len(found),
        drawn=sum(d.effect is not None for d in found),
        blocked=sum(d.blocked for d in found),
    )


def _row(d: Drawable) -> tuple[Cell, ...]:
    numbers = tuple(None if x is None else round(x, 4) for x in (d.effect, d.low, d.high))
    randomised = "yes" if d.randomised else "no"
    return (d.study, d.finding, d.outcome, d.direction, d.people, randomised, *numbers, d.reported, d.note)


def _chart(found: tuple[Drawable, ...]) -> Drawing:
    values: list[dict[str, object]] = []
    for outcome, group in groupby(found, key=lambda d: d.outcome):
        values.append({"head": outcome, "row": len(values)})
        for d in group:
            values.append(_value(d) | {"row": len(values)})
    y = alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0))
    edge = max([1.0, *(abs(x) for d in found for x in (d.low, d.high) if x is not None)]) * 1.04
    scale = alt.Scale(domain=[-edge, edge], range=list(_PANEL), nice=False)
    axis = alt.Axis(grid=False, tickCount=5, format="~g", titlePadding=8)
    x = alt.X("effect:Q", scale=scale, axis=axis, title=None)
    shape = alt.Shape(
        "direction:N", title="Points to", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values()))
    )
    data = alt.Chart(alt.Data(values=values))
    heads, rows = data.transform_filter("isValid(datum.head)"), data.transform_filter("!isValid(datum.head)")
    lines = rows.transform_filter("isValid(datum.effect)")
    small: dict[str, Any] = {"fontSize": 12.5, "baseline": "middle"}
    middle = sum(_PANEL) / 2
    whole = [{"row": v["row"]} for v in values]
    return alt.layer(
        alt.Chart(alt.Data(values=whole))
        .mark_rule(color=RULE, opacity=0.55)
        .encode(y=alt.Y("row:O", axis=None, bandPosition=1), x=alt.value(0), x2=alt.value(_WIDTH)),
        alt.Chart(alt.Data(values=[{}])).mark_rule(color=MUTED).encode(x=alt.value(middle)),
        heads.mark_text(align="left", fontWeight="bold", color=INK, fontSize=13, baseline="middle").encode(
            y=y, x=alt.value(0), text="head:N"
        ),
        rows.mark_text(align="left", color=INK, **small).encode(y=y, x=alt.value(12), text="label:N"),
        rows.mark_text(align="right", color=MUTED, **small).encode(y=y, x=alt.value(_PEOPLE), text="n:N"),
        rows.mark_point(filled=True, size=75, opacity=1).encode(
            y=y, x=alt.value(_SIGN), color=direction_colour(), shape=shape
        ),
        lines.mark_rule(color=INK, strokeWidth=1.8).encode(y=y, x=alt.X("low:Q", scale=scale), x2="high:Q"),
        lines.mark_point(filled=True, size=90, opacity=1).encode(y=y, x=x, color=direction_colour(), shape=shape),
        rows.mark_text(align="left", color=MUTED, **small).encode(y=y, x=alt.value(_WORDS), text="words:N"),
    ).properties(width=_WIDTH, height=alt.Step(24), title=_heading())


def _heading() -> alt.TitleParams:
    words = short_words("effect_notes")["axis"]
    return alt.TitleParams(words, anchor="start", fontSize=12.5, fontWeight="normal", color=MUTED, offset=12)


def _value(d: Drawable) -> dict[str, object]:
    words = d.note if d.effect is not None or d.blocked else d.reported or d.note
    return {
        "label": _cut(d.label, _LONGEST_LABEL),
        "n": "n ?" if d.people is None else f"n {d.people}",
        "direction": d.direction,
        "effect": d.effect,
        "low": d.low,
        "high": d.high,
        "words": _cut(words, _LONGEST_WORDS),
    }


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"

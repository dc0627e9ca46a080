# Altair leaves the types of its methods partly open.
# pyright: reportUnknownMemberType=false
"""Pictures of a meta-analysis from plain values: forest, cumulative, funnel with contours of significance.

Each is a `Picture`: an SVG with a title and a description that says the same in words, and every value drawn as rows.
"""

import json
from collections.abc import Sequence
from html import escape
from typing import Any

import altair as alt
import numpy as np
import vl_convert

from evidermis.publishing.cleaning import clean
from evidermis.publishing.picture import DIRECTIONS, INK, MUTED, RULE, Cell, Drawing, Picture
from evidermis.statistics import Pooled, PooledMany

__all__ = ["cumulative_picture", "forest_picture", "funnel_picture", "picture_of"]

_ACCENT = "#0f766e"
# The page's own names of the colours, so that pictures follow its light and dark.
_VARIABLES = {INK: "--ink", MUTED: "--muted", RULE: "--rule"} | {
    colour: f"--direction-{name.replace(' ', '-')}" for name, colour in DIRECTIONS.items()
}


def picture_of(
    name: str, title: str, text: str, chart: Drawing, head: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> Picture:
    """The picture of a chart with its own words; it draws from inline data only."""
    font = "Inter, Segoe UI, Helvetica, Arial, Liberation Sans, sans-serif"
    words: dict[str, Any] = {"labelColor": INK, "titleColor": MUTED, "titleFontWeight": "normal", "labelFontSize": 13}
    styled = (
        chart.configure(background="transparent", font=font)
        .configure_view(stroke=None)
        .configure_axis(**words, domainColor=RULE, tickColor=RULE, gridColor=RULE, labelLimit=320)
        .configure_legend(**words, orient="bottom", titleOrient="left")
    )
    svg = vl_convert.vegalite_to_svg(json.dumps(styled.to_dict(), sort_keys=True), allowed_base_urls=[])
    for colour, variable in _VARIABLES.items():
        svg = svg.replace(f'"{colour}"', f'"var({variable}, {colour})"')
    start, _, rest = svg.partition(">")
    spoken = (
        f'<title id="{name}-title">{escape(clean(title))}</title><desc id="{name}-desc">{escape(clean(text))}</desc>'
    )
    for role in ('role="graphics-object"', 'role="graphics-symbol"'):
        rest = rest.replace(role, 'role="presentation"')
    described = f'{start} role="img" aria-labelledby="{name}-title {name}-desc">{spoken}{rest}'
    return Picture(name, title, text, described, tuple(head), tuple(tuple(row) for row in rows))


def data_of(rows: Sequence[dict[str, Cell]]) -> alt.Chart:
    """A chart of inline rows; outside text in them is made plain."""
    values = [{key: clean(cell) if isinstance(cell, str) else cell for key, cell in row.items()} for row in rows]
    return alt.Chart(alt.Data(values=values))


def _rounded(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None


def _span(low: float, high: float, estimate: float) -> str:
    return f"{estimate:.2f} ({low:.2f} to {high:.2f})"


def forest_picture(
    studies: Sequence[str], yi: Sequence[float], vi: Sequence[float], fit: Pooled, *, effect: str = "Effect"
) -> Picture:
    """Each study's effect with its 95 % interval and weight, the pooled effect and the prediction interval below."""
    rows: list[dict[str, Cell]] = []
    for at, (name, y, v, weight) in enumerate(zip(studies, yi, vi, fit.weights, strict=True)):
        reach = 1.959964 * float(np.sqrt(v))
        rows.append(_forest_row(at, name, y, y - reach, y + reach, 100 * weight, "study"))
    shown = fit.k > 1
    if shown:
        rows.append(_forest_row(len(rows), "Pooled", fit.estimate, fit.ci_lower, fit.ci_upper, 100.0, "pooled"))
    if fit.k > 2 and np.isfinite(fit.pi_lower):
        rows.append(_forest_row(len(rows), "A new study", fit.estimate, fit.pi_lower, fit.pi_upper, None, "prediction"))
    whole = _span(fit.ci_lower, fit.ci_upper, fit.estimate)
    text = (
        f"{fit.k} studies by {fit.method} with test {fit.test}: pooled {whole}, I2 {fit.i2:.0f} %."
        if shown
        else f"One study: {whole}. There is nothing to pool."
    )
    head = ("label", "kind", "estimate", "low", "high", "weight")
    chart = _intervals(rows, effect)
    return picture_of("forest", "Forest plot", text, chart, head, [[row[key] for key in head] for row in rows])


def _forest_row(
    row: int, label: str, y: float, low: float, high: float, weight: float | None, kind: str
) -> dict[str, Cell]:
    share = None if weight is None else round(weight, 1)
    return {
        "row": row,
        "label": label,
        "kind": kind,
        "estimate": _rounded(y),
        "low": _rounded(low),
        "high": _rounded(high),
        "weight": share,
        "words": _span(low, high, y),
    }


def _intervals(rows: Sequence[dict[str, Cell]], effect: str) -> Drawing:
    """Rows of intervals with their labels to the left and their numbers to the right."""
    base = data_of(rows).encode(y=alt.Y("row:O", axis=None))
    # A single value of each row in JSON numbers: a text column at each side leaves the middle for the intervals.
    scale = alt.Scale(zero=True, nice=True, range=[220, 560])
    kind = alt.Color(
        "kind:N",
        legend=None,
        scale=alt.Scale(domain=["study", "pooled", "prediction"], range=[INK, _ACCENT, MUTED]),
    )
    shape = alt.Shape(
        "kind:N",
        legend=None,
        scale=alt.Scale(domain=["study", "pooled", "prediction"], range=["square", "diamond", "stroke"]),
    )
    size = alt.Size("weight:Q", legend=None, scale=alt.Scale(domain=[0, 100], range=[30, 320]))
    estimate = alt.X("estimate:Q", title=effect, scale=scale, axis=alt.Axis(grid=False, tickCount=6))
    zero = alt.Chart(alt.Data(values=[{"x": 0}])).mark_rule(color=MUTED, strokeDash=[3, 3])
    return alt.layer(
        zero.encode(x=alt.X("x:Q", scale=scale)),
        base.mark_rule(strokeWidth=1.8).encode(x=alt.X("low:Q", title=effect, scale=scale), x2="high:Q", color=kind),
        base.mark_point(filled=True, opacity=1).encode(x=estimate, color=kind, shape=shape, size=size),
        base.mark_text(align="left", color=INK, fontSize=13).encode(x=alt.value(0), text="label:N"),
        base.mark_text(align="left", color=MUTED, fontSize=13).encode(x=alt.value(580), text="words:N"),
    ).properties(width=760, height=alt.Step(24))


def cumulative_picture(studies: Sequence[str], fits: PooledMany, *, effect: str = "Effect") -> Picture:
    """The pooled effect after each study was added, in the order of the fits."""
    rows: list[dict[str, Cell]] = []
    for at, name in enumerate(studies):
        y, low, high = (float(x[at]) for x in (fits.estimate, fits.ci_lower, fits.ci_upper))
        rows.append(_forest_row(at, f"+ {name}" if at else name, y, low, high, None, "study"))
    last = _span(float(fits.ci_lower[-1]), float(fits.ci_upper[-1]), float(fits.estimate[-1]))
    text = f"The pooled effect as {len(rows)} studies appeared, one more in each row; with all of them {last}."
    head = ("label", "estimate", "low", "high")
    values = [[row[key] for key in head] for row in rows]
    return picture_of("cumulative", "Cumulative meta-analysis", text, _intervals(rows, effect), head, values)


def funnel_picture(
    studies: Sequence[str], yi: Sequence[float], vi: Sequence[float], fit: Pooled, *, effect: str = "Effect"
) -> Picture:
    """Effects against their standard errors, over contours of significance (p 0.05 and 0.01 against no effect).

    Peters et al. (2008): studies missing where p > 0.05 speak for selective publication, others for other causes.
    """
    errors = [float(np.sqrt(v)) for v in vi]
    rows: list[dict[str, Cell]] = [
        {"study": name, "estimate": _rounded(y), "se": _rounded(error)}
        for name, y, error in zip(studies, yi, errors, strict=True)
    ]
    top = 1.08 * max(errors)
    edge = max(max(abs(y) for y in yi), 2.58 * top) * 1.02
    x, y = (
        alt.Scale(domain=[-edge, edge], nice=False),
        alt.Scale(domain=[0, top], nice=False, reverse=True),
    )
    bands = [_band(z, top, x, y) for z in (2.5758, 1.96)]
    points = (
        data_of(rows)
        .mark_point(filled=True, size=70, color=INK, opacity=0.9)
        .encode(
            x=alt.X("estimate:Q", title=effect, scale=x, axis=alt.Axis(grid=False)),
            y=alt.Y("se:Q", title="Standard error", scale=y, axis=alt.Axis(grid=False)),
        )
    )
    centre = alt.Chart(alt.Data(values=[{"x": fit.estimate}])).mark_rule(color=_ACCENT, strokeWidth=1.8)
    chart = alt.layer(*bands, centre.encode(x=alt.X("x:Q", scale=x)), points).properties(width=560, height=380)
    inside = sum(abs(y) < 1.96 * error for y, error in zip(yi, errors, strict=True))
    few = " With fewer than 10 studies asymmetry cannot be judged." if len(rows) < 10 else ""
    text = (
        f"{len(rows)} studies around a pooled effect of {fit.estimate:.2f}; {inside} lie where p is above 0.05 (the "
        f"darkest area in the middle); the paler area is p from 0.01 to 0.05, and outside it p is below 0.01.{few}"
    )
    head = ("study", "estimate", "se")
    values = [[row[key] for key in head] for row in rows]
    return picture_of("funnel", "Funnel plot with contours of significance", text, chart, head, values)


def _band(z: float, top: float, x: alt.Scale, y: alt.Scale) -> Drawing:
    """The area where |effect| is below z standard errors."""
    values = [{"se": error, "low": -z * error, "high": z * error} for error in (0.0, top)]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_area(color=MUTED, opacity=0.14, orient="horizontal", clip=True)
        .encode(y=alt.Y("se:Q", scale=y, title="Standard error"), x=alt.X("low:Q", scale=x, stack=None), x2="high:Q")
    )

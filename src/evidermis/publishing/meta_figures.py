# Altair leaves the types of its methods partly open.
# pyright: reportUnknownMemberType=false
"""Pictures of a meta-analysis from plain values: forest, cumulative, funnel with contours of significance.

Each is a `Picture`: an SVG with a title and a description that says the same in words, and every value drawn as rows.
"""

from collections.abc import Sequence

import altair as alt
import numpy as np

from evidermis.publishing.picture import DIRECTIONS, INK, MUTED, Cell, Drawing, Picture, data_of, picture_of
from evidermis.statistics import Pooled, PooledMany

__all__ = ["cumulative_picture", "forest_picture", "funnel_picture"]

_ACCENT = DIRECTIONS["benefit"]
# The size, in per cent of weight, of a mark whose effect has no weight.
_UNWEIGHTED = 15.0


def _rounded(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None


def _span(low: float, high: float, estimate: float) -> str:
    return f"{estimate:.2f} ({low:.2f} to {high:.2f})".replace("-", "−")


def _shown(values: Sequence[float], ratio: bool) -> tuple[float, ...]:
    """Logarithms of ratios as the ratios that readers know; other effects as they are."""
    return tuple(float(np.exp(min(x, 700.0))) for x in values) if ratio else tuple(float(x) for x in values)


def forest_picture(
    studies: Sequence[str],
    yi: Sequence[float],
    vi: Sequence[float],
    fit: Pooled | None,
    *,
    effect: str = "Effect",
    ratio: bool = False,
    name: str = "forest",
    title: str = "Forest plot",
) -> Picture:
    """Each study's effect with its 95 % interval and weight, the pooled effect and the prediction interval below.

    Without a `fit`, or with one study, nothing is summarised. `ratio`: effects are logarithms and shown as ratios.
    """
    weights = fit.weights if fit else [None] * len(yi)
    rows: list[dict[str, Cell]] = []
    for at, (study, y, v, weight) in enumerate(zip(studies, yi, vi, weights, strict=True)):
        reach = 1.959964 * float(np.sqrt(v))
        share = None if weight is None else 100 * weight
        rows.append(_forest_row(at, study, _shown((y, y - reach, y + reach), ratio), share, "study"))
    if fit and fit.k > 1:
        pooled = _shown((fit.estimate, fit.ci_lower, fit.ci_upper), ratio)
        rows.append(_forest_row(len(rows), "Pooled", pooled, 100.0, "pooled"))
    if fit and fit.k > 2 and np.isfinite(fit.pi_lower):
        expected = _shown((fit.estimate, fit.pi_lower, fit.pi_upper), ratio)
        rows.append(_forest_row(len(rows), "A new study", expected, None, "prediction"))
    head = ("label", "kind", "estimate", "low", "high", "weight")
    chart = _intervals(rows, effect, ratio)
    text = _forest_words(rows, fit)
    return picture_of(name, title, text, chart, head, [[row[key] for key in head] for row in rows])


def _forest_words(rows: Sequence[dict[str, Cell]], fit: Pooled | None) -> str:
    if fit and fit.k > 1:
        pooled = next(row["words"] for row in rows if row["kind"] == "pooled")
        return f"{fit.k} studies by {fit.method} with test {fit.test}: pooled {pooled}, I2 {fit.i2:.0f} %."
    if len(rows) == 1:
        return f"One study: {rows[0]['words']}. There is nothing to pool."
    told = "; ".join(f"{row['label']} {row['words']}" for row in rows)
    return f"{len(rows)} comparisons, not pooled: {told}."


def _forest_row(row: int, label: str, values: tuple[float, ...], weight: float | None, kind: str) -> dict[str, Cell]:
    y, low, high = values
    share = None if weight is None else round(weight, 1)
    return {
        "row": row,
        "label": label,
        "kind": kind,
        "estimate": _rounded(y),
        "low": _rounded(low),
        "high": _rounded(high),
        "weight": share,
        "drawn": _UNWEIGHTED if share is None else share,
        "words": _span(low, high, y),
    }


def _intervals(rows: Sequence[dict[str, Cell]], effect: str, ratio: bool = False) -> Drawing:
    """Rows of intervals with their labels to the left and their numbers to the right; ratios on a logarithmic axis."""
    base = data_of(rows).encode(y=alt.Y("row:O", axis=None))
    # A single value of each row in JSON numbers: a text column at each side leaves the middle for the intervals.
    scale = alt.Scale(type="log" if ratio else "linear", zero=not ratio, nice=True, range=[250, 560])
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
    size = alt.Size("drawn:Q", legend=None, scale=alt.Scale(domain=[0, 100], range=[30, 320]))
    estimate = alt.X("estimate:Q", title=effect, scale=scale, axis=alt.Axis(grid=False, tickCount=6, format="~g"))
    zero = alt.Chart(alt.Data(values=[{"x": 1 if ratio else 0}])).mark_rule(color=MUTED, strokeDash=[3, 3])
    return alt.layer(
        zero.encode(x=alt.X("x:Q", scale=scale)),
        base.mark_rule(strokeWidth=1.8).encode(x=alt.X("low:Q", title=effect, scale=scale), x2="high:Q", color=kind),
        base.mark_point(filled=True, opacity=1).encode(x=estimate, color=kind, shape=shape, size=size),
        base.mark_text(align="left", color=INK, fontSize=13).encode(x=alt.value(0), text="label:N"),
        base.mark_text(align="left", color=MUTED, fontSize=13).encode(x=alt.value(580), text="words:N"),
    ).properties(width=760, height=alt.Step(24))


def cumulative_picture(
    studies: Sequence[str],
    fits: PooledMany,
    *,
    effect: str = "Effect",
    ratio: bool = False,
    name: str = "cumulative",
    title: str = "Cumulative meta-analysis",
) -> Picture:
    """The pooled effect after each study was added, in the order of the fits."""
    rows: list[dict[str, Cell]] = []
    for at, study in enumerate(studies):
        values = _shown([float(x[at]) for x in (fits.estimate, fits.ci_lower, fits.ci_upper)], ratio)
        rows.append(_forest_row(at, f"+ {study}" if at else study, values, None, "study"))
    last = rows[-1]["words"]
    text = f"The pooled effect as {len(rows)} studies appeared, one more in each row; with all of them {last}."
    head = ("label", "estimate", "low", "high")
    values = [[row[key] for key in head] for row in rows]
    return picture_of(name, title, text, _intervals(rows, effect, ratio), head, values)


def funnel_picture(
    studies: Sequence[str],
    yi: Sequence[float],
    vi: Sequence[float],
    fit: Pooled,
    *,
    effect: str = "Effect",
    name: str = "funnel",
    title: str = "Funnel plot with contours of significance",
) -> Picture:
    """Effects against their standard errors, over contours of significance (p 0.05 and 0.01 against no effect).

    Peters et al. (2008): studies missing where p > 0.05 speak for selective publication, others for other causes.
    """
    errors = [float(np.sqrt(v)) for v in vi]
    rows: list[dict[str, Cell]] = [
        {"study": study, "estimate": _rounded(y), "se": _rounded(error)}
        for study, y, error in zip(studies, yi, errors, strict=True)
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
    return picture_of(name, title, text, chart, head, values)


def _band(z: float, top: float, x: alt.Scale, y: alt.Scale) -> Drawing:
    """The area where |effect| is below z standard errors."""
    values = [{"se": error, "low": -z * error, "high": z * error} for error in (0.0, top)]
    return (
        alt.Chart(alt.Data(values=values))
        .mark_area(color=MUTED, opacity=0.14, orient="horizontal", clip=True)
        .encode(y=alt.Y("se:Q", scale=y, title="Standard error"), x=alt.X("low:Q", scale=x, stack=None), x2="high:Q")
    )

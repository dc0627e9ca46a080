# Altair leaves the types of its methods partly open.
# pyright: reportUnknownMemberType=false
"""Pictures of evidence that grows or is not pooled: effect directions, sequential boundaries, the multiverse of analyses."""

from collections.abc import Sequence

import altair as alt

from evidermis.publishing.picture import DIRECTIONS, INK, MUTED, SHAPES, Cell, Picture, data_of, picture_of
from evidermis.statistics import Boundaries, DirectionRow, Multiverse, living_state

__all__ = ["boundary_picture", "direction_picture", "multiverse_picture"]

_ACCENT, _AGAINST = DIRECTIONS["benefit"], DIRECTIONS["harm"]


def direction_picture(rows: Sequence[DirectionRow]) -> Picture:
    """The effect-direction plot of Boon & Thomson (2021): one mark a study and domain, its size by people treated."""
    values: list[dict[str, Cell]] = [
        {"study": r.study, "domain": r.domain, "direction": r.direction, "size": r.size, "outcomes": r.outcomes}
        for r in rows
    ]
    kinds = ["benefit", "harm", "unclear"]
    chart = (
        data_of(values)
        .mark_point(filled=True, opacity=1)
        .encode(
            x=alt.X("domain:N", title=None, axis=alt.Axis(orient="top", labelAngle=-32, domain=False, ticks=False)),
            y=alt.Y("study:N", title=None, sort=None, axis=alt.Axis(grid=True, domain=False, ticks=False)),
            color=alt.Color(
                "direction:N", title="Points to", scale=alt.Scale(domain=kinds, range=[DIRECTIONS[k] for k in kinds])
            ),
            shape=alt.Shape(
                "direction:N", title="Points to", scale=alt.Scale(domain=kinds, range=[SHAPES[k] for k in kinds])
            ),
            size=alt.Size(
                "size:N",
                title="People treated",
                scale=alt.Scale(
                    type="ordinal", domain=["unknown", "small", "medium", "large"], range=[40, 90, 190, 340]
                ),
                legend=alt.Legend(symbolFillColor=MUTED, symbolStrokeColor=MUTED),
            ),
        )
        .properties(width=alt.Step(58), height=alt.Step(30))
    )
    counted = ", ".join(f"{sum(r.direction == kind for r in rows)} {kind}" for kind in kinds)
    text = f"Directions of the point estimates of {len({r.study for r in rows})} studies by domain: {counted}."
    head = ("study", "domain", "direction", "size", "outcomes")
    return picture_of("directions", "Effect directions", text, chart, head, [[v[key] for key in head] for v in values])


def boundary_picture(
    z: Sequence[float], boundaries: Boundaries, *, name: str = "boundaries", title: str = "Sequential boundaries"
) -> Picture:
    """The pooled z at each look against efficacy and futility boundaries; `z` has one value a look."""
    limits = [round(x, 3) for x in boundaries.efficacy]
    highest = 1.1 * max(5.0, *(abs(x) for x in z))
    head = ("information", "z", "efficacy", "futility")
    looks = list(zip(boundaries.fractions, z, limits, boundaries.futility, strict=True))
    rows: list[dict[str, Cell]] = [
        {"information": round(t, 4), "z": round(seen, 4), "efficacy": limit, "futility": round(inner, 3)}
        for t, seen, limit, inner in looks
    ]
    x = alt.X("information:Q", title="Information so far, of that required", scale=alt.Scale(domain=[0, 1]))
    scale = alt.Scale(domain=[-highest, highest], nice=False)
    layers: list[alt.Chart] = []
    for key, sign, colour in (
        ("efficacy", 1, _AGAINST),
        ("efficacy", -1, _AGAINST),
        ("futility", 1, MUTED),
        ("futility", -1, MUTED),
    ):
        line: list[dict[str, Cell]] = [
            {"information": row["information"], "edge": sign * float(row[key] or 0.0)} for row in rows
        ]
        y = alt.Y("edge:Q", scale=scale, title="z of the pooled effect")
        layers.append(
            data_of(line)
            .mark_line(color=colour, point=alt.OverlayMarkDef(color=colour), strokeDash=[5, 3], clip=True)
            .encode(x=x, y=y)
        )
    naive: list[dict[str, Cell]] = [{"edge": 1.96}, {"edge": -1.96}]
    layers.append(data_of(naive).mark_rule(color=MUTED, opacity=0.6).encode(y=alt.Y("edge:Q", scale=scale)))
    path = data_of(rows).mark_line(color=_ACCENT, point=alt.OverlayMarkDef(color=_ACCENT), strokeWidth=2.4)
    layers.append(path.encode(x=x, y=alt.Y("z:Q", scale=scale)))
    state = living_state(z[-1], boundaries)
    text = (
        f"After {len(rows)} looks {100 * boundaries.fractions[-1]:.0f} % of the required information is in and z is {z[-1]:.2f}; "
        f"the boundary there is {boundaries.efficacy[-1]:.2f}, the naive one 1.96. State: {state}. Dashed lines: "
        f"boundaries of efficacy (outer) and futility (inner)."
    )
    chart = alt.layer(*layers).properties(width=600, height=360)
    values = [[row[key] for key in head] for row in rows]
    return picture_of(name, title, text, chart, head, values)


def multiverse_picture(
    found: Multiverse,
    *,
    effect: str = "Effect",
    threshold: float = 0.0,
    name: str = "multiverse",
    title: str = "All defensible analyses",
) -> Picture:
    """Every analysis as an interval, sorted by its estimate; those that support the claim are marked."""
    rows: list[dict[str, Cell]] = [
        {
            "rank": at,
            "variant": one.variant,
            "method": one.method,
            "test": one.test,
            "estimate": round(one.estimate, 4),
            "low": round(one.ci_lower, 4),
            "high": round(one.ci_upper, 4),
            "supports": "yes" if one.supports else "no",
        }
        for at, one in enumerate(found.analyses, 1)
    ]
    colour = alt.Color(
        "supports:N", title="Supports the claim", scale=alt.Scale(domain=["yes", "no"], range=[_ACCENT, MUTED])
    )
    base = data_of(rows).encode(
        x=alt.X("rank:O", title="Analyses by estimate", axis=alt.Axis(labels=False, ticks=False)), color=colour
    )
    middle = alt.Chart(alt.Data(values=[{"edge": threshold}])).mark_rule(color=INK, strokeDash=[3, 3])
    chart = alt.layer(
        middle.encode(y="edge:Q"),
        base.mark_rule(strokeWidth=2).encode(y=alt.Y("low:Q", title=effect), y2="high:Q"),
        base.mark_point(filled=True, size=45, opacity=1).encode(
            y="estimate:Q",
            shape=alt.Shape("supports:N", title="Supports the claim", scale=alt.Scale(domain=["yes", "no"])),
        ),
    ).properties(width=max(240, min(900, 14 * len(rows))), height=320)
    supporting = sum(one.supports for one in found.analyses)
    text = (
        f"{supporting} of {len(rows)} defensible analyses ({found.share:.0%}) support the claim; their estimates reach from "
        f"{found.lowest:.2f} to {found.highest:.2f}. The share describes robustness and is no probability."
    )
    head = ("rank", "variant", "method", "test", "estimate", "low", "high", "supports")
    values = [[row[key] for key in head] for row in rows]
    return picture_of(name, title, text, chart, head, values)

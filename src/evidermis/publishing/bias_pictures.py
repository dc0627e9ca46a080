# Altair leaves the types of its methods partly open.
# pyright: reportUnknownMemberType=false
"""Risk of bias in two pictures: the traffic light, a study a row, and the share of each judgement by weight."""

from collections.abc import Sequence

import altair as alt

from evidermis.appraisal.bias import ROBVIS_HEAD, ROBVIS_LEVELS, RobvisLevel, RobvisRow
from evidermis.publishing.picture import DIRECTIONS, MUTED, Cell, Drawing, Picture, data_of, drawn

__all__ = ["bias_shares", "summary_picture", "traffic_light_picture"]

_COLUMNS = ROBVIS_HEAD[1:-1]
_COLOURS = [DIRECTIONS["benefit"], DIRECTIONS["mixed"], DIRECTIONS["harm"], MUTED]
_SIGNS = dict(zip(ROBVIS_LEVELS, ("+", "\u2013", "\u00d7", "?"), strict=True))


def traffic_light_picture(rows: Sequence[RobvisRow]) -> Picture:
    """A sign and a colour for each study and domain."""
    cells: list[dict[str, Cell]] = [
        {"study": row.study, "domain": name, "judgement": level, "sign": _SIGNS[level]}
        for row in rows
        for name, level in zip(_COLUMNS, (*row.domains, row.overall), strict=True)
    ]
    head = ("study", "domain", "judgement")
    values = [[cell[key] for key in head] for cell in cells]
    return drawn(
        "bias",
        _lights(cells) if cells else None,
        head,
        values,
        studies=len(rows),
        **{level.replace(" ", "_"): sum(row.overall == level for row in rows) for level in ROBVIS_LEVELS},
    )


def _lights(cells: Sequence[dict[str, Cell]]) -> Drawing:
    base = data_of(cells).encode(
        x=alt.X("domain:N", sort=list(_COLUMNS), title=None, scale=alt.Scale(domain=list(_COLUMNS))).axis(
            orient="top", labelAngle=0, ticks=False, domain=False
        ),
        y=alt.Y("study:N", sort=None, title=None).axis(ticks=False, domain=False),
    )
    lights = base.mark_circle(size=420, opacity=1).encode(color=_colour())
    signs = base.mark_text(fontSize=14, fontWeight="bold", color="#fff").encode(text="sign:N")
    return alt.layer(lights, signs).properties(width=alt.Step(56), height=alt.Step(30))


def bias_shares(rows: Sequence[RobvisRow]) -> list[tuple[str, RobvisLevel, float]]:
    """The share of the weight that has each judgement, by domain. Where nothing weighs anything, each study counts once."""
    weights = [row.weight for row in rows] if any(row.weight for row in rows) else [1.0] * len(rows)
    found: list[tuple[str, RobvisLevel, float]] = []
    for at, name in enumerate(_COLUMNS):
        for level in ROBVIS_LEVELS:
            held = [w for row, w in zip(rows, weights, strict=True) if (*row.domains, row.overall)[at] == level]
            found.append((name, level, sum(held) / sum(weights) if rows else 0.0))
    return found


def summary_picture(rows: Sequence[RobvisRow]) -> Picture:
    """A bar a domain, parted by judgement; studies count by their weight."""
    shares = [(name, level, round(share, 4)) for name, level, share in bias_shares(rows)]
    values: list[dict[str, Cell]] = [
        {"domain": name, "judgement": level, "share": share, "order": ROBVIS_LEVELS.index(level)}
        for name, level, share in shares
    ]
    chart = (
        data_of(values)
        .mark_bar()
        .encode(
            x=alt.X("share:Q", title="Share of the weight", scale=alt.Scale(domain=[0, 1])).axis(format="%"),
            y=alt.Y("domain:N", sort=list(_COLUMNS), title=None).axis(ticks=False, domain=False),
            color=_colour(),
            order=alt.Order("order:Q"),
        )
        .properties(width=460, height=alt.Step(26))
    )
    return drawn("bias-summary", chart if rows else None, ("domain", "judgement", "share"), shares, studies=len(rows))


def _colour() -> alt.Color:
    scale = alt.Scale(domain=list(ROBVIS_LEVELS), range=_COLOURS)
    return alt.Color("judgement:N", scale=scale, title="Risk of bias")

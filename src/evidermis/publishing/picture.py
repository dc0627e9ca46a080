# Altair leaves the types of its methods partly open.
# pyright: reportUnknownMemberType=false
"""A picture: an SVG that can be read aloud, in colours that follow the reader's light or dark page, with its data as a table."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import altair as alt
import vl_convert

from evidermis.evidence.inert import clean, written_table
from evidermis.publishing.wording import picture_words

__all__ = [
    "DIRECTIONS",
    "INK",
    "MUTED",
    "RULE",
    "SHAPES",
    "STATES",
    "Cell",
    "Drawing",
    "Picture",
    "data_of",
    "direction_colour",
    "drawn",
    "picture_of",
]

Cell = str | float | int | None
Drawing = alt.Chart | alt.LayerChart | alt.FacetChart

# Colours as drawn, and the page's names for them: in the page they follow light and dark, alone they are these.
INK, MUTED, RULE = "#1b2427", "#566267", "#cfd6d3"
DIRECTIONS: dict[str, str] = {
    "benefit": "#0f766e",
    "no difference": "#5b6b80",
    "harm": "#b42318",
    "mixed": "#96600a",
    "unclear": "#6a5590",
}
SHAPES: dict[str, str] = {
    "benefit": "triangle-up",
    "no difference": "circle",
    "harm": "triangle-down",
    "mixed": "diamond",
    "unclear": "square",
}
STATES: dict[str, str] = {
    "shown": "#0f766f",
    "partly shown": "#96600b",
    "not shown": "#5b6b81",
    "against": "#b42319",
    "unknown": "#566268",
}
_NAMES = {
    INK: "--ink",
    MUTED: "--muted",
    RULE: "--rule",
    **{colour: f"--direction-{name.replace(' ', '-')}" for name, colour in DIRECTIONS.items()},
    **{colour: f"--state-{name.replace(' ', '-')}" for name, colour in STATES.items()},
}
# What vega says of each mark by itself; the title and description say it for all of them.
_SPOKEN = re.compile(r' (?:role|aria-label|aria-roledescription|aria-hidden)="[^"]*"')
# The same picture opened by itself on a dark screen.
_ALONE = (
    "svg{{background:#fff}}@media(prefers-color-scheme:dark){{svg{{background:#171d1f;"
    "--ink:#e8ecea;--muted:#a8b4b7;--rule:#3a464a;{dark}}}}}"
)
_DARK = {
    "benefit": "#5fc9bd",
    "no difference": "#a9b8cb",
    "harm": "#ff9a8d",
    "mixed": "#e6b955",
    "unclear": "#c3aeea",
    "shown": "#5fc9bd",
    "partly shown": "#e6b955",
    "not shown": "#a9b8cb",
    "against": "#ff9a8d",
    "unknown": "#a8b4b7",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """`title` and `text` say in words what the picture shows; `head` and `rows` hold every value drawn."""

    name: str
    title: str
    text: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def csv(self) -> bytes:
        """The data as CSV."""
        return written_table(self.head, self.rows)

    @property
    def alone(self) -> str:
        """The picture as a file of its own, with its own light and dark."""
        dark = "".join(f"{variable}:{_DARK[key]};" for key, variable in _variables())
        head, _, rest = self.svg.partition("<title")
        return f"{head}<style>{_ALONE.format(dark=dark)}</style><title{rest}"


def direction_colour() -> alt.Color:
    """Colour by direction; always beside a shape that says the same."""
    scale = alt.Scale(domain=list(DIRECTIONS), range=list(DIRECTIONS.values()))
    return alt.Color("direction:N", scale=scale, title="Points to")


def drawn(
    name: str,
    chart: Drawing | None,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    **numbers: object,
) -> Picture:
    """The picture of a chart (None: of its words for nothing), with the words that the page keeps under its name."""
    title, text, empty = picture_words(name, **numbers)
    if chart is None or not rows:
        return _picture(name, title, empty, _blank(empty), head, rows)
    return picture_of(name, title, text, chart, head, rows)


def picture_of(
    name: str, title: str, text: str, chart: Drawing, head: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> Picture:
    """The picture of a chart with words of its own. It draws from inline data only; nothing is fetched."""
    spec = json.dumps(_styled(chart).to_dict(), sort_keys=True)
    return _picture(name, title, text, vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]), head, rows)


def data_of(rows: Sequence[dict[str, Cell]]) -> alt.Chart:
    """A chart of inline rows; outside text in them is made plain."""
    values = [{key: clean(cell) if isinstance(cell, str) else cell for key, cell in row.items()} for row in rows]
    return alt.Chart(alt.Data(values=values))


def _picture(
    name: str, title: str, text: str, svg: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> Picture:
    return Picture(name, title, text, _readable(svg, name, title, text), tuple(head), tuple(tuple(row) for row in rows))


def _styled(chart: Drawing) -> Drawing:
    font = "Inter, Segoe UI, Helvetica, Arial, Liberation Sans, sans-serif"
    text: dict[str, Any] = {"labelColor": INK, "titleColor": MUTED, "titleFontWeight": "normal", "labelFontSize": 13}
    return (
        chart.configure(background="transparent", font=font)
        .configure_view(stroke=None)
        .configure_axis(**text, titleFontSize=13, domainColor=RULE, tickColor=RULE, gridColor=RULE, labelLimit=320)
        .configure_legend(**text, titleFontSize=13, orient="bottom", titleOrient="left", symbolStrokeWidth=1)
    )


def _blank(words: str) -> str:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="60" viewBox="0 0 640 60">'
    return (
        svg + f'<text x="0" y="35" font-family="sans-serif" font-size="14" fill="{MUTED}">{escape(words)}</text></svg>'
    )


def _readable(svg: str, name: str, title: str, text: str) -> str:
    """One image with a title and a description; the marks inside are not read one by one."""
    for colour, variable in _NAMES.items():
        svg = svg.replace(f'"{colour}"', f'"var({variable}, {colour})"')
    head, _, rest = svg.partition(">")
    words = (
        f'<title id="{name}-title">{escape(clean(title))}</title><desc id="{name}-desc">{escape(clean(text))}</desc>'
    )
    described = f'{head} role="img" aria-labelledby="{name}-title {name}-desc">{words}'
    rest = _SPOKEN.sub("", rest)
    return described + rest


def _variables() -> list[tuple[str, str]]:
    return [(key, _NAMES[colour]) for key, colour in (*DIRECTIONS.items(), *STATES.items())]

"""A picture: an SVG that can be read aloud, in colours that follow the reader's light or dark page, with its data as CSV."""

import json
from dataclasses import dataclass
from html import escape
from typing import Any

import vl_convert

from evidermis.publishing.cleaning import clean

__all__ = ["INK", "MUTED", "PALETTE", "RULE", "Picture", "drawn", "empty"]

# Colours as drawn, and the page's names for them: in the page they follow light and dark, alone they are these.
INK, MUTED, RULE = "#1d2528", "#5b666b", "#c9d1cf"
PALETTE: dict[str, str] = {
    "benefit": "#0f766e",
    "no difference": "#64748b",
    "harm": "#b42318",
    "mixed": "#a16207",
    "unclear": "#6d5a8e",
}
_NAMES = {INK: "--ink", MUTED: "--muted", RULE: "--rule"} | {
    colour: f"--direction-{name.replace(' ', '-')}" for name, colour in PALETTE.items()
}
_CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": "Inter, Segoe UI, Helvetica, Arial, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": MUTED,
        "titleFontWeight": "normal",
        "domainColor": RULE,
        "tickColor": RULE,
        "gridColor": RULE,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "labelLimit": 320,
    },
    "legend": {
        "labelColor": INK,
        "titleColor": MUTED,
        "titleFontWeight": "normal",
        "labelFontSize": 13,
        "titleFontSize": 13,
    },
    "header": {"labelColor": INK, "titleColor": MUTED},
}


@dataclass(frozen=True, slots=True)
class Picture:
    """`title` and `text` say in words what the picture shows; `csv` holds every value drawn."""

    name: str
    title: str
    text: str
    svg: str
    csv: bytes


def drawn(name: str, title: str, text: str, spec: dict[str, Any], csv: bytes) -> Picture:
    """The picture of a Vega-Lite specification. It draws from inline data only; nothing is fetched."""
    svg = vl_convert.vegalite_to_svg(
        json.dumps({**spec, "config": {**_CONFIG, **spec.get("config", {})}}), allowed_base_urls=[]
    )
    return Picture(name, title, text, _readable(svg, name, title, text), csv)


def empty(name: str, title: str, text: str, csv: bytes) -> Picture:
    """A picture of nothing: only its words."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="60" viewBox="0 0 640 60">'
    svg += f'<text x="0" y="35" font-size="14" fill="{MUTED}">{escape(clean(text[:90]))}</text></svg>'
    return Picture(name, title, text, _readable(svg, name, title, text), csv)


def _readable(svg: str, name: str, title: str, text: str) -> str:
    """One image with a title and a description; the marks inside are not read one by one."""
    for colour, variable in _NAMES.items():
        svg = svg.replace(f'"{colour}"', f'"var({variable}, {colour})"')
    head, _, rest = svg.partition(">")
    words = (
        f'<title id="{name}-title">{escape(clean(title))}</title><desc id="{name}-desc">{escape(clean(text))}</desc>'
    )
    described = f'{head} role="img" aria-labelledby="{name}-title {name}-desc">{words}'
    inner = rest.replace("<svg", '<svg aria-hidden="true"')
    for spoken in ('role="graphics-object"', 'role="graphics-symbol"'):
        inner = inner.replace(spoken, 'role="presentation"')
    return described + inner

"""The chain of every claim as a picture: six links, each shown, partly shown, not shown, against or unknown."""

from typing import Any

from evidermis.appraisal import Appraisal
from evidermis.evidence.ladders import LINKS
from evidermis.evidence.review import Review
from evidermis.publishing.cleaning import clean, written_table
from evidermis.publishing.picture import MUTED, PALETTE, RULE, Picture, drawn, empty

__all__ = ["chain_picture"]

_STATES: dict[str, tuple[str, str]] = {
    "shown": ("●", PALETTE["benefit"]),
    "partly shown": ("◐", PALETTE["mixed"]),
    "not shown": ("○", PALETTE["no difference"]),
    "against": ("✕", PALETTE["harm"]),
    "unknown": ("?", MUTED),
}


def chain_picture(review: Review, appraisal: Appraisal) -> Picture:
    """The picture over all claims, in the protocol's order."""
    texts = {claim.id: clean(claim.text) for claim in review.protocol.claims}
    rows = [(texts[a.claim], link.link, link.state, link.because) for a in appraisal.claims for link in a.chain]
    csv = written_table(("claim", "link", "state", "because"), rows)
    title = "The chain: what a claim needs, link by link"
    if not rows:
        return empty("chain", title, "There is no claim yet.", csv)
    full = sum(all(link.state == "shown" for link in a.chain) for a in appraisal.claims)
    key = ", ".join(f"{mark} {state}" for state, (mark, _) in _STATES.items())
    text = f"{full} of {len(appraisal.claims)} claims have every link shown. {key}. The list below gives each state in words."
    return drawn("chain", title, text, _spec(rows), csv)


def _spec(rows: list[tuple[str, str, str, str]]) -> dict[str, Any]:
    values = [{"claim": c, "link": link, "state": state, "mark": _STATES[state][0]} for c, link, state, _ in rows]
    y = {
        "field": "claim",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"ticks": False, "domain": False, "labelLimit": 460},
    }
    axis = {"orient": "top", "labelAngle": 0, "ticks": False, "domain": False, "labelPadding": 8}
    x = {"field": "link", "type": "nominal", "sort": list(LINKS), "title": None, "axis": axis}
    colour = {
        "field": "state",
        "type": "nominal",
        "scale": {"domain": list(_STATES), "range": [colour for _, colour in _STATES.values()]},
        "legend": None,
    }
    return {
        "data": {"values": values},
        "width": 520,
        "height": {"step": 26},
        "layer": [
            {"mark": {"type": "rule", "color": RULE}, "encoding": {"y": y}},
            {
                "mark": {"type": "text", "fontSize": 18},
                "encoding": {"x": x, "y": y, "text": {"field": "mark"}, "color": colour},
            },
        ],
    }

"""The pictures of a review's page: the evidence map, the effects of controlled studies, the chain of every claim."""

from typing import Any

from evidermis.appraisal import Appraisal
from evidermis.evidence.ladders import LINKS, RUNGS, Direction
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.publishing.cleaning import clean, written_table
from evidermis.publishing.effects import Drawable, drawables
from evidermis.publishing.picture import INK, MUTED, PALETTE, RULE, Picture, drawn, empty

__all__ = ["chain_picture", "effect_picture", "evidence_map"]

_SHAPES: dict[Direction, str] = {
    "benefit": "triangle-up",
    "no difference": "circle",
    "harm": "triangle-down",
    "mixed": "diamond",
    "unclear": "square",
}
_DIRECTION: dict[str, Any] = {
    "field": "direction",
    "type": "nominal",
    "title": "Points to",
    "scale": {"domain": list(PALETTE), "range": list(PALETTE.values())},
}
_SHAPE: dict[str, Any] = {**_DIRECTION, "scale": {"domain": list(_SHAPES), "range": list(_SHAPES.values())}}


def evidence_map(review: Review, appraisal: Appraisal, vocabulary: Vocabulary) -> Picture:
    """Rung against outcome: one mark a study, its size the people in it, its colour and shape the direction."""
    outcomes = {o.code: o.label for o in vocabulary.outcomes}
    dots: dict[tuple[str, str, str], tuple[str, Direction, int]] = {}
    claimed = {code for claim in review.protocol.claims for code in (*claim.outcomes, *claim.mechanisms)}
    retracted = {held.id.removeprefix("study:") for held in appraisal.held_out}
    rungs = {(d.study, f): d.rung for a in appraisal.claims for d in a.distances for f in d.findings}
    for study in review.studies:
        for finding in study.findings:
            rung = rungs.get((study.id, finding.id))
            if rung is None or finding.outcome not in claimed or study.id in retracted:
                continue
            people = (study.people.counted or 0) if RUNGS.index(rung) >= RUNGS.index("human-uncontrolled") else 0
            dots.setdefault((study.id, finding.outcome, rung), (study.label, finding.direction, people))
    rows = [(label, outcomes[o], rung, d, n) for (_, o, rung), (label, d, n) in sorted(dots.items())]
    csv = written_table(("study", "outcome", "rung", "direction", "people"), rows)
    title = "Evidence map: what was measured, in whom, and where it points"
    human = sum(n > 0 for *_, n in rows)
    text = f"{len(rows)} study results over {len({r[1] for r in rows})} outcomes; {human} of them in people. "
    text += "The upper rows are randomised trials, the lower ones animals and cells. Marks are sized by people."
    if not rows:
        return empty("evidence-map", title, "No study bears on a claim yet.", csv)
    order: dict[tuple[str, str], int] = {}
    values: list[dict[str, Any]] = []
    for label, outcome, rung, direction, n in rows:
        place = order[(outcome, rung)] = order.get((outcome, rung), -1) + 1
        values.append(
            {
                "study": clean(label),
                "outcome": outcome,
                "rung": rung,
                "direction": direction,
                "people": n,
                "place": str(place),
            }
        )
    ladder = [rung for rung in reversed(RUNGS) if rung != "systematic-review"]
    spec: dict[str, Any] = {
        "data": {"values": values},
        "width": 700,
        "height": {"step": 20},
        "mark": {"type": "point", "filled": True, "opacity": 0.85, "stroke": INK, "strokeWidth": 0.4},
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
                "scale": {"domain": list(reversed(ladder))},
                "axis": {
                    "orient": "top",
                    "labelAngle": 0,
                    "domain": False,
                    "ticks": False,
                    "labelPadding": 10,
                    "grid": True,
                },
            },
            "xOffset": {"field": "place", "type": "nominal", "scale": {"padding": 0.6}},
            "size": {
                "field": "people",
                "type": "quantitative",
                "title": "People",
                "scale": {"domain": [0, 100], "range": [45, 420], "clamp": True},
                "legend": {"values": [0, 20, 50, 100], "symbolFillColor": MUTED, "symbolStrokeColor": MUTED},
            },
            "color": _DIRECTION,
            "shape": _SHAPE,
        },
    }
    return drawn("evidence-map", title, text, spec, csv)


def effect_picture(review: Review, appraisal: Appraisal, vocabulary: Vocabulary) -> Picture:
    """Every controlled finding in people: its interval where one can be computed, otherwise only where it points."""
    found = drawables(review, appraisal, vocabulary)
    head = ("study", "finding", "outcome", "direction", "people", "randomised", "effect_sd", "low", "high", "note")
    csv = written_table(head, [_row(d) for d in found])
    title = "Controlled comparisons: effects and intervals"
    with_interval = sum(d.effect is not None for d in found)
    text = f"{len(found)} controlled findings in people; an interval can be computed for {with_interval} of them. "
    text += "To the right of the line the treated did better. Nothing is pooled: no summary diamond is drawn."
    if not found:
        return empty("effects", title, "There is no controlled comparison in people.", csv)
    values: list[dict[str, Any]] = [
        {
            "row": clean(f"{d.label}: {d.outcome}") + ("" if d.people is None else f" (n {d.people})"),
            "effect": d.effect,
            "low": d.low,
            "high": d.high,
            "gutter": {"benefit": 0.35, "harm": -0.35}.get(d.direction, 0.0) if d.effect is None else None,
            "direction": d.direction,
            "note": "" if d.effect is not None else d.how,
            "design": "randomised" if d.randomised else "not randomised",
        }
        for d in found
    ]
    for i, value in enumerate(values):
        value["row"] = value["row"] + "\u2009" * sum(v["row"] == value["row"] for v in values[:i])
    edge = max(1.5, *(abs(x) for d in found for x in (d.low, d.high) if x is not None), 0.0)
    y = {"field": "row", "type": "nominal", "title": None, "sort": None, "axis": {"ticks": False, "domain": False}}
    x: dict[str, Any] = {
        "type": "quantitative",
        "title": "Difference in standard deviations; right: the treated did better",
    }
    scale = {"domain": [-edge, edge], "nice": True}
    spec: dict[str, Any] = {
        "data": {"values": values},
        "width": 420,
        "height": {"step": 26},
        "layer": [
            {"mark": {"type": "rule", "color": MUTED}, "encoding": {"x": {"datum": 0, **x, "scale": scale}}},
            {
                "transform": [{"filter": "datum.effect !== null"}],
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1.6},
                "encoding": {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}},
            },
            {
                "transform": [{"filter": "datum.effect !== null"}],
                "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
                "encoding": {"y": y, "x": {"field": "effect", **x}, "color": _DIRECTION, "shape": _SHAPE},
            },
            {
                "transform": [{"filter": "datum.effect === null"}],
                "mark": {"type": "point", "filled": False, "size": 80, "strokeWidth": 1.8},
                "encoding": {"y": y, "x": {"field": "gutter", **x}, "color": _DIRECTION, "shape": _SHAPE},
            },
            {
                "transform": [{"filter": "datum.effect === null"}],
                "mark": {"type": "text", "align": "left", "dx": 12, "fontSize": 11.5, "color": MUTED},
                "encoding": {"y": y, "x": {"field": "gutter", **x}, "text": {"field": "note"}},
            },
        ],
    }
    return drawn("effects", title, text, spec, csv)


def _row(d: Drawable) -> tuple[str | float | int | None, ...]:
    numbers = tuple(None if x is None else round(x, 4) for x in (d.effect, d.low, d.high))
    return (d.study, d.finding, d.outcome, d.direction, d.people, "yes" if d.randomised else "no", *numbers, d.how)


_STATES: dict[str, tuple[str, str]] = {
    "shown": ("●", PALETTE["benefit"]),
    "partly shown": ("◐", PALETTE["mixed"]),
    "not shown": ("○", PALETTE["no difference"]),
    "against": ("✕", PALETTE["harm"]),
    "unknown": ("?", MUTED),
}


def chain_picture(review: Review, appraisal: Appraisal) -> Picture:
    """The chain of every claim: six links, each shown, partly shown, not shown, against or unknown."""
    texts = {claim.id: clean(f"{claim.text}") for claim in review.protocol.claims}
    rows = [(texts[a.claim], link.link, link.state, link.because) for a in appraisal.claims for link in a.chain]
    csv = written_table(("claim", "link", "state", "because"), rows)
    title = "The chain: what a claim needs, link by link"
    full = sum(all(link.state == "shown" for link in a.chain) for a in appraisal.claims)
    text = f"{full} of {len(appraisal.claims)} claims have every link shown. "
    text += (
        "Links: identity, delivery, mechanism, efficacy, durability, safety. The table below says each state in words."
    )
    values = [{"claim": c, "link": link, "state": state, "mark": _STATES[state][0]} for c, link, state, _ in rows]
    colour = {"domain": list(_STATES), "range": [colour for _, colour in _STATES.values()]}
    y = {"field": "claim", "type": "nominal", "sort": None, "title": None, "axis": {"ticks": False, "domain": False}}
    x = {
        "field": "link",
        "type": "nominal",
        "sort": list(LINKS),
        "title": None,
        "axis": {"orient": "top", "labelAngle": 0, "ticks": False, "domain": False, "labelPadding": 8},
    }
    shade = {"field": "state", "type": "nominal", "scale": colour, "title": "Link"}
    spec: dict[str, Any] = {
        "data": {"values": values},
        "width": 560,
        "height": {"step": 24},
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "rule", "color": RULE}, "encoding": {"y": y}},
            {"mark": {"type": "text", "fontSize": 17}, "encoding": {"text": {"field": "mark"}, "color": shade}},
        ],
    }
    return drawn("chain", title, text, spec, csv)

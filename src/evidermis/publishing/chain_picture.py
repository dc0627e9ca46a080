# Altair leaves the types of its methods partly open.
# pyright: reportUnknownMemberType=false
"""The chain of every claim: six links, each shown, partly shown, not shown, against or unknown, in words and colour."""

import altair as alt

from evidermis.appraisal import Appraisal
from evidermis.evidence.inert import clean
from evidermis.evidence.ladders import LINKS
from evidermis.evidence.review import Review
from evidermis.publishing.picture import STATES, Drawing, Picture, drawn

__all__ = ["chain_picture"]


def chain_picture(review: Review, appraisal: Appraisal) -> Picture:
    """A grid of claims and links; every cell holds its state as a word."""
    texts = {claim.id: clean(claim.text) for claim in review.protocol.claims}
    rows = [(texts[a.claim], one.link, one.state, one.because) for a in appraisal.claims for one in a.chain]
    return drawn(
        "chain",
        _chart([texts[a.claim] for a in appraisal.claims], rows) if rows else None,
        ("claim", "link", "state", "because"),
        rows,
        full=sum(all(one.state == "shown" for one in a.chain) for a in appraisal.claims),
        claims=len(appraisal.claims),
    )


def _chart(claims: list[str], rows: list[tuple[str, str, str, str]]) -> Drawing:
    values = [{"claim": claim, "link": link, "state": state} for claim, link, state, _ in rows]
    scale = alt.Scale(domain=list(STATES), range=list(STATES.values()))
    colour = alt.Color("state:N", scale=scale, legend=None)
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("link:N", sort=list(LINKS), title=None, scale=alt.Scale(domain=list(LINKS), padding=0.06)).axis(
            orient="top", labelAngle=0, ticks=False, domain=False, labelPadding=8
        ),
        y=alt.Y("claim:N", sort=claims, title=None, scale=alt.Scale(padding=0.12)).axis(
            ticks=False, domain=False, labelPadding=10, labelLimit=430
        ),
    )
    boxes = base.mark_rect(cornerRadius=5, strokeWidth=1.2, fillOpacity=0.13).encode(
        color=colour, stroke=alt.Stroke("state:N", scale=scale, legend=None)
    )
    words = base.mark_text(fontSize=12).encode(text="state:N", color=colour)
    return alt.layer(boxes, words).properties(width=588, height=alt.Step(28))

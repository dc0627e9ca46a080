"""`index.html`: the templates filled from values. Everything outside is escaped, cleaned and linked only where it is a link."""

import base64
import datetime
import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

import jinja2
from markupsafe import Markup

from evidermis.appraisal import Appraisal
from evidermis.evidence.background import BackgroundFact
from evidermis.evidence.ladders import AXES, LINKS
from evidermis.evidence.quantity import Bound, Conflict, Figure, Known, Unknown
from evidermis.evidence.review import Review
from evidermis.evidence.study import Study
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.publishing.cleaning import clean, link
from evidermis.publishing.picture import Picture
from evidermis.publishing.short_answer import short_answer

__all__ = ["page"]

_MARKS = {
    "supported": "✓",
    "promising": "◔",
    "unproven": "?",
    "untested": "∅",
    "not supported": "–",
    "contradicted": "✕",
    "shown": "●",
    "partly shown": "◐",
    "not shown": "○",
    "against": "✕",
    "unknown": "?",
    "benefit": "▲",
    "harm": "▼",
    "no difference": "●",
    "mixed": "◆",
    "unclear": "■",
    "indirect only": "◌",
    "cannot be checked": "?",
    "not checked": "…",
}


def _finalize(value: object) -> object:
    """What every `{{ … }}` passes through before it is escaped: acting characters go, None is nothing."""
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value
    return clean(value) if isinstance(value, str) else value


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.PackageLoader("evidermis.publishing"),
    autoescape=True,
    finalize=_finalize,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class _Lookup:
    """What templates ask for by id."""

    review: Review
    appraisal: Appraisal
    vocabulary: Vocabulary

    def label(self, kind: str, code: str) -> str:
        """The label of a vocabulary code; the code itself where the vocabulary does not hold it."""
        return next((term.label for term in getattr(self.vocabulary, kind) if term.code == code), code)

    def study(self, study_id: str) -> Study | None:
        """The study of that id."""
        return self.review.study(study_id)

    def product(self, product_id: str) -> object:
        """The product of that id."""
        return next(p for p in self.review.products if p.id == product_id)

    def claim(self, claim_id: str) -> object:
        """The claim of that id."""
        return self.review.claim(claim_id)

    def facts(self, *topics: str) -> list[BackgroundFact]:
        """Background facts of these topics."""
        return [fact for fact in self.review.background.facts if fact.topic in topics]

    def href(self, name: str) -> str:
        """The place on this page of an id of a step's inputs."""
        return f"#{name}"

    def rung(self, study: Study) -> str:
        """The rung of a study's design."""
        return next((d.rung for d in self.vocabulary.designs if d.code == study.design), "")


def page(
    review: Review,
    appraisal: Appraisal,
    vocabulary: Vocabulary,
    pictures: tuple[Picture, ...],
    *,
    made_by: str,
    today: datetime.date,
) -> str:
    """The page as text. It needs no network and no script; a script of a few lines only keeps the stale banner true."""
    style = _source("style.css")
    script = _source("stale.js")
    protocol = review.protocol
    due = protocol.searched + datetime.timedelta(days=protocol.schedule.search_every_days)
    late = (today - due).days
    template = _ENVIRONMENT.get_template("page.html.j2")
    return template.render(
        review=review,
        protocol=protocol,
        appraisal=appraisal,
        look=_Lookup(review, appraisal, vocabulary),
        pictures={picture.name: picture for picture in pictures},
        answer=short_answer(review, appraisal),
        verdicts=Counter(a.verdict for a in appraisal.claims),
        settings=list(dict.fromkeys(claim.setting for claim in protocol.claims)),
        marks=_MARKS,
        axes=AXES,
        links=LINKS,
        due=due,
        late=late,
        # A review three periods overdue is not living any more (PRISMA-LSR asks for its status).
        living=late <= 3 * protocol.schedule.search_every_days,
        made_by=made_by,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=_policy(script),
        svg={picture.name: Markup(picture.svg) for picture in pictures},  # noqa: S704 - drawn and escaped by us
        link=link,
        shown=_shown,
        readings=_readings(review),
    )


def _source(name: str) -> str:
    text, _, _ = jinja2.PackageLoader("evidermis.publishing").get_source(_ENVIRONMENT, name)
    return text


def _policy(script: str) -> str:
    """A content security policy under which nothing is fetched and only our own style and script run."""

    def name(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode() + "'"

    # Vega's SVG text carries style attributes, which only 'unsafe-inline' allows; scripts stay closed to all but ours.
    parts = ("default-src 'none'", f"script-src {name(script)}", "style-src 'unsafe-inline'", "img-src data:")
    return "; ".join((*parts, "base-uri 'none'", "form-action 'none'"))


def _shown(figure: Figure | None) -> str:
    """A figure as a reader sees it: the number, the bound, `unknown`, or both sides of a conflict."""
    if figure is None:
        return "unknown"
    unit = f" {figure.unit}" if figure.unit else ""
    match figure.quantity:
        case Known(value=value):
            return f"{value:g}{unit}"
        case Bound(relation=relation, limit=limit):
            return f"{relation} {limit:g}{unit}"
        case Unknown():
            return "unknown"
        case Conflict(stated=stated):
            return "in conflict: " + " against ".join(str(one) for one in stated)


def _readings(review: Review) -> dict[str, int]:
    """How many places were read in the source, second hand, or not yet."""
    places: list[Any] = [one for s in review.studies for one in s.locators] + list(review.background.locators)
    places += [one for p in review.products for one in p.locators]
    return dict(sorted(Counter(one.reading for one in places).items()))

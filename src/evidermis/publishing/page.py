"""The page: one HTML document that stands by itself, from templates that escape everything."""

import base64
import datetime
import hashlib
import re
from collections import Counter
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from evidermis.appraisal import Appraisal
from evidermis.evidence.freshness import PERIODS_ALIVE, Freshness, freshness, turns
from evidermis.evidence.inert import clean, link
from evidermis.evidence.ladders import AXES, LINKS
from evidermis.evidence.record_link import RecordLink
from evidermis.evidence.review import Review
from evidermis.evidence.trial import TrialEvent
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.publishing.bodies import Combined
from evidermis.publishing.change_log import ToldVersion
from evidermis.publishing.conflicts import disagreements
from evidermis.publishing.findings_summary import SummaryRow
from evidermis.publishing.looking_up import LookUp
from evidermis.publishing.picture import Picture
from evidermis.publishing.safety import harm_counts, upper_bound_of_zero
from evidermis.publishing.short_answer import standing
from evidermis.publishing.trial_words import event_words
from evidermis.publishing.wording import counted, marks

__all__ = ["page"]


def page(
    review: Review,
    appraisal: Appraisal,
    vocabulary: Vocabulary,
    pictures: tuple[Picture, ...],
    combined: Combined,
    links: tuple[RecordLink, ...],
    summary: tuple[SummaryRow, ...],
    versions: tuple[ToldVersion, ...],
    trials: tuple[TrialEvent, ...],
    linked: str,
    *,
    made_by: str,
    today: datetime.date,
) -> str:
    """The page as text. It needs no network and no script; a script of a few lines only keeps the stale banner true.

    `linked` is JSON-LD for search engines with no `<` in it: a block of data, which no browser runs.
    """
    style, script = _source("style.css"), _source("stale.js")
    protocol = review.protocol
    stands = standing(review, appraisal)
    sentences = _environment().get_template("short_answer.j2").render(standing=stands)
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            review=review,
            protocol=protocol,
            appraisal=appraisal,
            look=LookUp(review, appraisal, vocabulary),
            pictures={picture.name: picture for picture in pictures},
            svg={picture.name: Markup(picture.svg) for picture in pictures},  # noqa: S704 - drawn and escaped by us
            combined=combined,
            links=links,
            summary=summary,
            versions=versions,
            events=_by_trial(trials),
            standing=stands,
            answer=[Markup(line) for line in sentences.splitlines() if line.strip()],  # noqa: S704 - our template, escaped
            fresh=freshness(protocol, today),
            turns=turns(protocol, today),
            harm_counts=harm_counts(review, vocabulary),
            disagreements=disagreements(review),
            readings=_readings(review),
            made_by=made_by,
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            linked=Markup(linked),  # noqa: S704 - made and escaped by us
            policy=_policy(style, script),
        )
    )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("evidermis.publishing"),
        autoescape=True,
        finalize=_finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    own: dict[str, Any] = {
        "marks": marks(),
        "axes": AXES,
        "links": LINKS,
        "link": link,
        "counted": counted,
        "living_word": _living_word,
        "periods_alive": PERIODS_ALIVE,
        "upper_bound_of_zero": upper_bound_of_zero,
    }
    environment.globals.update(own)
    environment.filters["slug"] = lambda word: str(word).replace(" ", "-")
    environment.filters["first_upper"] = lambda text: str(text)[:1].upper() + str(text)[1:]
    return environment


def _finalize(value: object) -> object:
    """What every `{{ … }}` passes through before it is escaped: acting characters go, None is nothing."""
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value
    return clean(value) if isinstance(value, str) else value


def _living_word(title: str, fresh: Freshness) -> Markup:
    """A title whose word *living* a script can take back, and which says what it is instead where that is known already."""
    before, found, after = re.split(r"\b(living)\b", clean(title), maxsplit=1, flags=re.IGNORECASE)
    word = found if fresh.living else "retired" if fresh.retired else "lapsed"
    return Markup('{}<span data-living="lapsed">{}</span>{}').format(before, word, after)


def _by_trial(events: tuple[TrialEvent, ...]) -> dict[str, list[str]]:
    """What befell each trial, in words."""
    found: dict[str, list[str]] = {}
    for one in events:
        found.setdefault(one.trial, []).append(event_words(one))
    return found


def _source(name: str) -> str:
    text, _, _ = jinja2.PackageLoader("evidermis.publishing").get_source(_environment(), name)
    return text


def _policy(style: str, script: str) -> str:
    """A content security policy under which nothing is fetched and only our own style and script run."""

    def name(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode() + "'"

    own = f"script-src {name(script)}; style-src {name(style)}"
    return f"default-src 'none'; {own}; img-src data:; base-uri 'none'; form-action 'none'"


def _readings(review: Review) -> dict[str, int]:
    """How many places were read in the source, second hand, or not yet."""
    places: list[Any] = [one for s in review.studies for one in s.locators] + list(review.background.locators)
    places += [one for p in review.products for one in p.locators]
    return dict(sorted(Counter(one.reading for one in places).items()))

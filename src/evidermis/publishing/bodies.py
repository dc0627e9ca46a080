"""What the page shows of the synthesis: pictures of each body of comparable effects, and the words beside them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from evidermis.evidence.inert import clean
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.publishing.meta_figures import cumulative_picture, forest_picture, funnel_picture
from evidermis.publishing.picture import Picture
from evidermis.publishing.synthesis_figures import boundary_picture, direction_picture, multiverse_picture
from evidermis.publishing.wording import short_words
from evidermis.statistics import Body, Comparison, PairSweep, Synthesis

__all__ = ["Combined", "ShownBody", "ShownDirections", "ShownSweep", "combined", "metric_words", "written_effect"]


@dataclass(frozen=True, slots=True)
class ShownBody:
    """One body of effects: its heading, what it says in words, and the pictures of it, most telling first."""

    heading: str
    because: str
    sentences: tuple[str, ...]
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class ShownDirections:
    """A row of the table of directions, over independent families."""

    outcome: str
    favouring: int
    clear: int
    unclear: int
    lower: float
    upper: float
    p: float


@dataclass(frozen=True, slots=True)
class ShownSweep:
    """An effect whose pairs' correlation is unknown, over the grid, and in words where the conclusion tips."""

    label: str
    metric: str
    rows: tuple[tuple[str, str], ...]
    tips: str


@dataclass(frozen=True, slots=True)
class Combined:
    """The section of what can be combined. `pictures` holds those of the bodies and the effect-direction picture."""

    bodies: tuple[ShownBody, ...]
    sweeps: tuple[ShownSweep, ...]
    directions: tuple[ShownDirections, ...]
    pictures: tuple[Picture, ...]


def combined(synthesis: Synthesis, review: Review, vocabulary: Vocabulary) -> Combined:
    """What the page shows of a synthesis, in its order."""
    labels = {study.id: clean(study.label) for study in review.studies}
    bodies = tuple(_shown(body, at, labels, vocabulary) for at, body in enumerate(synthesis.bodies, 1))
    rows = sorted((row for one in synthesis.directions for row in one.rows), key=lambda row: (row.study, row.domain))
    pictures = [picture for body in bodies for picture in body.pictures]
    if rows:
        pictures.append(direction_picture(rows))
    return Combined(bodies, _sweeps(synthesis, labels, vocabulary), _directions(synthesis, vocabulary), tuple(pictures))


def _directions(synthesis: Synthesis, vocabulary: Vocabulary) -> tuple[ShownDirections, ...]:
    return tuple(
        ShownDirections(
            vocabulary.outcome(one.outcome).label,
            one.signs.favouring,
            one.signs.clear,
            one.signs.unclear,
            one.signs.lower,
            one.signs.upper,
            one.signs.p,
        )
        for one in sorted(synthesis.directions, key=lambda one: vocabulary.outcome(one.outcome).label)
    )


def _sweeps(synthesis: Synthesis, labels: dict[str, str], vocabulary: Vocabulary) -> tuple[ShownSweep, ...]:
    """Every within-person effect that hangs on an assumed correlation."""
    found: list[ShownSweep] = []
    for sweep in synthesis.sweeps:
        effect = synthesis.effect(sweep.study, sweep.finding)
        if effect is None:
            continue
        label = f"{labels[sweep.study]}, {vocabulary.outcome(effect.outcome).label}"
        rows = tuple((f"{r:g}", written_effect(effect, y, low, high)) for r, y, low, high in sweep.rows)
        found.append(ShownSweep(label, metric_words(effect.metric), rows, _tips(sweep)))
    return tuple(found)


def _tips(sweep: PairSweep) -> str:
    words = short_words("synthesis")
    if sweep.tipping:
        return words["tips"].format(at=", ".join(f"{r:.2f}" for r in sweep.tipping))
    holds = sweep.rows[0][2] > 0 or sweep.rows[0][3] < 0
    return words["never_tips" if holds else "never_clear"]


def written_effect(effect: Comparison, *values: float) -> str:
    """An effect with its interval as a reader meets it: ratios as ratios."""
    y, low, high = (math.exp(min(x, 700.0)) for x in values) if effect.scale == "log" else values
    return f"{y:.2f} ({low:.2f} to {high:.2f})".replace("-", "−")


def _shown(body: Body, at: int, labels: dict[str, str], vocabulary: Vocabulary) -> ShownBody:
    words = short_words("synthesis")
    outcome = vocabulary.outcome(body.outcome).label
    kind = words["randomised" if body.randomised else "compared"]
    heading = f"{outcome[:1].upper()}{outcome[1:]}: {metric_words(body.metric)}, {kind}"
    pictures = tuple(_pictures(body, f"body-{at}", heading, labels))
    return ShownBody(heading, body.because, tuple(_sentences(body, labels)), pictures)


def metric_words(metric: str) -> str:
    """A metric as readers meet it."""
    words = short_words("synthesis")
    return {"SD units": words["sd"], "change SD units": words["change_sd"]}.get(metric, metric)


def _axis(body: Body) -> str:
    words = short_words("synthesis")
    return words["axis_sd"] if body.metric.endswith("SD units") else body.metric


def _names(effects: Sequence[Comparison], labels: dict[str, str]) -> list[str]:
    """The studies' labels; with the finding's id where a study stands there more than once."""
    studies = [one.study for one in effects]
    return [
        labels[one.study] if studies.count(one.study) == 1 else f"{labels[one.study]}, {clean(one.finding)}"
        for one in effects
    ]


class _Called(TypedDict):
    name: str
    title: str


def _pictures(body: Body, name: str, heading: str, labels: dict[str, str]) -> list[Picture]:
    chosen = [body.effects[at] for at in body.chosen] if body.pooled else list(body.effects)
    names, ratio, effect = _names(chosen, labels), body.scale == "log", _axis(body)
    y, v = [one.yi for one in chosen], [one.vi for one in chosen]

    def called(kind: str) -> _Called:
        return {"name": f"{kind}-{name}", "title": f"{short_words('synthesis')[kind]} {heading}"}

    made = [forest_picture(names, y, v, body.pooled, effect=effect, ratio=ratio, **called("forest"))]
    if body.growing is not None and len(chosen) > 2:
        made.append(cumulative_picture(names, body.growing, effect=effect, ratio=ratio, **called("cumulative")))
    if body.universe is not None:
        made.append(multiverse_picture(body.universe, effect=effect, **called("multiverse")))
    if body.looks is not None:
        made.append(boundary_picture(body.looks.z, body.looks.boundaries, **called("boundaries")))
    if body.pooled is not None and len(chosen) > 2:
        made.append(funnel_picture(names, y, v, body.pooled, effect=effect, **called("funnel")))
    return made


def _sentences(body: Body, labels: dict[str, str]) -> list[str]:
    words = short_words("synthesis")
    if body.pooled is None:
        return []
    fit, first = body.pooled, body.effects[body.chosen[0]]
    said = [words["pooled"].format(effect=written_effect(first, fit.estimate, fit.ci_lower, fit.ci_upper), k=fit.k)]
    if fit.k > 2:
        said.append(words["prediction"].format(effect=written_effect(first, fit.estimate, fit.pi_lower, fit.pi_upper)))
    if body.tau2 is not None and fit.k > 2:
        said.append(
            words["spread"].format(
                i2=f"{fit.i2:.0f}", low=f"{body.tau2.i2_lower:.0f}", high=f"{body.tau2.i2_upper:.0f}"
            )
        )
    if body.left_out is not None:
        low, high = float(min(body.left_out.fits.estimate)), float(max(body.left_out.fits.estimate))
        said.append(words["left_out"].format(span=written_effect(first, low, low, high).split(" (", 1)[1].rstrip(")")))
    if body.universe is not None:
        said.append(words["universe"].format(share=f"{body.universe.share:.0%}", n=len(body.universe.analyses)))
    if body.looks is not None:
        share = f"{body.looks.information.fraction:.0%}"
        said.append(words["looks"].format(share=share, delta=f"{body.looks.delta:g}", state=body.looks.state))
    if (apart := len(body.effects) - len(body.chosen)) > 0:
        said.append(words["apart"].format(n=apart))
    said += [f"{note[:1].upper()}{note[1:]}." for note in fit.notes]
    return said

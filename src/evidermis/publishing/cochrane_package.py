"""A data package in the form of Cochrane's, which R's `meta::read.cdir` reads: data rows, settings and subgroups as CSV in a ZIP.

The columns are those of the package's second version; *Study CI* and *Estimate CI*, of the first (until September 2024), stand
beside them, as `meta` 8.4 asks for them.

Each outcome and metric on which effects can be computed is one analysis of contrast-level data (generic inverse variance): effect
and standard error on the analysis scale, the interval on the printed one. A study with several effects of one family has one
row, the effect that is pooled; the rest stay out, as on the page.
"""

import io
import math
import zipfile
from collections.abc import Iterator

from evidermis.evidence.inert import clean, written_table
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.statistics import Body, Synthesis

__all__ = ["cochrane_package", "data_rows"]

_ROWS = (
    "Analysis group", "Analysis number", "Analysis name", "Subgroup", "Applicability", "Study", "Study year",
    "GIV Mean", "GIV SE", "Mean", "CI start", "CI end", "Experimental cases", "Experimental N", "Experimental mean",
    "Experimental SD", "Control cases", "Control N", "Control mean", "Control SD", "O-E", "Variance", "Weight", "Footnotes",
)  # fmt: skip
_SETTINGS = (
    "Analysis group", "Analysis number", "Analysis group name", "Analysis name", "Data source", "Data source eligibility",
    "Data type", "Log-scale data", "Experimental group label", "Control group label", "Statistical method", "Effect measure",
    "Unit of effect measure", "Analysis model", "Heterogeneity estimator", "Subgroup estimates", "Overall estimates",
    "Test for subgroup differences", "Prediction interval", "Swap event and non-event", "CI method", "CI/PI level",
    "Graph label (left)", "Graph label (right)", "Graph scale", "Show risk of bias", "Tau² CI", "Study CI", "Estimate CI",
)  # fmt: skip
# How a metric begins and what Cochrane calls it; ratios of rates and of means have no name there.
_MEASURES = {
    "SD units": "Std. Mean Difference",
    "change SD units": "Std. Mean Difference",
    "risk ratio": "Risk Ratio",
    "odds ratio": "Odds Ratio",
    "RR": "Risk Ratio",
    "OR": "Odds Ratio",
    "HR": "Hazard Ratio",
    "MD": "Mean Difference",
}
# A ZIP's entries carry a time; this one is the first that the format can hold.
_NO_TIME = (1980, 1, 1, 0, 0, 0)

Row = tuple[str | float | int | None, ...]


def cochrane_package(review: Review, synthesis: Synthesis, vocabulary: Vocabulary) -> bytes:
    """The ZIP, to be named `CD…-dataPackage.zip`; the same review gives the same bytes."""
    settings = [_settings(body, at, vocabulary) for at, body in enumerate(synthesis.bodies, 1)]
    folder = f"CD{review.protocol.name}-analysis-data/CD{review.protocol.name}"
    files = {
        f"{folder}-data-rows.csv": data_rows(review, synthesis, vocabulary),
        f"{folder}-overall-estimates-and-settings.csv": written_table(_SETTINGS, settings),
        f"{folder}-subgroup-estimates.csv": written_table(
            ("Analysis group", "Analysis number", "Subgroup number", "Subgroup"), []
        ),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in sorted(files.items()):
            package.writestr(zipfile.ZipInfo(name, _NO_TIME), content)
    return out.getvalue()


def data_rows(review: Review, synthesis: Synthesis, vocabulary: Vocabulary) -> bytes:
    """The data rows alone."""
    rows = [row for at, body in enumerate(synthesis.bodies, 1) for row in _rows(review, body, at, vocabulary)]
    return written_table(_ROWS, rows)


def _rows(review: Review, body: Body, number: int, vocabulary: Vocabulary) -> Iterator[Row]:
    labels = {study.id: clean(study.label) for study in review.studies}
    years = _years(review)
    for at in body.chosen:
        one = body.effects[at]
        low, high = one.interval
        told: dict[str, str | float | int | None] = {
            "Analysis group": 1,
            "Analysis number": number,
            "Analysis name": _name(body, vocabulary),
            "Study": labels[one.study],
            "Study year": years.get(one.study),
            "GIV Mean": one.yi,
            "GIV SE": math.sqrt(one.vi),
            "Mean": _shown(body, one.yi),
            "CI start": _shown(body, low),
            "CI end": _shown(body, high),
            "Footnotes": f"{one.finding}; {one.people:g} people",
        }
        yield tuple(_rounded(told.get(name)) for name in _ROWS)


def _rounded(cell: str | float | int | None) -> str | float | int | None:
    """Nine significant digits, as in snapshots: the last few are the processor's."""
    return float(f"{cell:.9g}") if isinstance(cell, float) else cell


def _settings(body: Body, number: int, vocabulary: Vocabulary) -> Row:
    told: dict[str, str | int] = {
        "Analysis group": 1,
        "Analysis number": number,
        "Analysis group name": "Treated against control",
        "Analysis name": _name(body, vocabulary),
        "Data source": "Study level",
        "Data source eligibility": "#N/A",
        "Data type": "Contrast level",
        "Log-scale data": "TRUE" if body.scale == "log" else "FALSE",
        "Experimental group label": "Treated",
        "Control group label": "Control",
        "Statistical method": "IV",
        "Effect measure": _measure(body),
        "Unit of effect measure": body.metric,
        "Analysis model": "Random effect",
        "Heterogeneity estimator": "REML",
        "Subgroup estimates": "FALSE",
        "Overall estimates": "TRUE" if body.pooled is not None else "FALSE",
        "Test for subgroup differences": "FALSE",
        "Prediction interval": "FALSE",
        "Swap event and non-event": "FALSE",
        "CI method": "HKSJ",
        "CI/PI level": "95%",
        "Graph label (left)": "Favours control",
        "Graph label (right)": "Favours treated",
        "Graph scale": 10,
        "Show risk of bias": "FALSE",
        "Tau² CI": "FALSE",
        "Study CI": "95%",
        "Estimate CI": "95%",
    }
    return tuple(told[name] for name in _SETTINGS)


def _measure(body: Body) -> str:
    return next((name for start, name in _MEASURES.items() if body.metric.startswith(start)), "")


def _name(body: Body, vocabulary: Vocabulary) -> str:
    how = "randomised" if body.randomised else "not randomised"
    return clean(f"{vocabulary.outcome(body.outcome).label} ({body.metric}, {how})")


def _shown(body: Body, value: float) -> float:
    return math.exp(value) if body.scale == "log" else value


def _years(review: Review) -> dict[str, int]:
    published = {one.id: one.year for one in review.references if one.year}
    found: dict[str, int] = {}
    for study in review.studies:
        if known := [published[report.record] for report in study.reports if report.record in published]:
            found[study.id] = min(known)
    return found

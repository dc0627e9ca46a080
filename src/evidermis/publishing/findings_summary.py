"""The summary of findings: for each claim and outcome the people, the effect, the certainty with its reasons, and one sentence.

The form is that of GRADE (Guyatt 2011, J Clin Epidemiol 64:383), the wording by certainty that of Santesso 2020. An effect
stands here only where the findings that decide allow one to be computed; a direction is never turned into a number.
"""

from dataclasses import asdict, dataclass

from evidermis.appraisal import Appraisal, OutcomeAnswer
from evidermis.evidence.inert import clean, json_file, written_table
from evidermis.evidence.ladders import Certainty, Direction
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.publishing.bodies import metric_words, written_effect
from evidermis.publishing.wording import short_words
from evidermis.statistics import Body, Comparison, Synthesis

__all__ = [
    "SummaryRow",
    "pooled_behind",
    "singles_behind",
    "summary_as_csv",
    "summary_as_json",
    "summary_of_findings",
]

_HEAD = (
    "claim",
    "outcome",
    "evidence",
    "people",
    "studies",
    "families",
    "effect",
    "certainty",
    "reasons",
    "statement",
)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One row. `evidence` is `randomised`, `controlled`, `uncontrolled` or `none`; `reasons` moved certainty."""

    claim: str
    outcome: str
    label: str
    evidence: str
    people: int
    studies: tuple[str, ...]
    families: int
    direction: Direction
    effects: tuple[str, ...]
    certainty: Certainty
    reasons: tuple[tuple[str, str, str], ...]
    statement: str


def summary_of_findings(
    review: Review, appraisal: Appraisal, synthesis: Synthesis, vocabulary: Vocabulary
) -> tuple[SummaryRow, ...]:
    """A row for every outcome of every claim, in the order of the protocol."""
    labels = {study.id: clean(study.label) for study in review.studies}
    return tuple(
        _row(one, synthesis, labels, vocabulary)
        for claim in review.protocol.claims
        for one in appraisal.claim(claim.id).outcomes
    )


def _row(one: OutcomeAnswer, synthesis: Synthesis, labels: dict[str, str], vocabulary: Vocabulary) -> SummaryRow:
    label = vocabulary.outcome(one.outcome).label
    moved = tuple((step.rule, step.effect, step.because) for step in one.steps[1:] if step.effect != "0")
    return SummaryRow(
        claim=one.claim,
        outcome=one.outcome,
        label=label,
        evidence=_evidence(one),
        people=one.people,
        studies=one.studies,
        families=len(one.families),
        direction=one.direction,
        effects=_effects(one, synthesis, labels),
        certainty=one.certainty,
        reasons=moved,
        statement=_statement(one, label),
    )


def _evidence(one: OutcomeAnswer) -> str:
    if not one.studies:
        return "none"
    if not one.controlled:
        return "uncontrolled"
    return "randomised" if one.steps[0].effect == "start: high" else "controlled"


def _effects(one: OutcomeAnswer, synthesis: Synthesis, labels: dict[str, str]) -> tuple[str, ...]:
    """The pooled effect where all that was pooled decides here, else each effect by itself, else only where they point."""
    words = short_words("summary")
    if not one.controlled:
        return ()
    pooled = [
        words["pooled"].format(
            effect=written_effect(body.effects[body.chosen[0]], fit.estimate, fit.ci_lower, fit.ci_upper),
            metric=metric_words(body.metric),
            k=fit.k,
        )
        for body in pooled_behind(one, synthesis)
        if (fit := body.pooled) is not None
    ]
    alone = [
        words["single"].format(
            label=labels[effect.study],
            effect=written_effect(effect, effect.yi, *effect.interval),
            metric=metric_words(effect.metric),
        )
        for effect in singles_behind(one, synthesis)
    ]
    return tuple(pooled or alone) or (words["none_printed"].format(direction=one.direction),)


def pooled_behind(one: OutcomeAnswer, synthesis: Synthesis) -> tuple[Body, ...]:
    """The bodies whose pooled effect answers an outcome: all that was pooled in them decides there."""
    if not one.controlled:
        return ()
    decisive = set(one.findings)
    return tuple(
        body
        for body in synthesis.bodies
        if body.pooled is not None and {_name(body.effects[at]) for at in body.chosen} <= decisive
    )


def singles_behind(one: OutcomeAnswer, synthesis: Synthesis) -> tuple[Comparison, ...]:
    """The effects of the findings that decide an outcome, where they allow one to be computed."""
    if not one.controlled:
        return ()
    found = (synthesis.effect(*name.split("/", 1)) for name in one.findings)
    return tuple(effect for effect in found if effect is not None)


def _name(effect: Comparison) -> str:
    return f"{effect.study}/{effect.finding}"


def _statement(one: OutcomeAnswer, label: str) -> str:
    words = short_words("summary")
    if not one.studies:
        key = "untested"
    elif not one.controlled:
        key = "uncontrolled"
    elif one.certainty == "very low":
        key = "very low"
    elif one.direction in ("mixed", "unclear"):
        key = "undecided"
    else:
        key = f"{one.direction}, {one.certainty}"
    return words[key].format(o=label)


def summary_as_csv(rows: tuple[SummaryRow, ...]) -> bytes:
    """The table for spreadsheets; several effects or reasons of a row are parted by semicolons."""
    cells = [
        (
            row.claim,
            row.label,
            row.evidence,
            row.people,
            len(row.studies),
            row.families,
            "; ".join(row.effects),
            row.certainty,
            "; ".join(f"{rule} {effect}: {because}" for rule, effect, because in row.reasons),
            row.statement,
        )
        for row in rows
    ]
    return written_table(_HEAD, cells)


def summary_as_json(rows: tuple[SummaryRow, ...]) -> bytes:
    """The table for programs, with the ids of studies."""
    told = {"summary_of_findings": [asdict(row) for row in rows]}
    return json_file(told, in_order=True)

"""Effects and rows of the summary of findings as Evidence, each pointing to what it was derived from."""

from collections.abc import Iterator, Mapping

from evidermis.appraisal import Appraisal, OutcomeAnswer, StudyDistance
from evidermis.appraisal.bias import judged_bias
from evidermis.evidence.ladders import Axis, furthest_level
from evidermis.evidence.protocol import Claim
from evidermis.evidence.quantity import known
from evidermis.evidence.review import Review
from evidermis.evidence.study import Finding, Study
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.publishing.fhir.certainty import graded, rated_bias
from evidermis.publishing.fhir.measures import pooled_statistic, single_statistic
from evidermis.publishing.fhir.terms import Json, Namer, coded, compact, pointer, said, worded
from evidermis.publishing.fhir.variables import VariableRole, variable_definition
from evidermis.publishing.findings_summary import SummaryRow, pooled_behind, singles_behind
from evidermis.statistics import Comparison, Synthesis

__all__ = ["single_effects", "summary_rows"]

# The axes of distance that say how far what was seen is from what a claim speaks of.
_AXES: Mapping[VariableRole, tuple[Axis, ...]] = {
    "population": ("population",),
    "exposure": ("source", "route"),
    "comparator": ("comparator",),
    "outcome": ("outcome",),
}
# The words of R5's `directness`; an unknown distance is left out.
_DIRECTNESS = {"exact": "exact", "near": "high", "far": "moderate", "very far": "low"}


def single_effects(review: Review, synthesis: Synthesis, vocabulary: Vocabulary, name: Namer) -> Iterator[Json]:
    """An Evidence for every finding from which an effect can be computed."""
    studies = {study.id: study for study in review.studies}
    known_records = {one.id for one in review.references}
    effects = sorted((one for body in synthesis.bodies for one in body.effects), key=lambda e: (e.study, e.finding))
    for effect in effects:
        study = studies[effect.study]
        finding = next(one for one in study.findings if one.id == effect.finding)
        sources = [name("citation", one.record) for one in study.reports if one.record in known_records]
        yield _single(effect, study, finding, sources, vocabulary, name)


def _single(
    effect: Comparison, study: Study, finding: Finding, sources: list[str], vocabulary: Vocabulary, name: Namer
) -> Json:
    outcome = vocabulary.outcome(finding.outcome).label
    details = [text for text in (finding.instrument, finding.subgroup, finding.time) if said(text)]
    defined = [
        variable_definition("population", observed=name("variable", "study", study.id, "people")),
        variable_definition("exposure", observed=name("variable", "study", study.id, "arm", finding.contrast.of)),
        variable_definition(
            "comparator", observed=name("variable", "study", study.id, "arm", finding.contrast.against)
        ),
        variable_definition("outcome", observed=name("variable", "outcome", finding.outcome), display=outcome),
    ]
    return compact(
        {
            "resourceType": "Evidence",
            "id": name("evidence", "effect", study.id, finding.id),
            "title": said(f"{study.label}: {outcome}"),
            "status": "active",
            "description": said("; ".join(details)),
            "relatedArtifact": _derived_from(sources),
            "variableDefinition": defined,
            "synthesisType": coded("synthesis-type", "NotApplicable"),
            "studyDesign": [worded(vocabulary.design(study.design).label)],
            "statistic": [single_statistic(effect, known(finding.p))],
            "certainty": rated_bias([judged_bias(study.bias)]),
        }
    )


def summary_rows(
    review: Review, appraisal: Appraisal, synthesis: Synthesis, rows: tuple[SummaryRow, ...], name: Namer
) -> Iterator[Json]:
    """An Evidence for every row of the summary of findings: what was found for one outcome of one claim, and how surely."""
    told = {(row.claim, row.outcome): row for row in rows}
    for claim in review.protocol.claims:
        answer = appraisal.claim(claim.id)
        distances = {one.study: one for one in answer.distances}
        for one in answer.outcomes:
            yield _row(claim, one, told[one.claim, one.outcome], synthesis, distances, name)


def _row(
    claim: Claim,
    one: OutcomeAnswer,
    row: SummaryRow,
    synthesis: Synthesis,
    distances: Mapping[str, StudyDistance],
    name: Namer,
) -> Json:
    pooled, singles = pooled_behind(one, synthesis), singles_behind(one, synthesis)
    statistics = [pooled_statistic(body, body.pooled) for body in pooled if body.pooled]
    statistics = statistics or [single_statistic(effect, None) for effect in singles]
    sources = [name("evidence", "effect", effect.study, effect.finding) for effect in singles]
    return compact(
        {
            "resourceType": "Evidence",
            "id": name("evidence", "outcome", one.claim, one.outcome),
            "title": said(f"{claim.text}: {row.label}"),
            "status": "active",
            "description": said(f"Evidence: {row.evidence}; direction: {one.direction}; people: {one.people}"),
            "assertion": said(row.statement),
            "relatedArtifact": _derived_from(sources),
            "variableDefinition": _defined(claim, one, row, distances, name),
            "synthesisType": coded("synthesis-type", "std-MA") if pooled else None,
            "statistic": statistics,
            "certainty": [graded(one)],
        }
    )


def _defined(
    claim: Claim, one: OutcomeAnswer, row: SummaryRow, distances: Mapping[str, StudyDistance], name: Namer
) -> list[Json]:
    """What the claim speaks of, and how directly the nearest study that decides saw it."""
    nearest = _nearest(one, distances)
    found: list[Json] = []
    for role, axes in _AXES.items():
        of = ("outcome", one.outcome) if role == "outcome" else ("claim", claim.id, role)
        defined = variable_definition(
            role, intended=name("variable", *of), display=row.label if role == "outcome" else ""
        )
        level = furthest_level([nearest.level(axis) for axis in axes]) if nearest else "unknown"
        if level in _DIRECTNESS:
            defined["directnessMatch"] = coded("directness", _DIRECTNESS[level], level)
        found.append(defined)
    return found


def _nearest(one: OutcomeAnswer, distances: Mapping[str, StudyDistance]) -> StudyDistance | None:
    """The study whose distance the step of indirectness looked at."""
    looked = next((step.inputs for step in one.steps if step.rule == "indirectness"), ())
    studies = [name.rpartition(":")[2] for name in looked]
    return next((distances[study] for study in studies if study in distances), None)


def _derived_from(names: list[str]) -> list[Json]:
    return [{"type": "derived-from", "resourceReference": pointer(of)} for of in names]

"""Risk of bias as ArtifactAssessment: the whole, each domain, the tool, and who signed it."""

from collections.abc import Iterator

from evidermis.appraisal.bias import TOOLS, Judged, judged_bias
from evidermis.evidence.review import Review
from evidermis.evidence.study import BiasLevel, Study
from evidermis.publishing.fhir.certainty import bias_rating
from evidermis.publishing.fhir.terms import Json, Namer, coded, compact, pointer, said, worded

__all__ = ["bias_assessments"]


def bias_assessments(review: Review, name: Namer) -> Iterator[Json]:
    """One for every study whose risk of bias was assessed, about its main report."""
    known_records = {one.id for one in review.references}
    for study in review.studies:
        judged = judged_bias(study.bias)
        if judged.level == "not assessed":
            continue
        yield compact(
            {
                "resourceType": "ArtifactAssessment",
                "id": name("assessment", study.id),
                "title": said(f"Risk of bias: {study.label}"),
                "artifactReference": _about(study, known_records, name),
                "content": [_rating(study, judged), *_tool(study)],
            }
        )


def _about(study: Study, known_records: set[str], name: Namer) -> Json:
    reports = sorted(study.reports, key=lambda one: one.role != "article")
    record = next((one.record for one in reports if one.record in known_records), None)
    return pointer(name("citation", record), study.label) if record else {"display": said(study.label) or study.id}


def _rating(study: Study, judged: Judged) -> Json:
    return compact(
        {
            "informationType": "rating",
            "summary": said(judged.because),
            "type": coded("certainty-type", "RiskOfBias"),
            "classifier": [bias_rating(judged.level)],
            "author": {"display": said(judged.by)} if said(judged.by) else None,
            "component": [_domain(*one) for one in _domains(study, judged)],
            "freeToShare": True,
        }
    )


def _domains(study: Study, judged: Judged) -> list[tuple[str, BiasLevel, str]]:
    """By the algorithm where questions were answered, else as a person wrote them; those not assessed are left out."""
    if judged.algorithm:
        return [(one.name, one.level, one.because) for one in judged.algorithm.domains]
    return [one for one in study.bias.domains if one[1] != "not assessed"]


def _domain(what: str, level: BiasLevel, because: str) -> Json:
    return compact(
        {
            "informationType": "rating",
            "summary": said(because),
            "type": worded(what),
            "classifier": [bias_rating(level)],
        }
    )


def _tool(study: Study) -> list[Json]:
    known_tool = TOOLS.get(study.bias.tool)
    words = known_tool.name if known_tool else study.bias.tool
    if not said(words):
        return []
    return [{"informationType": "classifier", "type": worded("Tool"), "classifier": [worded(words)]}]

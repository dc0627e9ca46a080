"""The Bundle that holds a review's resources."""

from collections.abc import Iterator

from evidermis.appraisal import Appraisal
from evidermis.evidence.inert import json_file
from evidermis.evidence.review import Review
from evidermis.evidence.vocabulary import Vocabulary
from evidermis.publishing.fhir.assessments import bias_assessments
from evidermis.publishing.fhir.citations import citation
from evidermis.publishing.fhir.evidence import single_effects, summary_rows
from evidermis.publishing.fhir.terms import Json, Namer
from evidermis.publishing.fhir.variables import asked_variables, observed_variables, outcome_variables
from evidermis.publishing.findings_summary import summary_of_findings
from evidermis.publishing.ordering import in_order
from evidermis.statistics import Synthesis

__all__ = ["fhir_bundle"]


def fhir_bundle(review: Review, appraisal: Appraisal, synthesis: Synthesis, vocabulary: Vocabulary) -> bytes:
    """A Bundle of type *collection* as JSON. The same review gives the same bytes and ids, in whatever order it was read."""
    review, appraisal = in_order(review, appraisal)
    name = Namer(review.protocol.name)
    resources = list(_resources(review, appraisal, synthesis, vocabulary, name))
    bundle: Json = {
        "resourceType": "Bundle",
        "id": name("bundle", review.protocol.version),
        "type": "collection",
        "timestamp": f"{review.protocol.published.isoformat()}T00:00:00Z",
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources],
    }
    return json_file(bundle)


def _resources(
    review: Review, appraisal: Appraisal, synthesis: Synthesis, vocabulary: Vocabulary, name: Namer
) -> Iterator[Json]:
    effects = [one for body in synthesis.bodies for one in body.effects]
    outcomes = {one.outcome for one in effects}
    outcomes |= {one.outcome for claim in appraisal.claims for one in claim.outcomes}
    measured = {one.study for one in effects}
    yield from asked_variables(review, vocabulary, name)
    yield from outcome_variables(outcomes, vocabulary, name)
    for study in review.studies:
        if study.id in measured:
            yield from observed_variables(study, vocabulary, name)
    rows = summary_of_findings(review, appraisal, synthesis, vocabulary)
    yield from summary_rows(review, appraisal, synthesis, rows, name)
    yield from single_effects(review, synthesis, vocabulary, name)
    yield from bias_assessments(review, name)
    for reference in review.references:
        yield citation(reference, name)

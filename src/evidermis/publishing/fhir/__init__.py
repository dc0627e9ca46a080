"""A review as FHIR R5 resources for evidence-based medicine, in one Bundle.

The question and each study's people and arms are *EvidenceVariable*, each effect and each row of the summary of findings
*Evidence* with its statistics and its certainty, each appraised risk of bias an *ArtifactAssessment*, each record a *Citation*.
"""

from evidermis.publishing.fhir.bundle import fhir_bundle

__all__ = ["fhir_bundle"]

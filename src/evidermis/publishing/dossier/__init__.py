"""The substantiation dossier of one product: claims, what is known, how far that is, the cheapest way to know more."""

from evidermis.publishing.dossier.content import Dossier, DossierClaim, Evidence, Line, dossier_json, dossier_schema
from evidermis.publishing.dossier.drawing import dossier_of
from evidermis.publishing.dossier.trials import Trial, cheapest_trial, trials_for
from evidermis.publishing.dossier.typeset import dossier_pdf

__all__ = [
    "Dossier",
    "DossierClaim",
    "Evidence",
    "Line",
    "Trial",
    "cheapest_trial",
    "dossier_json",
    "dossier_of",
    "dossier_pdf",
    "dossier_schema",
    "trials_for",
]

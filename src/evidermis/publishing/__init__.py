"""How it is shown: the page, its figures, the dossier of a product, and the formats others read."""

from evidermis.publishing.dossier import Dossier, dossier_json, dossier_of, dossier_pdf, dossier_schema
from evidermis.publishing.site import publish

__all__ = ["Dossier", "dossier_json", "dossier_of", "dossier_pdf", "dossier_schema", "publish"]

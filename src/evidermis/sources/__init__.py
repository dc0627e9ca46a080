"""Services of records on the network: what they are asked, how, and what comes of it when they fail."""

from evidermis.sources.clinicaltrials import ClinicalTrials
from evidermis.sources.door import Fetching, Page, Source
from evidermis.sources.pubmed import PubMed

__all__ = ["ClinicalTrials", "Fetching", "Page", "PubMed", "Source"]

"""Services of records on the network: what they are asked, how, and what comes of it when they fail."""

from evidermis.sources.beautyfacts import BeautyFacts
from evidermis.sources.clinicaltrials import ClinicalTrials
from evidermis.sources.crossref import Crossref, works_named
from evidermis.sources.door import Fetching, Page, Source
from evidermis.sources.europepmc import EuropePmc
from evidermis.sources.openalex import OpenAlex
from evidermis.sources.pubmed import PubMed

__all__ = [
    "BeautyFacts",
    "ClinicalTrials",
    "Crossref",
    "EuropePmc",
    "Fetching",
    "OpenAlex",
    "Page",
    "PubMed",
    "Source",
    "works_named",
]

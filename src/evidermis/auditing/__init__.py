"""The article auditor: sentence by sentence, what an article's claims rest on.

It stands above reading and appraisal and asks them the same questions that a review does. Rules know no subject and no
article: what they need is in the vocabulary, in the cue files beside them, and in the review that the article is held against.
"""

from evidermis.auditing.article import Article, Block, Line, Product, Reference
from evidermis.auditing.audit import Audit, audit
from evidermis.auditing.documents import lines_of
from evidermis.auditing.finding import SEVERITIES, Finding, Severity
from evidermis.auditing.outline import outlined
from evidermis.auditing.reporting import as_json, as_page, as_sarif
from evidermis.auditing.resolving import Resolution
from evidermis.auditing.rules import RULES, Rule
from evidermis.auditing.statements import Statement

__all__ = [
    "RULES",
    "SEVERITIES",
    "Article",
    "Audit",
    "Block",
    "Finding",
    "Line",
    "Product",
    "Reference",
    "Resolution",
    "Rule",
    "Severity",
    "Statement",
    "as_json",
    "as_page",
    "as_sarif",
    "audit",
    "lines_of",
    "outlined",
]
